"""Where to go: the one-stop centres, the nearest first when we know where the person is."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory.queries import territory as directory
from motcua.kernel.text import fold
from motcua.web.accounts.guards import public
from motcua.web.portal import calendars, geography
from motcua.web.ui import words
from motcua.web.ui.parts import Crumb

if TYPE_CHECKING:
    from motcua.directory.models import Agency, Place

COOKIE = "xa"
_YEAR_SECONDS = 365 * 24 * 3600
_NEAR = 3
_FIRST = 8
_HOTLINE = "1022"
# Communes whose names are written on the map: enough to find one's way, far enough apart.
_LABELLED = {"nha trang", "cam ranh", "phan rang", "ninh hoa", "van ninh", "khanh vinh", "khanh son",
             "ninh hai", "thuan nam", "bac ai", "dien khanh"}  # fmt: skip


@dataclass(frozen=True)
class Centre:
    """A centre as the list shows it."""

    code: str
    name: str
    address: str
    phone: str
    opening: calendars.Opening | None
    distance: str
    km: float | None
    is_own: bool = False

    @property
    def hours(self) -> str:
        """What the short lists say about it."""
        return self.opening.now if self.opening else self.address


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the centres; near a commune or a position when one is given."""
    communes = directory.communes()
    origin = _origin(request, communes)
    centres = listed(origin, timezone.now())
    text = request.GET.get("q", "").strip()[:80]
    shown = (
        [c for c in centres if fold(text) in fold(f"{c.name} {c.address}")] if text else centres
    )
    first = _FIRST if origin and not text else len(shown)
    context = {
        "communes": communes,
        "centres": shown,
        "first": shown[:first],
        "rest": shown[first:],
        "usual": _usual(centres),
        "hotline": _HOTLINE,
        "q": text,
        "origin": origin,
        "own_commune": request.GET.get(COOKIE, request.COOKIES.get(COOKIE, "")),
        "spots": spots(communes, centres, origin),
        "outline": geography.outline(),
        "map_size": (geography.WIDTH, geography.HEIGHT),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
        "place": "places",
    }
    response = render(request, "portal/places.html", context)
    chosen = request.GET.get(COOKIE, "")
    if any(place.code == chosen for place in communes):
        response.set_cookie(COOKIE, chosen, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True)
    return response


@public
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one centre: address, phone, hours, and how to go."""
    agencies = [a for a in directory.centres() if a.place_id == code]
    if not agencies:
        raise Http404
    now = timezone.now()
    context = {
        "centre": _centre(agencies[0], None, now),
        "site": agencies[0].place,
        "crumbs": [Crumb(_("Trang đầu"), "/"), Crumb(_("Nơi nộp"), "/noi-nop/")],
        "place": "places",
    }
    return render(request, "portal/place.html", context)


@dataclass(frozen=True)
class Origin:
    """Where distances are counted from."""

    lat: float
    lon: float
    name: str
    code: str = ""


def nearest(own_commune: str, now: datetime) -> list[Centre]:
    """Return the centres nearest to a commune, none when it is not known."""
    site = directory.place(own_commune) if own_commune else None
    if site is None or site.lat is None or site.lon is None:
        return []
    origin = Origin(site.lat, site.lon, site.full_name, site.code)
    return listed(origin, now)[:_NEAR]


def listed(origin: Origin | None, now: datetime) -> list[Centre]:
    """Return every centre, nearest first, or in the directory's order without an origin."""
    centres = [_centre(agency, origin, now) for agency in directory.centres() if agency.place]
    if origin is None:
        return centres
    return sorted(centres, key=lambda c: (c.km is None, c.km))


def spots(
    communes: list["Place"], centres: list[Centre], origin: Origin | None
) -> list[geography.Spot]:
    """Return the communes on the map; own and near ones are drawn last, on top."""
    near = {c.code for c in centres[:_NEAR]} if origin else set()
    found = []
    for site in communes:
        at = geography.position(site.lat, site.lon) if site.lat and site.lon else None
        if at is None:
            continue
        tone = (
            "own" if origin and site.code == origin.code else "near" if site.code in near else ""
        )
        is_labelled = bool(tone) or site.name_folded in _LABELLED
        label = site.name if is_labelled else ""
        found.append(geography.Spot(site.code, site.full_name, *at, label=label, tone=tone))
    order = {"own": 0, "near": 1, "": 2}
    return geography.spread(sorted(found, key=lambda spot: order[spot.tone]))[::-1]


def _usual(centres: list[Centre]) -> calendars.Opening | None:
    """What holds for most centres now, said once above the list."""
    openings = Counter(c.opening for c in centres if c.opening)
    return openings.most_common(1)[0][0] if openings else None


def _origin(request: HttpRequest, communes: list["Place"]) -> Origin | None:
    by_code = {place.code: place for place in communes}
    try:
        lat, lon = float(request.GET["lat"]), float(request.GET["lon"])
        return Origin(lat, lon, _("chỗ bạn đang đứng"))
    except (KeyError, ValueError):
        pass
    site = by_code.get(request.GET.get(COOKIE, request.COOKIES.get(COOKIE, "")))
    if site is None or site.lat is None or site.lon is None:
        return None
    return Origin(site.lat, site.lon, site.full_name, site.code)


def _centre(agency: "Agency", origin: Origin | None, now: datetime) -> Centre:
    site = agency.place
    km = None
    if origin and site and site.lat is not None and site.lon is not None:
        km = geography.km_between(origin.lat, origin.lon, site.lat, site.lon)
    distance = "" if km is None else f"{words.number(km, 1 if km < 20 else 0)} km"
    is_own = bool(origin and origin.code and agency.place_id == origin.code)
    return Centre(
        code=str(agency.place_id),
        name=agency.short_name or agency.name,
        address=agency.address or (site.seat_address if site else ""),
        phone=agency.phone,
        opening=calendars.opening(agency.calendar_key, now),
        distance=_("nơi bạn ở") if is_own else distance,
        km=km,
        is_own=is_own,
    )
