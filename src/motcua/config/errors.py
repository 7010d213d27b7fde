"""Pages for what went wrong, in plain words."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from motcua.documents.services import Destroyed, HeldBack, Lost


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return _page(request, 400, _("Yêu cầu chưa đúng"), _("Xin kiểm tra lại địa chỉ, biểu mẫu."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    words = str(exception) or _("Tài khoản của ông/bà không có quyền xem trang này.")
    return _page(request, 403, _("Không có quyền"), words)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    words = _("Trang này không có, hoặc tài khoản của ông/bà không được xem.")
    return _page(request, 404, _("Không tìm thấy"), words)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; uses no database and no session."""
    words = _("Hệ thống gặp lỗi. Những gì đã được xác nhận vẫn được giữ. Xin thử lại sau ít phút.")
    return _page(request, 500, _("Lỗi hệ thống"), words)


def not_handed_out(request: HttpRequest, refusal: HeldBack | Lost) -> HttpResponse:
    """Answer for a file that waits for the scanner, is isolated (423), or is gone (410)."""
    if isinstance(refusal, (Destroyed, Lost)):
        return _page(request, 410, _("Không còn tệp này"), str(refusal))
    return _page(request, 423, _("Chưa mở được tệp này"), str(refusal))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page was too old."""
    words = _("Trang đã mở quá lâu. Xin quay lại, tải lại trang rồi gửi lần nữa.")
    return _page(request, 403, _("Trang đã hết hạn"), words)


def _back(request: HttpRequest, status: int) -> str:
    """Return the page of ours from which a file was asked, "" elsewhere."""
    came = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()})
    return came if is_ours and status in {HTTPStatus.GONE, HTTPStatus.LOCKED} else ""


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    """Render the page; that of a fault asks neither session nor database, which may be it."""
    context = {"title": title, "words": words, "status": status, "back": _back(request, status)}
    asker = None if status >= HTTPStatus.INTERNAL_SERVER_ERROR else request
    return HttpResponse(render_to_string("ui/error.html", context, asker), status=status)
