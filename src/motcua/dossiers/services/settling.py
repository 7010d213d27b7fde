"""In the competent agency: assign, consult, appraise, send back, approve, issue."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor, PostRef
from motcua.directory.models import Account
from motcua.directory.queries import cards
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.rules import guards
from motcua.dossiers.rules.permission import post_for
from motcua.dossiers.rules.states import ACT_RULES, Act
from motcua.dossiers.services import core, issuing, results, seals
from motcua.dossiers.services.intake import need_law
from motcua.kernel.facts import Fact
from motcua.workflow import queries as workflow_queries
from motcua.workflow import services as workflow
from motcua.workflow.definition import Step

_SETTLING_ROLES = ACT_RULES[Act.APPRAISE].roles | ACT_RULES[Act.SEND_BACK].roles


@core.act
def assign(
    *, code: str, to: Account, by: Actor, at: datetime, expected: int | None = None
) -> Dossier:
    """Give the current step to an officer of the post that does it.

    Raises what `workflow.assign` raises: the officer has no such post, or is away.
    Source: 118/2025/NĐ-CP Điều 19 khoản 1.
    """
    dossier = core.locked(code, Act.ASSIGN, by=by, expected=expected)
    step_due_at = dossier.step_due_at
    task = workflow.assign(task=core.open_task(dossier), to=to, by=by, at=at)
    core.take_turn(dossier, task)
    dossier.step_due_at = step_due_at  # it is the same step, in other hands
    dossier.state = Dossier.State.IN_PROGRESS
    given = task.assignee or to  # a delegate stands in for somebody who is away
    fact = events.DossierAssigned(
        code=code, step=dossier.step_key, officer_id=given.pk, officer=given.name
    )
    changed = ["state", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return dossier


@core.act
def consult(
    *,
    code: str,
    agencies: list[str],
    question: str,
    due_at: datetime,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Dossier:
    """Ask other agencies, all at once (R13, R17), with the day by which they answer. The clock runs on.

    Raises NotOffered: no agency has such a code. Raises WrongState: the dossier is confidential, so
    nobody asked could read it. Raises AlreadyDecided; and what `workflow.ask_consultation` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 4 điểm b; Điều 20 khoản 2.
    """
    dossier = core.locked(code, Act.CONSULT, by=by, expected=expected)
    if dossier.is_confidential:
        raise refusals.WrongState(
            _("Hồ sơ mật: lấy ý kiến bằng văn bản theo đường mật, không gửi trên hệ thống."),
            law="118/2025/NĐ-CP Điều 18 khoản 2",
        )
    if dossier.is_decided:
        raise refusals.AlreadyDecided(_("Hồ sơ đã có quyết định nên không lấy ý kiến nữa."))
    if not guards.is_foreseeable(due_at, at):
        raise refusals.Misstated(_("Hạn trả lời phải trong vòng một năm."), field="due_at")
    facts = []
    for agency_code in dict.fromkeys(agencies):
        card = cards.card_by_code(agency_code)
        if card is None:
            raise refusals.NotOffered(
                _("Không có cơ quan mang mã %s.") % agency_code, field="agencies"
            )
        workflow.ask_consultation(
            case_id=dossier.pk, agency_id=card.id, question=question, due_at=due_at, by=by, at=at
        )
        facts.append(
            events.OpinionAsked(code=code, agency=card.name, question=question, due_at=due_at)
        )
    if not facts:
        raise refusals.NotOffered(_("Hãy chọn cơ quan cần lấy ý kiến."), field="agencies")
    dossier.state = Dossier.State.IN_PROGRESS
    core.write(dossier, list(facts), by=by, at=at, changed=["state"])
    return dossier


@core.act
def answer_consultation(
    *, code: str, consultation_id: int, verdict: str, answer: str, by: Actor, at: datetime
) -> Dossier:
    """Answer a question that one's own agency was asked.

    Raises NotFound; and what `workflow.answer_consultation` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 4 điểm c.
    """
    dossier = visible_to(by).select_for_update(of=("self",)).filter(code=code).first()
    if dossier is None:
        raise refusals.NotFound(_("Không tìm thấy hồ sơ %s trong phạm vi của bạn.") % code)
    row = workflow.answer_consultation(
        consultation_id=consultation_id, verdict=verdict, answer=answer, by=by, at=at
    )
    if row.case_id != dossier.pk:
        raise refusals.NotFound(_("Câu hỏi này thuộc hồ sơ khác."))
    fact = events.OpinionGiven(code=code, agency=cards.name_of(row.agency_id), verdict=verdict)
    core.finish(dossier, fact, by=by, at=at, agency_id=row.agency_id)
    return dossier


@core.act
def appraise(
    *, code: str, by: Actor, at: datetime, note: str = "", expected: int | None = None
) -> Dossier:
    """Find the dossier eligible and pass it on.

    Raises OpinionOpen: an asked agency still has time to answer.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2, khoản 3.
    """
    return _pass_on(code, Act.APPRAISE, by, at, expected, Proposal("granted", note, ""))


@core.act
def propose_refusal(
    *, code: str, reason: str, law: str, by: Actor, at: datetime, expected: int | None = None
) -> Dossier:
    """Find the dossier not eligible and propose to refuse, with reason and clause.

    Raises ReasonMissing, LawMissing, OpinionOpen.
    Source: 118/2025/NĐ-CP Điều 19 khoản 3.
    """
    proposal = Proposal("refused", core.need_reason(reason), need_law(law))
    return _pass_on(code, Act.PROPOSE_REFUSAL, by, at, expected, proposal)


@dataclass(frozen=True)
class Proposal:
    """What the appraiser proposes, in words and with its clause."""

    outcome: str
    reason: str
    law: str


def _pass_on(
    code: str, act: Act, by: Actor, at: datetime, expected: int | None, proposal: Proposal
) -> Dossier:
    dossier = core.locked(code, act, by=by, expected=expected)
    _check_opinions(dossier, at)
    step = dossier.step_key
    _check_started(dossier)
    moved = workflow.advance(
        task=core.open_task(dossier), case=core.case_of(dossier), by=by, at=at
    )
    core.take_turn(dossier, moved.opened)
    dossier.state = Dossier.State.IN_PROGRESS
    dossier.proposal = proposal.outcome
    fact = events.StepDone(
        code=code,
        step=step,
        next_step=dossier.step_key,
        proposal=proposal.outcome,
        reason=proposal.reason,
        law=proposal.law,
        officer_id=core.given_to(dossier),
    )
    changed = ["state", "proposal", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return dossier


def _check_started(dossier: Dossier) -> None:
    if dossier.started_at is None:
        raise refusals.WrongState(
            _("Hồ sơ nhận ở nơi khác: hãy bấm “Nhận hồ sơ chuyển đến” trước khi xử lý."),
            law="309/2026/NĐ-CP Điều 8 khoản 3",
        )


def _check_opinions(dossier: Dossier, at: datetime) -> None:
    waiting = workflow_queries.waited_for(dossier.pk, at=at)
    if waiting:
        raise refusals.OpinionOpen(
            _("Còn chờ ý kiến của %s.") % "; ".join(waiting),
            law="118/2025/NĐ-CP Điều 19 khoản 4",
        )


@core.act
def send_back(
    *,
    code: str,
    reason: str,
    by: Actor,
    at: datetime,
    to_step: str = "",
    expected: int | None = None,
) -> Dossier:
    """Return the dossier to an earlier step, with a reason; a decision already made is taken back.

    Raises ReasonMissing. Raises WrongState: to the counter. Raises what `workflow.send_back` does.
    Source: 118/2025/NĐ-CP Điều 19 khoản 1, khoản 4 điểm d.
    """
    dossier = core.locked(code, Act.SEND_BACK, by=by, expected=expected)
    said = core.need_reason(reason)
    step = dossier.step_key
    here = core.workflow_process(dossier).process.step(step)
    target = to_step or (here.back[-1] if here and here.back else "")
    _check_way_back(core.workflow_process(dossier).process.step(target))
    moved = workflow.send_back(
        task=core.open_task(dossier),
        case=core.case_of(dossier),
        to_step=target,
        reason=said,
        by=by,
        at=at,
    )
    core.take_turn(dossier, moved.opened)
    dossier.decided_at = None
    dossier.outcome = ""
    to = core.given_to(dossier)
    fact = events.StepSentBack(code=code, step=step, to_step=target, reason=said, officer_id=to)
    results.unsign(dossier=dossier)
    changed = ["decided_at", "outcome", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return dossier


def _check_way_back(step: Step | None) -> None:
    """What was accepted never goes back to the counter but by a request to supplement (R4)."""
    if step is not None and step.role not in _SETTLING_ROLES:
        raise refusals.WrongState(
            _("Hồ sơ đã tiếp nhận thì chỉ trả về Bộ phận Một cửa bằng phiếu yêu cầu bổ sung."),
            law="118/2025/NĐ-CP Điều 19 khoản 5",
            field="to_step",
        )


@core.act
def approve(
    *, code: str, by: Actor, at: datetime, pin: seals.Hand = "", expected: int | None = None
) -> Dossier:
    """Decide as proposed: from here on the applicant can no longer stop the dossier.

    `pin`: opens the personal key that signs the result document (R19); without one it is signed in
    ink. Where a second head still has to sign, the decision is not made yet; where the process ends
    with the signature, the result is issued with it.
    Raises WrongState: the competent agency has not received it. Raises OpinionOpen; and what
    signing raises, and then nothing was decided.
    Source: 118/2025/NĐ-CP Điều 22 khoản 1; 30/2020/NĐ-CP Điều 13.
    """
    dossier = core.locked(code, Act.APPROVE, by=by, expected=expected)
    post = post_for(dossier, Act.APPROVE, by=by)
    step = dossier.step_key
    _check_started(dossier)
    _check_opinions(dossier, at)
    moved = workflow.advance(
        task=core.open_task(dossier), case=core.case_of(dossier), by=by, at=at
    )
    core.take_turn(dossier, moved.opened)
    dossier.state = Dossier.State.IN_PROGRESS
    dossier.outcome = dossier.proposal or "granted"
    if not (moved.opened and moved.opened.role in ACT_RULES[Act.APPROVE].roles):
        dossier.decided_at = at
        workflow.withdraw_consultations(case_id=dossier.pk, at=at)  # who kept silent until now
    decided = events.DossierApproved(
        code=code, step=step, outcome=dossier.outcome, officer_id=core.given_to(dossier)
    )
    facts: list[Fact] = [decided]
    if pin and dossier.is_decided and moved.opened is not None:
        facts.append(_signed(dossier, post, pin, by, at))
    changed = ["state", "decided_at", "outcome", *core.TURN_FIELDS]
    core.write(dossier, facts, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    if moved.opened is None:
        result = issuing.conclude(dossier=dossier, by=by, at=at)
        if pin:
            results.sign_issued(result=result, post=post, hand=pin, by=by, at=at)
    return dossier


def _signed(
    dossier: Dossier, post: PostRef | None, hand: seals.Hand, by: Actor, at: datetime
) -> events.ResultSigned:
    draft = results.sign_result(dossier=dossier, post=post, hand=hand, by=by, at=at)
    file = draft.file
    return events.ResultSigned(
        code=dossier.code,
        wording=draft.wording,
        file=str(file.uuid) if file else "",
        sha256=file.sha256 if file else "",
    )
