"""Dates, money and durations as people in Việt Nam write them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from motcua.kernel.money import vnd
from motcua.kernel.worktime.words import SHORT_WEEKDAYS, day_words


def local_date(moment: date | datetime) -> date:
    """Return the day on which the moment falls in Việt Nam."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def day(moment: date | datetime) -> str:
    """Return "22/11/2026"."""
    return f"{local_date(moment):%d/%m/%Y}"


def day_month(moment: date | datetime) -> str:
    """Return "22/11"."""
    return f"{local_date(moment):%d/%m}"


def clock(moment: datetime) -> str:
    """Return "15:30"."""
    return f"{_local(moment):%H:%M}"


def day_and_clock(moment: datetime) -> str:
    """Return "22/11/2026 15:30"."""
    return f"{_local(moment):%d/%m/%Y %H:%M}"


def language() -> str:
    """Return the language of the page, "vi" or "en"."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def short_weekday(moment: date | datetime) -> str:
    """Return "CN"."""
    return SHORT_WEEKDAYS[language()][local_date(moment).weekday()]


def in_day(moment: date | datetime) -> str:
    """Return "thứ Năm 26/11/2026", for the middle of a sentence."""
    return day_words(local_date(moment), language())


def full_day(moment: date | datetime) -> str:
    """Return "Thứ Năm 26/11/2026"."""
    words = in_day(moment)
    return words[0].upper() + words[1:]


def number(value: float, decimals: int = 0) -> str:
    """Return "64.812" or "96,2"."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def money(amount_vnd: int) -> str:
    """Return "1.250.000 ₫"."""
    return vnd(amount_vnd)


def size(size_bytes: int) -> str:
    """Return "1,2 MB"."""
    if size_bytes >= 1024 * 1024:
        return f"{number(size_bytes / 1024 / 1024, 1)} MB"
    return f"{number(max(1, size_bytes / 1024))} KB"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
