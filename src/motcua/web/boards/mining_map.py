"""The directly-follows map as an SVG: activities in a column, arcs to the right forward, left back.

The width of an arc says how often; a slow one is marked by dashes and its time in words, so that
the picture needs no colour. Looks come from classes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.reporting.mining import Edge
from motcua.web.ui import words

ROW, TOP, BOX, LEFT, WIDTH = 62, 16, 34, 250, 860
_BOX_WIDTH = 270
_MOST_EDGES = 40
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


def drawn(nodes: Sequence[Node], edges: Sequence[Edge]) -> SafeString:
    """Return the map; edges that are rare are left to the table under it."""
    shown = list(edges[:_MOST_EDGES])
    slow = _slow(shown)
    rows = {node.name: number for number, node in enumerate(nodes)}
    height = TOP * 2 + ROW * max(len(nodes) - 1, 0) + BOX
    most = max((edge.count for edge in shown), default=1)
    lines = [
        _arc(edge, rows, most, rank=slow.index(edge) if edge in slow else None)
        for edge in sorted(shown, key=lambda one: one.count)
        if edge.source in rows and edge.target in rows
    ]
    boxes = [_box(node, number) for number, node in enumerate(nodes)]
    opening = _OPENING % {"width": WIDTH, "height": height, "label": escape(_label(nodes, shown))}
    drawings, labels = zip(*lines, strict=True) if lines else ((), ())
    parts = [opening, *drawings, *labels, *boxes, "</svg>"]  # no line is drawn over words
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


def _arc(edge: Edge, rows: dict[str, int], most: int, *, rank: int | None) -> tuple[str, str]:
    """The line and its words."""
    start, end, is_slow = rows[edge.source], rows[edge.target], rank is not None
    width = 1 + 7 * (edge.count / most) ** 0.5
    kind = "dfg-edge dfg-slow" if is_slow else "dfg-edge"
    title = _("%(source)s → %(target)s: %(count)s lần, trung vị %(time)s") % {
        "source": edge.source,
        "target": edge.target,
        "count": words.number(edge.count),
        "time": long(edge.median_seconds),
    }
    path, x, y = _path(start, end, 0.32 + 0.09 * (rank or 0))
    said = words.number(edge.count)
    if is_slow:
        said += f" · {long(edge.median_seconds)}"
    anchor = "start" if end > start else "end"
    label = ""
    if is_slow or (end == start + 1 and edge.count * 20 >= most):
        label = (
            f'<text class="dfg-count{" dfg-long" if is_slow else ""}" x="{x:.0f}" y="{y:.0f}" '
            f'text-anchor="{anchor}">{escape(said)}</text>'
        )
    line = (
        f'<g><title>{escape(title)}</title><path class="{kind}" d="{path}" '
        f'stroke-width="{width:.1f}" marker-end="url(#dfg-tip)"/></g>'
    )
    return line, label


def _path(start: int, end: int, part: float) -> tuple[str, float, float]:
    """The line from one row to another, and where its words stand: that part of the way along."""
    middle = LEFT + _BOX_WIDTH / 2
    y1, y2 = TOP + start * ROW, TOP + end * ROW
    if end == start + 1:
        return f"M{middle:.0f} {y1 + BOX}V{y2 - 2}", middle + 10, (y1 + BOX + y2) / 2 + 4
    if end == start:
        x = LEFT
        return (
            f"M{x} {y1 + 8}C{x - 34} {y1 - 8} {x - 34} {y1 + BOX + 8} {x} {y1 + BOX - 8}",
            x - 30, y1 + BOX / 2 + 4,
        )  # fmt: skip
    reach = min(34 + 22 * abs(end - start), 210)
    side = 1 if end > start else -1
    x = LEFT + _BOX_WIDTH if side > 0 else LEFT
    a, b = (y1 + BOX * 0.7, y2 + BOX * 0.3) if side > 0 else (y1 + BOX * 0.3, y2 + BOX * 0.7)
    far = x + side * reach
    path = f"M{x} {a:.0f}C{far} {a:.0f} {far} {b:.0f} {x + side * 2} {b:.0f}"
    bend = 3 * part * (1 - part)
    y = a + (b - a) * part * part * (3 - 2 * part)
    return path, x + side * (reach * bend + 6), y + 4


def _box(node: Node, number: int) -> str:
    y = TOP + number * ROW
    name = node.name if len(node.name) <= 30 else node.name[:29].rstrip() + "…"
    return (
        f'<g><title>{escape(node.name)}</title><rect class="dfg-box" x="{LEFT}" y="{y}" '
        f'width="{_BOX_WIDTH}" height="{BOX}" rx="8"/>'
        f'<text class="dfg-name" x="{LEFT + 12}" y="{y + 22}">{escape(name)}</text>'
        f'<text class="dfg-number" x="{LEFT + _BOX_WIDTH - 12}" y="{y + 22}" '
        f'text-anchor="end">{words.number(node.count)}</text></g>'
    )
