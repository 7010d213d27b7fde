"""Paper dossiers between agencies: slips made, printed and taken over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.directory.queries import cards
from motcua.documents import papers as press
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import desk, papers
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.prints import pdf

MOST_LISTED = 300


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """List what waits for a slip by receiving agency, and make slips."""
    actor, at = actor_of(request), timezone.now()
    if request.method == "POST":
        return _make(request)
    groups: dict[int, list[object]] = {}
    for dossier in queries.to_hand_over(actor)[:MOST_LISTED]:
        groups.setdefault(dossier.competent_id, []).append(dossier)
    context = {
        "place": "hand-over",
        "groups": [(cards.card(key), rows) for key, rows in groups.items()],
        "slips": queries.slips_for(actor),
        "mine": actor.agency_ids(),
        "now": at,
    }
    return render(request, "desk/hand_over.html", context)


def _make(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    post = actor.post_for("receptionist", "centre_lead")
    try:
        handed = dossiers.hand_over(
            codes=request.POST.getlist("code"),
            sender=post.agency_code if post else "",
            receiver=request.POST.get("receiver", ""),
            carrier=request.POST.get("carrier", ""),
            by=actor,
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:hand-over")
    for code, why in handed.refused:
        messages.warning(request, f"{code}: {why}")
    messages.success(request, _("Đã lập phiếu bàn giao %s.") % handed.slip.number)
    return redirect("desk:slip", handed.slip.pk)


@staff()
@require_safe
def slip(request: HttpRequest, key: int) -> HttpResponse:
    """Show a slip from or to one's own agencies; `?pdf=1` prints it."""
    actor = actor_of(request)
    found = desk.slip_for(actor, key)
    if found is None:
        raise Http404
    items = desk.items_of(found, actor=actor)
    if request.GET.get("pdf"):
        at = timezone.now()
        return pdf(press.render("handover", papers.slip(found, items), at), f"ban-giao-{key}.pdf")
    context = {
        "place": "hand-over",
        "slip": found,
        "items": items,
        "takes": found.received_at is None and found.receiver_id in actor.agency_ids(),
        "is_late": found.received_at is None and timezone.now() > found.due_at,
    }
    return render(request, "desk/slip.html", context)


@staff()
@require_POST
def arrival(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm that the papers on a slip arrived."""
    actor = actor_of(request)
    found = desk.slip_for(actor, key)
    if found is None:
        raise Http404
    try:
        dossiers.take_over(number=found.number, by=actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ký nhận phiếu %s.") % found.number)
    return redirect("desk:slip", key)
