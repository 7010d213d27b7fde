"""prove(): why a due date is that date, day by day, in words and as data.

It walks the days one by one and shares no arithmetic with due(), so that each checks the other.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil

from motcua.kernel.worktime.calendar import END_OF_DAY, WorkCalendar
from motcua.kernel.worktime.deadlines import months_after
from motcua.kernel.worktime.proof_words import proof_words
from motcua.kernel.worktime.units import Limit, Unit

START = "start"
COUNTED = "counted"
SKIPPED = "skipped"
ROLLED = "rolled"
PAUSED = "paused"
EXTENDED = "extended"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ProofDay:
    """One day of a proof.

    kind: start (received, not counted), counted, skipped (a day off), rolled (the day to which an
    end on a day off moves), and in the proof of a clock paused and extended.
    number: which counted day it is, 0 when not counted. minutes: working minutes counted on it.
    """

    date: date
    kind: str
    number: int = 0
    reason: str = ""
    reason_en: str = ""
    minutes: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return the day as JSON-ready data."""
        return {
            "date": self.date.isoformat(),
            "kind": self.kind,
            "number": self.number,
            "reason": self.reason,
            "minutes": self.minutes,
        }


@dataclass(frozen=True)
class Proof:
    """A due date with the days that were counted and skipped to reach it."""

    calendar: WorkCalendar = field(repr=False)
    received_at: datetime
    counted_from: datetime
    limit: Limit
    due_at: datetime
    days: tuple[ProofDay, ...]

    @cached_property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """Caveats (Vietnamese, English): days that are not confirmed, years not yet published."""
        return _notes(self.calendar, self.counted_from.date(), self.due_at.date())

    def words(self, lang: str = "vi") -> list[str]:
        """Return the proof as sentences for a citizen, in order."""
        return proof_words(self, lang)

    def as_dict(self, lang: str = "vi") -> dict[str, object]:
        """Return the proof as JSON-ready data, the sentences included."""
        return {
            "received_at": self.received_at.isoformat(),
            "counted_from": self.counted_from.isoformat(),
            "limit": {**self.limit.as_dict(), "text": self.limit.words(lang)},
            "due_at": self.due_at.isoformat(),
            "calendar": {"key": self.calendar.key, "version": self.calendar.version},
            "days": [day.as_dict() for day in self.days],
            "notes": [note[lang == "en"] for note in self.notes],
            "words": self.words(lang),
        }


def prove(calendar: WorkCalendar, start: datetime, limit: Limit) -> Proof:
    """Return the due date of `due()` with its reasons."""
    received_at = calendar.local(start)
    counted_from = _first_working_moment(calendar, received_at)
    walk = _Walk(calendar, counted_from, limit)
    due_at = walk.run()
    return Proof(calendar, received_at, counted_from, limit, due_at, tuple(walk.days))


def off_day(calendar: WorkCalendar, day: date, kind: str = SKIPPED, number: int = 0) -> ProofDay:
    """Return the entry of a day off with its reason."""
    return ProofDay(
        day, kind, number, calendar.reason_off(day), calendar.reason_off(day, lang="en")
    )


