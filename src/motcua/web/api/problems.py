"""Errors as problem details (RFC 9457), in plain Vietnamese, at the field they belong to."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import pydantic
import pydantic_core
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.kernel.refused import Refused
from motcua.web.ui.throttle import TooManyTries

log = logging.getLogger("motcua.api")

TYPE = "/api/v1/problems#"
MEDIA_TYPE = "application/problem+json"
Location = Sequence[str | int]

# Refusals that are not about what was sent (422) by their stable names.
_STATUSES = {
    "NotFound": 404,
    "NoSuchTurn": 404,
    "NotAllowed": 403,
    "NotYours": 403,
    "NotYourTask": 403,
    "NotAsked": 403,
    "NotTheHead": 403,
    "MayNotApprove": 403,
    "WrongPassword": 401,
    "WrongCode": 401,
    "DoorShut": 429,
    "ChangedMeanwhile": 412,
    "WrongState": 409,
    "AlreadyDecided": 409,
    "AlreadyAsked": 409,
    "ConsultationOver": 409,
    "TaskClosed": 409,
    "TaskPaused": 409,
    "OpinionOpen": 409,
    "StillOwed": 409,
    "TooLarge": 413,
    "HeldBack": 423,
    "Destroyed": 410,
    "Lost": 410,
    "NotTheAdmin": 403,
}


class UnfitBody(Refused):
    """The body is not what the operation takes; each fault stands at its field."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(_sum(errors), field=errors[0]["field"] if errors else "")
        self.errors = errors


