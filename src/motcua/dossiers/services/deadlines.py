"""Time that moves: the one extension, a corrected calendar, and what happens at the due time."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Extension
from motcua.dossiers.models.urgency import CERTAIN
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.states import RUNNING, Act
from motcua.dossiers.services import core
from motcua.kernel.worktime import ClockKind, fold_clock
from motcua.workflow import services as workflow

LAW = "118/2025/NĐ-CP Điều 19 khoản 6"


@core.act
def extend(
    *,
    code: str,
    new_due: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Extension:
    """Apologise and make the one new appointment, at least a day before the old one.

    Raises SecondExtension, ExtensionTooLate, DueNotLater, ReasonMissing, WrongState (no due time,
    or one that stands still).
    Source: 118/2025/NĐ-CP Điều 19 khoản 6.
    """
    dossier = core.locked(code, Act.EXTEND, by=by, expected=expected)
    if dossier.extension_count:
        raise refusals.SecondExtension(
            _("Hồ sơ đã hẹn lại một lần; không được hẹn lại nữa."), law=LAW
        )
    if dossier.due_at is None:
        raise refusals.WrongState(_("Hồ sơ này không có hạn để hẹn lại."))
    if clock.is_paused(dossier.clock):
        raise refusals.WrongState(_("Thời hạn đang tạm dừng, chưa cần hẹn lại."), law=LAW)
    if not guards.extension_is_in_time(at, dossier.due_at):
        raise refusals.ExtensionTooLate(
            _("Phải xin lỗi và hẹn lại trước khi hết hạn ít nhất 1 ngày."), law=LAW
        )
    if not guards.is_foreseeable(new_due, at):
        raise refusals.DueNotLater(_("Ngày hẹn mới phải trong vòng một năm."), field="new_due")
    said = core.need_reason(reason)
    calendar = core.calendar_of(dossier)
    if new_due <= dossier.due_at or not calendar.is_working_day(calendar.local(new_due).date()):
        raise refusals.DueNotLater(_("Ngày hẹn mới phải sau ngày hẹn cũ và là ngày làm việc."))
    before = dossier.due_at
    extension = Extension.objects.create(
        dossier=dossier,
        reason=said,
        old_due_at=before,
        new_due_at=new_due,
        asked_at=at,
        asked_by=by.name,
    )
    dossier.extension_count = 1
    dossier.due_at = new_due
    dossier.clock = clock.added(dossier.clock, ClockKind.EXTEND, at, due_at=new_due, reason=said)
    retime(dossier=dossier, at=at)
    fact = events.DeadlineExtended(code=code, reason=said, due_before=before, due_at=new_due)
    changed = ["extension_count", "due_at", "clock", "step_due_at"]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return extension


def retime(*, dossier: Dossier, at: datetime) -> None:
    """Give the open step its share of the moved due time; the caller saves `step_due_at`."""
    task = workflow.retime(case=core.case_of(dossier), at=at)
    if task is not None:
        dossier.step_due_at = task.due_at


def recompute(*, calendar_key: str, reason: str, at: datetime, by: Actor = SYSTEM) -> int:
    """Recompute every open dossier of a calendar that was corrected; return how many moved.

    Each dossier is its own transaction; what moved is a fact, what did not leaves no trace.
    Source: domain §1.3 (a changed calendar replays); 118/2025/NĐ-CP Điều 17 khoản 3.
    """
    moved = 0
    keys = list(
        Dossier.objects.filter(
            calendar_key=calendar_key, ended_at__isnull=True, due_at__isnull=False
        ).values_list("pk", flat=True)
    )
    for key in keys:
        moved += _recompute_one(key, reason, at, by)
    return moved


@transaction.atomic
def _recompute_one(key: int, reason: str, at: datetime, by: Actor) -> int:
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=key)
    if dossier.ended_at is not None or not dossier.clock or dossier.due_at is None:
        return 0
    folded = fold_clock(core.calendar_of(dossier), clock.events(dossier.clock))
    if folded.due_at is None or folded.due_at == dossier.due_at:
        return 0
    before, dossier.due_at = dossier.due_at, folded.due_at
    if dossier.extension_count == 0 and folded.due_original is not None:
        dossier.due_original = folded.due_original
    retime(dossier=dossier, at=at)
    fact = events.DeadlineRecomputed(
        code=dossier.code,
        due_before=before,
        due_at=dossier.due_at,
        calendar=dossier.calendar_key,
        reason=reason,
    )
    core.finish(dossier, fact, by=by, at=at, changed=["due_at", "due_original", "step_due_at"])
    return 1


# While money is awaited, the time runs on unless the law of the sector stops it.
_RUNS = Q(state__in=sorted(RUNNING)) | Q(state="wait_finance", paused_from="")


def mark_overdue(*, at: datetime, limit: int = 500) -> int:
    """Record, once for each, that the due time passed while the dossier was open.

    Source: 118/2025/NĐ-CP Điều 19 khoản 6.
    """
    late = Dossier.objects.filter(
        _RUNS, ended_at__isnull=True, due_at__lt=at, overdue_noted_at__isnull=True
    ).order_by("due_at")
    return sum(_note_overdue(key, at) for key in late.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _note_overdue(key: int, at: datetime) -> int:
    dossier = Dossier.objects.select_for_update(of=("self",)).filter(_RUNS, pk=key).first()
    if dossier is None or dossier.overdue_noted_at is not None:
        return 0
    if dossier.due_at is None or dossier.due_at >= at:
        return 0
    dossier.overdue_noted_at, dossier.risk = at, CERTAIN
    fact = events.DossierOverdue(code=dossier.code, due_at=dossier.due_at)
    core.finish(dossier, fact, by=SYSTEM, at=at, changed=["overdue_noted_at", "risk"])
    return 1
