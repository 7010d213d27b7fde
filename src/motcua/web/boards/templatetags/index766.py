"""Tags of the index of 766/QĐ-TTg: {% load index766 %}."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.reporting.index766.rules import Band, Line, Score
from motcua.web.boards import index766
from motcua.web.ui import words

register = template.Library()
_SIGNS = {"excellent": "★★", "good": "★", "fair": "●", "average": "◐", "weak": "▼"}
_WIDE, _TALL, _GAP = 84, 22, 8


@register.filter
def points(value: Decimal | None) -> str:
    """{{ score.points|points }}: 71,25; N/A of nothing."""
    return "N/A" if value is None else words.number(float(value), 2)


@register.filter
def whole(value: Fraction) -> str:
    """{{ component.threshold|whole }}: 80"""
    return words.number(float(value), 0 if value.denominator == 1 else 1)


@register.filter
def wish(part: "index766.Part") -> str:
    """{{ part|wish }}: the value in the field, wished or present, as an input takes it."""
    value = part.wished
    return str(index766.line_percent(part.line.measured) if value is None else value)


@register.simple_tag
def band(one: Band) -> SafeString:
    """{% band score.band %}: the class, with a sign beside the word."""
    return format_html(
        '<span class="index-band {}"><span aria-hidden="true">{}</span> {}</span>',
        one.key,
        _SIGNS[one.key],
        _(one.name),
    )


@register.simple_tag
def next_words(line: Line) -> str:
    """{% next_words line %}: what the next point takes, in words."""
    step = line.step
    if step is None:
        return ""
    told = {
        "count": words.number(step.count),
        "act": _(line.component.act),
        "gain": words.number(float(step.gain), 2),
    }
    if line.component.lever == "less":
        return _("bớt %(count)s phút một hồ sơ: +%(gain)s điểm") % told
    return _("thêm %(count)s %(act)s: +%(gain)s điểm") % told


@register.simple_tag
def index_groups(score: Score, *, small: bool = False) -> SafeString:
    """{% index_groups score %}: a bar for each group; its points are in the picture's words."""
    bars = []
    step = _WIDE + _GAP if not small else 22
    wide = step - (_GAP if not small else 4)
    for place, group in enumerate(score.groups):
        share = float(group.points / group.most) if group.points is not None and group.most else 0
        x, hidden = place * step, "" if group.points is not None else " none"
        high = _TALL * share
        bars.append((x, wide, hidden, x, f"{_TALL - high:.1f}", wide, f"{high:.1f}"))
    drawn = format_html_join(
        "",
        '<rect class="ground{2}" x="{0}" y="0" width="{1}" height="22"/>'
        '<rect class="filled" x="{3}" y="{4}" width="{5}" height="{6}"/>',
        bars,
    )
    told = "; ".join(_told(score, place) for place in range(len(score.groups)))
    names = "" if small else format_html_join("", "<li>{}<b>{}</b></li>", _names(score))
    return format_html(
        '<svg class="index-groups{}" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' preserveAspectRatio="none">{}</svg>{}',
        " small" if small else "",
        len(score.groups) * step,
        _TALL,
        told,
        drawn,
        format_html('<ul class="index-names">{}</ul>', names) if names else "",
    )


def _names(score: Score) -> list[tuple[str, str]]:
    return [
        (_(g.group.name), "N/A" if g.points is None else f"{points(g.points)}/{points(g.most)}")
        for g in score.groups
    ]


def _told(score: Score, place: int) -> str:
    name, value = _names(score)[place]
    return f"{name} {value}"
