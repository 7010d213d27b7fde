"""Asking other agencies about a case: beside the chain of steps, each with its own day to answer.

A question never stops the case's clock (ND118/2025 art. 19.4; Annex B of the domain notes).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused
from motcua.workflow import queries, rules
from motcua.workflow.events import ConsultationSilent
from motcua.workflow.models import Consultation


class UnclearQuestion(Refused):
    """A question needs content and a deadline that lies ahead."""

    law = "118/2025/NĐ-CP Điều 19 khoản 4 điểm b"


class AlreadyAsked(Refused):
    """That agency still has an open question about this case."""

    field = "agency"


class NotAsked(Refused):
    """Only an officer of the agency that was asked may answer."""

    law = "118/2025/NĐ-CP Điều 19 khoản 4 điểm c"


class ConsultationOver(Refused):
    """The question was answered already, or withdrawn with the case."""


class UnclearAnswer(Refused):
    """An answer needs a verdict, and a reason unless it simply agrees."""

    law = "118/2025/NĐ-CP Điều 19 khoản 4 điểm c"


def ask_consultation(
    *,
    case_id: int,
    agency_id: int,
    question: str,
    due_at: datetime,
    by: Actor,
    at: datetime,
    mode: str = Consultation.Mode.SYSTEM,
) -> Consultation:
    """Ask another agency about a case: content, day to answer and way to answer (R13).

    Raises UnclearQuestion: no content, a deadline that is past, or an unknown way to answer.
    Raises AlreadyAsked: this agency still owes an answer about this case.
    Source: ND118/2025 art. 19.4b.
    """
    if not rules.is_reason(question):
        raise UnclearQuestion(_("Nêu rõ nội dung cần lấy ý kiến."), field="question")
    if due_at <= at:
        raise UnclearQuestion(_("Hạn trả lời phải sau thời điểm gửi."), field="due_at")
    if mode not in Consultation.Mode.values:
        raise UnclearQuestion(_("Chọn cách trả lời ý kiến."), field="mode")
    asked = Consultation.objects.filter(case_id=case_id, agency_id=agency_id, **queries.AWAITED)
    if asked.exists():
        raise AlreadyAsked(_("Cơ quan này đang được lấy ý kiến về hồ sơ và chưa trả lời."))
    return Consultation.objects.create(
        case_id=case_id,
        agency_id=agency_id,
        asked_by_id=by.account_id,
        asked_at=at,
        due_at=due_at,
        mode=mode,
        question=question.strip(),
    )


def answer_consultation(
    *, consultation_id: int, verdict: str, answer: str, by: Actor, at: datetime
) -> Consultation:
    """Answer a question put to one's agency (R13); a late answer is taken too, and shows as late.

    Raises NotAsked: this person has no post at the agency that was asked.
    Raises UnclearAnswer: no verdict, or no reason for anything but plain agreement.
    Raises ConsultationOver: it was answered or withdrawn. Source: ND118/2025 art. 19.4c, d.
    """
    row = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation_id)
    if not rules.may_answer(agency_id=row.agency_id, by=by):
        raise NotAsked(_("Chỉ cán bộ của cơ quan được lấy ý kiến trả lời nội dung này."))
    if not row.is_open:
        raise ConsultationOver(_("Nội dung lấy ý kiến này đã được trả lời hoặc đã thôi."))
    if verdict not in Consultation.Verdict.values:
        raise UnclearAnswer(_("Chọn ý kiến: đồng ý, đồng ý kèm điều kiện…"), field="verdict")
    if verdict != Consultation.Verdict.AGREE and not rules.is_reason(answer):
        raise UnclearAnswer(_("Nêu rõ lý do hoặc điều kiện của ý kiến."), field="answer")
    row.verdict, row.answer = verdict, answer.strip()
    row.answered_at, row.answered_by_id = at, by.account_id
    row.save(update_fields=["verdict", "answer", "answered_at", "answered_by"])
    return row


def mark_silent(*, case_id: int, at: datetime) -> list[ConsultationSilent]:
    """Note a case's questions whose day passed in silence, once, and return the facts (R13).

    The caller holds the case's lock, records the facts in its stream in the same transaction, and
    tells the head of the desk; `queries.silent_cases` names the cases. Source: ND118/2025 art. 19.4c.
    """
    rows = list(
        Consultation.objects.select_for_update(of=("self",))
        .filter(case_id=case_id, silent_at=None, **queries.AWAITED, due_at__lt=at)
        .order_by("due_at", "id")
    )
    Consultation.objects.filter(pk__in=[row.pk for row in rows]).update(silent_at=at)
    return [
        ConsultationSilent(
            consultation_id=row.pk, case_id=row.case_id, agency_id=row.agency_id, due_at=row.due_at
        )
        for row in rows
    ]


def withdraw_consultations(*, case_id: int, at: datetime) -> int:
    """Withdraw a case's open questions, because it was decided or ended; return how many."""
    return Consultation.objects.filter(case_id=case_id, **queries.AWAITED).update(withdrawn_at=at)
