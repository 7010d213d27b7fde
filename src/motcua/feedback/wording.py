"""What a fact says in the words of the trail: for officers whole, for the sender without names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.feedback.rules.fields import name_of
from motcua.ledger.queries import Told

Body = dict[str, object]
# What a sender is told about their case; the rest is the offices' own business.
FOR_SENDER = frozenset(
    "feedback." + kind
    for kind in (
        "sent", "refused", "supplement_requested", "supplemented", "accepted", "referred",
        "merged", "unmerged", "assigned", "taken", "passed_on", "returned_back", "noted",
        "extended", "approved", "published", "withheld", "rated", "reopened", "closed", "retimed",
    )
)  # fmt: skip


def day(value: object) -> str:
    """Return a moment kept as text in the form people read: "17:00 03/12/2026"."""
    if not value:
        return ""
    return timezone.localtime(datetime.fromisoformat(str(value))).strftime("%H:%M %d/%m/%Y")


def say_fact(fact: Told) -> str:
    """Return what happened, as one short sentence in the reader's language."""
    say = _SAY.get(fact.kind.removeprefix("feedback."))
    return say(fact.body) if say else fact.kind


def discreet(fact: Told) -> Told | None:
    """Return a fact as the agency complained of reads it: of signs that were raised, danger alone."""
    if fact.kind != "feedback.signal_raised":
        return fact
    signals = fact.body.get("signals")
    if not isinstance(signals, list) or "danger" not in signals:
        return None
    return replace(fact, body=fact.body | {"signals": ["danger"]})


def kind_words(kind: object) -> str:
    """Return a kind of case as people read it."""
    return {
        "scene": _("hiện trường"), "conduct": _("hành vi cán bộ"),
        "rule": _("quy định hành chính"), "question": _("hỏi đáp"),
    }.get(str(kind), "")  # fmt: skip


def signal_words(signals: object) -> str:
    """Return the signs that were found as people read them."""
    names = {
        "danger": _("nguy hiểm tính mạng"), "harassment": _("nhũng nhiễu, phiền hà"),
        "bribe": _("vòi vĩnh, đưa nhận tiền"), "delay": _("chậm trễ"),
    }  # fmt: skip
    found = signals if isinstance(signals, list) else []
    return ", ".join(names.get(str(sign), str(sign)) for sign in found)


def rung_words(rung: object) -> str:
    """Return a rung of the ladder of reminders as people read it."""
    return {
        "handler": _("sắp đến hạn, nhắc người xử lý"),
        "head": _("gần hết thời hạn, nhắc lãnh đạo đơn vị"),
        "day_before": _("còn không quá một ngày làm việc, nhắc người đứng đầu cơ quan"),
        "overdue": _("quá hạn, báo Giám đốc Trung tâm và Chủ tịch"),
    }.get(str(rung), "")


def _sent(body: Body) -> str:
    channel = {
        "web": _("qua trang thông tin"), "kiosk": _("tại máy tự phục vụ"),
        "phone": _("qua điện thoại"), "api": _("từ hệ thống khác"), "counter": _("tại quầy"),
        "assistant": _("qua trợ lý ảo"),
    }  # fmt: skip
    return _("Gửi phản ánh %s") % channel.get(str(body["channel"]), "")


def _classified(body: Body, sentence: str) -> str:
    return sentence % {
        "kind": kind_words(body["about"]),
        "field": name_of(str(body["field"])),
        "due": day(body["due_at"]),
    }


def _accepted(body: Body) -> str:
    return _classified(body, _("Tiếp nhận: %(kind)s, %(field)s; hạn trả lời %(due)s"))


def _reclassified(body: Body) -> str:
    return _classified(body, _("Phân loại lại: %(kind)s, %(field)s; hạn trả lời %(due)s"))


def _officer_named(body: Body) -> str:
    if not body.get("post"):
        return _("Bỏ tên cán bộ bị phản ánh")
    return _("Xác định cán bộ bị phản ánh: %s") % body["post"]


