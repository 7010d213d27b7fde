"""The clock of a dossier: what starts, restarts, pauses, extends and stops its time.

A clock is never stored as a sum: it is folded from its events with the calendar in force, so a
corrected calendar gives the corrected due date from the same events.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.kernel.refused import Refused
from motcua.kernel.worktime.calendar import MINUTE_US, WorkCalendar
from motcua.kernel.worktime.deadlines import due
from motcua.kernel.worktime.units import Limit


class ClockKind(StrEnum):
    """What happens to a clock."""

    START = "start"
    RESTART = "restart"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    RECOMPUTE = "recompute"


class ClockDisorder(Refused):
    """The act does not fit the state of the clock (resuming one that runs, going back in time)."""


@dataclass(frozen=True)
class ClockEvent:
    """One event of a clock, in order of time.

    limit: of START; of RESTART when the limit changes; of EXTEND when time is added.
    due_at: the new date of EXTEND; of RECOMPUTE the date that the correction gave (for the record:
    folding ignores it, because folding is the recomputation).
    """

    kind: ClockKind
    at: datetime
    limit: Limit | None = None
    due_at: datetime | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the event as JSON-ready data (see `from_dict`)."""
        return {
            "kind": self.kind.value,
            "at": self.at.isoformat(),
            "limit": self.limit.as_dict() if self.limit else None,
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "reason": self.reason,
        }

    @classmethod
    def from_dict(cls, stored: dict[str, object]) -> "ClockEvent":
        """Return the event that `as_dict` wrote."""
        limit, due_at = stored.get("limit"), stored.get("due_at")
        return cls(
            kind=ClockKind(str(stored["kind"])),
            at=datetime.fromisoformat(str(stored["at"])),
            limit=Limit.from_dict(limit) if isinstance(limit, dict) else None,
            due_at=datetime.fromisoformat(str(due_at)) if due_at else None,
            reason=str(stored.get("reason") or ""),
        )


@dataclass(frozen=True)
class ClockPart:
    """What one event did to the due date; `minutes` is the time a pause gave back."""

    event: ClockEvent
    due_before: datetime | None
    due_after: datetime | None
    since: datetime | None = None
    minutes: int = 0


@dataclass(frozen=True)
class Clock:
    """A folded clock.

    due_original: the date promised first; due_base: the date of the latest start, before any
    extension. used_us: working microseconds used since the latest start, pauses left out.
    """

    due_at: datetime | None = None
    due_original: datetime | None = None
    due_base: datetime | None = None
    limit: Limit | None = None
    started_at: datetime | None = None
    running_since: datetime | None = None
    paused_since: datetime | None = None
    stopped_at: datetime | None = None
    used_us: int = 0
    extension_count: int = 0
    restart_count: int = 0
    proof_parts: tuple[ClockPart, ...] = ()

    @property
    def state(self) -> str:
        """Return idle, running, paused or stopped."""
        if self.started_at is None:
            return "idle"
        if self.stopped_at is not None:
            return "stopped"
        return "paused" if self.paused_since is not None else "running"

    @property
    def used_minutes(self) -> int:
        """Working minutes used up to the last event (see `used_at` for a running clock)."""
        return self.used_us // MINUTE_US

    def used_at(self, calendar: WorkCalendar, now: datetime) -> int:
        """Return the working minutes used by `now`, pauses left out."""
        return _used(calendar, self, now) // MINUTE_US


def fold_clock(calendar: WorkCalendar, events: Iterable[ClockEvent]) -> Clock:
    """Return the clock that the events make.

    Raises ClockDisorder: an event does not fit the state before it.
    """
    clock, last = Clock(), None
    for event in events:
        if last is not None and event.at < last:
            raise ClockDisorder("Sự kiện của đồng hồ hồ sơ không theo thứ tự thời gian.")
        after = _APPLY[event.kind](calendar, clock, event)
        clock, last = _noted(calendar, clock, after, event), event.at
    return clock


def replay(calendar: WorkCalendar, events: Iterable[ClockEvent]) -> Clock:
    """Return the clock under another (corrected) calendar; compare its due_at with the stored one.

    A correction changes dates that are still to come and those that have passed alike; what may be
    changed on a stopped clock is the caller's decision.
    """
    return fold_clock(calendar, events)


def _start(calendar: WorkCalendar, clock: Clock, event: ClockEvent) -> Clock:
    if clock.started_at is not None or event.limit is None:
        raise ClockDisorder("Đồng hồ hồ sơ chỉ bắt đầu một lần và phải có thời hạn.")
    due_at = due(calendar, event.at, event.limit)
    return Clock(
        due_at=due_at,
        due_original=due_at,
        due_base=due_at,
        limit=event.limit,
        started_at=event.at,
        running_since=event.at,
    )


