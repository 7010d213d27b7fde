"""What the QR of a paper opens, and how it is checked without us: the keys, the offline page."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from motcua.documents.papers import qr, qr_keys
from motcua.dossiers.queries import lists
from motcua.dossiers.queries import verifying as known
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import address_of
from motcua.web.portal.offline import script
from motcua.web.ui.parts import Crumb
from motcua.web.ui.throttle import Throttle, TooManyTries

_TRIES = Throttle("verification-qr", most=60, seconds=600)


@public
@require_safe
def short(_request: HttpRequest, token: str) -> HttpResponse:
    """Lead from the address in the QR, written in capitals, to its page."""
    return redirect("portal:verification-qr", token)


@public
@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether the paper is ours, what it says, and whether it still holds."""
    try:
        _TRIES.count(address_of(request))
    except TooManyTries:
        said = _("Bạn đã thử nhiều lần. Xin đợi 10 phút rồi thử lại, hoặc gọi 1022 để được giúp.")
        context = {"title": _("Thử quá nhiều lần"), "words": said, "status": 429}
        return render(request, "ui/error.html", context, status=429)
    checked = qr.check(token)
    if checked is None:
        raise Http404(_("Địa chỉ này không phải của mã QR nào."))
    return shown(request, checked)


def shown(request: HttpRequest, checked: qr.Checked) -> HttpResponse:
    """Show what a QR is worth; only a genuine one is compared with our records."""
    said = known.said_by(checked.payload) if _may_be_looked_up(checked) else None
    context = {
        "genuine": str(checked.genuine),
        "said": said,
        "payload": checked.payload,
        "verdict": _verdict(checked, said),
        "crumbs": [Crumb(_("Trang đầu"), "/"), Crumb(_("Kiểm tra giấy tờ"), "/xac-minh/")],
        "place": "verification",
    }
    return render(request, "portal/verification_qr.html", context)


def _may_be_looked_up(checked: qr.Checked) -> bool:
    """An unsigned QR counts only where it names the right owner: that is what makes it no guess."""
    if checked.genuine is qr.Genuine.YES:
        return True
    if checked.genuine is not qr.Genuine.UNSIGNED:
        return False
    payload = checked.payload
    return (
        lists.public_status_by_paper(
            code=payload.dossier_code, owner_id=payload.owner_id, at=timezone.now()
        )
        is not None
    )


def _verdict(checked: qr.Checked, said: known.Said | None) -> dict[str, str]:
    """Return headline, what to do, tone and icon."""
    if checked.genuine in {qr.Genuine.ALTERED, qr.Genuine.UNKNOWN_KEY}:
        return _told(
            _("Đừng tin giấy này: mã QR không do hệ thống in"),
            _("Chữ ký trong mã không đúng. Hãy hỏi cơ quan ghi trên giấy, hoặc gọi 1022 để báo."),
            "danger",
        )
    if said is None:
        return _told(
            _("Không xác nhận được giấy này"),
            _("Mã QR kiểu cũ, không có chữ ký, và không khớp hồ sơ nào. Hãy hỏi cơ quan đã cấp."),
            "turn",
        )
    return _STANDINGS[said.standing]() if said.standing != "valid" else _valid(checked, said)


def _valid(checked: qr.Checked, said: known.Said) -> dict[str, str]:
    compare = _("So từng dòng dưới đây với giấy trên tay. Giấy ghi khác là giấy đã bị sửa.")
    if checked.genuine is qr.Genuine.UNSIGNED:
        return _told(_("Có hồ sơ khớp với giấy này (mẫu cũ)"), compare, "turn")
    if said.because == "extended":
        later = _("Ngày hẹn trên giấy này đã được đổi bằng phiếu xin lỗi và hẹn lại.")
        return _told(_("Giấy thật, nhưng ngày hẹn đã đổi"), f"{later} {compare}", "turn")
    return _told(_("Giấy này do hệ thống cấp và còn giá trị"), compare, "")


_STANDINGS = {
    "replaced": lambda: _told(
        _("Giấy thật, nhưng ĐÃ ĐƯỢC THAY bằng văn bản khác"),
        _("Đừng dùng bản này nữa; hãy hỏi người giữ giấy bản thay thế."),
        "danger",
    ),
    "revoked": lambda: _told(
        _("Giấy thật, nhưng ĐÃ BỊ THU HỒI"),
        _("Văn bản không còn hiệu lực từ ngày ghi dưới đây."),
        "danger",
    ),
    "unissued": lambda: _told(
        _("Văn bản này chưa được phát hành"),
        _("Mã QR là của hệ thống, nhưng cơ quan chưa phát hành văn bản. Đừng dùng."),
        "danger",
    ),
    "unknown": lambda: _told(
        _("Mã QR thật, nhưng không tìm thấy hồ sơ"),
        _("Chữ ký trong mã đúng. Hãy hỏi cơ quan ghi trên giấy trước khi dùng."),
        "turn",
    ),
}


def _told(headline: str, advice: str, tone: str) -> dict[str, str]:
    icons = {"": "check", "turn": "help", "danger": "alert"}
    return {"headline": headline, "advice": advice, "tone": tone, "icon": icons[tone]}


@public
@cache_control(public=True, max_age=3600)
@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Publish the public keys with which QRs are checked (JWK set)."""
    return JsonResponse(qr_keys.ours().document())


@public
@cache_control(public=True, max_age=3600)
@require_safe
def keys_pem(_request: HttpRequest) -> HttpResponse:
    """Publish the same keys as PEM, to be saved for `motcua verify --qr --keys`."""
    return HttpResponse(
        qr_keys.ours().pem(),
        content_type="application/x-pem-file",
        headers={"Content-Disposition": 'attachment; filename="motcua-qr.pem"'},
    )


@public
@never_cache
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page that checks a QR by itself, and the keys to print."""
    ring = qr_keys.ours()
    context = {
        "keys_json": json.dumps(ring.document()),
        "printed": ring.pem(),
        "crumbs": [Crumb(_("Trang đầu"), "/"), Crumb(_("Kiểm tra giấy tờ"), "/xac-minh/")],
        "place": "verification",
    }
    return render(request, "portal/verification_offline.html", context)


@public
@never_cache
@require_safe
def offline_file(_request: HttpRequest) -> HttpResponse:
    """Hand out one file that checks QRs on a device without any network."""
    context = {
        "keys_json": json.dumps(qr_keys.ours().document()),
        "script": script(),
        "at": timezone.now(),
    }
    return HttpResponse(
        render_to_string("portal/verification_file.html", context),
        headers={"Content-Disposition": 'attachment; filename="kiem-tra-ma-qr.html"'},
    )
