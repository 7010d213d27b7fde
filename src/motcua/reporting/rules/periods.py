"""Periods and ratios: what a figure is about, as pure decisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

KINDS = ("today", "week", "month", "quarter", "year", "custom")
GOAL = 95.0
LONGEST_DAYS = 400
_NAME = re.compile(r"(?P<year>20\d\d)(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Period:
    """From the start of a day to the end of another; figures stand as of `until`.

    `until` is the end of the last day, or the moment of asking when that is earlier.
    """

    kind: str
    first: date
    last: date
    start: datetime
    until: datetime
    is_current: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def name(self) -> str:
        """A short name: "2025Q3", "2025", "2025-07", or from when to when."""
        if self.kind == "year":
            return f"{self.first:%Y}"
        if self.kind == "quarter":
            return f"{self.first:%Y}Q{(self.first.month + 2) // 3}"
        if self.kind == "month":
            return f"{self.first:%Y-%m}"
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


def period(
    kind: str, *, at: datetime, first: date | None = None, last: date | None = None
) -> Period:
    """Return the period of a kind that contains `at`; "custom" takes its days.

    A month, a quarter, a year: the one that `first` lies in when it is given, else the one of `at`.
    A week begins on Monday. Days are put in order, cut to today, and to 400 days.
    Source: rule of the house (02/2017/TT-VPCP counts by periods of whole days).
    """
    today = at.date()
    if kind == "week":
        begin, end = today - timedelta(days=today.weekday()), today
    elif kind in ("month", "quarter", "year"):
        begin, whole = _calendar(kind, min(first, today) if first else today)
        end = min(whole, today)
    elif kind == "custom" and first and last:
        begin, end = sorted((min(first, today), min(last, today)))
        begin = max(begin, end - timedelta(days=LONGEST_DAYS - 1))
    else:
        kind, begin, end = "today", today, today
    start = datetime.combine(begin, time.min, at.tzinfo)
    until = datetime.combine(end + timedelta(days=1), time.min, at.tzinfo)
    return Period(kind, begin, end, start, min(until, at), until > at)


def _calendar(kind: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the month, quarter or year of a day."""
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    after = first.month + months
    following = date(first.year + (after > 12), after - 12 if after > 12 else after, 1)
    return first, following - timedelta(days=1)


def named(name: str, *, at: datetime) -> Period | None:
    """Return the period of a name: "2025Q3", "2025", "2025-07"; None of no name or of a time to come.

    Source: rule of the house (02/2017/TT-VPCP reports by quarter and by year).
    """
    said = _NAME.fullmatch(name.strip())
    if said is None:
        return None
    year, quarter, month = int(said["year"]), said["quarter"], said["month"]
    kind = "quarter" if quarter else "month" if month else "year"
    first = date(year, 3 * int(quarter) - 2 if quarter else int(month or 1), 1)
    return period(kind, at=at, first=first) if first <= at.date() else None


@dataclass(frozen=True)
class Ratio:
    """A share with what it is made of."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """The share in per cent, None of nothing."""
        return 100 * self.numerator / self.denominator if self.denominator else None


def balances(counts: Mapping[str, int]) -> bool:
    """Tell whether the identities of the report hold.

    Received and carried over = settled + in progress; settled = on time (early among them) + late;
    in progress = in time + waiting for the person + overdue.
    Source: 02/2017/TT-VPCP biểu II.06a (3 = 7 + 11; 7 = 8 + 9 + 10; 11 = 12 + 13).
    """
    whole = counts["received"] + counts["carried"] == counts["settled"] + counts["open"]
    settled = counts["settled"] == counts["on_time"] + counts["late"] + counts.get("apart", 0)
    still = counts["open"] == counts["in_time"] + counts["overdue"] + counts["waiting"]
    return whole and settled and still
