"""Periods and ratios: what a figure is about, as pure decisions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

KINDS = ("today", "week", "month", "custom")
GOAL = 95.0
LONGEST_DAYS = 400


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


def period(
    kind: str, *, at: datetime, first: date | None = None, last: date | None = None
) -> Period:
    """Return the period of a kind that contains `at`; "custom" takes its days.

    A week begins on Monday. Days are put in order, cut to today, and to 400 days.
    Source: rule of the house (02/2017/TT-VPCP counts by periods of whole days).
    """
    today = at.date()
    if kind == "week":
        begin, end = today - timedelta(days=today.weekday()), today
    elif kind == "month":
        begin, end = today.replace(day=1), today
    elif kind == "custom" and first and last:
        begin, end = sorted((min(first, today), min(last, today)))
        begin = max(begin, end - timedelta(days=LONGEST_DAYS - 1))
    else:
        kind, begin, end = "today", today, today
    start = datetime.combine(begin, time.min, at.tzinfo)
    until = datetime.combine(end + timedelta(days=1), time.min, at.tzinfo)
    return Period(kind, begin, end, start, min(until, at), until > at)


@dataclass(frozen=True)
class Ratio:
    """A share with what it is made of."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """The share in per cent, None of nothing."""
        return 100 * self.numerator / self.denominator if self.denominator else None


def balances(counts: "dict[str, int]") -> bool:
    """Tell whether the identities of the report hold.

    Received and carried over = settled + in progress; settled = on time + late + ended without a
    result; in progress = in time + overdue + waiting for the person.
    Source: 02/2017/TT-VPCP biểu II.06a (3 = 7 + 11; 7 = 8 + 9 + 10; 11 = 12 + 13).
    """
    whole = counts["received"] + counts["carried"] == counts["settled"] + counts["open"]
    settled = counts["settled"] == counts["on_time"] + counts["late"] + counts["ended"]
    still = counts["open"] == counts["in_time"] + counts["overdue"] + counts["waiting"]
    return whole and settled and still
