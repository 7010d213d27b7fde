"""The dossier's clock as data: events in JSON, read back for the proof and for replay."""

from collections.abc import Sequence
from datetime import datetime

from motcua.kernel.worktime import ClockEvent, ClockKind, Limit

Kept = list[dict[str, object]]


def started(at: datetime, limit: Limit | None) -> Kept:
    """Return the clock of a dossier that starts at `at`; without a limit there is none.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3.
    """
    return [ClockEvent(ClockKind.START, at, limit).as_dict()] if limit else []


def added(
    kept: Sequence[dict[str, object]],
    kind: ClockKind,
    at: datetime,
    *,
    due_at: datetime | None = None,
    reason: str = "",
) -> Kept:
    """Return the clock with one more event; a dossier without a limit has no clock to touch.

    Two acts may wait for one another's lock, so that the later one was begun earlier: it happened
    after the other all the same, and the clock never runs backwards.
    Source: 118/2025/NĐ-CP Điều 19 khoản 5 (restart), khoản 6 (extension), Điều 21 (stop).
    """
    if not kept:
        return []
    since = events(kept[-1:])[0].at
    return [*kept, ClockEvent(kind, max(at, since), due_at=due_at, reason=reason).as_dict()]


def is_paused(kept: Sequence[dict[str, object]]) -> bool:
    """Tell whether the clock stands still.

    Source: 118/2025/NĐ-CP Điều 19 khoản 5, Điều 24.
    """
    return paused_at(kept) is not None


def paused_at(kept: Sequence[dict[str, object]]) -> datetime | None:
    """Return since when the clock stands still, None while it runs.

    Source: 118/2025/NĐ-CP Điều 19 khoản 5, Điều 24.
    """
    still = None
    for event in events(kept):
        if event.kind not in (ClockKind.EXTEND, ClockKind.RECOMPUTE):
            still = event
    return still.at if still is not None and still.kind is ClockKind.PAUSE else None


def events(kept: Sequence[dict[str, object]]) -> list[ClockEvent]:
    """Return the kept events as the time engine reads them.

    Source: 118/2025/NĐ-CP Điều 21 khoản 3 (every state is kept).
    """
    return [ClockEvent.from_dict(stored) for stored in kept]


def limit_of(kept: Sequence[dict[str, object]]) -> Limit | None:
    """Return the limit with which the clock was first started, None when it has none.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3.
    """
    return next((event.limit for event in events(kept) if event.limit), None)
