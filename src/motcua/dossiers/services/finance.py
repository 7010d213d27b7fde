"""Money that the dossier waits for."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import clock
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import core
from motcua.kernel.worktime import ClockKind, fold_clock
from motcua.payments import services as payments
from motcua.payments.rules import Line
from motcua.workflow import services as workflow

LAW = "118/2025/NĐ-CP Điều 24"
MAX_VND = 100_000_000_000


@core.act
def require_payment(
    *,
    code: str,
    amount_vnd: int,
    reason: str,
    by: Actor,
    at: datetime,
    pauses_clock: bool = True,
    expected: int | None = None,
) -> Dossier:
    """Tell the person of a financial obligation and wait for it.

    `pauses_clock`: sector law says that waiting is not counted (land); else the clock runs on.
    Raises WrongState: the amount is nothing or beyond reason. Raises ReasonMissing.
    Source: 118/2025/NĐ-CP Điều 24.
    """
    dossier = core.locked(code, Act.REQUIRE_PAYMENT, by=by, expected=expected)
    if not 0 < amount_vnd <= MAX_VND:
        raise refusals.WrongState(_("Số tiền phải lớn hơn 0."), field="amount_vnd", law=LAW)
    said = core.need_reason(reason)
    line = Line(key="obligation", name=said, kind="obligation", unit_vnd=amount_vnd)
    payments.bill(case_id=dossier.pk, lines=[line], at=at)
    workflow.pause(case_id=dossier.pk, at=at)
    dossier.state = Dossier.State.WAIT_FINANCE
    dossier.money = Dossier.Money.DUE
    dossier.paused_from = "clock" if pauses_clock else ""
    if pauses_clock:
        dossier.clock = clock.added(dossier.clock, ClockKind.PAUSE, at, reason=said)
    fact = events.PaymentRequired(
        code=code, amount_vnd=amount_vnd, reason=said, pauses_clock=pauses_clock
    )
    changed = ["state", "money", "paused_from", "clock"]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return dossier


@core.act
def confirm_payment(
    *,
    code: str,
    method: str,
    by: Actor,
    at: datetime,
    reference: str = "",
    expected: int | None = None,
) -> Dossier:
    """Record that everything owed was paid; a dossier that waited for it goes on.

    Raises WrongState: nothing is owed.
    Source: 118/2025/NĐ-CP Điều 24.
    """
    dossier = core.locked(code, Act.CONFIRM_PAYMENT, by=by, expected=expected)
    paid = payments.settle(
        case_id=dossier.pk, method=method, reference=reference[:80], collected_by=by.name, at=at
    )
    if not paid:
        raise refusals.WrongState(_("Hồ sơ không còn khoản nào phải nộp."), law=LAW)
    dossier.money = Dossier.Money.PAID
    changed = ["money"]
    if dossier.state == Dossier.State.WAIT_FINANCE:
        _resume(dossier, at)
        changed += ["state", "paused_from", "clock", "due_at", "step_due_at"]
    fact = events.PaymentConfirmed(
        code=code, amount_vnd=paid, method=method, due_at=dossier.due_at
    )
    core.finish(dossier, fact, by=by, at=at, changed=changed)
    return dossier


def _resume(dossier: Dossier, at: datetime) -> None:
    dossier.state = Dossier.State.IN_PROGRESS
    calendar = core.calendar_of(dossier)
    if dossier.paused_from == "clock" and dossier.clock:
        dossier.clock = clock.added(dossier.clock, ClockKind.RESUME, at)
        dossier.due_at = fold_clock(calendar, clock.events(dossier.clock)).due_at
    dossier.paused_from = ""
    task = workflow.resume(case_id=dossier.pk, at=at, calendar=calendar)
    if task is not None:
        dossier.step_due_at = task.due_at
