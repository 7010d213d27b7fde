"""How far a dossier has come, in sentences: whose turn it is, what happened, what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from motcua.dossiers.queries.lists import PublicStatus
from motcua.dossiers.queries.reading import Line, Whole
from motcua.kernel.worktime import ClockProof, Remaining, remaining
from motcua.web.portal import calendars
from motcua.web.ui import words
from motcua.web.ui.parts import Event

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

WAITING = frozenset({"wait_supplement", "wait_finance"})
YOURS = frozenset({"wait_supplement", "wait_finance", "result_ready"})
_ENDED = frozenset({"rejected", "withdrawn", "stopped", "returned"})
_ICONS = {
    "filed": "send",
    "accepted": "tray",
    "received": "office",
    "assigned": "user",
    "supplement_requested": "plus",
    "supplement_answered": "check",
    "opinion_asked": "chat",
    "opinion_given": "chat",
    "approved": "pen",
    "deadline_extended": "cal",
    "deadline_recomputed": "cal",
    "payment_required": "coin",
    "payment_confirmed": "coin",
    "result_issued": "stamp",
    "result_returned": "checks",
    "withdrawn": "back",
    "closed_unsupplemented": "stop",
    "intake_refused": "x",
    "handed_over": "route",
    "taken_over": "route",
    "overdue": "alert",
}


@dataclass(frozen=True)
class Progress:
    """What a page about a dossier's progress shows, for a stranger or for its owner."""

    code: str
    procedure: str
    state: str
    headline: str
    filed_at: datetime
    due_at: datetime | None
    is_over: bool
    is_late: bool
    left: str
    receiving: str
    competent: str
    todo: str
    todo_more: str
    todo_tone: str
    events: tuple[Event, ...]
    proof: ClockProof | None = None
    counted_to: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the clock waits for the person."""
        return self.state in WAITING


def of_public(status: PublicStatus, *, now: datetime) -> Progress:
    """Return what a stranger with code and phone may know."""
    calendar = calendars.known()
    left = None
    if status.due_at and calendar is not None and status.ended_at is None:
        left = remaining(calendar, now, status.due_at)
    return _progress(
        status,
        procedure=status.procedure,
        receiving=status.receiving,
        competent=status.competent,
        answer_by=status.answer_by,
        is_late=status.is_late,
        left=left,
        events=tuple(_public_event(kind, at) for kind, at in reversed(status.steps)),
    )


def of_whole(whole: Whole) -> Progress:
    """Return what its owner sees of a dossier."""
    dossier = whole.dossier
    supplement = whole.supplement
    return _progress(
        dossier,
        procedure=dossier.procedure_name,
        receiving=dossier.receiving.name,
        competent=dossier.competent.name,
        answer_by=supplement.answer_by if supplement else dossier.close_on,
        is_late=bool(whole.remaining and whole.remaining.tone == "late"),
        left=None if dossier.ended_at else whole.remaining,
        owed_vnd=sum(c.amount_vnd for c in whole.charges if c.state == "due"),
        events=tuple(_event(line) for line in whole.trail),
        proof=whole.proof,
        counted_to=whole.counted_to,
    )


def headline(state: str, *, is_late: bool) -> str:
    """Return the state as a sentence to the person who waits."""
    if is_late and state in {"accepted", "in_progress"}:
        return _("Chúng tôi đang trễ hẹn với hồ sơ này")
    return {
        "submitted": _("Hồ sơ đã nộp, đang chờ kiểm tra"),
        "accepted": _("Hồ sơ đã được tiếp nhận"),
        "rejected": _("Hồ sơ không được tiếp nhận"),
        "in_progress": _("Hồ sơ đang được xử lý, còn đúng hạn"),
        "wait_supplement": _("Hồ sơ đang chờ bạn bổ sung giấy tờ"),
        "wait_finance": _("Hồ sơ đang chờ bạn nộp phí, lệ phí"),
        "withdrawn": _("Hồ sơ đã dừng theo yêu cầu của bạn"),
        "stopped": _("Hồ sơ đã đóng"),
        "result_ready": _("Đã có kết quả, mời bạn đến nhận"),
        "returned": _("Đã trả kết quả"),
    }[state]


def todo(
    state: str, *, answer_by: datetime | None, receiving: str, owed_vnd: int = 0
) -> tuple[str, str, str]:
    """Return what the person has to do now: the act, how, and its tone."""
    act, more, tone = _todo(state, answer_by, receiving)
    if owed_vnd and state not in _ENDED:
        owed = _("Phí, lệ phí còn phải nộp: %(sum)s, nộp tại quầy chậm nhất khi nhận kết quả.")
        more = f"{more} {owed % {'sum': words.money(owed_vnd)}}"
    return act, more, tone


def _todo(state: str, answer_by: datetime | None, receiving: str) -> tuple[str, str, str]:
    if state == "wait_supplement":
        limit = words.in_day(answer_by) if answer_by else ""
        return (
            _("Đến lượt bạn: bổ sung giấy tờ, chậm nhất %(day)s.") % {"day": limit},
            _("Đây là lần yêu cầu duy nhất. Quá 15 ngày không bổ sung, hồ sơ được đóng lại."),
            "turn",
        )
    if state == "wait_finance":
        return (
            _("Đến lượt bạn: nộp phí, lệ phí."),
            _("Đồng hồ dừng trong lúc chờ; chạy tiếp khi nhận được tiền."),
            "turn",
        )
    if state == "result_ready":
        return (
            _("Mời bạn nhận kết quả."),
            _("Tại %(place)s. Mang giấy tiếp nhận hoặc căn cước.") % {"place": receiving},
            "turn",
        )
    if state in _ENDED:
        return (_("Không còn việc gì."), _("Hồ sơ này đã kết thúc."), "")
    return (_("Không có việc gì lúc này."), _("Có thay đổi, chúng tôi nhắn cho bạn."), "")


def _progress(
    source: "PublicStatus | Dossier",
    *,
    answer_by: datetime | None,
    left: Remaining | None,
    owed_vnd: int = 0,
    **shown: Any,  # noqa: ANN401 - the remaining fields of Progress, as they are
) -> Progress:
    act, more, tone = todo(
        source.state, answer_by=answer_by, receiving=shown["receiving"], owed_vnd=owed_vnd
    )
    return Progress(
        code=source.code,
        state=source.state,
        headline=headline(source.state, is_late=shown["is_late"]),
        filed_at=source.filed_at,
        due_at=source.due_at,
        is_over=source.ended_at is not None,
        left=left.words(words.language()) if left and source.state not in WAITING else "",
        todo=act,
        todo_more=more,
        todo_tone=tone,
        **shown,
    )


def _event(line: Line) -> Event:
    kind = line.kind.removeprefix("dossier.")
    who = ", ".join(part for part in (line.who, line.post) if part)
    return Event(
        line.text, icon=_ICONS.get(kind, "check"), at=line.at, by=who, seal=line.short_hash
    )


def _public_event(kind: str, at: datetime) -> Event:
    said = {
        "filed": _("Nộp hồ sơ"),
        "accepted": _("Tiếp nhận đủ giấy tờ, cấp giấy hẹn"),
        "received": _("Cơ quan giải quyết nhận hồ sơ"),
        "supplement_requested": _("Yêu cầu bổ sung giấy tờ"),
        "supplement_answered": _("Đã nhận giấy tờ bổ sung"),
        "deadline_extended": _("Xin lỗi và hẹn lại ngày trả"),
        "result_issued": _("Đã có kết quả"),
        "result_returned": _("Đã trả kết quả"),
        "withdrawn": _("Dừng theo yêu cầu của người nộp"),
        "closed_unsupplemented": _("Đóng hồ sơ vì không bổ sung"),
        "intake_refused": _("Không tiếp nhận, có phiếu nêu lý do"),
    }
    return Event(said[kind], icon=_ICONS[kind], at=at)
