"""The directly-follows map as an SVG: activities in a column, arcs to the right forward, left back.

The width of an arc says how often; a slow one is marked by dashes and its time in words, so that
the picture needs no colour. Words that would lie on other words are left to the title of their
arc and to the table under the map. Looks come from classes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.reporting.mining import Edge
from motcua.web.ui import words

TOP, LEFT, WIDTH = 16, 270, 940
_BOX_WIDTH = 330
_LETTER = 8  # about the width of one letter of a name
_MOST_EDGES = 60
_NARROW = 16  # activities from which on rows stand closer
_SIGN, _OVER, _UNDER = 6.8, 10, 3  # about the size of one sign of the words on arcs
_PARTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_OPENING = (
    '<svg class="dfg" role="img" viewBox="0 0 %(width)d %(height)d" width="%(width)d" '
    'height="%(height)d" aria-label="%(label)s"><defs><marker id="dfg-tip" class="dfg-tip" '
    'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>'
)
_SLOWEST = 5


@dataclass(frozen=True)
class Node:
    """An activity of the map: its words and how many events it has."""

    name: str
    count: int


def long(seconds: float | None) -> str:
    """Return a time in the largest unit that fits: "3,2 ngày", "5 giờ", "40 phút"."""
    if seconds is None:
        return "–"
    if seconds >= 86_400:
        return _("%s ngày") % words.number(seconds / 86_400, 1)
    if seconds >= 3_600:
        return _("%s giờ") % words.number(seconds / 3_600, 1)
    return _("%s phút") % words.number(max(seconds / 60, 0))


def chosen(
    nodes: Sequence[Node], edges: Sequence[Edge], share: int
) -> tuple[list[Node], list[Edge]]:
    """Return the most frequent moves that make up a share of all, and the activities in them."""
    total, taken = sum(edge.count for edge in edges), 0
    kept: list[Edge] = []
    for edge in edges[:_MOST_EDGES]:
        if taken * 100 >= share * total:
            break
        kept.append(edge)
        taken += edge.count
    names = {name for edge in kept for name in (edge.source, edge.target)}
    return [node for node in nodes if not kept or node.name in names], kept


def drawn(nodes: Sequence[Node], edges: Sequence[Edge]) -> SafeString:
    """Return the map of the activities and moves that were chosen."""
    slow = _slow(list(edges))
    grid = _Grid(nodes)
    most = max((edge.count for edge in edges), default=1)
    told = sorted(edges, key=lambda one: (one not in slow, -one.count))
    words_of = {
        (edge.source, edge.target): _words(edge, grid, most, is_slow=edge in slow)
        for edge in told
        if grid.has(edge)
    }
    lines = [
        _line(edge, grid, most, is_slow=edge in slow)
        for edge in sorted(edges, key=lambda one: one.count)
        if grid.has(edge)
    ]
    boxes = [_box(node, grid.top(node.name), grid.box) for node in nodes]
    opening = _OPENING % {
        "width": WIDTH, "height": grid.height, "label": escape(_label(nodes, edges)),
    }  # fmt: skip
    parts = [opening, *lines, *words_of.values(), *boxes, "</svg>"]  # no line over words
    return mark_safe("".join(parts))  # noqa: S308  every text in it went through escape


def is_slow(edge: Edge, edges: Sequence[Edge]) -> bool:
    """Tell whether an edge is one of the slowest that are not rare."""
    return edge in _slow(list(edges[:_MOST_EDGES]))


def _slow(edges: list[Edge]) -> list[Edge]:
    """The slowest by the time that all of them took together."""
    timed = [edge for edge in edges if (edge.median_seconds or 0) >= 3_600]
    weight = sorted(timed, key=lambda one: -(one.median_seconds or 0) * one.count)
    return weight[:_SLOWEST]


def _label(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    return _("Sơ đồ %(nodes)d hoạt động và %(edges)d bước chuyển; số liệu có trong bảng dưới.") % {
        "nodes": len(nodes),
        "edges": len(edges),
    }


class _Grid:
    """Where the rows stand, and which places words have taken already."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.row, self.box = (62, 34) if len(nodes) <= _NARROW else (46, 30)
        self._rows = {node.name: number for number, node in enumerate(nodes)}
        self._longest = max(len(nodes), 8)
        self.height = TOP * 2 + self.row * max(len(nodes) - 1, 0) + self.box
        self._taken = [
            (LEFT, self.top(node.name), LEFT + _BOX_WIDTH, self.top(node.name) + self.box)
            for node in nodes
        ]

    def has(self, edge: Edge) -> bool:
        """Tell whether both ends of an arc are drawn."""
        return edge.source in self._rows and edge.target in self._rows

    def top(self, name: str) -> int:
        """Return where the box of an activity begins."""
        return TOP + self._rows[name] * self.row

    def span(self, edge: Edge) -> int:
        """Return how many rows further down an arc ends."""
        return self._rows[edge.target] - self._rows[edge.source]

    def reach(self, edge: Edge) -> float:
        """Return how far an arc swings out: the farther it goes, the more, and never the same."""
        return 30 + 170 * float(min(abs(self.span(edge)) / self._longest, 1.0) ** 0.5)

    def take(self, x: float, y: float, width: float) -> bool:
        """Take the place of words that begin at a point, where nothing stands yet."""
        left, top, right, bottom = x, y - _OVER, x + width, y + _UNDER
        if left < 0 or right > WIDTH:
            return False
        for one in self._taken:
            if left < one[2] and one[0] < right and top < one[3] and one[1] < bottom:
                return False
        self._taken.append((left, top, right, bottom))  # type: ignore[arg-type]
        return True