def _restart(calendar: WorkCalendar, clock: Clock, event: ClockEvent) -> Clock:
    # ND118/2025 art. 19 cl. 5: once supplemented, the limit counts again from the beginning.
    limit = event.limit or clock.limit
    if clock.started_at is None or limit is None:
        raise ClockDisorder("Không thể tính lại thời hạn khi đồng hồ chưa bắt đầu.")
    fresh = _start(calendar, Clock(), ClockEvent(ClockKind.START, event.at, limit))
    return replace(
        fresh,
        due_original=clock.due_original,
        extension_count=clock.extension_count,
        restart_count=clock.restart_count + 1,
    )


def _pause(calendar: WorkCalendar, clock: Clock, event: ClockEvent) -> Clock:
    if clock.state != "running":
        raise ClockDisorder("Chỉ tạm dừng được đồng hồ đang chạy.")
    used = _used(calendar, clock, event.at)
    return replace(clock, paused_since=event.at, running_since=None, used_us=used)


def _resume(calendar: WorkCalendar, clock: Clock, event: ClockEvent) -> Clock:
    if clock.state != "paused":
        raise ClockDisorder("Chỉ chạy tiếp được đồng hồ đang tạm dừng.")
    due_at = _shifted(calendar, clock, event.at)
    return replace(clock, paused_since=None, running_since=event.at, due_at=due_at)


def _extend(calendar: WorkCalendar, clock: Clock, event: ClockEvent) -> Clock:
    if clock.due_at is None or clock.stopped_at is not None:
        raise ClockDisorder("Chỉ gia hạn được hồ sơ đang giải quyết.")
    if event.due_at is not None:
        due_at = _on_working_day(calendar, event.due_at)
    elif event.limit is not None:
        due_at = due(calendar, clock.due_at, event.limit)
    else:
        raise ClockDisorder("Gia hạn phải có ngày hẹn mới.")
    return replace(clock, due_at=due_at, extension_count=clock.extension_count + 1)


def _stop(calendar: WorkCalendar, clock: Clock, event: ClockEvent) -> Clock:
    if clock.state not in {"running", "paused"}:
        raise ClockDisorder("Chỉ dừng được đồng hồ đã bắt đầu và chưa dừng.")
    used = _used(calendar, clock, event.at)
    return replace(clock, stopped_at=event.at, running_since=None, paused_since=None, used_us=used)


def _recompute(_calendar: WorkCalendar, clock: Clock, _event: ClockEvent) -> Clock:
    return clock


_APPLY: dict[ClockKind, Callable[[WorkCalendar, Clock, ClockEvent], Clock]] = {
    ClockKind.START: _start,
    ClockKind.RESTART: _restart,
    ClockKind.PAUSE: _pause,
    ClockKind.RESUME: _resume,
    ClockKind.EXTEND: _extend,
    ClockKind.STOP: _stop,
    ClockKind.RECOMPUTE: _recompute,
}


def _used(calendar: WorkCalendar, clock: Clock, now: datetime) -> int:
    if clock.running_since is None:
        return clock.used_us
    return clock.used_us + calendar.worked(now) - calendar.worked(clock.running_since)


def _shifted(calendar: WorkCalendar, clock: Clock, resumed_at: datetime) -> datetime | None:
    """Move the due date by the time of the pause: working time, or plain time for calendar limits.

    A pause without working time in it moves nothing, so pausing and resuming is the identity.
    """
    due_at, since, limit = clock.due_at, clock.paused_since, clock.limit
    if due_at is None or since is None or limit is None or resumed_at == since:
        return due_at
    if not limit.is_working_time:
        return calendar.next_working_moment(due_at + (resumed_at - since))
    gained = calendar.worked(resumed_at) - calendar.worked(since)
    return calendar.moment_of(calendar.worked(due_at) + gained) if gained else due_at


def _on_working_day(calendar: WorkCalendar, moment: datetime) -> datetime:
    moment = calendar.local(moment)
    if calendar.is_working_day(moment.date()):
        return moment
    return calendar.end_of_day(moment.date())


def _noted(calendar: WorkCalendar, before: Clock, after: Clock, event: ClockEvent) -> Clock:
    since = before.paused_since if event.kind is ClockKind.RESUME else None
    minutes = calendar.working_minutes_between(since, event.at) if since else 0
    part = ClockPart(event, before.due_at, after.due_at, since, minutes)
    return replace(after, proof_parts=(*before.proof_parts, part))
