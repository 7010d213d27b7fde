"""What a report says, in words that need no explaining; nothing here decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.documents.papers.words import stamp
from motcua.signing.verifying.report import (
    Chain,
    Clock,
    Competence,
    Kind,
    Report,
    Revocation,
    SignatureReport,
    Verdict,
    Whole,
)


@dataclass(frozen=True)
class Line:
    """One thing that was looked at; tone: "good", "open" (not known) or "bad"."""

    title: str
    text: str
    tone: str


FAULTS = {
    "too_large": _later("Tệp lớn hơn 20 MB nên không kiểm tra được ở đây."),
    "empty": _later("Tệp không có nội dung. Hãy chọn lại tệp."),
    "not_a_pdf": _later(
        "Đây không phải tệp PDF hay ảnh. Chữ ký số của cơ quan nhà nước nằm trong tệp PDF."
    ),
    "encrypted": _later("Tệp đang đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi thử lại."),
    "damaged": _later("Tệp bị hỏng hoặc tải về chưa hết. Hãy tải lại từ nơi đã nhận."),
    "too_many_pages": _later("Tệp có quá 500 trang nên không kiểm tra được ở đây."),
    "too_many_revisions": _later("Tệp bị sửa nối quá nhiều lần nên không kiểm tra được ở đây."),
    "too_many_signatures": _later("Tệp có hơn 50 chữ ký nên không kiểm tra được ở đây."),
    "too_heavy": _later("Tệp quá phức tạp nên máy đã dừng kiểm tra để giữ an toàn."),
    "busy": _later("Nhiều người đang kiểm tra cùng lúc. Xin thử lại sau một phút."),
    "image": _later("Đây là ảnh. Ảnh chụp không mang chữ ký số; chỉ đọc được mã QR trên ảnh."),
}
SIGNATURE_FAULTS = {
    "unknown_format": _later("Chữ ký theo dạng cũ hoặc lạ, không kiểm tra được."),
    "certificate_swapped": _later("Chứng thư kèm theo không phải chứng thư đã dùng để ký."),
    "damaged": _later("Phần chữ ký bị hỏng nên không kiểm tra được."),
}
KINDS = {
    Kind.PERSONAL: _later("Chữ ký số cá nhân"),
    Kind.AGENCY: _later("Chữ ký số cơ quan"),
    Kind.COPY: _later("Chữ ký số cơ quan trên bản sao"),
    Kind.TIMESTAMP: _later("Dấu thời gian"),
    Kind.UNKNOWN: _later("Chữ ký số"),
}
VERDICTS = {
    Verdict.VALID: _later("Hợp lệ"),
    Verdict.UNCERTAIN: _later("Chưa đủ căn cứ"),
    Verdict.INVALID: _later("Không hợp lệ"),
    Verdict.UNSIGNED: _later("Không có chữ ký số"),
    Verdict.UNREADABLE: _later("Không đọc được"),
}
_HEADLINES = {
    Verdict.VALID: _later("Chữ ký số hợp lệ, nội dung nguyên vẹn"),
    Verdict.UNCERTAIN: _later("Nội dung nguyên vẹn, nhưng chưa xác nhận được chữ ký"),
    Verdict.INVALID: _later("Đừng tin giấy này: chữ ký số không hợp lệ"),
    Verdict.UNSIGNED: _later("Tệp này không có chữ ký số"),
    Verdict.UNREADABLE: _later("Không đọc được tệp này"),
}
_OURS_HEADLINES = {
    "revoked": _later("Văn bản này ĐÃ BỊ THU HỒI, không còn hiệu lực"),
    "replaced": _later("Văn bản này ĐÃ ĐƯỢC THAY bằng văn bản khác"),
    "unissued": _later("Văn bản này chưa được phát hành"),
    "differs": _later("Tệp này KHÁC bản mà cơ quan đã phát hành"),
}
_ADVICE = {
    Verdict.VALID: _later(
        "Có thể dùng giấy này như bản chính. Hãy giữ nguyên tệp, đừng in ra quét lại."
    ),
    Verdict.UNCERTAIN: _later("Hãy hỏi lại cơ quan ghi trên giấy trước khi dùng, hoặc gọi 1022."),
    Verdict.INVALID: _later("Hãy lấy lại bản gốc từ cơ quan đã cấp, hoặc gọi 1022 để báo."),
    Verdict.UNSIGNED: _later(
        "Tệp không chữ ký thì không tự chứng minh được mình. Hãy xin bản có ký số."
    ),
    Verdict.UNREADABLE: _later("Hãy tải lại tệp từ nơi đã nhận rồi thử lại."),
}
_INTEGRITY = {
    Whole.WHOLE: (_later("Từ khi ký đến nay không ai sửa gì."), "good"),
    Whole.ADDED: (
        _later(
            "Sau khi ký chỉ có thêm chữ ký khác hoặc bằng chứng kiểm tra; nội dung giữ nguyên."
        ),
        "good",
    ),
    Whole.FILLED: (
        _later("Sau chữ ký này có điền thêm ô trống, và người ký sau đã ký cho phần đó."),
        "good",
    ),
    Whole.CHANGED: (_later("Nội dung ĐÃ BỊ SỬA sau khi ký."), "bad"),
    Whole.BROKEN: (_later("Nội dung không khớp với chữ ký: tệp đã bị sửa hoặc hỏng."), "bad"),
    Whole.UNCLEAR: (
        _later("Chữ ký không bao trùm cả tài liệu, phần còn lại ai cũng sửa được."),
        "bad",
    ),
}
# The blanks of our own results, as a person calls them.
_BLANKS = {"motcua_number": _later("số văn bản"), "motcua_date": _later("ngày ban hành")}
_CHAINS = {
    Chain.TRUSTED: (_later("Chứng thư do cơ quan mà hệ thống tin cậy cấp."), "good"),
    Chain.UNKNOWN_ROOT: (
        _later("Không biết ai cấp chứng thư này: nơi cấp không có trong danh sách tin cậy."),
        "open",
    ),
    Chain.EXPIRED: (_later("Chứng thư đã hết hạn vào lúc cần xét."), "open"),
    Chain.NOT_YET: (_later("Chứng thư chưa có hiệu lực lúc ký."), "bad"),
    Chain.WRONG_USE: (_later("Chứng thư này không dùng để ký tài liệu."), "bad"),
    Chain.BROKEN: (_later("Chuỗi chứng thư bị sai."), "bad"),
}


def headline(report: Report) -> str:
    """Return the verdict in one sentence; what our records say counts before the signatures."""
    standing = _OURS_HEADLINES.get(_standing(report))
    if standing is not None:
        return str(standing)
    if report.verdict is Verdict.INVALID and not report.signers:
        return _("Đừng tin giấy này: chữ ký số đã bị gỡ khỏi tệp")
    if report.fault == "image":
        return _("Đây là ảnh chụp, không phải bản điện tử có chữ ký số")
    is_only_root = {one.trust.chain for one in report.signers} == {Chain.UNKNOWN_ROOT}
    if report.verdict is Verdict.UNCERTAIN and is_only_root:
        return _("Nội dung nguyên vẹn, nhưng không biết ai cấp chữ ký này")
    if report.is_trial and report.verdict in {Verdict.VALID, Verdict.UNCERTAIN}:
        return _("Chữ ký THỬ NGHIỆM: nội dung nguyên vẹn, không có giá trị pháp lý")
    return str(_HEADLINES[report.verdict])


def advice(report: Report) -> str:
    """Return what to do about it."""
    if report.fault:
        return str(FAULTS.get(report.fault, FAULTS["damaged"]))
    if _standing(report) in {"revoked", "replaced", "unissued"}:
        return _("Đừng dùng bản này. Hãy hỏi cơ quan đã phát hành, hoặc gọi 1022.")
    if report.is_trial and report.verdict in {Verdict.VALID, Verdict.UNCERTAIN}:
        return _("Chỉ dùng để học và thử. Giấy thật phải ký bằng chứng thư do nhà nước cấp.")
    return str(_ADVICE[report.verdict])


def tone(report: Report) -> str:
    """Return how grave it is: "" (to be believed), "turn" (ask somebody) or "danger"."""
    if report.verdict is Verdict.INVALID or _standing(report) in _OURS_HEADLINES:
        return "danger"
    if report.verdict is Verdict.VALID and not report.is_trial:
        return ""
    return "turn"


def _standing(report: Report) -> str:
    if report.ours is None:
        return ""
    return "differs" if report.ours.relation == "differs" else report.ours.standing


def kind_of(one: SignatureReport) -> str:
    """Return whose kind of signature it is."""
    return str(KINDS[one.kind])


def signer_of(one: SignatureReport) -> str:
    """Return who signed, with post and agency of that day: our records before the certificate."""
    signer = one.signer
    if signer.is_recorded:
        parts = (signer.recorded_name, signer.recorded_post, signer.recorded_agency)
    else:
        parts = (signer.name, signer.title, signer.organisation)
    return ", ".join(dict.fromkeys(part for part in parts if part)) or _("không rõ tên")


def findings(one: SignatureReport) -> list[Line]:
    """Return everything that was looked at in a signature, each in a sentence."""
    if one.fault:
        fault = SIGNATURE_FAULTS.get(one.fault, SIGNATURE_FAULTS["damaged"])
        return [Line(_("Chữ ký"), str(fault), "bad")]
    lines = [_whole(one), _chain(one), _revocation(one), _time(one)]
    if one.kind is not Kind.TIMESTAMP:
        lines.append(_person(one))
    if one.algorithm.is_weak:
        lines.append(
            Line(_("Độ mạnh"), _("Thuật toán hoặc khóa quá yếu, không còn được công nhận."), "bad")
        )
    return [line for line in lines if line.text]


def notes(report: Report) -> Sequence[str]:
    """Return what is to be said about the document as a whole."""
    said = []
    if report.removed_signatures and report.signers:
        said.append(_("Trong tệp còn vết của chữ ký khác đã bị gỡ hoặc chưa ký xong."))
    if report.fault == "image" and not report.qr:
        said.append(_("Không thấy mã QR trên ảnh. Hãy chụp lại gần hơn, rõ nét, đủ bốn góc mã."))
    if report.verdict is Verdict.UNSIGNED and report.qr_genuine == "yes":
        said.append(_("Mã QR trên giấy là thật, nhưng QR không chứng minh nội dung tệp này."))
    return said


def technical(one: SignatureReport) -> str:
    """Return the line for those who check the checker."""
    strength = f"{one.algorithm.digest.upper()}, {one.algorithm.key.upper()} {one.algorithm.bits}"
    level = f"PAdES {one.level}" if one.level else _("không phải PAdES")
    serial = _("số chứng thư %s") % one.signer.serial
    return " · ".join((level, strength, serial, _("cấp bởi %s") % one.signer.issuer))


def _whole(one: SignatureReport) -> Line:
    text, tone = _INTEGRITY[one.integrity.state]
    said = str(text)
    if one.integrity.changed_fields:
        named = [str(_BLANKS.get(name, name)) for name in one.integrity.changed_fields[:5]]
        said += " " + _("Ô đã điền: %s.") % ", ".join(named)
    return Line(_("Nội dung"), said, tone)


def _chain(one: SignatureReport) -> Line:
    text, tone = _CHAINS[one.trust.chain]
    said = str(text)
    if one.trust.is_trial:
        return Line(_("Nơi cấp"), _("Chứng thư THỬ NGHIỆM, không có giá trị pháp lý."), "open")
    if one.trust.chain is Chain.EXPIRED and one.time.clock is not Clock.STAMPED:
        said = _(
            "Chứng thư đã hết hạn, và không có dấu thời gian chứng minh chữ ký được tạo khi còn hạn."
        )
    elif one.trust.chain is Chain.EXPIRED:
        said, tone = _("Lúc ký, chứng thư đã hết hạn."), "bad"
    return Line(_("Nơi cấp"), said, tone)


def _revocation(one: SignatureReport) -> Line:
    title = _("Thu hồi")
    if one.trust.chain is not Chain.TRUSTED:
        return Line(title, "", "open")
    at = _moment(one.trust.revoked_at)
    if one.trust.revocation is Revocation.GOOD:
        return Line(title, _("Lúc ký, chứng thư chưa bị thu hồi."), "good")
    if one.trust.revocation is Revocation.LATER:
        said = _("Chứng thư bị thu hồi lúc %s, sau khi ký; chữ ký này vẫn đúng.") % at
        return Line(title, said, "good")
    if one.trust.revocation is Revocation.REVOKED:
        return Line(title, _("Chứng thư ĐÃ BỊ THU HỒI từ %s.") % at, "bad")
    if one.trust.revocation is Revocation.ABSENT:
        return Line(title, _("Chứng thư không chỉ nơi nào để hỏi về thu hồi."), "open")
    return Line(
        title, _("Chưa biết chứng thư có bị thu hồi không: tệp không kèm câu trả lời."), "open"
    )


def _time(one: SignatureReport) -> Line:
    title, at = _("Thời điểm"), _moment(one.time.at)
    if one.time.clock is Clock.STAMPED:
        said = _("%(at)s, do %(authority)s xác nhận.")
        return Line(title, said % {"at": at, "authority": one.time.authority}, "good")
    if one.time.clock is Clock.DOUBTFUL:
        return Line(title, _("%s, theo một dấu thời gian không rõ nơi cấp.") % at, "open")
    if one.time.clock is Clock.CLAIMED:
        return Line(title, _("%s, theo đồng hồ của người ký; không ai làm chứng.") % at, "open")
    return Line(title, _("Không ghi thời điểm ký."), "open")


def _person(one: SignatureReport) -> Line:
    title = _("Người ký")
    if one.competence is Competence.RIGHT:
        said = _("Đúng người, đúng cơ quan có thẩm quyền, theo sổ của hệ thống tại lúc ký.")
        return Line(title, said, "good")
    if one.competence is Competence.WRONG:
        said = _("Theo sổ của hệ thống, người này KHÔNG có thẩm quyền ký giấy này lúc đó.")
        return Line(title, said, "bad")
    if one.signer.is_recorded:
        return Line(title, _("Có trong sổ của hệ thống tại lúc ký."), "good")
    return Line(
        title, _("Tên và cơ quan lấy từ chứng thư; hệ thống không có sổ về người này."), "open"
    )


def _moment(at: datetime | None) -> str:
    return stamp(at) if at else ""


def about_ours(report: Report) -> list[str]:
    """Return what our own records say about the document."""
    ours = report.ours
    if ours is None:
        return []
    named = " ".join(part for part in (ours.paper, ours.number) if part)
    about = {"named": named, "agency": ours.agency}
    relation = {
        "same": _("Đây đúng là tệp “%(named)s” do %(agency)s phát hành."),
        "differs": _(
            "Tệp này KHÁC tệp “%(named)s” mà %(agency)s đã phát hành: đã bị sửa, hoặc là bản in lại."
        ),
        "mentioned": _("Mã QR trên tệp là của “%(named)s”, %(agency)s."),
    }[ours.relation]
    standing = {
        "revoked": _("Văn bản này ĐÃ BỊ THU HỒI, không còn hiệu lực."),
        "replaced": _("Văn bản này ĐÃ ĐƯỢC THAY bằng văn bản khác."),
        "unissued": _("Văn bản này chưa được phát hành."),
    }.get(ours.standing, "")
    return [line for line in (relation % about, str(standing)) if line]
