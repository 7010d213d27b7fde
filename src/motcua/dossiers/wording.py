"""What a fact says, in the words of the trail."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.documents.understanding import name_of
from motcua.ledger.queries import Told

Body = dict[str, object]


def day(value: object) -> str:
    """Return a moment kept as text in the form people read: "17:00 03/12/2026"."""
    if not value:
        return ""
    return timezone.localtime(datetime.fromisoformat(str(value))).strftime("%H:%M %d/%m/%Y")


def say_fact(fact: Told) -> str:
    """Return what happened, as one short sentence in the reader's language."""
    say = _SAY.get(fact.kind)
    return say(fact.body) if say else fact.kind


def _filed(body: Body) -> str:
    channel = {"counter": _("tại quầy"), "online": _("trực tuyến"), "post": _("qua bưu chính")}
    return _("Nộp hồ sơ %s") % channel.get(str(body["channel"]), "")


def _accepted(body: Body) -> str:
    if body.get("due_at"):
        return _("Tiếp nhận đủ hồ sơ, hẹn trả %s") % day(body["due_at"])
    return _("Tiếp nhận đủ hồ sơ, chuyển cơ quan có thẩm quyền")


def _step_done(body: Body) -> str:
    if body.get("proposal") == "refused":
        return _("Trình từ chối: %s") % body["reason"]
    return _("Thẩm định đạt, trình duyệt")


def _issued(body: Body) -> str:
    late = _(", trễ hạn") if body.get("is_late") else ""
    return _("Phát hành kết quả số %(number)s%(late)s") % {"number": body["number"], "late": late}


def _returned(body: Body) -> str:
    mode = {"counter": _("tại quầy"), "post": _("qua bưu chính"), "online": _("điện tử")}
    return _("Trả kết quả %(mode)s cho %(receiver)s") % {
        "mode": mode.get(str(body["mode"]), ""),
        "receiver": body["receiver"],
    }


def _extended(body: Body) -> str:
    return _("Xin lỗi và hẹn lại %(due)s: %(reason)s") % {
        "due": day(body["due_at"]),
        "reason": body["reason"],
    }


def _recomputed(body: Body) -> str:
    return _("Lịch làm việc được sửa, hạn chuyển từ %(before)s sang %(after)s") % {
        "before": day(body["due_before"]),
        "after": day(body["due_at"]),
    }


def _opinion(body: Body) -> str:
    verdicts = {
        "agree": _("đồng ý"),
        "agree_if": _("đồng ý, kèm điều kiện"),
        "disagree": _("không đồng ý"),
        "not_ours": _("không thuộc thẩm quyền"),
    }
    return _("%(agency)s trả lời: %(verdict)s") % {
        "agency": body["agency"],
        "verdict": verdicts.get(str(body["verdict"]), ""),
    }


def _withdrawn(body: Body) -> str:
    reason = str(body.get("reason") or "").strip()
    return _("Người dân rút hồ sơ: %s") % reason if reason else _("Người dân rút hồ sơ")


def _papers(words: str, body: Body) -> str:
    names = body["components"]
    listed = names if isinstance(names, list | tuple) else ()
    return f"{words}: {'; '.join(str(name) for name in listed)}"


def _reading(body: Body) -> str:
    told = _("Xác nhận nội dung máy đọc trên %s") % name_of(str(body["paper"])).lower()
    changed = body.get("changed")
    if isinstance(changed, list) and changed:
        told += _(", sửa: %s") % ", ".join(str(label) for label in changed)
    return told