def problem(
    request: HttpRequest,
    *,
    status: int,
    detail: str,
    code: str,
    **more: object,
) -> HttpResponse:
    """Return a problem document; blank members of `more` are left out."""
    document = {
        "type": f"{TYPE}{code}",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        **{key: value for key, value in more.items() if value},
    }
    response = HttpResponse(
        pydantic_core.to_json(document), status=status, content_type=MEDIA_TYPE
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="motcua"'
    return response


def title_of(status: int) -> str:
    """Return the title of every problem with that status."""
    titles = {
        400: _("Yêu cầu chưa đọc được"),
        401: _("Chưa đăng nhập"),
        403: _("Không có quyền"),
        404: _("Không tìm thấy"),
        405: _("Địa chỉ này không nhận cách gọi này"),
        409: _("Trạng thái hiện tại không cho phép"),
        410: _("Không còn nữa"),
        412: _("Đã thay đổi sau khi đọc"),
        413: _("Nội dung quá lớn"),
        422: _("Nội dung chưa hợp lệ"),
        423: _("Đang được giữ lại"),
        429: _("Thử quá nhiều lần"),
    }
    return titles.get(status, _("Lỗi ngoài dự tính"))


def of_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the problem of an act that was refused, with its field and article."""
    return problem(
        request,
        status=status_of(refusal.code),
        detail=str(refusal),
        code=refusal.code,
        field=refusal.field,
        law=refusal.law,
        errors=getattr(refusal, "errors", None),
    )


def status_of(code: str) -> int:
    """Return the HTTP status of a refusal by its name."""
    return _STATUSES.get(code, 422)


def register(api: NinjaAPI) -> None:
    """Make every error of the API a problem document."""
    for kind, told_as in (
        (Refused, of_refusal),
        (ValidationError, _unfit),
        (pydantic.ValidationError, _unreadable),
        (AuthenticationError, _not_signed_in),
        (HttpError, _http_error),
        (Http404, _absent),
        (TooManyTries, _too_many),
        (PermissionDenied, _forbidden),
        (RequestDataTooBig, _too_big),
        (TooManyFilesSent, _too_big),
        (Exception, _unforeseen),
    ):
        api.exception_handler(kind)(told_as)


def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What ninja found: locations start with body, query or path."""
    return of_refusal(request, UnfitBody(told(error.errors, skip=_PLACES)))


def _unreadable(request: HttpRequest, error: pydantic.ValidationError) -> HttpResponse:
    return of_refusal(request, UnfitBody(told(error.errors())))


def _not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    detail = _(
        "Gửi mã truy cập trong đầu mục Authorization: Bearer …; mã này sai hoặc đã hết hạn."
    )
    return problem(request, status=401, detail=detail, code="NotSignedIn")


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    detail = str(error)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        if isinstance(error.__context__, RequestDataTooBig):
            return _too_big(request, error.__context__)
        detail = _("Nội dung gửi lên không phải JSON hợp lệ.")
    return problem(request, status=error.status_code, detail=detail, code="Unreadable")


def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    detail = str(error) or _("Không có gì ở địa chỉ này.")
    return problem(request, status=404, detail=detail, code="NotFound")


def _too_many(request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = _("Bạn đã thử nhiều lần. Xin đợi 10 phút rồi thử lại.")
    return problem(request, status=429, detail=detail, code="TooManyTries")


def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    detail = str(error) or _("Tài khoản này không được làm việc đó.")
    return problem(request, status=403, detail=detail, code="NotAllowed")


def _too_big(request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = _("Nội dung gửi lên quá lớn: JSON tối đa 2 MB, mỗi tệp tối đa 20 MB, tối đa 50 tệp.")
    return problem(request, status=413, detail=detail, code="TooLarge")


def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s %s", request.method, request.path, exc_info=error)
    detail = _("Hệ thống gặp lỗi; việc này chưa được ghi. Xin thử lại.")
    return problem(request, status=500, detail=detail, code="Unforeseen")


_PLACES = frozenset({"body", "query", "path", "form", "file", "header"})


def told(
    errors: Iterable[Mapping[str, Any]], *, skip: frozenset[str] = frozenset()
) -> list[dict[str, str]]:
    """Return pydantic's errors as {field, message} in Vietnamese."""
    return [
        {"field": _path(_inner(error["loc"], skip)), "message": _say(error)} for error in errors
    ]


def _inner(location: Location, skip: frozenset[str]) -> Location:
    """Leave out where ninja looked ("body", then the name of the parameter)."""
    if location and location[0] in skip:
        is_body = location[0] == "body"
        return location[2:] if is_body and len(location) > 1 else location[1:]
    return location


def _path(location: Location) -> str:
    """Return "papers[0].files" of a location."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _sum(errors: Sequence[dict[str, str]]) -> str:
    return " ".join(
        f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors[:5]
    )


def _say(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, by pydantic's stable error type."""
    kind, context = str(error["type"]), dict(error.get("ctx") or {})
    for prefix, words in _sentences():
        if kind.startswith(prefix):
            return words % context if "%(" in words else words
    return _("Giá trị chưa đúng dạng.")


def _sentences() -> tuple[tuple[str, str], ...]:
    return (
        ("missing", _("Còn thiếu mục này.")),
        ("extra_forbidden", _("Không có mục tên này.")),
        ("string_too_long", _("Dài quá %(max_length)s ký tự.")),
        ("string_too_short", _("Cần ít nhất %(min_length)s ký tự.")),
        ("string_pattern_mismatch", _("Chưa đúng dạng quy định.")),
        ("string", _("Phải là chữ.")),
        ("too_long", _("Nhiều quá %(max_length)s mục.")),
        ("too_short", _("Cần ít nhất %(min_length)s mục.")),
        ("int", _("Phải là số nguyên.")),
        ("greater_than_equal", _("Không được nhỏ hơn %(ge)s.")),
        ("greater_than", _("Phải lớn hơn %(gt)s.")),
        ("less_than_equal", _("Không được lớn hơn %(le)s.")),
        ("less_than", _("Phải nhỏ hơn %(lt)s.")),
        ("bool", _("Phải là true hoặc false.")),
        ("timezone", _("Ngày giờ phải có múi giờ, như 2026-11-23T08:30:00+07:00.")),
        ("datetime", _("Ngày giờ phải ghi như 2026-11-23T08:30:00+07:00.")),
        ("date", _("Ngày phải ghi như 2026-11-23.")),
        ("uuid", _("Phải là mã UUID của một tệp.")),
        ("enum", _("Chọn một trong: %(expected)s.")),
        ("literal_error", _("Chọn một trong: %(expected)s.")),
        ("json", _("Nội dung không phải JSON hợp lệ.")),
        ("list", _("Phải là một danh sách.")),
        ("tuple", _("Phải là một danh sách.")),
        ("dict", _("Phải là một đối tượng JSON.")),
        ("model", _("Phải là một đối tượng JSON.")),
        ("value_error", _("Giá trị chưa hợp lệ.")),
    )


def kinds() -> list[dict[str, object]]:
    """Return every refusal that this process knows: its name, status and meaning."""
    found: dict[str, type[Refused]] = {}
    waiting = [Refused]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            found.setdefault(kind.__name__, kind)
            waiting.append(kind)
    return [
        {
            "type": TYPE + name,
            "code": name,
            "status": status_of(name),
            "meaning": " ".join((kind.__doc__ or "").split()),
        }
        for name, kind in sorted(found.items())
    ]
