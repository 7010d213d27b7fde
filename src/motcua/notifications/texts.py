"""What messages say, in plain words; every one says who, where and when (224/2026/NĐ-CP Điều 15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

Context = Mapping[str, object]


@dataclass(frozen=True)
class Words:
    """A message as people read it."""

    subject: str
    body: str


def words_of(template: str, context: Context) -> Words:
    """Return a message in the reader's language.

    Raises KeyError: no template has that key.
    """
    said = _Said(context)
    subject, lines = TEMPLATES[template](said)
    who = _("%(agency)s · %(who)s, %(at)s") % {
        "agency": said["agency"], "who": said["who"] or _("hệ thống"), "at": said.moment("at"),
    }  # fmt: skip
    code = _("Mã hồ sơ: %s") % said["code"] if said["code"] else ""
    return Words(subject, "\n\n".join(part for part in (*lines, code, who) if part))


class _Said:
    """A context whose gaps read as nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __getitem__(self, key: str) -> str:
        value = self._context.get(key)
        return "" if value is None else str(value)

    def moment(self, key: str) -> str:
        """Return a kept moment as people read it."""
        kept = self[key]
        if not kept:
            return ""
        return timezone.localtime(datetime.fromisoformat(kept)).strftime("%H:%M %d/%m/%Y")


Told = tuple[str, list[str]]


def _accepted(said: _Said) -> Told:
    due = said.moment("due_at")
    promise = (
        _("Hẹn trả kết quả trước %s.") % due
        if due
        else _("Thời hạn được tính khi cơ quan có thẩm quyền nhận hồ sơ.")
    )
    return _("Hồ sơ đã được tiếp nhận"), [
        _("Hồ sơ “%s” đã đủ giấy tờ và được tiếp nhận.") % said["procedure"], promise,
    ]  # fmt: skip


def _received(said: _Said) -> Told:
    return _("Cơ quan giải quyết đã nhận hồ sơ"), [
        _("Hồ sơ “%s” đã đến cơ quan có thẩm quyền.") % said["procedure"],
        _("Hẹn trả kết quả trước %s.") % said.moment("due_at") if said["due_at"] else "",
    ]


def _refused(said: _Said) -> Told:
    return _("Hồ sơ không được tiếp nhận"), [
        _("Hồ sơ “%s” không được tiếp nhận.") % said["procedure"],
        _("Lý do: %(reason)s (%(law)s)") % {"reason": said["reason"], "law": said["law"]},
    ]


def _supplement(said: _Said) -> Told:
    return _("Hồ sơ cần bổ sung giấy tờ"), [
        _("Hồ sơ “%s” cần bổ sung một lần.") % said["procedure"],
        said["reason"],
        _("Giấy tờ: %s") % said["papers"] if said["papers"] else "",
        _("Hãy bổ sung trước %s; quá thời gian này hồ sơ sẽ đóng.") % said.moment("answer_by"),
    ]


def _extended(said: _Said) -> Told:
    return _("Xin lỗi và hẹn lại ngày trả kết quả"), [
        _("Cơ quan xin lỗi vì chưa giải quyết xong hồ sơ “%s” đúng hẹn.") % said["procedure"],
        _("Lý do: %s") % said["reason"],
        _("Ngày hẹn mới: %s.") % said.moment("due_at"),
    ]


def _payment(said: _Said) -> Told:
    amount = f"{int(said['amount_vnd'] or 0):,}".replace(",", ".")
    return _("Hồ sơ chờ nộp tiền"), [
        _("Hồ sơ “%s” cần thực hiện nghĩa vụ tài chính.") % said["procedure"],
        _("%(what)s: %(amount)s ₫") % {"what": said["reason"], "amount": amount},
    ]


def _issued(said: _Said) -> Told:
    granted = said["outcome"] != "refused"
    return _("Đã có kết quả") if granted else _("Đã có văn bản trả lời"), [
        _("Hồ sơ “%s” đã giải quyết xong.") % said["procedure"]
        if granted
        else _("Hồ sơ “%s” không được giải quyết; văn bản trả lời nêu rõ lý do.") % said["procedure"],
        _("Số văn bản: %s") % said["number"],
        _("Nhận kết quả tại %s, mang theo giấy hẹn hoặc giấy tờ tùy thân.") % said["receiving"],
    ]  # fmt: skip


