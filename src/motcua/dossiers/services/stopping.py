"""The applicant stops or adjusts the dossier before the decision."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.states import BEFORE_DECISION, Act
from motcua.dossiers.services import core
from motcua.kernel.worktime import ClockKind
from motcua.ledger.rules import discreet
from motcua.payments import services as payments
from motcua.workflow import services as workflow

LAW = "118/2025/NĐ-CP Điều 21"


@core.act
def withdraw(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Dossier:
    """Stop a dossier because its applicant asks for it, before the decision.

    Raises AlreadyDecided: the competent person has decided.
    Source: 118/2025/NĐ-CP Điều 21.
    """
    dossier = core.locked(code, Act.WITHDRAW, by=by, expected=expected)
    if not guards.can_withdraw(
        state=dossier.state, is_decided=dossier.is_decided, open_states=sorted(BEFORE_DECISION)
    ):
        raise refusals.AlreadyDecided(_("Hồ sơ đã có quyết định nên không thể rút."), law=LAW)
    stage, said = dossier.state, discreet(reason.strip()[:500])
    workflow.cancel_open(case_id=dossier.pk, by=by, at=at, reason=said)
    core.take_turn(dossier, None)
    if dossier.money == Dossier.Money.DUE:
        paid = payments.cancel(case_id=dossier.pk)
        dossier.money = Dossier.Money.PAID if paid else Dossier.Money.FREE
    dossier.state = Dossier.State.WITHDRAWN
    dossier.ended_at = at
    dossier.clock = clock.added(dossier.clock, ClockKind.STOP, at, reason=_("người dân rút hồ sơ"))
    fact = events.DossierWithdrawn(code=code, reason=said, stage=stage)
    changed = ["state", "ended_at", "clock", "money", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier


@core.act
def amend(
    *,
    code: str,
    form_data: Mapping[str, object],
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Dossier:
    """Adjust what was declared in an online dossier, before the decision (R18).

    Raises AlreadyDecided; WrongState: the dossier was not filed online.
    Source: 118/2025/NĐ-CP Điều 21 khoản 2.
    """
    dossier = core.locked(code, Act.AMEND, by=by, expected=expected)
    if dossier.channel != Dossier.Channel.ONLINE:
        raise refusals.WrongState(_("Chỉ hồ sơ trực tuyến mới sửa được trên mạng."), law=LAW)
    if dossier.is_decided:
        raise refusals.AlreadyDecided(_("Hồ sơ đã có quyết định nên không sửa được."), law=LAW)
    touched = tuple(k for k, v in form_data.items() if dossier.form_data.get(k) != v)
    dossier.form_data = {**dossier.form_data, **form_data}
    fact = events.DossierAmended(code=code, fields=touched)
    core.finish(dossier, fact, by=by, at=at, changed=["form_data"])
    return dossier
