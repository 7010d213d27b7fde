"""Satisfaction at the desk: tablets at counters, one's own ratings in sum, low ones to look into."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods

from motcua.feedback import services as feedback
from motcua.feedback.queries import rating as reading
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import line

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.directory.actor import Actor

DAYS = 30


class TabletForm(forms.Form):
    """A tablet for a counter of one's centre."""

    name = line(_later("Tên quầy"), most=60)


@staff("receptionist", "centre_lead", "cashier", "support", "auditor", "admin")
@require_http_methods(["GET", "HEAD", "POST"])
def ratings(request: HttpRequest) -> HttpResponse:
    """Show tablets, sums and low ratings; sit down at a counter, get up, register a tablet."""
    actor, at = actor_of(request), timezone.now()
    wish = request.POST.get("do", "")
    form = TabletForm(request.POST if wish == "make" else None)
    made = None
    try:
        if wish == "make" and form.is_valid():
            made = _make(actor, form.cleaned_data["name"], at)
        elif wish in _DEEDS:
            _move(wish, request.POST.get("device", ""), actor, at)
            return redirect("desk:ratings")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return render(request, "desk/ratings.html", _context(actor, at, form, made))


def _make(actor: "Actor", name: str, at: "datetime") -> feedback.Made:
    post = actor.post_for("centre_lead")
    return feedback.make_device(
        agency=post.agency_code if post else "", name=name, by=actor, at=at
    )


_DEEDS = ("sit", "rise", "revoke")


def _move(wish: str, device: str, actor: "Actor", at: "datetime") -> None:
    verb = {"sit": feedback.sit_down, "rise": feedback.get_up, "revoke": feedback.revoke_device}
    verb[wish](device_id=int(device) if device.isdecimal() else 0, by=actor, at=at)


def _context(
    actor: "Actor", at: "datetime", form: TabletForm, made: feedback.Made | None
) -> dict[str, object]:
    since, mine = at - timedelta(days=DAYS), actor.agency_ids()
    sums = reading.by_agency(since=since, until=at)
    if not actor.has_role("auditor", "admin"):
        sums = [one for one in sums if one.agency_id in mine]
    return {
        "devices": reading.devices_of(actor),
        "leads": actor.agency_ids("centre_lead"),
        "serves": actor.agency_ids("receptionist", "centre_lead", "cashier", "support"),
        "form": form if actor.has_role("centre_lead") else None,
        "tablet": reverse("portal:rating-counter", args=[made.token]) if made else "",
        "mine": reading.mine(actor, since=since, until=at),
        "sums": sums,
        "low": reading.single(actor, limit=30),
        "days": DAYS,
        "place": "ratings",
    }
