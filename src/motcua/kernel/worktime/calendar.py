"""WorkCalendar: the working time of a desk, compiled so that a due date is a look-up.

All reasoning is in the time of Việt Nam (UTC+7, no summer time), so sums of local time are exact.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from motcua.kernel.refused import Refused
from motcua.kernel.worktime.words import WEEKLY_REST

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2020, 1, 1)
LAST_DAY = date(2039, 12, 31)
CUT_OFF = time(15)
END_OF_DAY = "end_of_day"
SAME_TIME = "same_time"
MINUTE_US = 60_000_000
_DAY = timedelta(days=1)

T = TypeVar("T")

Shifts = tuple[tuple[time, time], ...]
Spans = tuple[tuple[int, int], ...]  # a day's shifts in microseconds from midnight
Pattern = tuple[date | None, date | None, Mapping[int, Sequence[tuple[time, time]]]]


class OutsideCalendar(Refused):
    """The moment lies beyond the years for which working time can be counted."""


@dataclass(frozen=True)
class DayException:
    """A day that differs from the weekly pattern: a holiday, a swapped day, special hours.

    status: confirmed (decided), provisional (an estimate) or to_verify (source not seen).
    shifts: the hours of a worked day; empty means those of a full working day.
    """

    date: date
    kind: str  # "off" | "work"
    reason: str
    reason_en: str = ""
    status: str = "confirmed"
    source: str = ""
    shifts: Shifts = ()


class WorkCalendar:
    """Immutable working time of a desk: when it works, and why it does not on the other days."""

    __slots__ = (
        "_closes", "_cut_offs", "_exceptions", "_first", "_midnight", "_opens", "_prefix", "_rank",
        "_rules", "_size", "_spans", "day_minutes", "is_day_end", "key", "version",
    )  # fmt: skip

    def __init__(self, key: str, version: int, week: "_Week", rules: "_Rules") -> None:
        self.key = key
        self.version = version
        self._exceptions = week.exceptions
        self._cut_offs = rules.cut_offs
        self._rules = rules.day_rules
        self._first = week.first.toordinal()
        self._midnight = datetime.combine(week.first, time(), VIETNAM)
        self._compile(week)
        self.day_minutes = week.full_day_minutes
        self.is_day_end = all(rule == END_OF_DAY for _, rule in rules.day_rules)

    @classmethod
    def build(
        cls,
        key: str,
        version: int,
        *,
        patterns: Sequence[Pattern],
        exceptions: Iterable[DayException | tuple[date, str, str]] = (),
        cut_off: time | Sequence[tuple[date | None, time]] = CUT_OFF,
        day_rule: str | Sequence[tuple[date | None, str]] = END_OF_DAY,
    ) -> "WorkCalendar":
        """Compile a calendar from plain data.

        patterns: (valid from, valid to, {weekday 0-6: [(start, end), …]}); a later one wins.
        cut_off, day_rule: one value, or (valid from, value) pairs.
        Raises ValueError: no hours at all, hours that overlap, or a rule that does not exist.
        """
        days = [e if isinstance(e, DayException) else DayException(*e) for e in exceptions]
        cut_offs = _dated([(None, cut_off)] if isinstance(cut_off, time) else cut_off)
        rules = _dated([(None, day_rule)] if isinstance(day_rule, str) else day_rule)
        if not cut_offs or not {rule for _, rule in rules} <= {END_OF_DAY, SAME_TIME} or not rules:
            raise ValueError("a calendar needs a cut-off and a rule for days")
        return cls(key, version, _Week(patterns, days), _Rules(cut_offs, rules))

    def _compile(self, week: "_Week") -> None:
        self._spans: list[Spans] = []
        self._rank: list[int] = []  # working days up to and including that day
        self._prefix: list[int] = [0]  # working microseconds before that day
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        midnight, day, total = self._midnight, week.first, 0
        while day <= LAST_DAY:
            spans = week.spans_on(day)
            if spans:
                self._opens.append(midnight + timedelta(microseconds=spans[0][0]))
                self._closes.append(midnight + timedelta(microseconds=spans[-1][1]))
                total += sum(end - start for start, end in spans)
            self._spans.append(spans)
            self._rank.append(len(self._opens))
            self._prefix.append(total)
            midnight, day = midnight + _DAY, day + _DAY
        self._size = len(self._spans)

    # --- what is a day ------------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Return whether the desk works on that day at all."""
        return bool(self._spans[self._index(day)])

    def shifts(self, day: date) -> Shifts:
        """Return the working hours of that day; () on a day off."""
        return tuple((_clock(a), _clock(b)) for a, b in self._spans[self._index(day)])

    def reason_off(self, day: date, lang: str = "vi") -> str:
        """Return why the desk does not work that day; "" when it does."""
        if self.is_working_day(day):
            return ""
        exception = self._exceptions.get(day)
        if exception is None:
            return WEEKLY_REST[lang]
        return exception.reason if lang == "vi" else exception.reason_en or exception.reason

    def exception_on(self, day: date) -> DayException | None:
        """Return the exceptional day, or None when the weekly pattern holds."""
        return self._exceptions.get(day)

    @property
    def known_until(self) -> date:
        """Last day of the last year whose holidays have been entered."""
        years = [day.year for day in self._exceptions]
        return date(max(years, default=FIRST_DAY.year), 12, 31)

    def cut_off(self, day: date) -> time:
        """Return the hour after which intake counts for the next working day."""
        return _in_force(self._cut_offs, day)

    def day_rule(self, day: date) -> str:
        """Return how day periods that start then end: "end_of_day" or "same_time"."""
        return _in_force(self._rules, day)

    # --- moments ------------------------------------------------------------------------------

    def local(self, moment: datetime) -> datetime:
        """Return the moment in the time of Việt Nam.

        Raises ValueError: the moment is naive.
        """
        if moment.tzinfo is VIETNAM:
            return moment
        if moment.tzinfo is None:
            raise ValueError("working time needs an aware datetime")
        return moment.astimezone(VIETNAM)

    def next_working_moment(self, moment: datetime) -> datetime:
        """Return the moment itself in working hours (ends included), else the next opening."""
        moment = self.local(moment)
        index, since = self._locate(moment)
        for start, end in self._spans[index]:
            if since <= end:
                return moment if since >= start else self._at(index, start)
        return self._open(self._rank[index])

    def after_cut_off(self, moment: datetime) -> bool:
        """Return whether intake at that moment is handed over the next working morning.

        Source: ND118/2025 art. 18 cl. 2 ("tiếp nhận sau 15 giờ hằng ngày").
        """
        moment = self.local(moment)
        return moment.time() > self.cut_off(moment.date())

    def end_of_day(self, day: date) -> datetime:
        """Return the end of working hours of that day, or of the next working day."""
        index = self._index(day)
        return self._close(self._rank[index - 1] if index else 0)

    def opening(self, day: date) -> datetime:
        """Return the start of working hours of that day, or of the next working day."""
        index = self._index(day)
        return self._open(self._rank[index - 1] if index else 0)

    # --- working days -------------------------------------------------------------------------

    def add_working_days(self, day: date, count: int) -> date:
        """Return the count-th working day after that day (before it when negative).

        0 is the day itself, or the next working day.
        """
        rank = self._rank[self._index(day)]
        if count > 0:
            return self._open(rank + count - 1).date()
        rank -= self.is_working_day(day)
        return self._open(rank + count).date()

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie after `first`, up to and including `last`."""
        return self._rank[self._index(last)] - self._rank[self._index(first)]

    def minutes_on(self, day: date) -> int:
        """Return the working minutes of that day."""
        index = self._index(day)
        return (self._prefix[index + 1] - self._prefix[index]) // MINUTE_US

    def nth_close(self, day: date, count: int) -> datetime:
        """Return the end of working hours of the count-th working day after that day."""
        return self._close(self._rank[self._index(day)] + count - 1)

    # --- working minutes ----------------------------------------------------------------------

    def worked(self, moment: datetime) -> int:
        """Return the working microseconds from the calendar's first day to that moment."""
        index, since = self._locate(self.local(moment))
        total = self._prefix[index]
        for start, end in self._spans[index]:
            if since >= end:
                total += end - start
            elif since > start:
                return total + since - start
        return total

    def moment_of(self, worked: int) -> datetime:
        """Return the earliest moment by which that much has been worked (undoes `worked`)."""
        index = bisect_left(self._prefix, worked) - 1
        if not 0 <= index < self._size:
            raise _outside()
        rest = worked - self._prefix[index]
        for start, end in self._spans[index]:
            if rest <= end - start:
                return self._at(index, start + rest)
            rest -= end - start
        raise _outside()

    def working_minutes_between(self, first: datetime, last: datetime) -> int:
        """Return the whole working minutes from first to last; negative when last is earlier."""
        span = self.worked(last) - self.worked(first)
        return span // MINUTE_US if span >= 0 else -(-span // MINUTE_US)

    def add_working_minutes(self, moment: datetime, minutes: float) -> datetime:
        """Return the moment that many working minutes later (earlier when negative)."""
        if minutes == 0:
            return self.next_working_moment(moment)
        return self.moment_of(self.worked(moment) + round(minutes * MINUTE_US))

    # --- inside -------------------------------------------------------------------------------

    def _locate(self, moment: datetime) -> tuple[int, int]:
        index = moment.toordinal() - self._first
        if not 0 <= index < self._size:
            raise _outside()
        since = (moment.hour * 60 + moment.minute) * MINUTE_US
        return index, since + moment.second * 1_000_000 + moment.microsecond

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if not 0 <= index < self._size:
            raise _outside()
        return index

    def _at(self, index: int, since: int) -> datetime:
        return self._midnight + timedelta(days=index, microseconds=since)

    def _open(self, rank: int) -> datetime:
        if not 0 <= rank < len(self._opens):
            raise _outside()
        return self._opens[rank]

    def _close(self, rank: int) -> datetime:
        if not 0 <= rank < len(self._closes):
            raise _outside()
        return self._closes[rank]


