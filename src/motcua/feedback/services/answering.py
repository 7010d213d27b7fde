"""The answer: drafted with its sources, sent back, agreed to by an inspector, approved by the head."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.feedback import events, refusals
from motcua.feedback.models import Case
from motcua.feedback.rules import people
from motcua.feedback.rules.states import PUBLISH, Act
from motcua.feedback.services import core, photos
from motcua.feedback.services.sending import Picture
from motcua.kernel.text import nfc
from motcua.ledger.rules import discreet

LEAST, MOST, SOURCES = 30, 8000, 20


@core.act
def answer(
    *,
    code: str,
    text: str,
    by: Actor,
    at: datetime,
    sources: Sequence[str] = (),
    files: tuple[Picture, ...] = (),
    expected: int | None = None,
) -> Case:
    """Draft the answer for the head, with its sources and the pictures of what was done.

    Raises Unclear: the answer says too little. Raises as every act.
    Source: 20/2008/NĐ-CP Điều 14, Điều 15.
    """
    case = core.locked(code, Act.ANSWER, by=by, expected=expected)
    said = nfc(text).strip()
    if not LEAST <= len(said) <= MOST:
        raise refusals.Unclear(_("Câu trả lời có từ 30 đến 8000 ký tự."), field="text")
    case.answer = discreet(said)
    case.answer_sources = [" ".join(one.split())[:300] for one in sources if one.strip()][:SOURCES]
    case.answered_by, case.inspected_at = by.name, None
    photos.keep(case=case, files=files, by=by, at=at, moment="after")
    fact = events.CaseAnswered(code=code, sources=tuple(case.answer_sources), photos=len(files))
    changed = [*core.move(case, Act.ANSWER), "answer", "answer_sources", "answered_by",
               "inspected_at"]  # fmt: skip
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def send_back(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Case:
    """Give the draft back to be written again.

    Raises ReasonMissing and as every act.
    Source: 118/2025/NĐ-CP Điều 19 khoản 1.
    """
    case = core.locked(code, Act.SEND_BACK, by=by, expected=expected)
    fact = events.CaseSentBack(code=code, reason=core.need_reason(reason))
    core.finish(case, fact, by=by, at=at, changed=core.move(case, Act.SEND_BACK))
    return case


@core.act
def agree(*, code: str, note: str, by: Actor, at: datetime, expected: int | None = None) -> Case:
    """Agree, as an inspector, to the answer about an officer's conduct.

    Raises ReasonMissing and as every act.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1, Điều 38; rule of the house.
    """
    case = core.locked(code, Act.AGREE, by=by, expected=expected)
    case.inspected_at = at
    fact = events.InspectorAgreed(code=code, note=core.need_reason(note, field="note"))
    core.finish(case, fact, by=by, at=at, changed=["inspected_at"])
    return case


@core.act
def approve(*, code: str, by: Actor, at: datetime, expected: int | None = None) -> Case:
    """Approve the answer: its sender reads it from now on, and the time of publication runs.

    Raises InspectorNeeded: it is about one's own officer and no inspector agreed.
    Source: 20/2008/NĐ-CP Điều 14, Điều 15; 766/QĐ-TTg mục 5.2.
    """
    case = core.locked(code, Act.APPROVE, by=by, expected=expected)
    if people.needs_inspector(case, by=by) and case.inspected_at is None:
        raise refusals.InspectorNeeded(
            _("Phản ánh về cán bộ của cơ quan mình chỉ được duyệt khi thanh tra đã đồng ý.")
        )
    settled_due = core.must_due(case)
    is_late = core.end(case, at=at, outcome="approved")
    case.approved_at, case.approved_by = at, by.name
    case.close_on = at + timedelta(days=core.numbers(at).rating_days)
    core.start(case, stage=PUBLISH, limit=core.limit_of(case, "publish", at=at).limit, at=at)
    agency = cards.card(case.agency_id or 0)
    fact = events.CaseApproved(
        code=code, agency=agency.name, agency_code=agency.code, settled_due_at=settled_due,
        is_late=is_late, due_at=core.must_due(case),
    )  # fmt: skip
    changed = [*core.move(case, Act.APPROVE), "approved_at", "approved_by", "close_on"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case
