"""The dossier's clock as data: events in JSON, read back for the proof and for replay."""

from collections.abc import Sequence
from datetime import datetime

from motcua.kernel.worktime import ClockEvent, ClockKind, Limit, Unit


def event(
    kind: str,
    at: datetime,
    *,
    limit: Limit | None = None,
    due_at: datetime | None = None,
    reason: str = "",
) -> dict[str, object]:
    """Return a clock event as it is kept in the dossier's row.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3 (start), Điều 19 khoản 5, 6 (restart, extension).
    """
    shown: dict[str, object] = {"kind": kind, "at": at.isoformat()}
    if limit is not None:
        shown |= {"value": int(limit.value), "unit": limit.unit.value}
    if due_at is not None:
        shown["due_at"] = due_at.isoformat()
    if reason:
        shown["reason"] = reason
    return shown


def events(kept: Sequence[dict[str, object]]) -> list[ClockEvent]:
    """Return the kept events as the time engine reads them.

    Source: 118/2025/NĐ-CP Điều 21 khoản 3 (every state is kept).
    """
    return [
        ClockEvent(
            kind=ClockKind(str(e["kind"])),
            at=datetime.fromisoformat(str(e["at"])),
            limit=Limit(int(str(e["value"])), Unit(str(e["unit"]))) if "unit" in e else None,
            due_at=datetime.fromisoformat(str(e["due_at"])) if "due_at" in e else None,
            reason=str(e.get("reason", "")),
        )
        for e in kept
    ]


def limit_of(kept: Sequence[dict[str, object]]) -> Limit | None:
    """Return the limit with which the clock was first started, None when it has none.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3.
    """
    for kept_event in kept:
        if "unit" in kept_event:
            return Limit(int(str(kept_event["value"])), Unit(str(kept_event["unit"])))
    return None
