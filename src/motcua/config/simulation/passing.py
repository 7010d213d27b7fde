"""What time brings about by itself: silence and lateness are noted, work of who goes away passes on."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from motcua.config.simulation import asides, verbs
from motcua.config.simulation.case import Case
from motcua.dossiers.rules.states import ACT_RULES, Act

if TYPE_CHECKING:
    from motcua.config.simulation.stage import Stage

# Whoever is away that many days hands on whatever lies there; else only what cannot wait.
LONG_DAYS = 3
Coming = tuple[datetime, Callable[["Stage", Case, datetime], None]]


def sweep(stage: "Stage", case: Case, moment: datetime) -> None:
    """Let happen what comes by itself before a moment, in the order of time."""
    while case.told:
        coming = [one for one in (_silence(case), _lateness(case)) if one and one[0] < moment]
        leaving = _leaving(stage, case, moment)
        if leaving is not None:
            coming.append((leaving, _hand_on))
        if not coming:
            return
        at, happen = min(coming, key=lambda one: one[0])
        case.last_at = max(at, case.last_at)
        happen(stage, case, at)


def _silence(case: Case) -> Coming | None:
    """When it is noted that a day to answer passed in silence, as the worker does."""
    open_ones = [
        row["due_at"]
        for row in case.opinions
        if row["silent_at"] is None and row["answered_at"] is None and row["withdrawn_at"] is None
    ]
    if not open_ones:
        return None
    noted = max(min(open_ones) + timedelta(seconds=40), case.last_at)
    return noted, lambda stage, case, at: asides.note_silence(case, stage.names, at=at)


def _lateness(case: Case) -> Coming | None:
    """When it is noted that the due time passed: the worker looks every few minutes."""
    if case.due_at is None or case.overdue_noted_at is not None or case.ended_at is not None:
        return None
    if case.state not in ("accepted", "in_progress"):
        return None
    looked = timedelta(seconds=20 + case.decided.number * 7919 % 270)
    noted = max(case.due_at + looked, case.last_at)
    return noted, lambda _stage, case, at: asides.note_overdue(case, at=at)


def _leaving(stage: "Stage", case: Case, moment: datetime) -> datetime | None:
    """When the head passes on the open step because its officer is away; None: nobody is."""
    task = case.task
    if task is None or task.assignee_id is None or case.started_at is None:
        return None
    if case.state not in ACT_RULES[Act.ASSIGN].states:
        return None
    since, until = case.last_at.toordinal(), moment.toordinal()
    for days in stage.world.spells.get(task.assignee_id, ()):
        if days[-1] < since or days[0] > until:
            continue
        if until <= days[-1] or len(days) >= LONG_DAYS or case.promised_by(days[-1]):
            at = _morning(stage, case, max(days[0], since), moment)
            if at is not None and _is_covered(stage, case, at):
                return at
    return None


def _is_covered(stage: "Stage", case: Case, at: datetime) -> bool:
    there = stage.world.present(case.competent_id, "appraiser", at.toordinal())
    return all(one.account_id != case.turn.assignee_id for one in there)


def _morning(stage: "Stage", case: Case, day: int, moment: datetime) -> datetime | None:
    calendar = stage.world.calendar
    opens = calendar.opening(date.fromordinal(day))
    earliest = calendar.next_working_moment(case.last_at)
    for at in (opens + timedelta(minutes=10 + case.decided.number % 45), opens):
        if max(at, earliest) <= moment:
            return max(at, earliest)
    return None


def _hand_on(stage: "Stage", case: Case, at: datetime) -> None:
    """The head gives the step of somebody who is away to a colleague."""
    to = stage.stand_in(case, case.competent_id, "appraiser", case.turn.assignee_id)
    verbs.assign(case, to=to, by=stage.head(case), at=at)
    case.appraiser_id = to.account_id
