"""What came in, what was settled and what stayed, over time; and what falls due next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from motcua.directory.queries.calendars import calendar_for
from motcua.reporting.queries import Day
from motcua.web.boards import periods
from motcua.web.boards.asked import Asked
from motcua.web.boards.numbers import Number
from motcua.web.ui import words

DAYS_SHOWN, WEEKS_SHOWN, LEAST_DAYS, DUE_DAYS = 31, 27, 14, 5
_HIGH, _STOCK_HIGH = 60.0, 30.0


@dataclass(frozen=True)
class Bar:
    """A day, a week or a month of the flow."""

    word: str
    title: str
    received: Number
    settled: Number
    open: int
    is_marked: bool


@dataclass(frozen=True)
class Flow:
    """The bars from the oldest on, the most that one of them holds, and the line of the stock."""

    bars: list[Bar]
    most: int
    most_open: int
    line: str
    area: str
    by: str

    @property
    def width(self) -> int:
        """The width of the picture: ten for each bar."""
        return 10 * len(self.bars)


def flow_of(days: Sequence[Day], asked: Asked) -> Flow | None:
    """Return the flow by day, by week or by month, as many as can be told apart."""
    shown = list(_shown(days))
    if len(shown) < 2:
        return None
    by = "day" if len(shown) <= DAYS_SHOWN else "week" if len(days) <= 7 * WEEKS_SHOWN else "month"
    bars = [
        _bar(by, list(group), asked) for _key, group in groupby(shown, lambda d: _key_of(by, d))
    ]
    bars = _thinned(bars)
    open_most = max([bar.open for bar in bars] + [1])
    tops = [(10 * n + 5, _STOCK_HIGH - (_STOCK_HIGH - 2) * bar.open / open_most)
            for n, bar in enumerate(bars)]  # fmt: skip
    line = " ".join(f"{x},{y:.1f}" for x, y in tops)
    last = 10 * len(bars) - 5
    return Flow(
        bars,
        max([max(bar.received.value, bar.settled.value) for bar in bars] + [1]),
        open_most,
        f"M{line}",
        f"M5,{_STOCK_HIGH:.0f} {line} {last},{_STOCK_HIGH:.0f}Z",
        by,
    )


def _shown(days: Sequence[Day]) -> Iterable[Day]:
    """Leave out days off on which nothing happened."""
    calendar = calendar_for("")
    return (day for day in days if day.received or day.settled or calendar.is_working_day(day.day))


def _key_of(by: str, day: Day) -> date:
    return day.day if by == "day" else periods.start_of(by, day.day)


def _bar(by: str, days: list[Day], asked: Asked) -> Bar:
    first, last = days[0].day, days[-1].day

    def number(key: str, value: int) -> Number:
        href = asked.to(key, ky="custom", tu=first, den=last) if value else ""
        return Number(key, value, href)

    return Bar(
        f"{first:%m/%Y}" if by == "month" else words.day_month(first),
        words.full_day(first) if by == "day" else f"{words.day_month(first)}–{words.day(last)}",
        number("received", sum(day.received for day in days)),
        number("settled", sum(day.settled for day in days)),
        days[-1].open,
        is_marked=True,
    )


def _thinned(bars: list[Bar]) -> list[Bar]:
    """Let so many bars bear a word that words do not touch; the last one always does."""
    step = -(-len(bars) // 8)
    return [
        Bar(b.word, b.title, b.received, b.settled, b.open, (len(bars) - 1 - n) % step == 0)
        for n, b in enumerate(bars)
    ]


@dataclass(frozen=True)
class DueDay:
    """A working day and what falls due on it; `part` in per cent of the fullest."""

    word: str
    short: str
    number: Number
    part: float


def due_days(counts: dict[date, int], asked: Asked) -> list[DueDay]:
    """Return the next five working days; what falls due on a day off counts to the day before."""
    calendar, day = calendar_for(""), asked.at.date()
    days: list[tuple[date, date, int]] = []
    while len(days) < DUE_DAYS + 1:
        if calendar.is_working_day(day):
            days.append((day, day, counts.get(day, 0)))
        elif days:
            first, _last, count = days[-1]
            days[-1] = (first, day, count + counts.get(day, 0))
        day += timedelta(days=1)
    days = days[:DUE_DAYS]
    most = max([count for _first, _last, count in days] + [1])
    return [
        DueDay(
            _("Hôm nay") if first == asked.at.date() else words.short_weekday(first),
            words.day_month(first),
            Number(
                "in_time", count, asked.to("in_time", han=first, han_den=last) if count else ""
            ),
            100 * count / most,
        )
        for first, last, count in days
    ]
