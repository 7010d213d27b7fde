"""What somebody was told: the page of one's own messages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

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
        "lines": lines,
        "new": sum(1 for line in lines if line.is_new),
        "page": "desk:dossier" if actor.is_staff else "portal:account-dossier",
        "place": "messages",
    }
    return render(request, "accounts/messages.html", context)
