"""What every act does: find and lock, check state and right, write row and fact."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers import refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import guards
from motcua.dossiers.rules.permission import may
from motcua.dossiers.rules.states import ACT_RULES, SAY, Act
from motcua.dossiers.services import rows
from motcua.dossiers.wording import say_fact
from motcua.kernel.facts import Fact
from motcua.kernel.worktime import WorkCalendar
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger
from motcua.ledger.acts import acts
from motcua.ledger.rules import discreet
from motcua.workflow import services as workflow
from motcua.workflow.models import ProcessVersion, Task
from motcua.workflow.queries import process_by_id

REASON_MOST = 1000
# Not what somebody typed: who acts, and the key that is open in their hand.
act = acts("by", "pin")


def locked(code: str, act: Act, *, by: Actor, expected: int | None = None) -> Dossier:
    """Return the dossier locked for an act that its state and the actor's posts allow.

    Raises NotFound, ChangedMeanwhile, WrongState, NotAllowed: see there.
    """
    found = rows.lock(code=code, by=by)
    if found is None:
        raise refusals.NotFound(_("Không tìm thấy hồ sơ %s trong phạm vi của bạn.") % code)
    _check_unchanged(found, expected)
    rule = ACT_RULES[act]
    if found.state not in rule.states:
        raise refusals.WrongState(
            _("Hồ sơ đang ở trạng thái “%(state)s” nên không thể: %(act)s.")
            % {"state": found.get_state_display(), "act": SAY[act].lower()},
            law=rule.law,
        )
    if not may(found, act, by=by):
        raise refusals.NotAllowed(
            _("Việc “%s” do vị trí khác hoặc người khác thực hiện.") % SAY[act], law=rule.law
        )
    return found


def _check_unchanged(dossier: Dossier, expected: int | None) -> None:
    if expected is None or expected == dossier.revision:
        return
    since = trail.facts_of(dossier.stream, after=expected)
    what = "; ".join(f"{fact.actor_name}: {say_fact(fact)}" for fact in since[-3:])
    raise refusals.ChangedMeanwhile(
        _(
            "Hồ sơ đã thay đổi sau khi bạn mở: %s. "
            "Tải lại trang rồi làm tiếp; nội dung bạn nhập vẫn còn."
        )
        % what
    )


def calendar_of(dossier: Dossier) -> WorkCalendar:
    """Return the working calendar by which this dossier is timed."""
    return calendar_for(dossier.calendar_key)


def finish(
    dossier: Dossier,
    fact: Fact,
    *,
    by: Actor,
    at: datetime,
    changed: Iterable[str] = (),
    agency_id: int | None = None,
) -> None:
    """Write the row and the fact of an act that was decided (two statements)."""
    write(dossier, [fact], by=by, at=at, changed=changed, agency_id=agency_id)


def write(
    dossier: Dossier,
    facts: list[Fact],
    *,
    by: Actor,
    at: datetime,
    changed: Iterable[str] = (),
    agency_id: int | None = None,
) -> None:
    """Write the row once and several facts of one act, in their order."""
    dossier.revision += len(facts)
    rows.store(dossier, changed=["revision", *changed])
    for fact in facts:
        note(dossier, fact, by=by, at=at, agency_id=agency_id)


def note(
    dossier: Dossier, fact: Fact, *, by: Actor, at: datetime, agency_id: int | None = None
) -> None:
    """Record a fact in the dossier's stream; the row's revision was raised already."""
    ledger.record(
        fact,
        stream=dossier.stream,
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe(agency_id=agency_id)[:200] or by.describe()[:200],
    )


def need_reason(text: str) -> str:
    """Return the reason without loose blanks, identity numbers in it masked.

    Raises ReasonMissing: see `need_text`.
    """
    return discreet(need_text(text, field="reason"))


def need_text(text: str, *, field: str) -> str:
    """Return what was written, without loose blanks.

    Raises ReasonMissing: it says less than ten letters, or more than a slip of paper holds.
    """
    if not guards.is_reason(text):
        raise refusals.ReasonMissing(_("Nêu rõ lý do (ít nhất 10 ký tự)."), field=field)
    said = " ".join(text.split())
    if len(said) > REASON_MOST:
        raise refusals.ReasonMissing(
            _("Lý do quá dài: %(chars)d ký tự, tối đa %(most)d.")
            % {"chars": len(said), "most": REASON_MOST},
            field=field,
        )
    return said


def case_of(dossier: Dossier) -> workflow.Case:
    """Return the dossier as the workflow knows it."""
    return workflow.Case(
        id=dossier.pk,
        receiving_id=dossier.receiving_id,
        competent_id=dossier.competent_id,
        calendar=calendar_of(dossier),
        due_at=dossier.due_at,
    )


def open_task(dossier: Dossier) -> Task:
    """Return the open step as the row knows it, without asking the database again."""
    return Task(
        pk=dossier.task_id,
        case_id=dossier.pk,
        process_id=dossier.process_id,
        step_key=dossier.step_key,
        name=dossier.step_name,
        role=dossier.turn_role,
        agency_id=dossier.turn_agency_id or 0,
        assignee_id=dossier.assignee_id,
    )


TURN_FIELDS = (
    "step_key",
    "step_name",
    "turn_agency",
    "turn_role",
    "assignee",
    "step_due_at",
    "task_id",
)


def take_turn(dossier: Dossier, task: Task | None) -> None:
    """Copy whose turn it is into the row; None: nobody's any more."""
    dossier.step_key = task.step_key if task else ""
    dossier.step_name = task.name[:120] if task else ""
    dossier.turn_agency_id = task.agency_id if task else None
    dossier.turn_role = task.role if task else ""
    dossier.assignee_id = task.assignee_id if task else None
    dossier.step_due_at = task.due_at if task else None
    dossier.task_id = task.pk if task else None


def given_to(dossier: Dossier) -> int:
    """Return who has the step that just opened, as a fact says it; 0: nobody."""
    return dossier.assignee_id or 0


def agency_name(agency_id: int | None) -> str:
    """Return an agency's name for a fact."""
    return cards.name_of(agency_id)


def workflow_process(dossier: Dossier) -> ProcessVersion:
    """Return the process version that the dossier keeps."""
    return process_by_id(dossier.process_id)
