"""What the sender does with an answer: rate it, dispute it; and how a case is closed."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.feedback import events, refusals
from motcua.feedback.models import Case, Rating
from motcua.feedback.queries.agencies import superior
from motcua.feedback.rules.states import SETTLE, Act
from motcua.feedback.services import core
from motcua.kernel.personal import mask
from motcua.kernel.text import squeeze

WORDS = 500


@core.act
def rate(
    *, code: str, score: int, by: Actor, at: datetime, words: str = "", proof: str = ""
) -> Case:
    """Say how content one is with the answer: five faces, 1 to 5, once for each answer.

    proof: phone or PIN of a sender without an account.
    Raises NotFound, WrongState, WrongScore, NotAgain, TooLate.
    Source: 118/2025/NĐ-CP Điều 31; 766/QĐ-TTg mục 5.3.
    """
    case = core.of_sender(code, Act.RATE, by=by, proof=proof)
    if case.rating is not None:
        raise refusals.NotAgain(_("Bạn đã đánh giá câu trả lời này."))
    if not 1 <= score <= 5:
        raise refusals.WrongScore(_("Hãy chọn một trong năm mức."))
    if case.close_on is not None and at > case.close_on:
        raise refusals.TooLate(_("Thời gian đánh giá đã hết."))
    case.rating, case.rated_at = score, at
    case.rating_words = mask(squeeze(words)[:WORDS]).text[:WORDS]
    changed = ["rating", "rated_at", "rating_words"]
    if case.state != Case.State.APPROVED:  # its publication is still to be decided
        changed += core.move(case, Act.RATE)
    Rating.objects.create(
        about=Rating.About.ANSWER, case=case, number=case.reopen_count + 1, score=score,
        words=case.rating_words, agency_id=case.agency_id, at=at, is_demo=case.is_demo,
    )  # fmt: skip
    fact = events.CaseRated(code=code, score=score)
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def reopen(*, code: str, reason: str, by: Actor, at: datetime, proof: str = "") -> Case:
    """Dispute the answer: the same agency looks again; the second time the level above does.

    Raises NotAgain: twice is the most; what remains is a complaint by law. Raises NotFound,
    WrongState, ReasonMissing, TooLate.
    Source: 20/2008/NĐ-CP Điều 12; 118/2025/NĐ-CP Điều 30 khoản 1 (the level above assesses).
    """
    case = core.of_sender(code, Act.REOPEN, by=by, proof=proof)
    if case.reopen_count >= core.numbers(at).most_reopenings:
        raise refusals.NotAgain(
            _("Đã xem xét lại đủ số lần. Nếu không đồng ý, bạn có quyền khiếu nại."),
            law="02/2011/QH13 Điều 7",
        )
    if case.close_on is not None and at > case.close_on:
        raise refusals.TooLate(_("Thời gian đề nghị xem xét lại đã hết."))
    said = mask(core.need_reason(reason)).text
    core.end(case, at=at, outcome="reopened")
    case.reopen_count += 1
    if case.reopen_count > 1:
        case.agency_id = superior(agency_id=case.agency_id or 0).id
    agency = cards.card(case.agency_id or 0)
    case.handler_id, case.calendar_key = None, agency.calendar_key
    case.rating = case.rated_at = case.close_on = case.inspected_at = None
    case.extension_count = 0
    core.start(case, stage=SETTLE, limit=core.limit_of(case, "again", at=at).limit, at=at)
    fact = events.CaseReopened(
        code=code, reason=said, count=case.reopen_count, agency=agency.name,
        agency_code=agency.code, due_at=core.must_due(case),
    )  # fmt: skip
    changed = [*core.move(case, Act.REOPEN), *_REOPENED]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


_REOPENED = (
    "reopen_count", "agency", "handler", "calendar_key", "rating", "rated_at", "close_on",
    "inspected_at", "extension_count",
)  # fmt: skip


@core.act
def close(
    *, code: str, by: Actor, at: datetime, reason: str = "", expected: int | None = None
) -> Case:
    """Close a case: the time to rate or to add something is over, or a moderator says why.

    Raises ReasonMissing: an officer closes without one. Raises as every act.
    Source: rule of the house; 20/2008/NĐ-CP Điều 7 (what stays unclear is not handled).
    """
    case = core.locked(code, Act.CLOSE, by=by, expected=expected)
    said = core.need_reason(reason) if by.is_staff else reason
    core.end(case, at=at, outcome="closed")
    case.ended_at, case.close_on = at, None
    changed = [*core.move(case, Act.CLOSE), "ended_at", "close_on"]
    core.finish(case, events.CaseClosed(code=code, reason=said), by=by, at=at, changed=changed)
    return case
