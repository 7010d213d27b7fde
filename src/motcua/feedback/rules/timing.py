"""The clock of a case as data, and which rung of the ladder of reminders it has reached."""

from collections.abc import Sequence
from datetime import datetime

from motcua.feedback.rules.limits import Numbers
from motcua.kernel.worktime import (
    Clock,
    ClockEvent,
    ClockKind,
    Limit,
    WorkCalendar,
    fold_clock,
    share_used,
)

Kept = list[dict[str, object]]
HANDLER, HEAD, DAY_BEFORE, OVERDUE = 1, 2, 3, 4
RUNGS = {HANDLER: "handler", HEAD: "head", DAY_BEFORE: "day_before", OVERDUE: "overdue"}


def started(*, at: datetime, limit: Limit) -> Kept:
    """Return a clock that starts.

    Source: 766/QĐ-TTg mục 5.2.
    """
    return [ClockEvent(ClockKind.START, at, limit).as_dict()]


def added(
    kept: Sequence[dict[str, object]],
    kind: ClockKind,
    at: datetime,
    *,
    limit: Limit | None = None,
    reason: str = "",
) -> Kept:
    """Return the clock with one more event; it never runs backwards.

    Source: 766/QĐ-TTg mục 5.2 (the time of a supplement does not count).
    """
    since = events(kept)[-1].at
    event = ClockEvent(kind, max(at, since), limit, reason=reason)
    return [*kept, event.as_dict()]


def relimited(kept: Sequence[dict[str, object]], limit: Limit) -> Kept:
    """Return the clock as if it had started with another limit: the case was of another kind.

    Source: 766/QĐ-TTg mục 5.2.
    """
    first, *later = events(kept)
    return [ClockEvent(first.kind, first.at, limit).as_dict(), *(e.as_dict() for e in later)]


def events(kept: Sequence[dict[str, object]]) -> list[ClockEvent]:
    """Return the kept events as the time engine reads them.

    Source: rule of the house, no decree.
    """
    return [ClockEvent.from_dict(stored) for stored in kept]


def folded(kept: Sequence[dict[str, object]], *, calendar: WorkCalendar) -> Clock:
    """Return the clock that the events make in a calendar.

    Source: 766/QĐ-TTg mục 5.2.
    """
    return fold_clock(calendar, events(kept))


def rung(*, clock: Clock, calendar: WorkCalendar, at: datetime, numbers: Numbers) -> int:
    """Return the rung of the ladder that a running clock has reached, 0 for none.

    75 % of the time used: the handler; 90 %: the head; one working day left: the agency's first;
    over: the centre's director and the chairman.
    Source: rule of the house; 118/2025/NĐ-CP Điều 38 (the head answers for lateness).
    """
    if clock.state != "running" or clock.due_at is None or clock.started_at is None:
        return 0
    if at > clock.due_at:
        return OVERDUE
    share = share_used(calendar, clock.started_at, at, clock.due_at)
    left = calendar.working_minutes_between(at, clock.due_at)
    whole = calendar.working_minutes_between(clock.started_at, clock.due_at)
    is_long = whole > 2 * calendar.day_minutes
    if is_long and left <= calendar.day_minutes:
        return DAY_BEFORE
    if share >= numbers.head_share:
        return HEAD
    return HANDLER if share >= numbers.handler_share else 0
