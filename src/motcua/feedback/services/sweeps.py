"""What time brings about by itself: reminders, closing. Run by the worker, idempotent."""

from datetime import datetime

from django.db import transaction

from motcua.directory.actor import SYSTEM
from motcua.directory.queries.calendars import calendar_for
from motcua.feedback import events
from motcua.feedback.models import Case
from motcua.feedback.rules import timing
from motcua.feedback.rules.states import OPEN_STATES, PAUSED_STATES
from motcua.feedback.services import afterwards, core
from motcua.kernel.refused import Refused


def sweep(*, at: datetime) -> dict[str, int]:
    """Do all that is due at `at`; return how many of each.

    Source: 118/2025/NĐ-CP Điều 38; 766/QĐ-TTg mục 5.2.
    """
    return {"reminded": remind(at=at), "closed": close_silent(at=at)}


def remind(*, at: datetime) -> int:
    """Climb the ladder of reminders for every case whose time runs; return how many rungs.

    Source: rule of the house; 118/2025/NĐ-CP Điều 38 (heads answer for lateness).
    """
    running = Case.objects.filter(
        state__in=sorted(OPEN_STATES - PAUSED_STATES), rung__lt=timing.OVERDUE
    )
    return sum(_remind(key, at) for key in running.order_by("due_at").values_list("pk", flat=True))


@transaction.atomic
def _remind(key: int, at: datetime) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(pk=key)
    if case.state not in OPEN_STATES - PAUSED_STATES or case.due_at is None:
        return 0
    calendar = calendar_for(case.calendar_key)
    reached = timing.rung(
        clock=timing.folded(case.clock, calendar=calendar), calendar=calendar, at=at,
        numbers=core.numbers(at),
    )  # fmt: skip
    if reached <= case.rung:
        return 0
    case.rung = reached
    fact = events.DeadlineReminded(
        code=case.code, rung=timing.RUNGS[reached], stage=case.stage, due_at=case.due_at
    )
    core.finish(case, fact, by=SYSTEM, at=at, changed=["rung"])
    return 1


def recompute(*, calendar_key: str, reason: str, at: datetime) -> int:
    """Read every open case's due date anew after its calendar was corrected; return how many moved.

    Source: rule of the house; 118/2025/NĐ-CP Điều 21 khoản 3 (a changed calendar replays).
    """
    keys = Case.objects.filter(calendar_key=calendar_key, due_at__isnull=False)
    return sum(_recompute(key, reason, at) for key in list(keys.values_list("pk", flat=True)))


@transaction.atomic
def _recompute(key: int, reason: str, at: datetime) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(pk=key)
    before = case.due_at
    if before is None or not case.clock:
        return 0
    core.retime(case)
    if case.due_at == before:
        return 0
    fact = events.CaseRetimed(
        code=case.code, due_before=before, due_at=core.must_due(case), reason=reason
    )
    core.finish(case, fact, by=SYSTEM, at=at, changed=["due_at"])
    return 1


def close_silent(*, at: datetime, limit: int = 500) -> int:
    """Close what nobody rated or disputed in time, and what its sender never added to.

    Source: rule of the house; 20/2008/NĐ-CP Điều 7.
    """
    due = Case.objects.filter(
        close_on__lt=at, state__in=["published", "withheld", "rated", "supplement_requested"]
    )
    return sum(_close(code, at) for code in due.values_list("code", flat=True)[:limit])


def _close(code: str, at: datetime) -> int:
    """The sender may act while the sweep is on its way: that holds."""
    try:
        afterwards.close(code=code, by=SYSTEM, at=at)
    except Refused:
        return 0
    return 1
