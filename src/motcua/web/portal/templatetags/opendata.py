"""Tags of the public figures: {% load opendata %}."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.web.portal.open_data import Share
from motcua.web.ui import words

register = template.Library()


@register.filter
def shown(value: int | None) -> str:
    """{{ count|shown }}: 1.234, a dash where it is not published."""
    return "–" if value is None else words.number(value)


@register.filter
def named(names: Mapping[str, str], key: str) -> str:
    """{{ names|named:"late" }}: Quá hạn"""
    return names.get(key, key)


@register.simple_tag
def hundred(share: Share, what: str) -> SafeString:
    """{% hundred on_time _("hồ sơ đúng hẹn") %}: a hundred squares, so many of them filled."""
    squares = format_html_join(
        "",
        '<rect x="{}" y="{}" width="10" height="10" rx="2" class="{}"/>',
        ((x, y, "on" if filled else "off") for x, y, filled in share.squares),
    )
    told = f"{share.hundred}/100 {what}"
    return format_html(
        '<svg class="hundred" viewBox="0 0 118 118" role="img" aria-label="{}">{}</svg>',
        told,
        squares,
    )


@register.simple_tag
def two_bars(received: int | None, settled: int | None) -> SafeString:
    """{% two_bars received settled %}: what came and what was done, side by side."""
    most = max(received or 0, settled or 0, 1)
    rows = [
        (_("tiếp nhận"), received, "came", 0),
        (_("đã giải quyết"), settled, "done", 56),
    ]
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{} {}</text><rect class="{}" x="0" y="{}" width="{}" height="26"/>',
        (
            (y + 13, word, shown(value), name, y + 20, round(200 * (value or 0) / most))
            for word, value, name, y in rows
        ),
    )
    told = "; ".join(f"{word} {shown(value)}" for word, value, _name, _y in rows)
    return format_html(
        '<svg class="two-bars" viewBox="0 0 200 108" role="img" aria-label="{}">{}</svg>',
        told,
        drawn,
    )