def _returned(said: _Said) -> Told:
    return _("Đã trả kết quả"), [
        _("Kết quả hồ sơ “%(procedure)s” đã trao cho %(receiver)s.")
        % {"procedure": said["procedure"], "receiver": said["receiver"]},
    ]


def _revoked(said: _Said) -> Told:
    return _("Kết quả đã bị thu hồi, hủy bỏ"), [
        _("Kết quả số %(number)s của hồ sơ “%(procedure)s” không còn giá trị.")
        % {"number": said["number"], "procedure": said["procedure"]},
        _("Lý do: %(reason)s (%(law)s)") % {"reason": said["reason"], "law": said["law"]},
        _("Nếu không đồng ý, bạn có quyền khiếu nại hoặc khởi kiện."),
    ]


def _corrected(said: _Said) -> Told:
    return _("Kết quả đã được sửa"), [
        _("Kết quả số %(replaces)s được thay bằng số %(number)s, bạn không phải nộp thêm gì.")
        % {"replaces": said["replaces"], "number": said["number"]},
        _("Nhận kết quả tại %s, mang theo giấy hẹn hoặc giấy tờ tùy thân.") % said["receiving"],
    ]


def _withdrawn(said: _Said) -> Told:
    return _("Hồ sơ đã dừng theo yêu cầu"), [
        _("Hồ sơ “%s” đã dừng theo yêu cầu của người nộp.") % said["procedure"],
        _("Lý do: %s") % said["reason"] if said["reason"] else "",
    ]


def _closed(said: _Said) -> Told:
    return _("Hồ sơ đã đóng vì không bổ sung"), [
        _("Đã quá 15 ngày mà chưa nhận được giấy tờ bổ sung, hồ sơ “%s” được đóng lại.")
        % said["procedure"],
        _("Bạn có thể nộp hồ sơ mới bất cứ lúc nào."),
    ]


def _online(said: _Said) -> Told:
    return _("Hồ sơ trực tuyến mới"), [
        _("“%s” vừa nộp trực tuyến, cần trả lời trong 8 giờ làm việc.") % said["procedure"]
    ]


def _asked(said: _Said) -> Told:
    return _("Có hồ sơ cần cho ý kiến"), [
        said["question"], _("Trả lời trước %s.") % said.moment("due_at"),
    ]  # fmt: skip


def _silent(said: _Said) -> Told:
    return _("Cơ quan phối hợp chưa trả lời"), [
        _("%(asked)s chưa cho ý kiến, hạn %(due)s.")
        % {"asked": said["asked"], "due": said.moment("due_at")},
    ]


def _overdue(said: _Said) -> Told:
    return _("Hồ sơ quá hạn"), [
        _("“%(procedure)s” quá hạn trả từ %(due)s.")
        % {"procedure": said["procedure"], "due": said.moment("due_at")},
    ]


def _paper_expiring(said: _Said) -> Told:
    subject = _("Giấy tờ sắp hết hạn: %s") % said["paper"]
    return subject, [
        _("“%(paper)s” trong kho giấy tờ của bạn có giá trị đến hết ngày %(day)s.")
        % {"paper": said["paper"], "day": said["day"]},
        _("Nếu còn cần dùng, bạn nên làm thủ tục xin bản mới trước ngày đó."),
        _("Bạn nhận tin này vì đã đồng ý được nhắc; rút lại lúc nào cũng được."),
    ]


TEMPLATES: dict[str, Callable[[_Said], Told]] = {
    "paper-expiring": _paper_expiring,
    "accepted": _accepted,
    "received": _received,
    "intake_refused": _refused,
    "supplement_requested": _supplement,
    "deadline_extended": _extended,
    "payment_required": _payment,
    "result_issued": _issued,
    "result_returned": _returned,
    "result_revoked": _revoked,
    "result_corrected": _corrected,
    "withdrawn": _withdrawn,
    "closed_unsupplemented": _closed,
    "online_filed": _online,
    "opinion_asked": _asked,
    "opinion_silent": _silent,
    "overdue": _overdue,
}
