"""Where time goes: the map of one procedure's facts, its paths, waits, hand-overs and deviations."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.queries.visibility import visible_to
from motcua.reporting.mining.handing import PERSON, Matrix
from motcua.reporting.queries import mining as queries
from motcua.reporting.queries.mining import Scope, Summary
from motcua.web.accounts.guards import staff
from motcua.web.boards import mining_map, page
from motcua.web.boards.asked import Asked, asked
from motcua.web.ui import words

LEADERS = ("chairman", "controller", "auditor", "head", "centre_lead")
SHARES = (100, 95, 80, 50)
MOVES = (95, 100, 80, 50)
MOST_PROCEDURES, MOST_LISTED, MOST_EDGES, MOST_VARIANTS = 60, 12, 25, 12


@dataclass(frozen=True)
class StageLine:
    """One step in words: how often, its median times, and its share of all working time."""

    name: str
    count: str
    queued: str
    worked: str
    whole: str
    p90: str
    over: int
    share: float


@dataclass(frozen=True)
class DeviationLine:
    """A deviation with the dossiers that this person may open."""

    words: str
    count: int
    codes: list[str]
    hidden: int


@staff(*LEADERS)
@require_safe
def mining(request: HttpRequest) -> HttpResponse:
    """Show how the dossiers of one procedure went."""
    if not request.GET.get("ky"):
        said = request.GET.copy()
        said["ky"] = "quarter"  # a day has too few dossiers to tell a process
        request.GET = said  # type: ignore[assignment]
    wanted = asked(request, at=timezone.now())
    agency = _agency(wanted)
    known = queries.procedures(wanted.period, agency=agency)
    code = request.GET.get("thu-tuc", "") or (known[0][0] if known else "")
    share = _share(request.GET.get("phan", ""), SHARES)
    moves = _share(request.GET.get("cung", ""), MOVES)
    context: dict[str, Any] = {
        "asked": wanted,
        "place": "boards",
        "shell": "boards/_shell_staff.html",
        "tabs": page.tabs(wanted),
        "agency": agency,
        "choices": _choices(known),
        "code": code,
        "share": share,
        "shares": SHARES,
        "moves": moves,
        "all_moves": sorted(MOVES, reverse=True),
    }
    if code:
        found = queries.summary(Scope(code, wanted.period, agency), share=share)
        context |= {"found": found, **shown(found, moves, wanted.actor)}
    return render(request, "boards/mining.html", context)


def _agency(wanted: Asked) -> cards.AgencyCard | None:
    """The agency asked for; whoever is not province-wide sees the own one only."""
    if wanted.actor.is_province_wide:
        return wanted.agency
    mine = wanted.actor.agency_ids(*LEADERS)
    if wanted.agency is not None and wanted.agency.id in mine:
        return wanted.agency
    return cards.card(min(mine))


def _share(text: str, known: tuple[int, ...]) -> int:
    return int(text) if text in map(str, known) else known[0]


def _choices(known: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    rows = catalog.procedures_of(code for code, _n in known[:MOST_PROCEDURES])
    return [
        (code, rows[code].name if code in rows else code, n) for code, n in known[:MOST_PROCEDURES]
    ]


def shown(found: Summary, moves: int, actor: Actor) -> dict[str, Any]:
    """Return the parts of the page; the map holds that many per cent of all moves."""
    nodes = [mining_map.Node(name, count) for name, count, _place in found.nodes]
    edges, posts = found.edges, _named(found.posts)
    boxes, arcs = mining_map.chosen(nodes, edges, moves)
    return {
        "said": said(found),
        "map": mining_map.drawn(boxes, arcs),
        "drawn": (len(boxes), len(nodes), len(arcs), len(edges)),
        "edges": [
            (edge, mining_map.long(edge.median_seconds), mining_map.is_slow(edge, arcs))
            for edge in edges[:MOST_EDGES]
        ],
        "edges_left": max(len(edges) - MOST_EDGES, 0),
        "variants": [
            (number, one.path, one.count, 100 * one.count / max(found.dossiers, 1),
             mining_map.long(one.median_seconds))
            for number, one in enumerate(found.variants[:MOST_VARIANTS], start=1)
        ],
        "stages": _stages(found),
        "deviations": _deviations(found, actor),
        "conforming": 100 * found.conforming / found.checked if found.checked else None,
        "posts": posts,
        "matrix": list(zip(posts.names, posts.counts, strict=True)),
        "agencies": _named(found.agencies).pairs[:MOST_LISTED],
        "rework": found.rework[:MOST_LISTED],
    }  # fmt: skip


def said(found: Summary) -> str:
    """Return in a sentence where time goes until there is a result, and how long that then lies."""
    inside = [pair for pair in found.stages if pair[1].step not in found.returning]
    total = sum(one.total_hours for _name, one in inside)
    if not total:
        return ""
    name, most = max(inside, key=lambda pair: pair[1].total_hours)
    parts = {
        "step": name,
        "share": words.number(100 * most.total_hours / total),
        "half": hours(most.whole),
        "queued": hours(most.queued),
    }
    if (most.queued or 0) > (most.worked or 0):
        where = _("Từ lúc nhận đến lúc có kết quả, nhiều giờ làm việc nhất nằm ở bước “%(step)s”"
                  " (%(share)s%%), phần lớn là chờ phân công: một nửa số lượt chờ hơn"
                  " %(queued)s.")  # fmt: skip
    else:
        where = _("Từ lúc nhận đến lúc có kết quả, nhiều giờ làm việc nhất nằm ở bước “%(step)s”"
                  " (%(share)s%%): một nửa số lượt mất hơn %(half)s.")  # fmt: skip
    lying = max((one.whole for _n, one in found.stages if one.step in found.returning), default=0)
    if lying < 60:
        return where % parts
    after = _("Có kết quả rồi, một nửa số kết quả còn chờ trao hơn %s.") % hours(lying)
    return f"{where % parts} {after}"


def _stages(found: Summary) -> list[StageLine]:
    total = sum(one.total_hours for _name, one in found.stages) or 1.0
    return [
        StageLine(
            name, words.number(one.count), hours(one.queued), hours(one.worked), hours(one.whole),
            hours(one.p90), one.over, 100 * one.total_hours / total,
        )
        for name, one in found.stages
    ]  # fmt: skip


def hours(minutes: float | None) -> str:
    """Return working minutes as people say them: "3,5 giờ", "40 phút"."""
    if minutes is None:
        return "–"
    if minutes >= 60:
        return _("%s giờ") % words.number(minutes / 60, 1)
    return _("%s phút") % words.number(minutes)


def _deviations(found: Summary, actor: Actor) -> list[DeviationLine]:
    wanted = {code for one in found.deviations for code in one.codes}
    mine = set(visible_to(actor).filter(code__in=wanted).values_list("code", flat=True))
    lines = []
    for one in found.deviations:
        open_to = [code for code in one.codes if code in mine]
        lines.append(
            DeviationLine(one.words, one.count, open_to[:MOST_LISTED],
                          one.count - min(len(open_to), MOST_LISTED))
        )  # fmt: skip
    return lines


def _named(matrix: Matrix) -> Matrix:
    names = tuple(_("Người dân") if name == PERSON else name for name in matrix.names)
    return Matrix(names, matrix.counts, matrix.left)
