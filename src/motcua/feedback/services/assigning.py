"""Whose case it is: given to an agency, to an officer, passed on, given back, given more time."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.models import Account
from motcua.directory.queries import cards
from motcua.feedback import events, refusals
from motcua.feedback.models import Case, Note
from motcua.feedback.queries import reading
from motcua.feedback.rules import people, timing
from motcua.feedback.rules.states import Act
from motcua.feedback.services import core, naming, photos
from motcua.feedback.services.sending import Picture
from motcua.kernel.worktime import ClockKind, Limit, Unit
from motcua.ledger.rules import discreet


@core.act
def assign(
    *,
    code: str,
    agency: str,
    by: Actor,
    at: datetime,
    note: str = "",
    about_post: int | None = None,
    expected: int | None = None,
) -> Case:
    """Give a case to the competent agency, whose calendar times it from now.

    `about_post`: the post of whom it is about, 0 for nobody, None to leave what is known.
    After as many refusals of competence as configured only the centre's director or the chairman
    names the agency, and that holds. About an officer's conduct it never goes to who is concerned.
    Raises LeaderDecides, Concerned, Misstated and as every act.
    Source: 20/2008/NĐ-CP Điều 9 khoản 1; 118/2025/NĐ-CP Điều 8.
    """
    case = core.locked(code, Act.ASSIGN, by=by, expected=expected)
    is_final = _is_final(case, at)
    if is_final and people.leading_post(by) is None:
        raise refusals.LeaderDecides(
            _("Đã %d lần bị trả lại: lãnh đạo Trung tâm tỉnh quyết định cơ quan xử lý.")
            % case.return_count
        )
    found, named = _agency(agency), naming.named(case, about_post=about_post, at=at)
    naming.give(case, agency=found)
    fact = events.CaseAssigned(
        code=code, agency=found.name, agency_code=found.code, due_at=core.must_due(case),
        is_final=is_final, note=discreet(" ".join(note.split()))[:300],
    )  # fmt: skip
    changed = [*core.move(case, Act.ASSIGN), *naming.GIVEN, *naming.NAMED]
    core.write(case, [*named, fact], by=by, at=at, changed=changed)
    return case


def _is_final(case: Case, at: datetime) -> bool:
    return case.return_count >= core.numbers(at).most_returns


def _agency(code: str) -> cards.AgencyCard:
    found = cards.card_by_code(code)
    if found is None:
        raise refusals.Misstated(_("Hãy chọn cơ quan xử lý."), field="agency")
    return found


@core.act
def take(*, code: str, by: Actor, at: datetime, expected: int | None = None) -> Case:
    """Take a case of one's agency to work on.

    Raises as every act.
    Source: 20/2008/NĐ-CP Điều 14.
    """
    case = core.locked(code, Act.TAKE, by=by, expected=expected)
    return _taken(case, Act.TAKE, by.account_id or 0, by=by, at=at)


@core.act
def appoint(
    *, code: str, handler_id: int, by: Actor, at: datetime, expected: int | None = None
) -> Case:
    """Name the officer of one's agency who works on a case.

    Raises Misstated: no such officer is present there. Raises Concerned: it is about that officer.
    Source: 118/2025/NĐ-CP Điều 19 khoản 1; 20/2008/NĐ-CP Điều 14.
    """
    case = core.locked(code, Act.APPOINT, by=by, expected=expected)
    if handler_id not in {one.pk for one in reading.officers_for(case, at=at)}:
        raise refusals.Misstated(
            _("Hãy chọn chuyên viên của cơ quan đang có mặt."), field="handler_id"
        )
    if handler_id == case.about_account_id:
        raise refusals.Concerned(_("Không giao phản ánh cho chính người bị phản ánh."))
    return _taken(case, Act.APPOINT, handler_id, by=by, at=at)


def _taken(case: Case, act: Act, handler_id: int, *, by: Actor, at: datetime) -> Case:
    case.handler_id = handler_id
    name = by.name if handler_id == by.account_id else Account.objects.get(pk=handler_id).name
    fact = events.CaseTaken(code=case.code, handler=name, named=act is Act.APPOINT)
    core.finish(case, fact, by=by, at=at, changed=[*core.move(case, act), "handler"])
    return case


@core.act
def pass_on(
    *,
    code: str,
    agency: str,
    reason: str,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Case:
    """Pass a case on to another agency directly, with the reason; its time runs on.

    Raises LeaderDecides: it was named by the leader, or went round too often. Raises ReasonMissing,
    Misstated: it is the same agency, or none.
    Source: 20/2008/NĐ-CP Điều 9 khoản 1 (within five working days; the time of the sender runs on).
    """
    case = core.locked(code, Act.PASS_ON, by=by, expected=expected)
    said, found = core.need_reason(reason), _agency(agency)
    _check_may_go_round(case, at)
    if found.id == case.agency_id:
        raise refusals.Misstated(_("Hãy chọn cơ quan khác."), field="agency")
    giver = cards.name_of(case.agency_id)
    case.pass_count += 1
    naming.give(case, agency=found)
    fact = events.CasePassedOn(
        code=code, giver=giver, agency=found.name, agency_code=found.code, reason=said,
        count=case.pass_count,
    )  # fmt: skip
    changed = [*core.move(case, Act.PASS_ON), *naming.GIVEN, "pass_count"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


def _check_may_go_round(case: Case, at: datetime) -> None:
    if case.return_count + case.pass_count >= core.numbers(at).most_returns:
        raise refusals.LeaderDecides(
            _("Phản ánh này đã chuyển qua lại đủ số lần; cơ quan đang giữ phải xử lý.")
        )


@core.act
def return_back(
    *,
    code: str,
    reason: str,
    by: Actor,
    at: datetime,
    suggested: str = "",
    expected: int | None = None,
) -> Case:
    """Refuse competence and give the case back to the moderators; its time runs on.

    `suggested`: code of the agency that is thought competent.
    Raises LeaderDecides, ReasonMissing and as every act.
    Source: 20/2008/NĐ-CP Điều 9 khoản 1; rule of the house (each refusal is counted).
    """
    case = core.locked(code, Act.RETURN_BACK, by=by, expected=expected)
    said = core.need_reason(reason)
    _check_may_go_round(case, at)
    giver, better = cards.name_of(case.agency_id), cards.card_by_code(suggested)
    case.return_count += 1
    case.agency_id, case.handler_id = None, None
    fact = events.CaseReturnedBack(
        code=code, agency=giver, reason=said, suggested=better.name if better else "",
        count=case.return_count,
    )  # fmt: skip
    changed = [*core.move(case, Act.RETURN_BACK), *naming.GIVEN, "return_count"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def note(
    *,
    code: str,
    text: str,
    by: Actor,
    at: datetime,
    is_told: bool = False,
    files: tuple[Picture, ...] = (),
    expected: int | None = None,
) -> Note:
    """Write down what was done so far; `is_told`: the sender reads it.

    Raises ReasonMissing: nothing was written. Raises as every act.
    Source: 20/2008/NĐ-CP Điều 12 khoản 2, Điều 14.
    """
    case = core.locked(code, Act.NOTE, by=by, expected=expected)
    said = core.need_reason(text, field="text")
    kept = Note.objects.create(
        case=case, text=said, is_told=is_told, by_name=by.name,
        post=by.describe(agency_id=case.agency_id), at=at,
    )  # fmt: skip
    photos.keep(case=case, files=files, by=by, at=at, moment="progress")
    fact = events.CaseNoted(
        code=code, text=said if is_told else "", is_told=is_told, photos=len(files)
    )
    core.finish(case, fact, by=by, at=at, changed=[])
    return kept


@core.act
def extend(
    *,
    code: str,
    working_days: int,
    reason: str,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Case:
    """Give the settling more working days, before they are over, with the reason the sender reads.

    Raises NotAgain: it was extended as often as may be. Raises TooLate: the due time has passed.
    Raises Misstated: the number of days, ReasonMissing.
    Source: rule of the house, after 118/2025/NĐ-CP Điều 19 khoản 6.
    """
    case = core.locked(code, Act.EXTEND, by=by, expected=expected)
    numbers, said = core.numbers(at), core.need_reason(reason)
    if case.extension_count >= numbers.most_extensions:
        raise refusals.NotAgain(_("Phản ánh này đã được gia hạn."))
    before = core.must_due(case)
    if at > before:
        raise refusals.TooLate(_("Đã quá hạn nên không gia hạn được nữa."))
    if not 1 <= working_days <= numbers.most_extension_working_days:
        raise refusals.Misstated(
            _("Gia hạn từ 1 đến %d ngày làm việc.") % numbers.most_extension_working_days,
            field="working_days",
        )
    case.extension_count += 1
    more = Limit(working_days, Unit.WORKING_DAY)
    case.clock = timing.added(case.clock, ClockKind.EXTEND, at, limit=more, reason=said)
    case.rung = 0
    core.retime(case)
    fact = events.CaseExtended(
        code=code, reason=said, due_before=before, due_at=core.must_due(case)
    )
    changed = [*core.move(case, Act.EXTEND), "extension_count"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case