class _Walk:
    """The walk from the counted start to the due moment, noting every day it passes."""

    def __init__(self, calendar: WorkCalendar, start: datetime, limit: Limit) -> None:
        self.calendar = calendar
        self.start = start
        self.limit = limit
        self.days: list[ProofDay] = []

    def run(self) -> datetime:
        if self.limit.value == 0:
            return self._same_day()
        walks = {
            Unit.WORKING_DAY: self._working_days,
            Unit.WORKING_HOUR: self._working_hours,
            Unit.HOUR: self._hours,
        }
        return walks.get(self.limit.unit, self._calendar_days)()

    def _same_day(self) -> datetime:
        late = self.limit.unit not in {Unit.WORKING_HOUR, Unit.HOUR} and (
            self.start.time() > self.calendar.cut_off(self.start.date())
        )
        if not late:
            return self._finish(self.start.date(), 1)
        self.days.append(ProofDay(self.start.date(), START))
        return self._finish(self._skip_to_working(self.start.date() + _DAY), 1)

    def _working_days(self) -> datetime:
        same_time = self.calendar.day_rule(self.start.date()) != END_OF_DAY
        whole, share = divmod(self.limit.value, 1)
        self.days.append(ProofDay(self.start.date(), START))
        day = self.start.date()
        steps = int(whole) + bool(share and not same_time)
        for number in range(1, steps + 1):
            day = self._skip_to_working(day + _DAY)
            self.days.append(self._counted(day, number))
        if same_time:
            return self._same_time(day, int(whole))
        if not share:
            return self._close(day)
        minutes = int(share * self._counted(day, 0).minutes)
        self.days.pop()
        return self._work(self._open(day), minutes * 60_000_000, number=steps)

    def _same_time(self, day: date, number: int) -> datetime:
        moment = self.start
        if number:
            asked = datetime.combine(day, self.start.time(), self.start.tzinfo)
            moment = min(_first_working_moment(self.calendar, asked), self._close(day))
        share = self.limit.value % 1
        if not share:
            return moment
        self.days.pop()
        minutes = int(share * self._counted(moment.date(), 0).minutes)
        end = self._work(moment, minutes * 60_000_000, number=max(number, 1))
        following = self._skip_to_working(day + _DAY, note=False)
        asked = datetime.combine(following, self.start.time(), self.start.tzinfo)
        latest = min(_first_working_moment(self.calendar, asked), self._close(following))
        return min(end, latest)

    def _work(self, moment: datetime, left_us: int, number: int = 1) -> datetime:
        """Count working time from a moment on, shift by shift."""
        day = moment.date()
        while True:
            counted = 0
            for opens, end in self._spans(day):
                start = max(opens, moment)
                length = max((end - start) // timedelta(microseconds=1), 0)
                taken = min(length, left_us)
                counted, left_us = counted + taken, left_us - taken
                if left_us == 0:
                    self.days.append(ProofDay(day, COUNTED, number, minutes=counted // 60_000_000))
                    return start + timedelta(microseconds=taken)
            if counted:
                self.days.append(ProofDay(day, COUNTED, number, minutes=counted // 60_000_000))
                number += 1
            else:
                self.days.append(ProofDay(day, START))
            day = self._skip_to_working(day + _DAY)

    def _working_hours(self) -> datetime:
        return self._work(self.start, round(self.limit.value * 60 * 60_000_000))

    def _hours(self) -> datetime:
        end = self.start + timedelta(hours=float(self.limit.value))
        self._count_all(end.date(), first=0)
        moment = _first_working_moment(self.calendar, end)
        self._roll(end.date(), moment.date())
        return moment

    def _calendar_days(self) -> datetime:
        if self.limit.unit is Unit.DAY:
            last = self.start.date() + timedelta(days=ceil(self.limit.value))
        else:
            last = months_after(self.start.date(), self.limit.value)
        self.days.append(ProofDay(self.start.date(), START))
        self._count_all(last, first=1)
        day = self._skip_to_working(last, note=False)
        self._roll(last, day)
        return self._close(day)

    def _count_all(self, last: date, first: int) -> None:
        """Count every calendar day up to `last`, days off included."""
        day, number = self.start.date() + first * _DAY, 1
        while day <= last:
            if self.calendar.is_working_day(day):
                self.days.append(self._counted(day, number))
            else:
                self.days.append(off_day(self.calendar, day, COUNTED, number))
            day, number = day + _DAY, number + 1

    def _roll(self, last: date, rolled_to: date) -> None:
        day = last
        while day < rolled_to:
            day += _DAY
            if day < rolled_to:
                self.days.append(off_day(self.calendar, day))
            else:
                self.days.append(ProofDay(day, ROLLED, minutes=self.calendar.minutes_on(day)))

    def _finish(self, day: date, number: int) -> datetime:
        self.days.append(self._counted(day, number))
        return self._close(day)

    def _skip_to_working(self, day: date, *, note: bool = True) -> date:
        while not self.calendar.is_working_day(day):
            if note:
                self.days.append(off_day(self.calendar, day))
            day += _DAY
        return day

    def _counted(self, day: date, number: int) -> ProofDay:
        minutes = sum((end - start).seconds // 60 for start, end in self._spans(day))
        return ProofDay(day, COUNTED, number, minutes=minutes)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        zone = self.start.tzinfo
        return [
            (datetime.combine(day, start, zone), datetime.combine(day, end, zone))
            for start, end in self.calendar.shifts(day)
        ]

    def _open(self, day: date) -> datetime:
        return self._spans(day)[0][0]

    def _close(self, day: date) -> datetime:
        return self._spans(day)[-1][1]


def _first_working_moment(calendar: WorkCalendar, moment: datetime) -> datetime:
    day = moment.date()
    while True:
        for start, end in calendar.shifts(day):
            if moment <= datetime.combine(day, end, moment.tzinfo):
                return max(moment, datetime.combine(day, start, moment.tzinfo))
        day += _DAY


def _notes(calendar: WorkCalendar, first: date, last: date) -> tuple[tuple[str, str], ...]:
    notes = []
    day = first
    while day <= last:
        exception = calendar.exception_on(day)
        if exception is not None and exception.status != "confirmed":
            notes.append(
                (
                    f"Ngày {day:%d/%m/%Y} ({exception.reason}) là dự kiến, chưa được xác nhận.",
                    f"{day:%d/%m/%Y} ({exception.reason_en}) is expected, not yet confirmed.",
                )
            )
        day += _DAY
    if last > calendar.known_until:
        notes.append(
            (
                f"Lịch nghỉ lễ năm {last.year} chưa được công bố; hạn sẽ được tính lại khi có.",
                f"The holidays of {last.year} are not published; the date will be recomputed.",
            )
        )
    return tuple(notes)
