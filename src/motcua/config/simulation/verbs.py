"""What happens to a dossier, verb by verb, as dossiers.services does it, on a case in memory.

Every verb checks its state by ACT_RULES, so that no history is made that the desk would refuse.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.config.simulation import copies
from motcua.config.simulation.case import Case
from motcua.directory.actor import SYSTEM, Actor
from motcua.documents.papers.wordings import Wording
from motcua.dossiers import events, scan_events
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.states import ACT_RULES, Act
from motcua.dossiers.services import intake
from motcua.kernel.worktime import ClockKind, due, fold_clock
from motcua.kernel.worktime.calendar import VIETNAM
from motcua.payments.rules import Line
from motcua.workflow import rules


class Illegal(AssertionError):
    """The simulation tried what the desk would refuse: a mistake of ours."""


def need(case: Case, act: Act) -> None:
    """Refuse an act that the state does not allow."""
    if case.state not in ACT_RULES[act].states:
        raise Illegal(f"{act} in {case.state}")


def need_opinions(case: Case, at: datetime) -> None:
    """Refuse to pass on what another agency still has time to answer about."""
    for row in case.opinions:
        if row["answered_at"] is None and row["withdrawn_at"] is None and row["due_at"] >= at:
            raise Illegal(f"an opinion is awaited until {row['due_at']}, acted on {at}")


def file(case: Case, *, by: Actor, at: datetime, support: str = "") -> None:
    """The dossier comes into being; its papers stand checked already."""
    case.filed_at = at
    case.open_step(case.process.first.key, at)
    if case.channel == "online":
        case.step_due_at = guards.online_answer_by(case.calendar, at)
    fact = events.DossierFiled(
        code=case.code, procedure=case.offer.code, version_id=case.offer.version_id,
        case=case.case_key, channel=case.channel, support=support, receiving=case.receiving.code,
        competent=case.competent.code, field=case.offer.content.field,
        papers=sum(1 for row in case.papers.values() if row.state == "present"), from_store=(),
        officer_id=case.given_to,
    )  # fmt: skip
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def tell_counter(case: Case, *, at: datetime) -> None:
    """The counter is told of an online filing."""
    case.officer_notified_at = at
    fact = events.OfficerNotified(code=case.code, role="receptionist", agency=case.receiving.name)
    case.record(fact, by=SYSTEM, at=at)


def digitise(
    case: Case, components: Sequence[tuple[str, str]], *, by: Actor, at: datetime
) -> None:
    """Scans are compared with their originals, and signed by whoever scanned them."""
    for name, key in components:
        fact = scan_events.PapersDigitised(code=case.code, components=(name[:120],), papers=(key,))
        case.record(fact, by=by, at=at)
    for name, key in components:
        signed = scan_events.PapersSigned(code=case.code, components=(name[:120],), papers=(key,))
        case.record(signed, by=by, at=at)


def take_from_store(case: Case, key: str, *, by: Actor, at: datetime) -> None:
    """A paper of the owner's store stands for a component."""
    need(case, Act.REQUEST_SUPPLEMENT)
    row = case.papers[key]
    row.state = "from_store"
    fact = events.PaperFromStore(code=case.code, component=row.name[:200], level=2, replaces=True)
    case.record(fact, by=by, at=at)


def accept(
    case: Case,
    *,
    quantities: dict[str, int],
    originals: int,
    is_local: bool,
    by: Actor,
    at: datetime,
) -> None:
    """The counter accepts: the clock starts where it may, fees are billed, the next step opens."""
    need(case, Act.ACCEPT)
    case.state, case.accepted_at, case.originals_held = "accepted", at, originals
    if is_local:
        _start_clock(case, at)
    lines = intake.fee_lines(
        fees=case.offer.fees(case.channel, case.case_key), quantities=quantities
    )
    bill(case, lines, at)
    case.advance(by, at)
    fact = events.DossierAccepted(
        code=case.code, due_at=case.due_at, originals=originals, officer_id=case.given_to
    )
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def bill(case: Case, lines: Sequence[Line], at: datetime) -> None:
    """Write what has to be paid."""
    for line in lines:
        if line.total_vnd > 0:
            case.charges.append(
                {"key": line.key, "name": line.name, "kind": line.kind, "unit_vnd": line.unit_vnd,
                 "quantity": line.quantity, "amount_vnd": line.total_vnd, "state": "due",
                 "method": "", "reference": "", "made_at": at, "paid_at": None, "collected_by": ""}
            )  # fmt: skip
            case.money = "due"


def _start_clock(case: Case, at: datetime) -> None:
    case.started_at = at
    limit = case.offer.limit(case.channel, case.case_key)
    case.clock = clock.started(at, limit)
    if limit is not None:
        case.due_at = case.due_original = due(case.calendar, at, limit)


