"""Days that a question names, and ends of periods counted from them."""

import re
from datetime import date, timedelta

from motcua.kernel.text import fold

_WRITTEN = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:(?:[/.-]| nam )(\d{4}|\d{2}))?(?![\d/-])"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AGO = re.compile(
    r"(\d{1,3}) (ngay|tuan|thang|days?|weeks?|months?) (?:truoc|nay|roi|tuoi|ago|old)"
)
_NEAR = {"hom nay": 0, "today": 0, "hom qua": -1, "yesterday": -1, "ngay mai": 1, "mai": 1,
         "tomorrow": 1, "hom kia": -2, "ngay mot": 2}  # fmt: skip
_SOON = 31
_DAYS = {"ngay": 1, "tuan": 7, "thang": 30, "day": 1, "week": 7, "month": 30}
_PERIOD = re.compile(
    r"(\d{1,3}) (ngay|thang)(?: lam viec)?,? (?:ke |tinh )?(?:tu|sau) (?:khi |ngay )?\w+"
)


def named(text: str, on: date) -> tuple[date, ...]:
    """Return the days that a text names, seen from a day; a day without its year is the nearest."""
    folded = fold(text)
    found = [date(int(y), int(m), int(d)) for y, m, d in _ISO.findall(folded) if _is_day(y, m, d)]
    for day, month, year in _WRITTEN.findall(_ISO.sub(" ", folded)):
        whole = f"20{year}" if len(year) == 2 else year or str(on.year)
        if not _is_day(whole, month, day):
            continue
        one = date(int(whole), int(month), int(day))
        found.append(_nearest(one, on) if not year else one)
    for many, unit in _AGO.findall(folded):
        days = int(many) * _DAYS[unit.rstrip("s")]
        found.append(on - timedelta(days=days))
    return tuple(dict.fromkeys(found))


def near(text: str, on: date) -> tuple[date, ...]:
    """Return the days named by today, tomorrow and the like."""
    folded = f" {fold(text)} "
    return tuple(on + timedelta(days=by) for said, by in _NEAR.items() if f" {said} " in folded)


def period(text: str) -> int | None:
    """Return how many days a published sentence gives from an event on, None when it gives none."""
    match = _PERIOD.search(fold(text))
    if match is None or "lam viec" in match.group(0):
        return None
    return int(match.group(1)) * (30 if match.group(2) == "thang" else 1)


def _nearest(day: date, on: date) -> date:
    """The latest such day that is not far in the future."""
    if (day - on).days <= _SOON:
        return day
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - 1, day.month, last)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return 1900 <= int(year) <= 2100
