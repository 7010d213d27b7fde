"""The screen on the wall: pages of large figures that go round by themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.reporting.rules import GOAL
from motcua.web.accounts.guards import public
from motcua.web.boards import flow, lines, maps, page, reads
from motcua.web.boards.asked import Asked, asked
from motcua.web.boards.kpis import kpis
from motcua.web.boards.overdue import causes

PAGES = ("overview", "agencies", "next", "communes")
VISITORS_PAGES = ("overview", "next")
TURN_SECONDS = 20
_LINES, _CAUSES, _COMMUNES = 8, 4, 12


@public
def wall(request: HttpRequest) -> HttpResponse:
    """One page of the round (`?trang=2`): few figures, large, renewed by themselves."""
    wanted = asked(request, at=timezone.now())
    names: tuple[str, ...] = PAGES if wanted.is_whole else PAGES[:3]
    names = names if wanted.sees_parts else VISITORS_PAGES
    said = request.GET.get("trang", "1")
    number = int(said) if said.isdecimal() and 1 <= int(said[:3]) <= len(names) else 1
    name = names[number - 1]
    following = number % len(names) + 1
    context = _of(name, wanted) | {
        "name": name,
        "part": f"boards/wall/{name}.html",
        "number": number,
        "pages": range(1, len(names) + 1),
        "next": f"{reverse('boards:wall')}?{wanted.query(trang=following)}",
        "turn": TURN_SECONDS,
        "heading": wanted.agency.name
        if wanted.agency
        else _("Thủ tục hành chính, tỉnh Khánh Hòa"),
        "is_wall": True,
    }
    return render(request, "boards/wall.html", context)


def _of(name: str, asked: Asked) -> dict[str, Any]:
    """Return what a page of the round shows."""
    seen = reads.seen(asked)
    board, asked = seen.board, page.as_seen(asked, seen)
    found: dict[str, Any] = {"asked": asked, "total": board.total, "goal": GOAL}
    if name == "overview":
        found |= {
            "kpis": kpis(seen, asked),
            "flow": flow.flow_of(seen.days, asked),
        }
    elif name == "agencies":
        level = "province" if asked.is_whole else "commune"
        found["multiples"] = lines.multiples(board.agencies, seen.weeks, asked, level=level)
        found["agencies"] = lines.agency_lines(board.agencies, asked, limit=_LINES)
    elif name == "next":
        found |= {
            "ages": lines.ages(board.total, asked),
            "due": flow.due_days(seen.due, asked) if asked.period.is_current else [],
            "causes": causes(seen.holds, asked)[:_CAUSES],
        }
    if not asked.sees_parts:
        return found | (page.published_of(asked) if name == "overview" else {})
    if name in ("overview", "communes") and asked.is_whole:
        found["province"] = maps.province(board.agencies, asked, lowest=_COMMUNES)
    return found
