"""Periods as boards name them: today, a week, month, quarter or year, or any days; and neighbours.

In an address a period is one word: `today`, `week`, `month`, `quarter`, `year` (those that last until
now), `tuan:2026-11-16`, `thang:2026-11`, `quy:2025Q3`, `nam:2025` (whole ones), or `custom` with days.
"""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from motcua.reporting import rules
from motcua.reporting.rules import Period
from motcua.web.ui import words

NAMED = ("today", "week", "month", "quarter", "year")
PREFIX = {"week": "tuan", "month": "thang", "quarter": "quy", "year": "nam"}
_KIND = {prefix: kind for kind, prefix in PREFIX.items()}
_ROMAN = ("I", "II", "III", "IV")
FIRST_YEAR = 2020


def period(
    said: str, *, at: datetime, first: date | None = None, last: date | None = None
) -> Period:
    """Return the period that a word of an address names; what cannot be read is today."""
    prefix, _colon, which = said.partition(":")
    kind = _KIND.get(prefix, said)
    begin = _begin(kind, which, at.date())
    if begin is None:
        wanted = said if said == "custom" and first and last else "today"
        return rules.period(wanted, at=at, first=first, last=last)
    whole = rules.period("custom", at=at, first=begin, last=end_of(kind, begin))
    return replace(whole, kind=kind)


def _begin(kind: str, which: str, today: date) -> date | None:
    """Return the first day of the period meant, None when that cannot be read."""
    if kind not in PREFIX:
        return None
    if not which:
        return start_of(kind, today)
    found = re.fullmatch(r"(20\d\d)(?:-?(?:(\d\d)(?:-(\d\d))?|Q([1-4])))?", which)
    if found is None or int(found[1]) < FIRST_YEAR:
        return None
    month = int(found[4]) * 3 - 2 if found[4] else int(found[2] or 1)
    try:
        day = date(int(found[1]), month, int(found[3] or 1))
    except ValueError:
        return None
    return start_of(kind, min(day, today))


def start_of(kind: str, day: date) -> date:
    """Return the first day of the week, month, quarter or year in which a day lies."""
    if kind == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1}.get(kind, 1)
    return date(day.year, month, 1)


def end_of(kind: str, begin: date) -> date:
    """Return the last day of the week, month, quarter or year that begins on a day."""
    if kind == "week":
        return begin + timedelta(days=6)
    month = begin.month + {"month": 0, "quarter": 2}.get(kind, 11)
    return date(begin.year, month, monthrange(begin.year, month)[1])


def token(of: Period) -> str:
    """Return the word for an address: the same period also when it is opened another day."""
    if of.kind not in PREFIX:
        return of.kind
    day = of.first
    which = {
        "week": f"{day}",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}Q{(day.month + 2) // 3}",
    }.get(of.kind, f"{day.year}")
    return f"{PREFIX[of.kind]}:{which}"


def told(of: Period) -> str:
    """Return the period in words, as a title goes on: "quý III/2025"."""
    if of.kind == "month":
        return _("tháng %s") % f"{of.first:%m/%Y}"
    if of.kind == "quarter":
        return _("quý %(number)s/%(year)s") % {
            "number": _ROMAN[(of.first.month - 1) // 3],
            "year": of.first.year,
        }
    if of.kind == "year":
        return _("năm %s") % of.first.year
    if of.days == 1:
        return words.in_day(of.first)
    return f"{words.day_month(of.first)}–{words.day(of.last)}"


def before(of: Period, *, at: datetime) -> Period:
    """Return the equal period before: as many days into the week, month, quarter or year."""
    if of.kind not in PREFIX:
        last = of.first - timedelta(days=1)
        return rules.period("custom", at=at, first=last - timedelta(days=of.days - 1), last=last)
    begin = start_of(of.kind, of.first - timedelta(days=1))
    last = end_of(of.kind, begin)
    if of.is_current:
        last = min(last, begin + timedelta(days=of.days - 1))
    found = rules.period("custom", at=at, first=begin, last=last)
    return replace(found, kind=of.kind if last == end_of(of.kind, begin) else "custom")


def told_before(earlier: Period, of: Period) -> str:
    """Return the equal period before in few words: "quý II/2025", "cùng kỳ tháng trước"."""
    if earlier.kind in PREFIX:
        return told(earlier)
    if of.kind in PREFIX:
        return {
            "week": _("cùng kỳ tuần trước"),
            "month": _("cùng kỳ tháng trước"),
            "quarter": _("cùng kỳ quý trước"),
        }.get(of.kind, _("cùng kỳ năm trước"))
    if of.days == 1:
        return _("cả ngày %s") % words.day_month(earlier.first)
    return f"{words.day_month(earlier.first)}–{words.day_month(earlier.last)}"


def neighbour(of: Period, step: int) -> str:
    """Return the word of the whole period before (-1) or after (1); "" where there is none."""
    if of.kind not in PREFIX or (step > 0 and of.is_current):
        return ""
    day = (
        of.first - timedelta(days=1) if step < 0 else end_of(of.kind, of.first) + timedelta(days=1)
    )
    begin = start_of(of.kind, day)
    return token(replace(of, first=begin)) if begin.year >= FIRST_YEAR else ""


def quarters(*, at: datetime, count: int = 9) -> list[tuple[str, str]]:
    """Return the last quarters for a choice: the word of each, and its name."""
    begin, found = start_of("quarter", at.date()), []
    for _n in range(count):
        number = (begin.month - 1) // 3
        found.append((f"quy:{begin.year}Q{number + 1}", f"{_ROMAN[number]}/{begin.year}"))
        begin = start_of("quarter", begin - timedelta(days=1))
    return found
