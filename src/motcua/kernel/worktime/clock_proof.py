"""The proof of a clock: its latest start day by day, and what pauses and extensions did since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from motcua.kernel.worktime.calendar import WorkCalendar
from motcua.kernel.worktime.clock import Clock, ClockEvent, ClockKind, ClockPart, fold_clock
from motcua.kernel.worktime.proof import (
    COUNTED,
    EXTENDED,
    PAUSED,
    START,
    Proof,
    ProofDay,
    off_day,
    prove,
)
from motcua.kernel.worktime.units import Unit
from motcua.kernel.worktime.words import moment_words, span_words

_STARTS = {ClockKind.START, ClockKind.RESTART}


@dataclass(frozen=True)
class ClockProof:
    """A folded clock with its reasons; `base` proves the latest start, None before any."""

    calendar: WorkCalendar = field(repr=False)
    clock: Clock
    base: Proof | None
    days: tuple[ProofDay, ...]

    @property
    def due_at(self) -> datetime | None:
        """The due date in force."""
        return self.clock.due_at

    def words(self, lang: str = "vi") -> list[str]:
        """Return the proof as sentences for a citizen, in order."""
        if self.base is None:
            return [
                "Thời hạn chưa bắt đầu tính." if lang == "vi" else "The clock has not started."
            ]
        parts = self.clock.proof_parts
        latest = latest_start(parts)
        lines = [_earlier(part, lang) for part in parts[:latest] if part.event.kind in _STARTS]
        if parts[latest].event.kind is ClockKind.RESTART:
            lines.append(_restarted(parts[latest], lang))
        lines += self.base.words(lang)
        return lines + _after(parts[latest + 1 :], lang) + self._now(lang)

    def as_dict(self, lang: str = "vi") -> dict[str, object]:
        """Return the proof as JSON-ready data, the sentences included."""
        clock = self.clock
        return {
            "state": clock.state,
            "due_at": _iso(clock.due_at),
            "due_original": _iso(clock.due_original),
            "started_at": _iso(clock.started_at),
            "paused_since": _iso(clock.paused_since),
            "stopped_at": _iso(clock.stopped_at),
            "used_minutes": clock.used_minutes,
            "extension_count": clock.extension_count,
            "base": self.base.as_dict(lang) if self.base else None,
            "events": [part.event.as_dict() for part in clock.proof_parts],
            "days": [day.as_dict() for day in self.days],
            "words": self.words(lang),
        }

    def _now(self, lang: str) -> list[str]:
        clock = self.clock
        if clock.due_at is None or self.base is None or clock.due_at == self.base.due_at:
            return []
        end = moment_words(self.calendar.local(clock.due_at), lang)
        return [f"Hạn hiện nay: {end}." if lang == "vi" else f"Due as it stands: {end}."]


def prove_clock(calendar: WorkCalendar, events: Iterable[ClockEvent]) -> ClockProof:
    """Return the clock of `fold_clock()` with its reasons.

    Raises ClockDisorder: an event does not fit the state before it.
    """
    clock = fold_clock(calendar, events)
    if clock.started_at is None or clock.limit is None:
        return ClockProof(calendar, clock, None, ())
    base = prove(calendar, clock.started_at, clock.limit)
    return ClockProof(calendar, clock, base, _days(calendar, clock, base))


def _days(calendar: WorkCalendar, clock: Clock, base: Proof) -> tuple[ProofDay, ...]:
    if clock.due_at is None or clock.due_at == base.due_at:
        return base.days
    merge = _Merge(calendar, clock, base)
    end = calendar.local(clock.due_at).date()
    day, days = base.days[0].date, []
    while day <= end:
        days.append(merge.day(day))
        day += timedelta(days=1)
    return tuple(days)


class _Merge:
    """The days of a proof with the clock's pauses taken out and its extensions added."""

    def __init__(self, calendar: WorkCalendar, clock: Clock, base: Proof) -> None:
        self.calendar = calendar
        self.unit = base.limit.unit
        self.base = {day.date: day for day in base.days}
        since = latest_start(clock.proof_parts)
        parts = clock.proof_parts[since:]
        self.paused = [(part.since, part.event.at) for part in parts if part.since is not None]
        extended = any(part.event.kind is ClockKind.EXTEND for part in parts)
        self.after = EXTENDED if extended else COUNTED
        self.number = 0
        self.minutes = 0

    def day(self, day: date) -> ProofDay:
        base = self.base.get(day)
        if base is not None and base.kind == START:
            return base
        if not self.calendar.is_working_day(day):
            return self._off(day, base)
        minutes = self.calendar.minutes_on(day) - self._paused_minutes(day)
        if minutes <= 0:
            return ProofDay(day, PAUSED)
        kind = self.after if base is None else COUNTED
        return ProofDay(day, kind, self._next(minutes), minutes=minutes)

    def _off(self, day: date, base: ProofDay | None) -> ProofDay:
        if base is None or base.kind != COUNTED:
            return off_day(self.calendar, day)
        return off_day(self.calendar, day, COUNTED, self._next(0))

    def _next(self, minutes: int) -> int:
        """Number the day; two halves around a pause make one working day."""
        self.number += 1
        self.minutes += minutes
        if self.unit is Unit.WORKING_DAY:
            return -(-self.minutes // self.calendar.day_minutes)
        return self.number

    def _paused_minutes(self, day: date) -> int:
        open_at, close_at = self.calendar.opening(day), self.calendar.end_of_day(day)
        spans = ((max(start, open_at), min(end, close_at)) for start, end in self.paused)
        return sum(
            self.calendar.working_minutes_between(start, end)
            for start, end in spans
            if start < end
        )


def latest_start(parts: tuple[ClockPart, ...]) -> int:
    """Return the index of the latest START or RESTART."""
    return max(i for i, part in enumerate(parts) if part.event.kind in _STARTS)


def _earlier(part: ClockPart, lang: str) -> str:
    at = part.event.at
    when = moment_words(_local(at, part), lang)
    end = moment_words(part.due_after, lang) if part.due_after else ""
    if lang == "vi":
        return f"Lần trước: tính từ {when}, hạn {end}; đã tính lại từ đầu."
    return f"Before: counted from {when}, due {end}; it was counted again from the beginning."


def _restarted(part: ClockPart, lang: str) -> str:
    when = moment_words(_local(part.event.at, part), lang)
    reason = f" ({part.event.reason})" if part.event.reason else ""
    if lang == "vi":
        return f"Thời hạn tính lại từ đầu khi nhận đủ hồ sơ lúc {when}{reason}."
    return f"The limit counts again from the beginning, complete at {when}{reason}."


def _after(parts: tuple[ClockPart, ...], lang: str) -> list[str]:
    """Say what came after the start; a pause that ended is said once, with its reason."""
    lines, reason = [], ""
    for i, part in enumerate(parts):
        following = parts[i + 1].event.kind if i + 1 < len(parts) else None
        if part.event.kind is ClockKind.PAUSE:
            reason = part.event.reason
            if following is ClockKind.RESUME:
                continue
        if part.event.kind is ClockKind.RESUME:
            lines.append(_resumed(part, reason, lang))
        elif part.event.kind in _SAY:
            lines.append(_SAY[part.event.kind](part, lang))
    return lines


def _resumed(part: ClockPart, reason: str, lang: str) -> str:
    start = moment_words(_local(part.since or part.event.at, part), lang)
    end = moment_words(_local(part.event.at, part), lang)
    span = span_words(part.minutes, lang=lang)
    because = f" ({reason})" if reason else ""
    if lang == "vi":
        return f"Tạm dừng từ {start} đến {end}{because}: không tính {span} làm việc."
    return f"Paused from {start} to {end}{because}: {span} of working time do not count."


def _paused(part: ClockPart, lang: str) -> str:
    when = moment_words(_local(part.event.at, part), lang)
    reason = f": {part.event.reason}" if part.event.reason else ""
    return f"Tạm dừng lúc {when}{reason}." if lang == "vi" else f"Paused at {when}{reason}."


def _extended(part: ClockPart, lang: str) -> str:
    when = moment_words(_local(part.event.at, part), lang)
    end = moment_words(part.due_after, lang) if part.due_after else ""
    reason = f": {part.event.reason}" if part.event.reason else ""
    if lang == "vi":
        return f"Hẹn lại lúc {when} đến {end}{reason}."
    return f"Extended at {when} to {end}{reason}."


def _stopped(part: ClockPart, lang: str) -> str:
    when = moment_words(_local(part.event.at, part), lang)
    reason = f": {part.event.reason}" if part.event.reason else ""
    return f"Dừng tính lúc {when}{reason}." if lang == "vi" else f"Stopped at {when}{reason}."


_SAY = {
    ClockKind.PAUSE: _paused,
    ClockKind.EXTEND: _extended,
    ClockKind.STOP: _stopped,
}


def _local(moment: datetime, part: ClockPart) -> datetime:
    zone = part.due_after.tzinfo if part.due_after else moment.tzinfo
    return moment.astimezone(zone)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