def reject(case: Case, *, reason: str, law: str, by: Actor, at: datetime) -> None:
    """The counter refuses to accept."""
    need(case, Act.REFUSE_INTAKE)
    case.cancel(by, at, reason)
    case.state, case.ended_at = "rejected", at
    fact = events.IntakeRefused(code=case.code, reason=reason, law=law)
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def receive(case: Case, *, by: Actor, at: datetime) -> None:
    """The competent agency receives what was accepted elsewhere; its clock starts."""
    need(case, Act.RECEIVE)
    _start_clock(case, at)
    case.retime(at)
    case.state = "in_progress"
    fact = events.DossierReceived(code=case.code, due_at=case.due_at)
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def hand_over(case: Case, *, slip: str, due_at: datetime, by: Actor, at: datetime) -> None:
    """The paper dossier leaves the centre."""
    need(case, Act.HAND_OVER)
    fact = events.PapersHandedOver(
        code=case.code, slip=slip, to=case.competent.name, due_at=due_at
    )
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def take_over(case: Case, *, slip: str, due_at: datetime, by: Actor, at: datetime) -> None:
    """The paper dossier arrives."""
    fact = events.PapersTakenOver(code=case.code, slip=slip, is_late=at > due_at)
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def assign(case: Case, *, to: Actor, by: Actor, at: datetime) -> None:
    """The head gives the step to an officer in so many words."""
    need(case, Act.ASSIGN)
    case.turn.assignee_id = to.account_id
    case.take_turn()
    case.state = "in_progress"
    fact = events.DossierAssigned(
        code=case.code, step=case.step_key, officer_id=to.account_id or 0, officer=to.name
    )
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def appraise(case: Case, *, by: Actor, at: datetime, refusal: tuple[str, str] = ("", "")) -> None:
    """The appraiser finds the dossier eligible, or proposes to refuse it, and passes it on."""
    need(case, Act.PROPOSE_REFUSAL if refusal[0] else Act.APPRAISE)
    need_opinions(case, at)
    step = case.step_key
    case.advance(by, at)
    case.state = "in_progress"
    case.proposal = "refused" if refusal[0] else "granted"
    fact = events.StepDone(
        code=case.code, step=step, next_step=case.step_key, proposal=case.proposal,
        reason=refusal[0], law=refusal[1], officer_id=case.given_to,
    )  # fmt: skip
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def send_back(case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """The head returns the dossier to the step before, to whoever did it."""
    need(case, Act.SEND_BACK)
    step = case.step_key
    here = case.process.step(step)
    target = here.back[-1] if here else ""
    done_by = next(
        (
            one.closed_by_id or one.assignee_id
            for one in reversed(case.steps)
            if one.step_key == target
        ),
        None,
    )
    case.close_step(by, at, "returned", reason)
    case.open_step(target, at, wanted=done_by)
    case.decided_at, case.outcome = None, ""
    fact = events.StepSentBack(
        code=case.code, step=step, to_step=target, reason=reason, officer_id=case.given_to
    )
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def approve(case: Case, *, by: Actor, at: datetime, signs: tuple[str, str] = ("", "")) -> None:
    """The head decides as proposed; `signs`: with which wording and digest of a signed document."""
    need(case, Act.APPROVE)
    need_opinions(case, at)
    step = case.step_key
    case.advance(by, at)
    case.state = "in_progress"
    case.outcome = case.proposal or "granted"
    is_last = case.turn_role not in ACT_RULES[Act.APPROVE].roles
    if is_last:
        case.decided_at = at
        for row in case.opinions:
            if row["answered_at"] is None and row["withdrawn_at"] is None:
                row["withdrawn_at"] = at
    agency = case.competent.id
    fact = events.DossierApproved(
        code=case.code, step=step, outcome=case.outcome, officer_id=case.given_to
    )
    case.record(fact, by=by, at=at, agency_id=agency)
    if signs[0] and is_last:
        signed = events.ResultSigned(code=case.code, wording=signs[0], file="", sha256=signs[1])
        case.record(signed, by=by, at=at, agency_id=agency)
    case.decider, case.decider_post = by.name[:120], case.told[-1].post


def issue(case: Case, *, wording: Wording, stamps: str = "", by: Actor, at: datetime) -> None:
    """The clerk numbers, stamps and issues; the clock ends."""
    need(case, Act.ISSUE)
    case.advance(by, at)
    conclude(case, wording=wording, stamps=stamps, by=by, at=at)


def conclude(case: Case, *, wording: Wording, stamps: str = "", by: Actor, at: datetime) -> None:
    """The result of a decided case is written; where its process ends with that, by the head."""
    kind = case.offer.content.results[0] if case.offer.content.results else None
    granted = case.outcome == "granted"
    title = kind.name if kind and granted else _title(case)
    row = blank_result(case, wording, kind.code if kind else "", title)
    row |= {"signer": case.decider, "signer_title": case.decider_post, "signed_at": case.decided_at,
            "issued_at": at, "issued_by": by.name, "signed": "full" if stamps else "not"}  # fmt: skip
    case.results.append(row)
    agency = case.competent.id
    stamped = case.record_later(by=by, at=at, agency_id=agency) if stamps else None
    copied = case.record_later(by=by, at=at, agency_id=agency) if copies.is_copy(wording) else None
    issued = case.record_later(by=by, at=at, agency_id=agency)
    case.state, case.delivery, case.ended_at = "result_ready", "ready", at
    case.clock = clock.added(case.clock, ClockKind.STOP, at)
    code, outcome, due_at, to = case.code, case.outcome, case.due_at, case.given_to

    def numbered(number: str, sequence: int) -> None:
        row["number"], row["sequence"], row["year"] = number, sequence, _year(at)
        if stamped is not None:
            stamped(events.ResultStamped(code=code, number=number, file="", sha256=stamps))
        if copied is not None:
            copied(copies.enter(case, row, at=at))
        issued(
            events.ResultIssued(
                code=code, number=number, outcome=outcome, due_at=due_at,
                is_late=due_at is not None and at > due_at, officer_id=to,
            )
        )  # fmt: skip

    case.numbered.append((at, wording.symbol, numbered))


def _year(at: datetime) -> int:
    return at.astimezone(VIETNAM).year


def blank_result(case: Case, wording: Wording, kind_code: str, title: str) -> dict[str, Any]:
    """Return the row of a result without its number."""
    return {
        "outcome": case.outcome, "number": "", "agency_id": case.competent.id,
        "symbol": wording.symbol, "year": 0, "sequence": 0, "title": title, "text": "", "law": "",
        "signer": "", "signer_title": "", "signed_at": None, "issued_at": None, "issued_by": "",
        "kind_code": kind_code, "owner_folded": case.owner_folded, "wording": wording.key,
        "filled": {}, "file_id": None, "printed_at": None, "signed": "not", "state": "valid",
        "replaces_id": None, "correction_due_at": None, "correction_reason": "",
        "revoked_at": None, "revoked_by": "", "revoked_reason": "", "revoked_law": "",
    }  # fmt: skip


def _title(case: Case) -> str:
    if case.outcome == "refused":
        return _("Văn bản từ chối giải quyết hồ sơ")
    return _("Kết quả giải quyết: %s") % case.offer.content.name


def return_result(
    case: Case, *, mode: str, receiver: str, proof: str, by: Actor, at: datetime
) -> None:
    """The result reaches the person."""
    need(case, Act.RETURN_RESULT)
    case.close_step(by, at)
    case.take_turn()
    case.state, case.delivery = "returned", "delivered"
    case.returned_at = case.returned_at or at
    case.originals_held = 0
    fact = events.ResultReturned(code=case.code, mode=mode, receiver=receiver[:120], proof=proof)
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def pay(case: Case, *, method: str, reference: str, by: Actor, at: datetime) -> None:
    """All that is owed is paid; a dossier that waited for it goes on."""
    need(case, Act.CONFIRM_PAYMENT)
    owed = [row for row in case.charges if row["state"] == "due"]
    for row in owed:
        row |= {"state": "paid", "method": method, "reference": reference, "paid_at": at,
                "collected_by": by.name}  # fmt: skip
    case.money = "paid"
    if case.state == "wait_finance":
        _resume(case, at)
    fact = events.PaymentConfirmed(
        code=case.code, amount_vnd=sum(row["amount_vnd"] for row in owed), method=method,
        due_at=case.due_at,
    )  # fmt: skip
    case.record(fact, by=by, at=at)


def require_payment(case: Case, *, line: Line, by: Actor, at: datetime) -> None:
    """The person has an obligation to fulfil; the clock stands still meanwhile."""
    need(case, Act.REQUIRE_PAYMENT)
    bill(case, [line], at)
    case.turn.paused_at = at
    case.state, case.money, case.paused_from = "wait_finance", "due", "clock"
    case.clock = clock.added(case.clock, ClockKind.PAUSE, at, reason=line.name)
    fact = events.PaymentRequired(
        code=case.code, amount_vnd=line.total_vnd, reason=line.name, pauses_clock=True
    )
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def _resume(case: Case, at: datetime) -> None:
    case.state = "in_progress"
    if case.paused_from == "clock" and case.clock:
        case.clock = clock.added(case.clock, ClockKind.RESUME, at)
        case.due_at = fold_clock(case.calendar, clock.events(case.clock)).due_at
    case.paused_from = ""
    task = case.turn
    times = rules.resumed(
        calendar=case.calendar, times=rules.StepTimes(task.due_at, task.warn_at, task.alarm_at),
        paused_at=task.paused_at or at, at=at,
    )  # fmt: skip
    task.due_at, task.warn_at, task.alarm_at = times.due_at, times.warn_at, times.alarm_at
    task.paused_at = None
    case.step_due_at = task.due_at