def _referred(body: Body) -> str:
    what = _("khiếu nại") if body["to"] == "complaint" else _("tố cáo")
    return _("Thuộc %(what)s theo %(law)s. %(where)s") % {
        "what": what, "law": body["law"], "where": body["where"],
    }  # fmt: skip


def _passed(body: Body) -> str:
    return _("%(giver)s chuyển tiếp đến %(agency)s: %(reason)s") % {
        "giver": body["giver"], "agency": body["agency"], "reason": body["reason"],
    }  # fmt: skip


def _returned(body: Body) -> str:
    return _("%(agency)s trả lại vì không thuộc thẩm quyền: %(reason)s") % {
        "agency": body["agency"], "reason": body["reason"],
    }  # fmt: skip


def _approved(body: Body) -> str:
    late = _(", trễ hạn") if body.get("is_late") else ""
    return _("%(agency)s trả lời%(late)s") % {"agency": body["agency"], "late": late}


def _reopened(body: Body) -> str:
    return _("Đề nghị xem xét lại: %(reason)s. %(agency)s xem xét, hạn %(due)s") % {
        "reason": body["reason"], "agency": body["agency"], "due": day(body["due_at"]),
    }  # fmt: skip


def _noted(body: Body) -> str:
    return str(body.get("text") or "") or _("Ghi tiến độ nội bộ")


def _closed(body: Body) -> str:
    return _("Đóng: %s") % body["reason"] if body.get("reason") else _("Đóng")


_SAY: dict[str, Callable[[Body], str]] = {
    "sent": _sent,
    "signal_raised": lambda b: _("Dấu hiệu cần biết ngay: %s") % signal_words(b["signals"]),
    "refused": lambda b: _("Không tiếp nhận: %s") % b["reason"],
    "supplement_requested": lambda b: _("Yêu cầu bổ sung: %s") % b["reason"],
    "supplemented": lambda b: _("Đã bổ sung; hạn phân loại %s") % day(b["due_at"]),
    "accepted": _accepted,
    "reclassified": _reclassified,
    "officer_named": _officer_named,
    "referred": _referred,
    "merged": lambda b: _("Gộp vào phản ánh %s về cùng sự việc") % b["main"],
    "unmerged": lambda b: _("Tách khỏi phản ánh %s") % b["main"],
    "duplicate_joined": lambda b: _("Phản ánh trùng %s") % b["other"],
    "followed": lambda b: _("%s người theo dõi") % b["followers"],
    "assigned": lambda b: _("Chuyển %s xử lý") % b["agency"],
    "taken": lambda _b: _("Đang được xử lý"),
    "passed_on": _passed,
    "returned_back": _returned,
    "noted": _noted,
    "extended": lambda b: (
        _("Gia hạn đến %(due)s: %(reason)s") % {"due": day(b["due_at"]), "reason": b["reason"]}
    ),
    "answered": lambda _b: _("Trình dự thảo trả lời"),
    "sent_back": lambda b: _("Trả lại dự thảo: %s") % b["reason"],
    "inspector_agreed": lambda _b: _("Thanh tra đồng ý với dự thảo"),
    "approved": _approved,
    "shown": lambda _b: _("Hiện trên bản đồ công khai"),
    "hidden": lambda b: _("Gỡ khỏi trang công khai: %s") % b["reason"],
    "published": lambda _b: _("Công khai kết quả"),
    "withheld": lambda b: _("Trả lời riêng, không công khai: %s") % b["reason"],
    "rated": lambda b: _("Đánh giá %s trên 5") % b["score"],
    "reopened": _reopened,
    "closed": _closed,
    "retimed": lambda b: _("Lịch làm việc được sửa, hạn chuyển sang %s") % day(b["due_at"]),
    "reminded": lambda b: _("Nhắc hạn: %s") % rung_words(b["rung"]),
}