_SAY: dict[str, Callable[[Body], str]] = {
    "dossier.reading_confirmed": _reading,
    "dossier.papers_digitised": lambda b: _papers(_("Số hóa và đối chiếu với bản giấy"), b),
    "dossier.papers_reopened": lambda b: _papers(_("Mở lại bản số hóa để sửa"), b),
    "dossier.papers_signed": lambda b: _papers(_("Ký số cá nhân lên bản số hóa"), b),
    "dossier.papers_certified": lambda b: _papers(_("Ký số cơ quan lên bản sao y"), b),
    "dossier.filed": _filed,
    "dossier.accepted": _accepted,
    "dossier.received": lambda b: (
        _("Cơ quan có thẩm quyền nhận hồ sơ, hẹn trả %s") % day(b["due_at"])
    ),
    "dossier.intake_refused": lambda b: _("Từ chối tiếp nhận: %s") % b["reason"],
    "dossier.supplement_requested": lambda b: (
        _("Yêu cầu bổ sung một lần, chờ đến %(until)s: %(reason)s")
        % {"until": day(b["answer_by"]), "reason": b["reason"]}
    ),
    "dossier.paper_from_store": lambda b: _("Lấy từ kho giấy tờ: %s") % b["component"],
    "dossier.supplement_answered": lambda _b: _("Nhận đủ giấy tờ bổ sung"),
    "dossier.closed_unsupplemented": lambda _b: _("Đóng hồ sơ vì quá 15 ngày không bổ sung"),
    "dossier.assigned": lambda b: _("Phân công %s") % b["officer"],
    "dossier.opinion_asked": lambda b: (
        _("Lấy ý kiến %(agency)s, hạn %(due)s") % {"agency": b["agency"], "due": day(b["due_at"])}
    ),
    "dossier.opinion_given": _opinion,
    "dossier.opinion_silent": lambda b: (
        _("%s không trả lời đúng hạn; đã báo Trung tâm") % b["agency"]
    ),
    "dossier.step_done": _step_done,
    "dossier.step_sent_back": lambda b: _("Trả lại bước trước: %s") % b["reason"],
    "dossier.approved": lambda b: (
        _("Phê duyệt") if b["outcome"] == "granted" else _("Quyết định từ chối")
    ),
    "dossier.result_issued": _issued,
    "dossier.result_returned": _returned,
    "dossier.deadline_extended": _extended,
    "dossier.payment_required": lambda b: (
        _("Yêu cầu thực hiện nghĩa vụ tài chính: %s") % b["reason"]
    ),
    "dossier.payment_confirmed": lambda _b: _("Đã nộp phí, lệ phí"),
    "dossier.withdrawn": _withdrawn,
    "dossier.originals_returned": lambda b: (
        _("Trả lại %(originals)d bản chính cho %(receiver)s")
        % {"originals": b["originals"], "receiver": b["receiver"]}
    ),
    "dossier.amended": lambda _b: _("Người nộp sửa nội dung đã khai"),
    "dossier.handed_over": lambda b: (
        _("Bàn giao bản giấy cho %(to)s, phiếu %(slip)s") % {"to": b["to"], "slip": b["slip"]}
    ),
    "dossier.taken_over": lambda b: _("Đã ký nhận bản giấy, phiếu %s") % b["slip"],
    "dossier.result_drafted": lambda _b: _("Soạn văn bản kết quả"),
    "dossier.result_signed": lambda _b: _("Ký số cá nhân trên văn bản kết quả"),
    "dossier.result_stamped": lambda b: _("Ký số cơ quan trên văn bản số %s") % b["number"],
    "dossier.result_revoked": lambda b: (
        _("Thu hồi, hủy bỏ kết quả số %(number)s: %(reason)s")
        % {"number": b["number"], "reason": b["reason"]}
    ),
    "dossier.copy_certified": lambda b: (
        _("Chứng thực bản sao số %(number)s: %(document)s, %(copies)d bản")
        % {"number": b["number"], "document": b["document"], "copies": b["copies"]}
    ),
    "dossier.correction_opened": lambda b: (
        _("Phát hiện sai sót trong kết quả, sửa trước %s") % day(b["due_at"])
    ),
    "dossier.result_corrected": lambda b: _("Phát hành kết quả đã sửa, số %s") % b["number"],
    "dossier.deadline_recomputed": _recomputed,
    "dossier.overdue": lambda b: _("Quá hạn từ %s") % day(b["due_at"]),
    "dossier.officer_notified": lambda _b: _("Đã báo cán bộ tiếp nhận"),
    "read.dossier": lambda _b: _("Mở xem hồ sơ"),
}
