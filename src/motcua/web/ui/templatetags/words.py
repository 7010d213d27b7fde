"""Filters: {% load words %} then {{ moment|day }}, {{ amount|money }}."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString

from motcua.web.ui import words
from motcua.web.ui.prose import listed_html, prose_html

register = template.Library()


@register.filter
def day(moment: date | datetime | None) -> str:
    """22/11/2026"""
    return words.day(moment) if moment else ""


@register.filter
def day_month(moment: date | datetime | None) -> str:
    """22/11"""
    return words.day_month(moment) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    """15:30"""
    return words.clock(moment) if moment else ""


@register.filter
def day_and_clock(moment: datetime | None) -> str:
    """22/11/2026 15:30"""
    return words.day_and_clock(moment) if moment else ""


@register.filter
def full_day(moment: date | datetime | None) -> str:
    """Thứ Năm 26/11/2026"""
    return words.full_day(moment) if moment else ""


@register.filter
def in_day(moment: date | datetime | None) -> str:
    """thứ Năm 26/11/2026"""
    return words.in_day(moment) if moment else ""


@register.filter
def money(amount_vnd: int | None) -> str:
    """1.250.000 ₫"""
    return "" if amount_vnd is None else words.money(amount_vnd)


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """64.812"""
    return "" if value is None else words.number(value, decimals)


@register.filter
def size(size_bytes: int | None) -> str:
    """1,2 MB"""
    return "" if size_bytes is None else words.size(size_bytes)


@register.filter
def masked_phone(phone: str | None) -> str:
    """0905 ••• 318"""
    return f"{phone[:4]} ••• {phone[-3:]}" if phone and len(phone) > 7 else ""


@register.filter
def prose(text: str | None) -> SafeString:
    """Published text with its own "+" and "-" marks as paragraphs and lists."""
    return prose_html(text or "")


@register.filter
def listed(text: str | None) -> SafeString:
    """Published lines as one list."""
    return listed_html(text or "")
