"""Doing a duty: progress, product, acceptance, more time, another person, its end."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor
from motcua.supervision import duty_events as events
from motcua.supervision import duty_notices as notices
from motcua.supervision import duty_refusals as refusals
from motcua.supervision.models import Duty
from motcua.supervision.rules import duties as rules
from motcua.supervision.services.duties import core
from motcua.supervision.services.duties.core import act
from motcua.supervision.services.duties.giving import check_person


@act
def report_progress(*, code: str, words: str, by: Actor, at: datetime) -> Duty:
    """Say how far it has come. Raises NoSuchDuty, NotYours, WrongDutyState, WordsMissing."""
    duty = core.locked(code, rules.Act.PROGRESS, by=by, at=at)
    said = core.reason(words, field="words")
    return core.finish(duty, events.DutyProgressed(code=code, words=said), by=by, at=at)


@act
def report_product(
    *, code: str, words: str, reference: str, by: Actor, at: datetime, expected: int | None = None
) -> Duty:
    """Hand the product in: what was done, and where it lies (number, link).

    Raises NoSuchDuty, NotYours, WrongDutyState, DutyMoved, WordsMissing: see there.
    """
    duty = core.locked(code, rules.Act.PRODUCT, by=by, at=at, expected=expected)
    duty.report = core.reason(words, field="words")
    duty.report_reference = core.said(reference, field="reference", least=3, most=300)
    duty.state, duty.reported_at = Duty.State.REPORTED, at
    fact = events.DutyReported(
        code=code,
        words=duty.report,
        reference=duty.report_reference,
        is_late=at > duty.due_at,
    )
    core.finish(duty, fact, by=by, at=at, changed=["report", "report_reference", "reported_at"])
    notices.tell_giver(duty, fact, by=by, at=at)
    return duty


@act
def accept(*, code: str, words: str, by: Actor, at: datetime, expected: int | None = None) -> Duty:
    """Accept the product: the duty is done.

    Raises NoSuchDuty, NotYours, WrongDutyState, DutyMoved, WordsMissing: see there.
    """
    duty = core.locked(code, rules.Act.ACCEPTANCE, by=by, at=at, expected=expected)
    duty.state, duty.ended_at = Duty.State.ACCEPTED, at
    duty.ending = core.said(words, field="words", least=0, most=core.REASON_MOST)
    is_late = duty.reported_at is not None and duty.reported_at > duty.due_at
    fact = events.DutyAccepted(code=code, words=duty.ending, is_late=is_late)
    core.finish(duty, fact, by=by, at=at, changed=["ended_at", "ending"])
    notices.tell_doer(duty, fact, by=by, at=at)
    return duty


@act
def send_back(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Duty:
    """Send the product back with the reason; the due date stays.

    Raises NoSuchDuty, NotYours, WrongDutyState, DutyMoved, WordsMissing: see there.
    """
    duty = core.locked(code, rules.Act.RETURN, by=by, at=at, expected=expected)
    fact = events.DutySentBack(code=code, reason=core.reason(reason, field="reason"))
    duty.state, duty.reported_at = Duty.State.GIVEN, None
    duty.sent_back_count += 1
    core.finish(duty, fact, by=by, at=at, changed=["reported_at", "sent_back_count"])
    notices.tell_doer(duty, fact, by=by, at=at)
    return duty


@act
def extend(
    *,
    code: str,
    due_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Duty:
    """Give more time; the first due date is kept and shown.

    Raises NoSuchDuty, NotYours, WrongDutyState, DutyMoved, WordsMissing: see there.
    """
    duty = core.locked(code, rules.Act.EXTENSION, by=by, at=at, expected=expected)
    if due_at <= max(at, duty.due_at):
        raise refusals.WordsMissing(
            _("Hạn mới phải sau hạn đang có và sau lúc này."), field="due_at"
        )
    fact = events.DutyExtended(
        code=code,
        reason=core.reason(reason, field="reason"),
        due_before=duty.due_at,
        due_at=due_at,
    )
    duty.due_at, duty.overdue_noted_at = due_at, None
    core.finish(duty, fact, by=by, at=at, changed=["due_at", "overdue_noted_at"])
    notices.tell_doer(duty, fact, by=by, at=at)
    return duty


@act
def hand_over(
    *, code: str, person_id: int, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Duty:
    """Let somebody else of the agency do it.

    Raises NoSuchDuty, NotYours, WrongDutyState, DutyMoved, Unclear, WordsMissing: see there.
    """
    duty = core.locked(code, rules.Act.HANDOVER, by=by, at=at, expected=expected)
    before = duty.person.name
    check_person(person_id, agency_id=duty.agency_id, at=at)
    if person_id == duty.person_id:
        raise refusals.Unclear(_("Người này đang làm việc đó."), field="person")
    said = core.reason(reason, field="reason")
    duty.person_id = person_id
    fact = events.DutyHandedOver(
        code=code,
        reason=said,
        person_before=before,
        person_id=person_id,
        person=duty.person.name,
    )
    core.finish(duty, fact, by=by, at=at, changed=["person"])
    notices.tell_doer(duty, fact, by=by, at=at)
    return duty


@act
def cancel(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Duty:
    """Say that it need not be done any more.

    Raises NoSuchDuty, NotYours, WrongDutyState, DutyMoved, WordsMissing: see there.
    """
    duty = core.locked(code, rules.Act.CANCELLATION, by=by, at=at, expected=expected)
    duty.ending = core.reason(reason, field="reason")
    duty.state, duty.ended_at = Duty.State.CANCELLED, at
    fact = events.DutyCancelled(code=code, reason=duty.ending)
    core.finish(duty, fact, by=by, at=at, changed=["ended_at", "ending"])
    notices.tell_doer(duty, fact, by=by, at=at)
    return duty


def note_overdue(*, at: datetime, limit: int = 500) -> int:
    """Note which duties passed their due time without a product, once each; return how many."""
    codes = Duty.objects.filter(
        state=Duty.State.GIVEN, due_at__lt=at, overdue_noted_at=None
    ).values_list("code", flat=True)[:limit]
    return sum(_note_one(code, at) for code in codes)


@transaction.atomic
def _note_one(code: str, at: datetime) -> int:
    duty = Duty.objects.select_for_update(of=("self",)).get(code=code)
    if duty.state != Duty.State.GIVEN or duty.overdue_noted_at or duty.due_at >= at:
        return 0
    duty.overdue_noted_at = at
    fact = events.DutyOverdue(code=code, due_at=duty.due_at)
    core.finish(duty, fact, by=SYSTEM, at=at, changed=["overdue_noted_at"])
    notices.tell_giver(duty, fact, by=SYSTEM, at=at)
    notices.tell_doer(duty, fact, by=SYSTEM, at=at)
    return 1
