"""The first page, the doors behind it, and the pages that stand still."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory.queries import territory as directory
from motcua.web.accounts.guards import public
from motcua.web.portal import calendars, listing
from motcua.web.portal.forms import TrackForm
from motcua.web.portal.life_events import BY_KEY, EVENTS
from motcua.web.ui.parts import Crumb

_OFTEN = 4


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask the one question, and show the ways in."""
    context = {
        "events": EVENTS,
        "often": listing.most_used(_OFTEN),
        "track_form": TrackForm(auto_id="tra_%s"),
        "communes": directory.communes(),
        "own_commune": request.COOKIES.get("xa", ""),
        "day_off": calendars.coming_day_off(timezone.now()),
    }
    return render(request, "portal/home.html", context)


@public
@require_safe
def life_event(request: HttpRequest, key: str) -> HttpResponse:
    """List the procedures that an event of life needs."""
    event = BY_KEY.get(key)
    if event is None:
        raise Http404
    context = {
        "heading": event.name,
        "here": event.name,
        "lead": _("Những việc thường phải làm, theo thứ tự hay gặp."),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
        "listed": listing.of_event(event),
        "place": "procedures",
    }
    return render(request, "portal/procedures.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how these pages can be used by everybody, and whom to tell when they cannot."""
    return render(request, "portal/accessibility.html", {"crumbs": [Crumb(_("Trang đầu"), "/")]})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, who may read it, and what they may ask for."""
    return render(request, "portal/privacy.html", {"crumbs": [Crumb(_("Trang đầu"), "/")]})
