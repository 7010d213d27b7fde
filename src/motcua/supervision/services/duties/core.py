"""What every act on a duty does: lock, check state and right, write row and fact."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.kernel.facts import Fact
from motcua.ledger import services as ledger
from motcua.ledger.acts import acts
from motcua.ledger.rules import discreet
from motcua.supervision import duty_refusals as refusals
from motcua.supervision.models import Duty
from motcua.supervision.queries import duties as queries
from motcua.supervision.rules import duties as rules
from motcua.supervision.rules.saying import says

act = acts("by")
REASON_LEAST, REASON_MOST = 10, 1000


def locked(
    code: str, act: rules.Act, *, by: Actor, at: datetime, expected: int | None = None
) -> Duty:
    """Return the duty locked for an act that its state and the actor allow.

    Raises NoSuchDuty, DutyMoved, WrongDutyState, NotYours: see there.
    """
    duty = queries.visible_to(by).select_for_update(of=("self",)).filter(code=code).first()
    if duty is None:
        raise refusals.NoSuchDuty(_("Không tìm thấy nhiệm vụ %s trong phạm vi của bạn.") % code)
    if expected is not None and expected != duty.revision:
        raise refusals.DutyMoved(
            _("Nhiệm vụ đã thay đổi sau khi bạn mở. Xem lại rồi làm tiếp; nội dung vẫn còn.")
        )
    if duty.state not in rules.STATES[act]:
        raise refusals.WrongDutyState(
            _("Nhiệm vụ %(state)s nên không thể làm việc này.")
            % {"state": duty.get_state_display()}
        )
    if not rules.may(act, by=by, sides=queries.sides_of(duty, actor=by, at=at)):
        raise refusals.NotYours(_("Việc này do người khác thực hiện."))
    return duty


def finish(
    duty: Duty, fact: Fact, *, by: Actor, at: datetime, changed: Collection[str] = ()
) -> Duty:
    """Write the row and the fact of an act that was decided."""
    duty.revision += 1
    duty.save(update_fields=["revision", "state", *changed])
    note(duty.stream, fact, by=by, at=at)
    return duty


def note(stream: str, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Record a fact in the stream of a directive or duty."""
    ledger.record(
        fact,
        stream=stream,
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )


def reason(text: str, *, field: str) -> str:
    """Return a reason as it is kept, identity numbers masked. Raises WordsMissing."""
    return discreet(said(text, field=field, least=REASON_LEAST, most=REASON_MOST))


def said(text: str, *, field: str, least: int, most: int) -> str:
    """Return what was written without loose blanks. Raises WordsMissing."""
    said = " ".join(text.split())
    if not says(said, least=least):
        raise refusals.WordsMissing(
            _("Viết rõ hơn (ít nhất %d ký tự).") % least if least > 1 else _("Không để trống."),
            field=field,
        )
    if len(said) > most:
        raise refusals.WordsMissing(
            _("Quá dài: %(chars)d ký tự, tối đa %(most)d.") % {"chars": len(said), "most": most},
            field=field,
        )
    return said
