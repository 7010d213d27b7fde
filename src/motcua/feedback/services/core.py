"""What every act on a case does: lock, check state and right, run the clock, write the fact."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.identity import index_of
from motcua.directory.queries.calendars import calendar_for
from motcua.feedback import refusals
from motcua.feedback.models import Case, Deadline
from motcua.feedback.queries.visibility import visible_to
from motcua.feedback.rules import limits, people, timing
from motcua.feedback.rules.kinds import is_tail
from motcua.feedback.rules.states import ACT_RULES, SAY, Act, stage_of
from motcua.kernel import bounds
from motcua.kernel.facts import Fact
from motcua.kernel.worktime import ClockKind, Limit
from motcua.ledger import services as ledger
from motcua.ledger.acts import acts
from motcua.ledger.rules import discreet

REASON_LEAST, REASON_MOST = 10, 1000
# Not what somebody typed: who acts, and streams of bytes that documents look through.
act = acts("by", "files")
CLOCK = ("stage", "clock", "due_at", "rung")


def locked(code: str, act: Act, *, by: Actor, expected: int | None = None) -> Case:
    """Return the case locked for an officer's act that its state and the actor's posts allow.

    Raises NotFound, ChangedMeanwhile, Concerned, WrongState, NotAllowed: see there.
    """
    found = visible_to(by).select_for_update(of=("self",)).filter(code=code).first()
    if found is None:
        raise refusals.NotFound(_("Không tìm thấy phản ánh %s trong phạm vi của bạn.") % code)
    if expected is not None and expected != found.revision:
        raise refusals.ChangedMeanwhile(
            _("Phản ánh đã thay đổi sau khi bạn mở. Tải lại trang rồi làm tiếp.")
        )
    check(found, act, by=by)
    return found


def check(case: Case, act: Act, *, by: Actor) -> None:
    """Refuse what the state or the posts do not allow.

    Raises Concerned, WrongState, NotAllowed: see there.
    """
    if people.is_concerned(case, by=by):
        raise refusals.Concerned(_("Phản ánh về chính bạn do người khác xử lý."))
    check_state(case, act)
    if not people.may(case, act, by=by):
        raise refusals.NotAllowed(
            _("Việc “%s” do vị trí khác hoặc người khác thực hiện.") % SAY[act],
            law=ACT_RULES[act].law,
        )


def check_state(case: Case, act: Act) -> None:
    """Refuse an act that the state does not allow.

    Raises WrongState: see there.
    """
    if case.state not in ACT_RULES[act].states:
        raise refusals.WrongState(
            _("Phản ánh đang ở trạng thái “%(state)s” nên không thể: %(act)s.")
            % {"state": case.get_state_display(), "act": SAY[act].lower()},
            law=ACT_RULES[act].law,
        )


def of_sender(code: str, act: Act, *, by: Actor, proof: str = "") -> Case:
    """Return the case locked for its sender: the account, or code with phone or PIN.

    A wrong code and a wrong proof give the same answer, so that codes cannot be probed.
    Raises NotFound, WrongState: see there.
    """
    found = Case.objects.select_for_update(of=("self",)).filter(code=code).first()
    if found is None or not is_sender(found, by=by, proof=proof):
        raise refusals.NotFound(_("Không có phản ánh nào khớp cả mã và số điện thoại này."))
    check_state(found, act)
    return found


def is_sender(case: Case, *, by: Actor, proof: str = "") -> bool:
    """Tell whether somebody sent this case: by account, else by its phone or PIN.

    An officer who came to know the phone is still no sender.
    """
    if by.is_staff:
        return False
    if by.is_citizen and by.party_id and by.party_id == case.sender_party_id:
        return True
    typed = proof.strip()
    if not typed or not bounds.is_keepable(typed):
        return False
    if case.pin_index and bytes(case.pin_index) == index_of("feedback-pin", typed):
        return True
    return is_tail(phone=str(case.sender.get("phone", "")), typed=typed)


def start(case: Case, *, stage: str, limit: Limit, at: datetime) -> None:
    """Start a time of the case; the one before has been ended."""
    case.stage, case.clock, case.rung = stage, timing.started(at=at, limit=limit), 0
    retime(case)


def end(case: Case, *, at: datetime, outcome: str) -> bool:
    """End the time that runs and keep it; tell whether it was over the due date."""
    if not case.clock:
        return False
    calendar = calendar_for(case.calendar_key)
    paused = timing.folded(case.clock, calendar=calendar).paused_since
    if paused is not None:
        case.clock = timing.added(case.clock, ClockKind.RESUME, at)
    clock = timing.folded(case.clock, calendar=calendar)
    if clock.due_at is None or clock.started_at is None:
        raise RuntimeError(f"the clock of case {case.code} has no due date")
    is_late = at > clock.due_at
    Deadline.objects.create(
        case=case,
        stage=case.stage,
        number=Deadline.objects.filter(case=case).count() + 1,
        agency_id=case.agency_id,
        clock=timing.added(case.clock, ClockKind.STOP, at),
        calendar_key=case.calendar_key,
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=at,
        is_late=is_late,
        outcome=outcome,
    )
    case.stage, case.clock, case.due_at, case.rung = "", [], None, 0
    return is_late


def pause(case: Case, *, at: datetime, reason: str) -> None:
    """Let the time stand still."""
    case.clock = timing.added(case.clock, ClockKind.PAUSE, at, reason=reason)
    retime(case)


def resume(case: Case, *, at: datetime) -> None:
    """Let the time run on."""
    case.clock = timing.added(case.clock, ClockKind.RESUME, at)
    case.rung = 0
    retime(case)


def retime(case: Case) -> None:
    """Read the due date off the events, by the calendar of the agency that has the case."""
    case.due_at = timing.folded(case.clock, calendar=calendar_for(case.calendar_key)).due_at


def must_due(case: Case) -> datetime:
    """Return the due date of the time that runs.

    Raises RuntimeError: none runs, which no open case may be.
    """
    if case.due_at is None:
        raise RuntimeError(f"case {case.code} has no due date")
    return case.due_at


def move(case: Case, act: Act) -> list[str]:
    """Move the case to where the act leads; return the fields that changed.

    Raises RuntimeError: the act would leave a case open without the time that belongs to it.
    """
    case.state = ACT_RULES[act].to or case.state
    if stage_of(case.state, before_merge=case.state_before) != case.stage:
        raise RuntimeError(f"case {case.code}: {case.state} with time {case.stage!r}")
    return ["state", *CLOCK]


def finish(case: Case, fact: Fact, *, by: Actor, at: datetime, changed: Iterable[str]) -> None:
    """Write the row and the fact of an act that was decided."""
    write(case, [fact], by=by, at=at, changed=changed)


def write(
    case: Case, facts: list[Fact], *, by: Actor, at: datetime, changed: Iterable[str]
) -> None:
    """Write the row once and several facts of one act, in their order."""
    case.revision += len(facts)
    case.save(update_fields=list(dict.fromkeys(["revision", *changed])))
    for fact in facts:
        note(case, fact, by=by, at=at)


def note(case: Case, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Record a fact in the case's stream; the row's revision was raised already.

    A sender stays unnamed in it.
    """
    is_officer = by.is_staff
    ledger.record(
        fact,
        stream=case.stream,
        at=at,
        actor=by.key if is_officer or by.kind == "system" else "sender",
        actor_name=by.name[:120] if is_officer or by.kind == "system" else "",
        post=by.describe(agency_id=case.agency_id)[:200] or by.describe()[:200],
    )


def need_reason(text: str, *, field: str = "reason") -> str:
    """Return the reason without loose blanks, identity numbers in it masked.

    Raises ReasonMissing: it says less than ten letters, or more than a thousand.
    """
    said = " ".join(text.split())
    if sum(letter.isalnum() for letter in said) < REASON_LEAST:
        raise refusals.ReasonMissing(_("Nêu rõ lý do (ít nhất 10 ký tự)."), field=field)
    if len(said) > REASON_MOST:
        raise refusals.ReasonMissing(_("Lý do quá dài, tối đa 1000 ký tự."), field=field)
    return discreet(said)


def limit_of(case: Case, what: str, *, at: datetime) -> limits.Rule:
    """Return the configured limit of a part of this case."""
    return limits.limit_for(
        what=what, on=timezone.localdate(at), kind=case.kind, urgency=case.urgency
    )


def numbers(at: datetime) -> limits.Numbers:
    """Return how often and how long, on that day."""
    return limits.numbers(on=timezone.localdate(at))