def _line(edge: Edge, grid: _Grid, most: int, *, is_slow: bool) -> str:
    width = 1 + 7 * (edge.count / most) ** 0.5
    kind = "dfg-edge dfg-slow" if is_slow else "dfg-edge"
    title = _("%(source)s → %(target)s: %(count)s lần, trung vị %(time)s") % {
        "source": edge.source,
        "target": edge.target,
        "count": words.number(edge.count),
        "time": long(edge.median_seconds),
    }
    return (
        f'<g><title>{escape(title)}</title><path class="{kind}" d="{_path(edge, grid)}" '
        f'stroke-width="{width:.1f}" marker-end="url(#dfg-tip)"/></g>'
    )


def _words(edge: Edge, grid: _Grid, most: int, *, is_slow: bool) -> str:
    """How often, and how long where that is much; nothing where there is no place for it."""
    if not is_slow and (grid.span(edge) != 1 or edge.count * 20 < most):
        return ""
    said = words.number(edge.count)
    if is_slow:
        said += f" · {long(edge.median_seconds)}"
    width = len(said) * _SIGN
    for x, y, anchor in _spots(edge, grid):
        if grid.take(x if anchor == "start" else x - width, y, width):
            kind = "dfg-count dfg-long" if is_slow else "dfg-count"
            return (
                f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">'
                f"{escape(said)}</text>"
            )
    return ""


def _spots(edge: Edge, grid: _Grid) -> list[tuple[float, float, str]]:
    """Where the words of an arc may stand, the best place first."""
    y1, y2, span = grid.top(edge.source), grid.top(edge.target), grid.span(edge)
    if span == 1:
        middle, y = LEFT + _BOX_WIDTH / 2, (y1 + grid.box + y2) / 2 + 4
        return [(middle + 10, y, "start"), (middle - 10, y, "end")]
    if span == 0:
        return [(LEFT - 30, y1 + grid.box / 2 + 4, "end")]
    side = 1 if span > 0 else -1
    x = LEFT + _BOX_WIDTH if side > 0 else LEFT
    a, b = _ends(edge, grid)
    return [
        (
            x + side * (grid.reach(edge) * 3 * part * (1 - part) + 9),
            a + (b - a) * part * part * (3 - 2 * part) + 4,
            "start" if side > 0 else "end",
        )
        for part in _PARTS
    ]


def _ends(edge: Edge, grid: _Grid) -> tuple[float, float]:
    """The heights at which an arc leaves and arrives."""
    out, into = (0.7, 0.3) if grid.span(edge) > 0 else (0.3, 0.7)
    return grid.top(edge.source) + grid.box * out, grid.top(edge.target) + grid.box * into


def _path(edge: Edge, grid: _Grid) -> str:
    """The line from one box to another: down, a loop at the left, or an arc."""
    y1, y2, span, box = grid.top(edge.source), grid.top(edge.target), grid.span(edge), grid.box
    if span == 1:
        return f"M{LEFT + _BOX_WIDTH / 2:.0f} {y1 + box}V{y2 - 2}"
    if span == 0:
        x = LEFT
        return f"M{x} {y1 + 8}C{x - 34} {y1 - 8} {x - 34} {y1 + box + 8} {x} {y1 + box - 8}"
    side = 1 if span > 0 else -1
    x = LEFT + _BOX_WIDTH if side > 0 else LEFT
    a, b = _ends(edge, grid)
    far = x + side * grid.reach(edge)
    return f"M{x} {a:.0f}C{far:.0f} {a:.0f} {far:.0f} {b:.0f} {x + side * 2} {b:.0f}"


def _box(node: Node, y: int, box: int) -> str:
    number = words.number(node.count)
    room = int((_BOX_WIDTH - 34 - len(number) * _LETTER) / _LETTER)
    name = node.name if len(node.name) <= room else node.name[: room - 1].rstrip() + "…"
    return (
        f'<g><title>{escape(node.name)}</title><rect class="dfg-box" x="{LEFT}" y="{y}" '
        f'width="{_BOX_WIDTH}" height="{box}" rx="8"/>'
        f'<text class="dfg-name" x="{LEFT + 12}" y="{y + box / 2 + 5:.0f}">{escape(name)}</text>'
        f'<text class="dfg-number" x="{LEFT + _BOX_WIDTH - 12}" y="{y + box / 2 + 5:.0f}" '
        f'text-anchor="end">{number}</text></g>'
    )
