"""What everybody may read of feedback: the map, the list, one case; masked words only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory.queries import territory as directory
from motcua.feedback import services as feedback
from motcua.feedback.queries.public import (
    Filters,
    PublicCase,
    as_public,
    public_case,
    public_photo,
)
from motcua.feedback.queries.public import public as shown
from motcua.feedback.rules import fields, limits
from motcua.kernel.bounds import is_keepable
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import actor_of
from motcua.web.portal import geography, places
from motcua.web.portal.feedback import crumbs_of
from motcua.web.portal.feedback_follow import handed_out
from motcua.web.ui import words
from motcua.web.ui.parts import Crumb, Event, page_links

if TYPE_CHECKING:
    from motcua.directory.models import Place

PER_PAGE = 20
_TIMES = {"30": 30, "90": 90, "365": 365}
_SHADES = 5


@dataclass(frozen=True)
class HeatSpot:
    """A commune on the map: shaded only where there are enough cases to be compared."""

    spot: geography.Spot
    count: int
    shade: str
    href: str


@dataclass(frozen=True)
class Figure:
    """One number over the list, and the list that it counts."""

    word: str
    count: int
    href: str


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the public cases that fit, on the map and as a list, with their figures."""
    now = timezone.now()
    asked = _asked(request)
    filters = _filters(asked, now)
    found = Paginator(shown(filters), PER_PAGE)
    page = found.get_page(request.GET.get("trang"))
    communes = directory.communes()
    minimum = limits.numbers(on=timezone.localdate(now)).minimum_sample
    by_place = _by_place(filters)
    context = {
        "asked": asked,
        "chosen_field": asked["linh-vuc"],
        "chosen_state": asked["tinh-trang"],
        "times": times(),
        "cases": as_public(list(page.object_list)),
        "total": found.count,
        "links": page_links(number=page.number, last=found.num_pages, query=request.GET.dict()),
        "figures": _figures(asked, now),
        "fields": fields.names(words.language()),
        "communes": communes,
        "heat": _heat(communes, by_place, asked, minimum),
        "counted": [(p, by_place[p.code], _href(asked, xa=p.code))
                    for p in communes if by_place.get(p.code, 0) >= minimum],
        "minimum": minimum,
        "outline": geography.outline(),
        "map_size": (geography.WIDTH, geography.HEIGHT),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
        "place": "feedback",
    }  # fmt: skip
    return render(request, "portal/feedback/public.html", context)


def times() -> list[tuple[str, str]]:
    """Return the times that the list may be narrowed to."""
    return [("30", _("30 ngày qua")), ("90", _("90 ngày qua")), ("365", _("Một năm qua"))]


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address narrows the list to; what cannot be kept is as if it had not been said."""
    names = ("q", "linh-vuc", "xa", "tinh-trang", "ky")
    said = {name: request.GET.get(name, "").strip()[:80] for name in names}
    return {name: value if is_keepable(value) else "" for name, value in said.items()}


def _filters(asked: dict[str, str], now: datetime) -> Filters:
    days = _TIMES.get(asked["ky"])
    state = {"dang": "open", "xong": "done"}.get(asked["tinh-trang"], "")
    return Filters(
        text=asked["q"],
        field=asked["linh-vuc"],
        place_code=asked["xa"],
        state=state,
        since=now - timedelta(days=days) if days else None,
    )


def _href(asked: dict[str, str], **more: str) -> str:
    kept = {name.replace("_", "-"): value for name, value in (asked | more).items()}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def _figures(asked: dict[str, str], now: datetime) -> list[Figure]:
    names = (("", _("Phản ánh")), ("dang", _("Đang xử lý")), ("xong", _("Đã có kết quả")))
    found = []
    for key, word in names:
        wish = asked | {"tinh-trang": key}
        found.append(Figure(word, shown(_filters(wish, now)).count(), _href(wish)))
    return found


def _by_place(filters: Filters) -> dict[str, int]:
    rows = shown(filters).order_by().values_list("place_id").annotate(n=Count("pk"))
    return {str(code): n for code, n in rows if code}


def _heat(
    communes: "list[Place]", counts: dict[str, int], asked: dict[str, str], minimum: int
) -> list[HeatSpot]:
    """Return the communes with their shade; below the minimum sample none has one."""
    most = max(counts.values(), default=0)
    width = max(1, most - minimum + 1)
    made = []
    for spot in places.spots(communes, [], None):
        n = counts.get(spot.code, 0)
        shade = f"h{1 + (n - minimum) * _SHADES // width}" if n >= minimum else "few"
        chosen = " own" if spot.code == asked["xa"] else ""
        made.append(HeatSpot(spot, n, shade + chosen, _href(asked, xa=spot.code)))
    return made


@public
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show one public case; a signed-in citizen may follow it."""
    found = public_case(code)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _followed(request, found)
    context = {
        "case": found,
        "events": _events(found),
        "crumbs": crumbs_of(),
        "place": "feedback",
    }
    return render(request, "portal/feedback/case.html", context)


def _followed(request: HttpRequest, found: PublicCase) -> HttpResponse:
    try:
        feedback.follow(code=found.code, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Bạn đang theo dõi việc này; có kết quả, chúng tôi báo tin."))
    return redirect("portal:feedback-case", found.code)


def _events(found: PublicCase) -> list[Event]:
    """What everybody may know of its way: received, with whom it is, when it was published."""
    made = [Event(_("Tiếp nhận"), icon="tray", at=found.received_at)]
    if found.agency:
        due = words.in_day(found.due_at) if found.due_at and not found.is_done else ""
        detail = _("Hạn %s") % due if due else ""
        made.append(Event(_("Giao xử lý"), icon="office", by=found.agency, detail=detail))
    if found.published_at and found.is_done:
        made.append(
            Event(_("Công khai kết quả"), icon="checks", at=found.published_at, tone="now")
        )
    return made[::-1]


@public
@require_safe
def photo(_request: HttpRequest, key: int) -> HttpResponseBase:
    """Hand out a picture that was chosen to be shown to everybody."""
    found = public_photo(key) if key < 2**31 else None
    if found is None:
        raise Http404
    file: Any = found.file
    return handed_out(file, key="public")
