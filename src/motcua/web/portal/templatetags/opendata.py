"""Tags of the public figures: {% load opendata %}."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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
