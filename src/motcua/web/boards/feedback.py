"""The board of feedback: received, settled, on time, contentment; by field, agency or place."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.feedback.queries import figures, rating
from motcua.feedback.rules.counting import Figures, Share
from motcua.web.accounts.guards import public
from motcua.web.boards.asked import Asked, asked
from motcua.web.boards.views import shell_of
from motcua.web.ui import words
from motcua.web.ui.parts import Tab

_PARAMETER = {"field": "linh-vuc", "agency": "co-quan", "place": "xa"}


@dataclass(frozen=True)
class Line:
    """One field, agency or place; a share that is made of too few cases stands without per cent."""

    name: str
    figures: Figures
    hrefs: dict[str, str]
    on_time: str
    satisfied: str


@public
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """The figures of the cases received in a period."""
    wanted = asked(request, at=timezone.now())
    by = request.GET.get("theo", "field") if wanted.sees_parts else "field"
    by = by if by in _PARAMETER else "field"
    period = wanted.period
    board = figures.board(first=period.first, last=period.last, by=by, at=wanted.at)
    nameless = _("Chưa chuyển cơ quan nào") if by == "agency" else _("Chưa rõ")
    groups = board.groups if wanted.sees_parts else ()
    lines = [
        _line(wanted, group.name or nameless, group.figures, board.minimum,
              {_PARAMETER[by]: group.key})
        for group in groups
    ]  # fmt: skip
    context = {
        "asked": wanted,
        "place": "boards",
        "tabs": _periods(wanted, by),
        "ways": _ways(wanted, by),
        "by": by,
        "whole": _line(wanted, _("Cả tỉnh"), board.whole, board.minimum, {}),
        "lines": lines,
        "minimum": board.minimum,
        "late_now": figures.late_now(at=wanted.at),
        "late_href": _desk(wanted, {"so": "overdue"}),
        "ratings": rating.whole(since=period.start, until=period.until),
        "rated_agencies": rating.by_agency(since=period.start, until=period.until)
        if wanted.sees_parts
        else [],
        "shell": shell_of(wanted),
    }
    return render(request, "boards/feedback.html", context)


def _periods(wanted: Asked, by: str) -> list[Tab]:
    names = (("today", _("Hôm nay")), ("week", _("Tuần này")), ("month", _("Tháng này")))
    return [
        Tab(name, f"?ky={kind}&theo={by}", is_current=wanted.period.kind == kind)
        for kind, name in names
    ]


def _ways(wanted: Asked, by: str) -> list[Tab]:
    names = (("field", _("Theo lĩnh vực")), ("agency", _("Theo cơ quan")), ("place", _("Theo xã")))
    return [Tab(name, f"?{wanted.query(theo=key)}", is_current=by == key) for key, name in names]


def _line(wanted: Asked, name: str, of: Figures, minimum: int, narrow: dict[str, str]) -> Line:
    parts = ("received", "settled", "open", "late")
    hrefs = {part: _behind(wanted, narrow, part) for part in parts}
    return Line(
        name,
        of,
        hrefs,
        on_time=_percent(of.settled_on_time, minimum),
        satisfied=_percent(of.satisfied, minimum),
    )


def _percent(share: Share, minimum: int) -> str:
    """Return "96,2%"; of too few a dash, for a share of three cases says nothing."""
    if share.percent is None or share.denominator < minimum:
        return "–"
    return f"{words.number(share.percent, 1)}%"


def _behind(wanted: Asked, narrow: dict[str, str], part: str) -> str:
    """Return where the cases behind a number are: the desk's list, or what is public of them."""
    if "" in narrow.values():
        return ""
    if wanted.actor.is_staff and wanted.actor.is_province_wide:
        return _desk(wanted, narrow | {"so": part})
    if part == "late" or "co-quan" in narrow:
        return ""
    state = {"settled": "xong", "open": "dang"}.get(part, "")
    asked_for = {name: value for name, value in narrow.items() if value}
    query: dict[str, Any] = asked_for | ({"tinh-trang": state} if state else {})
    return f"{reverse('portal:feedback')}?{urlencode(query)}"


def _desk(wanted: Asked, narrow: dict[str, str]) -> str:
    if not wanted.actor.is_province_wide:
        return ""
    period = wanted.period
    query = {"loc": "all", "tu": str(period.first), "den": str(period.last)} | narrow
    return f"{reverse('desk:feedback')}?{urlencode(query)}"
