"""Tags of the boards: {% load boards %}."""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.reporting.rules import Ratio
from motcua.web.accounts.request import actor_of
from motcua.web.boards import nav
from motcua.web.boards.asked import Asked
from motcua.web.boards.numbers import Number, percent
from motcua.web.ui import words

register = template.Library()


@register.simple_tag(takes_context=True)
def section(context: Context, name: str, word: str) -> SafeString:
    """{% section "boards:home" _("Tổng quan") %}: one entry of the boards' sections, or nothing."""
    request = context["request"]
    address = nav.address_for(name, actor_of(request))
    if not address:
        return SafeString("")
    here = SafeString(' aria-current="page"') if nav.is_current(request, address) else ""
    link = nav.with_period(request, address)
    return format_html('<li><a href="{}"{}>{}</a></li>', link, here, word)


@register.simple_tag
def live_marks(asked: Asked, seconds: int = 60) -> SafeString:
    """{% live_marks asked %}: what the page's script needs to keep this part as it is now."""
    if not asked.is_live:
        return SafeString("")
    return format_html(
        'data-live="{}" data-push="{}" data-scope="{}" data-upto="{}"',
        seconds,
        asked.push,
        asked.listens_to,
        asked.upto,
    )


@register.filter
def linked(number: Number) -> SafeString:
    """{{ number|linked }}: the figure, a link to its dossiers for those who may open them."""
    shown = words.number(number.value)
    if not number.href:
        return format_html("{}", shown)
    return format_html('<a href="{}">{}</a>', number.href, shown)


@register.filter
def share(ratio: Ratio) -> str:
    """{{ ratio|share }}: 96,2%"""
    return percent(ratio)


@register.filter
def slot(place: int, inset: int) -> str:
    """{{ place|slot:4 }}: where the bar of a day begins."""
    return f"{place * 10 + inset + 1}"


@register.filter
def tall(value: int, most: int) -> str:
    """{{ value|tall:most }}: the height of a bar of 60."""
    return f"{58 * value / most:.1f}" if most else "0"


@register.filter
def top_of(value: int, most: int) -> str:
    """{{ value|top_of:most }}: where a bar of 60 begins."""
    return f"{60 - 58 * value / most:.1f}" if most else "60"


@register.filter
def after(one: float, other: float) -> str:
    """{{ one|after:other }}: where a part of a bar begins that stands behind two others."""
    return f"{one + other:.1f}"
