"""What somebody was told: the page of one's own messages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.directory.actor import Actor
from motcua.feedback.rules.code import is_code
from motcua.notifications import queries
from motcua.notifications import services as notifications
from motcua.web.accounts import bell
from motcua.web.accounts.guards import signed_in
from motcua.web.accounts.request import actor_of


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """Show one's messages; posting notes that all of them were read."""
    actor = actor_of(request)
    if request.method == "POST":
        notifications.mark_read(by=actor, at=timezone.now())
        bell.forget(actor)
        return redirect("accounts:messages")
    shell = "accounts/_messages_desk.html" if actor.is_staff else "accounts/_messages_public.html"
    lines = queries.messages_for(actor)
    context = {
        "shell": shell,
        "lines": [(line, _address(actor, line.about)) for line in lines],
        "new": sum(1 for line in lines if line.is_new),
        "place": "messages",
    }
    return render(request, "accounts/messages.html", context)


def _address(actor: Actor, about: str) -> str:
    """Where what a message is about may be read: a case of feedback, or a dossier."""
    if not about:
        return ""
    if is_code(text=about):
        return reverse(
            "desk:feedback-case" if actor.is_staff else "portal:feedback-own", args=[about]
        )
    return reverse("desk:dossier" if actor.is_staff else "portal:account-dossier", args=[about])
