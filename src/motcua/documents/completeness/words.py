"""What the check found, in plain Vietnamese: a sentence to read, a reason to send."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from motcua.documents.completeness.values import Finding, Why
from motcua.documents.rules import kho

Say = Callable[[Finding], str]


def sentence(found: Finding) -> str:
    """Return what was found, for the officer."""
    return _SENTENCES[found.why](found)


def reason(found: Finding) -> str:
    """Return what the supplement request says of it, for the citizen; "" when nothing is asked."""
    say = _REASONS.get(found.why)
    return say(found) if say else ""


def kind_name(key: str) -> str:
    """Return the name of a kind of paper."""
    kind = kho.kinds().get(key)
    return kind.name if kind else _("giấy tờ khác")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _nothing(found: Finding) -> str:
    if found.fit is not None:
        return _("Chưa có. Kho có “%(paper)s”, %(why)s: chỉ để tham khảo.") % {
            "paper": found.fit.held.name,
            "why": _proposed(found.fit.why),
        }
    return _("Chưa có.")


def _proposed(why: kho.Why) -> str:
    return {
        kho.Why.UPLOADED: _("do người dân tự tải lên, chưa ai đối chiếu"),
        kho.Why.ANOTHER_INTAKE: _("bản quét của lần nộp trước, chưa có chữ ký cơ quan"),
        kho.Why.SCOPE: _("chưa chắc đúng việc này"),
        kho.Why.DOUBTED: _("cán bộ khác đã báo sai hoặc cũ"),
    }.get(why, "")


def _silent(_found: Finding) -> str:
    return _("Cơ sở dữ liệu không trả lời và hồ sơ chưa có bản giấy.")


def _seen(found: Finding) -> str:
    if found.read and found.read != kho.OTHER:
        return _("Đã có, máy nhận ra: %s.") % kind_name(found.read)
    return _("Đã có.")


_SENTENCES: dict[Why, Say] = {
    Why.SEEN: _seen,
    Why.ON_PAPER: lambda _f: _("Đã nhận bản giấy."),
    Why.DECLARED: lambda _f: _("Đã khai trên biểu mẫu điện tử."),
    Why.UNREAD: lambda _f: _("Đã có tệp; máy chưa đọc, cần xem bằng mắt."),
    Why.NOTHING: _nothing,
    Why.DATABASE_SILENT: _silent,
    Why.DAY_PASSED: lambda f: _("Hết hiệu lực từ sau ngày %s.") % _day(f.day),
    Why.DAY_UNSURE: lambda f: (
        _("Có thể đã hết hiệu lực ngày %s; ngày đọc chưa chắc.") % _day(f.day)
    ),
    Why.UNREADABLE: lambda _f: _("Bản chụp mờ, máy không đọc được chữ."),
    Why.OTHER_KIND: lambda f: _("Tệp này giống %s.") % kind_name(f.read),
    Why.KIND_UNSURE: lambda _f: _("Máy chưa chắc đây là giấy gì."),
    Why.OTHER_PERSON: lambda f: _("Giấy ghi tên %s, khác tên chủ hồ sơ.") % f.read,
    Why.TAKEN: lambda f: _("Đã lấy từ kho: %s.") % f.read,
    Why.IN_STORE: lambda f: _("Kho có “%s”, còn hiệu lực: gắn vào, không yêu cầu nộp.") % f.read,
    Why.IN_DATABASE: lambda _f: _("Cơ sở dữ liệu đã có, không yêu cầu nộp."),
    Why.OPTIONAL: lambda _f: _("Không bắt buộc, không nộp."),
}
_REASONS: dict[Why, Say] = {
    Why.NOTHING: lambda _f: _("Hồ sơ chưa có giấy tờ này."),
    Why.DATABASE_SILENT: lambda _f: _("Cơ sở dữ liệu chưa trả lời, đề nghị nộp bản giấy."),
    Why.DAY_PASSED: lambda f: (
        _("Bản đã nộp hết hiệu lực sau ngày %s, đề nghị nộp bản còn hiệu lực.") % _day(f.day)
    ),
    Why.DAY_UNSURE: lambda f: (
        _("Bản đã nộp có thể hết hiệu lực ngày %s, đề nghị nộp bản còn hiệu lực.") % _day(f.day)
    ),
    Why.UNREADABLE: lambda _f: _(
        "Bản chụp không đọc được chữ, đề nghị chụp lại đủ sáng, rõ bốn góc."
    ),
    Why.OTHER_KIND: lambda f: (
        _("Tệp đã nộp là %(kind)s, đề nghị nộp đúng giấy: %(name)s.")
        % {"kind": kind_name(f.read), "name": f.need.name}
    ),
    Why.KIND_UNSURE: lambda f: _("Tệp đã nộp chưa đúng, đề nghị nộp: %s.") % f.need.name,
    Why.OTHER_PERSON: lambda f: (
        _("Giấy đã nộp ghi tên %s, khác tên chủ hồ sơ; đề nghị kiểm tra, nộp đúng giấy.") % f.read
    ),
}