@dataclass(frozen=True)
class _Rules:
    cut_offs: tuple[tuple[date, time], ...]
    day_rules: tuple[tuple[date, str], ...]


class _Week:
    """Weekly patterns with their exceptional days: which hours are worked on a day."""

    def __init__(self, patterns: Sequence[Pattern], exceptions: list[DayException]) -> None:
        self.first = FIRST_DAY
        self.exceptions = {e.date: e for e in exceptions}
        self._patterns = [
            (
                valid_from or FIRST_DAY,
                valid_to or LAST_DAY,
                {d: _spans(s) for d, s in week.items()},
            )
            for valid_from, valid_to, week in patterns
        ]
        if not any(spans for _, _, week in self._patterns for spans in week.values()):
            raise ValueError("a calendar needs working hours")
        self.full_day_minutes = _length(self._full_day(self._patterns[-1][2])) // MINUTE_US or 480

    def spans_on(self, day: date) -> Spans:
        week = self._week_on(day)
        exception = self.exceptions.get(day)
        if exception is None:
            return week.get(day.weekday(), ())
        if exception.kind == "off":
            return ()
        return _spans(exception.shifts) or self._full_day(week)

    def _week_on(self, day: date) -> dict[int, Spans]:
        for valid_from, valid_to, week in reversed(self._patterns):
            if valid_from <= day <= valid_to:
                return week
        return {}

    @staticmethod
    def _full_day(week: dict[int, Spans]) -> Spans:
        # A Saturday worked in exchange is a full day, also at a desk that opens Saturday mornings.
        return max(week.values(), key=_length, default=())


def _spans(shifts: Iterable[tuple[time, time]]) -> Spans:
    spans = tuple(sorted((_since_midnight(start), _since_midnight(end)) for start, end in shifts))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(set(edges)):
        raise ValueError("working hours overlap or end before they start")
    return spans


def _since_midnight(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * MINUTE_US


def _clock(since: int) -> time:
    minutes = since // MINUTE_US
    return time(minutes // 60, minutes % 60)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _dated(pairs: Iterable[tuple[date | None, T]]) -> tuple[tuple[date, T], ...]:
    dated = [(valid_from or FIRST_DAY, value) for valid_from, value in pairs]
    return tuple(sorted(dated, key=lambda pair: pair[0]))


def _in_force(pairs: tuple[tuple[date, T], ...], day: date) -> T:
    value = pairs[0][1]
    for valid_from, later in pairs:
        if valid_from <= day:
            value = later
    return value


def _outside() -> OutsideCalendar:
    return OutsideCalendar(
        f"Lịch làm việc chỉ tính được từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}."
    )
