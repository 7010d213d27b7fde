"""The moderators' first decisions: refuse, ask for more, accept and classify, refer elsewhere."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries.calendars import calendar_for
from motcua.feedback import events, refusals
from motcua.feedback.models import Case
from motcua.feedback.rules import fields, kinds, timing
from motcua.feedback.rules.states import KINDS, LAWS, SETTLE, Act
from motcua.feedback.services import contacts, core, naming, photos
from motcua.feedback.services.sending import Picture
from motcua.kernel.text import squeeze
from motcua.kernel.worktime import due

REFUSED_BY = "20/2008/NĐ-CP Điều 7, Điều 9 khoản 1"
WHERE = {
    "complaint": "Người giải quyết khiếu nại lần đầu là người đứng đầu cơ quan đã ra quyết định "
    "hoặc có cán bộ đã làm việc bị khiếu nại. Gửi đơn hoặc đến nơi tiếp công dân của cơ quan đó "
    "trong 90 ngày kể từ ngày biết được quyết định, hành vi.",
    "denunciation": "Gửi đơn tố cáo, có họ tên, địa chỉ của người tố cáo, đến người đứng đầu cơ quan "
    "quản lý người bị tố cáo hoặc đến nơi tiếp công dân. Họ tên người tố cáo được giữ bí mật.",
}
ARTICLES = {
    "complaint": f"{LAWS['complaint']} Điều 7, Điều 8, Điều 9",
    "denunciation": f"{LAWS['denunciation']} Điều 12, Điều 22, Điều 23",
}


@core.act
def refuse(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Case:
    """Refuse to take a report in, with the reason that its sender reads.

    Later than two working days it is still possible, and counted as late.
    Raises ReasonMissing and as every act.
    Source: 20/2008/NĐ-CP Điều 9 khoản 1; 766/QĐ-TTg mục 5.2.
    """
    case = core.locked(code, Act.REFUSE, by=by, expected=expected)
    said, is_late = core.need_reason(reason), _is_late(case, "refuse", at)
    core.end(case, at=at, outcome="refused")
    case.ended_at, case.refused_late = at, is_late
    changed = [*core.move(case, Act.REFUSE), "refused_late"]
    fact = events.CaseRefused(code=code, reason=said, law=REFUSED_BY, is_late=is_late)
    core.finish(case, fact, by=by, at=at, changed=[*changed, "ended_at"])
    return case


def _is_late(case: Case, what: str, at: datetime) -> bool:
    """Tell whether a part of intake that has its own time is done later than that."""
    calendar = calendar_for(case.calendar_key)
    return at > due(calendar, case.received_at, core.limit_of(case, what, at=at).limit)


@core.act
def request_supplement(
    *,
    code: str,
    reason: str,
    by: Actor,
    at: datetime,
    wanted: tuple[str, ...] = (),
    expected: int | None = None,
) -> Case:
    """Ask the sender for more; the time stands still until it comes, for the configured days.

    `wanted`: what is missing, such as "name", "phone", "address", "place", "photo".
    Raises NotAgain: it was asked as often as may be. Raises ReasonMissing and as every act.
    Source: 20/2008/NĐ-CP Điều 7, Điều 9; 766/QĐ-TTg mục 5.2.
    """
    case = core.locked(code, Act.REQUEST_SUPPLEMENT, by=by, expected=expected)
    numbers = core.numbers(at)
    if case.supplement_count >= numbers.most_supplements:
        raise refusals.NotAgain(
            _("Đã yêu cầu bổ sung %d lần; hãy tiếp nhận hoặc từ chối.") % case.supplement_count
        )
    said, is_late = core.need_reason(reason), _is_late(case, "supplement", at)
    case.supplement_count += 1
    case.supplements_late += is_late
    case.close_on = at + timedelta(days=numbers.supplement_days)
    core.pause(case, at=at, reason=_("chờ người gửi bổ sung"))
    changed = core.move(case, Act.REQUEST_SUPPLEMENT)
    fact = events.CaseSupplementRequested(
        code=code, reason=said, wanted=wanted, answer_by=case.close_on, is_late=is_late
    )
    changed += ["supplement_count", "supplements_late", "close_on"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def supplement(
    *,
    code: str,
    text: str,
    by: Actor,
    at: datetime,
    proof: str = "",
    name: str = "",
    phone: str = "",
    address: str = "",
    files: tuple[Picture, ...] = (),
) -> Case:
    """Add what was asked for; the time runs on. The sender, or a moderator whom the sender called.

    proof: the phone (or its last four digits) or the PIN of a sender without an account.
    Raises NotFound, WrongState, Unclear: nothing was added, or too much.
    Source: 20/2008/NĐ-CP Điều 7; 766/QĐ-TTg mục 5.2.
    """
    case = (
        core.locked(code, Act.SUPPLEMENT, by=by)
        if by.is_staff
        else core.of_sender(code, Act.SUPPLEMENT, by=by, proof=proof)
    )
    said = squeeze(text)
    if not (said or name or phone or address or files):
        raise refusals.Unclear(_("Hãy bổ sung ít nhất một nội dung."))
    if len(said) > kinds.MOST_CHARS:
        raise refusals.Unclear(
            _("Nội dung bổ sung tối đa %d ký tự.") % kinds.MOST_CHARS, field="text"
        )
    if said:
        case.text = f"{case.text}\n\nBổ sung: {said}"  # the record is Vietnamese
    contacts.take(case=case, name=name, phone=phone, email="", address=address, by=by)
    photos.keep(case=case, files=files, by=by, at=at)
    core.resume(case, at=at)
    case.close_on = None
    changed = core.move(case, Act.SUPPLEMENT)
    fact = events.CaseSupplemented(code=code, photos=len(files), due_at=core.must_due(case))
    changed += ["text", "sender", "sender_index", "sender_party", "close_on"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def accept(
    *,
    code: str,
    kind: str,
    field: str,
    urgency: str,
    by: Actor,
    at: datetime,
    about_post: int | None = None,
    expected: int | None = None,
) -> Case:
    """Accept a report as of a kind, field and urgency; the time of settling starts.

    `about_post`: the post of whom it is about, 0 for nobody, None to leave what is known.
    Raises ContactMissing: a report about a rule lacks its sender; ask for a supplement.
    Raises Misstated and as every act.
    Source: 20/2008/NĐ-CP Điều 7, Điều 9; 766/QĐ-TTg mục 5.2.
    """
    case = core.locked(code, Act.ACCEPT, by=by, expected=expected)
    _classify(case, kind, field, urgency)
    contacts.need(case=case)
    named = naming.named(case, about_post=about_post, at=at)
    is_late = core.end(case, at=at, outcome="accepted")
    rule = core.limit_of(case, "settle", at=at)
    case.accepted_at = at
    core.start(case, stage=SETTLE, limit=rule.limit, at=at)
    proposed = {what: str(case.proposal.get(what) or "") for what in ("kind", "field", "urgency")}
    decided = {"kind": kind, "field": field, "urgency": urgency}
    fact = events.CaseAccepted(
        code=code, about=kind, field=field, urgency=urgency, due_at=core.must_due(case),
        law=rule.law, is_late=is_late, proposed=proposed,
        followed=tuple(what for what, value in decided.items() if proposed[what] == value),
    )  # fmt: skip
    changed = [*core.move(case, Act.ACCEPT), "kind", "field", "urgency", "accepted_at"]
    core.write(case, [fact, *named], by=by, at=at, changed=[*changed, *naming.NAMED])
    return case


def _classify(case: Case, kind: str, field: str, urgency: str) -> None:
    if kind not in KINDS:
        raise refusals.Misstated(_("Hãy chọn loại phản ánh."), field="kind")
    if not fields.is_field(field):
        raise refusals.Misstated(_("Hãy chọn lĩnh vực."), field="field")
    if urgency not in Case.Urgency.values:
        raise refusals.Misstated(_("Hãy chọn mức độ."), field="urgency")
    case.kind, case.field, case.urgency = kind, field, urgency


@core.act
def reclassify(
    *,
    code: str,
    kind: str,
    field: str,
    urgency: str,
    reason: str,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Case:
    """Set kind, field or urgency right; the limit of the right kind counts from the acceptance.

    Raises ContactMissing, Misstated, ReasonMissing and as every act.
    Source: 20/2008/NĐ-CP Điều 9; 766/QĐ-TTg mục 5.2.
    """
    case = core.locked(code, Act.RECLASSIFY, by=by, expected=expected)
    said = core.need_reason(reason)
    _classify(case, kind, field, urgency)
    contacts.need(case=case)
    case.clock = timing.relimited(case.clock, core.limit_of(case, "settle", at=at).limit)
    core.retime(case)
    fact = events.CaseReclassified(
        code=code, about=kind, field=field, urgency=urgency, reason=said,
        due_at=core.must_due(case),
    )  # fmt: skip
    changed = [*core.move(case, Act.RECLASSIFY), "kind", "field", "urgency"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def refer(*, code: str, to: str, by: Actor, at: datetime, expected: int | None = None) -> Case:
    """Close as a complaint or denunciation by law: the sender is told where it goes and by which law.

    `to`: "complaint" or "denunciation".
    Raises Misstated and as every act.
    Source: 20/2008/NĐ-CP Điều 1; 02/2011/QH13 Điều 7, Điều 8, Điều 9; 25/2018/QH14 Điều 12, Điều 22.
    """
    case = core.locked(code, Act.REFER, by=by, expected=expected)
    if to not in WHERE:
        raise refusals.Misstated(_("Hãy chọn khiếu nại hoặc tố cáo."), field="to")
    is_late = core.end(case, at=at, outcome="referred")
    case.ended_at = at
    fact = events.CaseReferred(
        code=code, to=to, law=ARTICLES[to], where=WHERE[to], is_late=is_late
    )
    changed = [*core.move(case, Act.REFER), "ended_at"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case
