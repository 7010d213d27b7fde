"""What one standing adds to the counts: on the day it was accepted, on the day it ended, and open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.kernel.worktime.calendar import VIETNAM
from motcua.reporting.rules import classes
from motcua.reporting.rules.folding import RESULT, Standing

NO_DUE = date(9999, 12, 31)
RUNS, WAITS, OVERDUE = "runs", "waits", "overdue"
OF_ACCEPTED = ("received", "online", "supplemented", "supplemented_twice", "digitised", "reused",
               "from_store", "obliged", "paid_online")  # fmt: skip
OF_ENDED = ("settled", "on_time", "early", "late", "ended", "apart", "resolved", "e_result",
            "e_whole", "refused", "extended", "apologised", "timed", "took_minutes",
            "limit_minutes")  # fmt: skip
FLOWS = (*OF_ACCEPTED, *OF_ENDED)
AGES = ("far", "near", "soon", "over", "far_over", "unlimited")
STOCK = ("open", "in_time", "waiting", "overdue", *AGES)
FAR_DAYS, SOON_DAYS, FAR_OVER_DAYS = 5, 2, 10

Counts = dict[str, int]


@dataclass(frozen=True)
class Cell:
    """Where a count belongs: a day, who settles, who received, of what field and how."""

    day: date
    competent_id: int
    receiving_id: int
    field: str
    channel: str
    procedure_code: str


def flows(row: Standing) -> Iterator[tuple[Cell, Counts]]:
    """Give what a standing adds to the counts of days.

    Source: 02/2017/TT-VPCP biểu II.06a cột 3 đến 10; 766/QĐ-TTg nhóm 2 đến 4.
    """
    if row.accepted_at is None:
        return
    yield _cell(row, row.accepted_at), _accepted(row)
    if row.ended_at is not None:
        yield _cell(row, row.ended_at), _ended(row)


def _cell(row: Standing, at: datetime) -> Cell:
    return Cell(
        local_day(at), row.competent_id, row.receiving_id, row.field, row.channel,
        row.procedure_code,
    )  # fmt: skip


def local_day(at: datetime) -> date:
    """Return the day of a moment in Việt Nam.

    Source: rule of the house (the province counts its own days).
    """
    return at.astimezone(VIETNAM).date()


def _is_electronic(row: Standing) -> bool:
    return row.channel == "online" or row.digitised_at is not None or row.reused_at is not None


def _accepted(row: Standing) -> Counts:
    holds = {
        "received": True,
        "online": row.channel == "online",
        "supplemented": row.supplemented_at is not None,
        "supplemented_twice": row.supplemented_again_at is not None,
        "digitised": _is_electronic(row),
        "reused": row.reused_at is not None,
        "from_store": row.from_store_at is not None,
        "obliged": row.obligation_at is not None,
        "paid_online": row.obligation_at is not None and row.paid_online_at is not None,
    }
    return {key: 1 for key, is_so in holds.items() if is_so}


def _ended(row: Standing) -> Counts:
    resolved, late = row.ending == RESULT, row.ended_class == classes.LATE
    stamped = resolved and row.stamped_at is not None
    holds = {
        "settled": True,
        "on_time": row.ended_class in (classes.EARLY, classes.ON_TIME),
        "early": row.ended_class == classes.EARLY,
        "late": late,
        "ended": not resolved,
        "apart": row.ended_class == classes.APART,
        "resolved": resolved,
        "e_result": stamped,
        "e_whole": stamped and _is_electronic(row),
        "refused": resolved and row.decided_outcome == "refused",
        "extended": row.extensions > 0,
        "apologised": late and row.extensions > 0,
    }
    counts = {key: 1 for key, is_so in holds.items() if is_so}
    return counts | (_times(row) if resolved else {})


def _times(row: Standing) -> Counts:
    """Return the minutes it took, without waits for the person, and the minutes it had."""
    if row.started_at is None or row.due_original is None or row.ended_at is None:
        return {}
    took = (row.ended_at - row.started_at) // timedelta(seconds=1) - row.waited_all_seconds
    limit = (row.due_original - row.started_at) // timedelta(seconds=1)
    return {"timed": 1, "took_minutes": max(0, took) // 60, "limit_minutes": max(0, limit) // 60}


@dataclass(frozen=True)
class Shelf:
    """Where a dossier in progress is counted: when it is due, and how it stands."""

    competent_id: int
    receiving_id: int
    field: str
    channel: str
    due_day: date
    state: str


def shelf(row: Standing) -> Shelf | None:
    """Return where a standing lies among those in progress, None when it does not.

    Source: 02/2017/TT-VPCP biểu II.06a cột 11 đến 13; 766/QĐ-TTg mục 2.1.
    """
    if row.accepted_at is None or row.ended_at is not None:
        return None
    if row.supplements >= classes.manners()[-1].supplements:
        state = OVERDUE
    elif row.waiting_since is not None:
        is_late = row.due_at is not None and row.waiting_since > row.due_at
        state = OVERDUE if is_late else WAITS
    else:
        state = RUNS
    due_day = local_day(row.due_at) if row.due_at else NO_DUE
    return Shelf(
        row.competent_id, row.receiving_id, row.field, row.channel, due_day, state
    )  # fmt: skip


def stock_counts(state: str, due_day: date, count: int, *, today: date, past: int = 0) -> Counts:
    """Return what dossiers of one shelf count as today; `past`: how many were due before now today.

    Source: rule of the house (whole days; 02/2017/TT-VPCP biểu II.06a cột 12, 13).
    """
    found: Counts = {"open": count}
    left = (due_day - today).days
    if state == WAITS:
        return found | {"waiting": count}
    if state == OVERDUE:
        return found | {"overdue": count, _age_over(left): count}
    if left < 0:
        return found | {"overdue": count, _age_over(left): count}
    if due_day == NO_DUE:
        return found | {"in_time": count, "unlimited": count}
    if left == 0 and past:
        return found | {"overdue": past, "over": past, "in_time": count - past,
                        "soon": count - past}  # fmt: skip
    age = "soon" if left < SOON_DAYS else "near" if left <= FAR_DAYS else "far"
    return found | {"in_time": count, age: count}


def _age_over(left: int) -> str:
    return "far_over" if left < -FAR_OVER_DAYS else "over"
