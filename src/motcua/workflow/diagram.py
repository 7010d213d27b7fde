"""A process as an SVG picture and as sentences, for the same page.

Looks come from classes alone (`flow-…`), so colours are the tokens of the page's stylesheet; the
picture needs no script and no style of its own.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.workflow.definition import Process, Step
from motcua.workflow.layout import (
    HEAD_WIDTH,
    Box,
    Flow,
    Lane,
    Layout,
    laid_out,
    ordered,
    place_name,
    post_name,
)

_LINE = 17
_LETTERS = 19  # that fit into a box at the size of `.flow-text`
_LANE_LETTERS = 20


def svg(process: Process, current: str = "") -> SafeString:
    """Return the process as an SVG element; `current` is the key of the step to point out.

    Steps before `current` in the chain are shown as done.
    """
    layout = laid_out(process)
    ident = f"flow-{process.key}"
    opening = (
        f'<svg class="flow" role="img" aria-labelledby="{escape(ident)}-title" '
        f'aria-describedby="{escape(ident)}-desc" viewBox="0 0 {layout.width} {layout.height}" '
        f'width="{layout.width}" height="{layout.height}" xmlns="http://www.w3.org/2000/svg">'
    )
    parts = [
        opening,
        f'<title id="{escape(ident)}-title">{escape(process.name)}</title>',
        f'<desc id="{escape(ident)}-desc">{escape(" ".join(words(process, current)))}</desc>',
        _marker(ident),
        *(_lane(lane) for lane in layout.lanes),
        *(_flow(flow, ident) for flow in layout.flows),
        *_nodes(process, layout, current),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  every text in it went through escape


def words(process: Process, current: str = "") -> list[str]:
    """Return the process as sentences, one per step, for those who do not see the picture."""
    said = []
    for number, step in enumerate(ordered(process), start=1):
        hours = ngettext("%d giờ làm việc", "%d giờ làm việc", step.hours) % step.hours
        text = _("Bước %(number)d: %(name)s, do %(post)s (%(place)s) làm trong %(hours)s.") % {
            "number": number,
            "name": step.name,
            "post": post_name(step.role).lower(),
            "place": place_name(step.place),
            "hours": hours if not process.is_elastic else _("phần thời gian theo tỷ lệ"),
        }
        if step.back:
            names = (found.name for key in step.back if (found := process.step(key)))
            text += " " + _("Có thể trả lại: %s.") % ", ".join(names)
        if step.key == current:
            text += " " + _("Hồ sơ đang ở bước này.")
        said.append(text)
    return said


def _marker(ident: str) -> str:
    return (
        f'<defs><marker id="{escape(ident)}-tip" class="flow-tip" viewBox="0 0 8 8" refX="7" '
        'refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">'
        '<path d="M0 0 8 4 0 8z"/></marker></defs>'
    )


def _lane(lane: Lane) -> str:
    box = lane.box
    text = _text(
        Box(box.x + 8, box.y, HEAD_WIDTH - 16, box.height), lane.name, "flow-post", _LANE_LETTERS
    )
    return (
        f'<g class="flow-lane">{_rect(box, "flow-ground")}'
        f"{_rect(Box(box.x, box.y, HEAD_WIDTH, box.height), 'flow-head')}{text}</g>"
    )


def _flow(flow: Flow, ident: str) -> str:
    points = " ".join(f"{x},{y}" for x, y in flow.points)
    kind = "flow-line flow-back" if flow.is_back else "flow-line"
    return (
        f'<polyline class="{kind}" points="{points}" fill="none" '
        f'marker-end="url(#{escape(ident)}-tip)"/>'
    )


def _nodes(process: Process, layout: Layout, current: str) -> list[str]:
    steps = {step.key: step for step in process.steps}
    done = _done(process, current)
    drawn = []
    for key, box in layout.boxes.items():
        kind, _colon, step_key = key.partition(":")
        if kind == "step":
            state = "now" if step_key == current else "done" if step_key in done else "ahead"
            drawn.append(_step(steps[step_key], box, state, is_elastic=process.is_elastic))
        elif kind == "gate":
            drawn.append(_gate(box))
        else:
            x, y = box.middle
            drawn.append(
                f'<circle class="flow-event flow-{kind}" cx="{x}" cy="{y}" r="{box.width // 2}"/>'
            )
    return drawn


def _done(process: Process, current: str) -> set[str]:
    keys = [step.key for step in process.chain()]
    return set(keys[: keys.index(current)]) if current in keys else set()


def _step(step: Step, box: Box, state: str, *, is_elastic: bool) -> str:
    name = Box(box.x, box.y - (0 if is_elastic else 9), box.width, box.height)
    text = _text(name, step.name, "flow-text", _LETTERS)
    if not is_elastic:
        hours = _("%d giờ") % step.hours
        text += (
            f'<text class="flow-hours" x="{box.middle[0]}" y="{box.y + box.height - 9}" '
            f'text-anchor="middle">{escape(hours)}</text>'
        )
    ground = _rect(box, "flow-box", round_by=8)
    return f'<g class="flow-step" data-state="{state}">{ground}{text}</g>'


def _gate(box: Box) -> str:
    x, y = box.middle
    half = box.width // 2
    points = f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"
    return f'<polygon class="flow-gate" points="{points}"/>'


def _rect(box: Box, kind: str, round_by: int = 0) -> str:
    rounded = f' rx="{round_by}"' if round_by else ""
    return (
        f'<rect class="{kind}" x="{box.x}" y="{box.y}" width="{box.width}" '
        f'height="{box.height}"{rounded}/>'
    )


def _text(box: Box, text: str, kind: str, letters: int) -> str:
    lines = _wrapped(text, letters)
    x, y = box.middle
    top = y - (len(lines) - 1) * _LINE // 2 + 5
    spans = "".join(
        f'<tspan x="{x}" y="{top + number * _LINE}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="{kind}" text-anchor="middle">{spans}</text>'


def _wrapped(text: str, letters: int, most: int = 3) -> list[str]:
    """Break a text into lines at blanks; what does not fit ends in "…" (the desc has it)."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: letters - 1] + "…"]
    return lines
