"""What a fact about a duty says, in one short sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

Body = Mapping[str, object]


def moment(value: object) -> str:
    """Return a kept moment as people read it: "17:00 03/12/2026"."""
    if not value:
        return ""
    return timezone.localtime(datetime.fromisoformat(str(value))).strftime("%H:%M %d/%m/%Y")


def say(kind: str, body: Body) -> str:
    """Return what happened in the reader's language; a kind nobody words is said by its name."""
    words = _SAY.get(kind.removeprefix("duty."))
    return words(body) if words else kind


def _given(body: Body) -> str:
    return _("giao %(person)s, %(agency)s, hạn %(due)s; %(head)s chịu trách nhiệm") % {
        "person": body["person"],
        "agency": body["agency"],
        "due": moment(body["due_at"]),
        "head": body["accountable"],
    }


def _progressed(body: Body) -> str:
    return _("tiến độ: %s") % body["words"]


def _reported(body: Body) -> str:
    said = {"words": body["words"], "reference": body["reference"]}
    if body["is_late"]:
        return _("nộp sản phẩm, sau hạn: %(words)s (%(reference)s)") % said
    return _("nộp sản phẩm: %(words)s (%(reference)s)") % said


def _accepted(body: Body) -> str:
    if body["is_late"]:
        return _("chấp nhận sản phẩm, nhiệm vụ hoàn thành sau hạn")
    return _("chấp nhận sản phẩm, nhiệm vụ hoàn thành")


def _sent_back(body: Body) -> str:
    return _("trả lại để làm tiếp: %s") % body["reason"]


def _extended(body: Body) -> str:
    return _("gia hạn đến %(due)s (trước là %(before)s): %(reason)s") % {
        "due": moment(body["due_at"]),
        "before": moment(body["due_before"]),
        "reason": body["reason"],
    }


def _handed_over(body: Body) -> str:
    return _("chuyển từ %(before)s sang %(person)s: %(reason)s") % {
        "before": body["person_before"],
        "person": body["person"],
        "reason": body["reason"],
    }


def _cancelled(body: Body) -> str:
    return _("hủy nhiệm vụ: %s") % body["reason"]


def _overdue(body: Body) -> str:
    return _("quá hạn %s mà chưa có sản phẩm") % moment(body["due_at"])


_SAY: dict[str, Callable[[Body], str]] = {
    "given": _given,
    "progressed": _progressed,
    "reported": _reported,
    "accepted": _accepted,
    "sent_back": _sent_back,
    "extended": _extended,
    "handed_over": _handed_over,
    "cancelled": _cancelled,
    "overdue": _overdue,
}
