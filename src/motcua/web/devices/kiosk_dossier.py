"""The kiosk: how far a dossier has come, for whoever knows its code and phone number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.documents.papers import qr
from motcua.dossiers.queries import lists
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import address_of
from motcua.web.devices.kiosk import common
from motcua.web.ui.throttle import Throttle, TooManyTries

_TRIES = Throttle("track", most=10, seconds=600)
_LONGEST = 800


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for code and phone, or the QR of a paper; show the progress on the same page."""
    if request.method != "POST":
        return _page(request)
    typed = request.POST.get("code", "").strip()[:_LONGEST]
    phone = request.POST.get("phone", "").strip()[:20]
    try:
        _TRIES.count(address_of(request))
    except TooManyTries:
        words = _("Đã thử nhiều lần. Xin đợi 10 phút, hoặc đưa giấy hẹn cho người hướng dẫn.")
        return _page(request, typed=typed, fault=words, status=429)
    status = _status(typed, phone)
    if status is None:
        words = _("Không có hồ sơ nào khớp cả mã và số điện thoại này.")
        return _page(request, typed=typed, fault=words, status=422)
    return _page(request, found=status)


def _status(typed: str, phone: str) -> lists.PublicStatus | None:
    now, paper = timezone.now(), qr.decode(typed)
    if paper is not None:
        return lists.public_status_by_paper(
            code=paper.dossier_code, owner_id=paper.owner_id, at=now
        )
    return lists.public_status(code="".join(typed.split()), phone=phone, at=now)


def _page(
    request: HttpRequest,
    *,
    typed: str = "",
    fault: str = "",
    found: lists.PublicStatus | None = None,
    status: int = 200,
) -> HttpResponse:
    context = common() | {"typed": typed, "fault": fault, "found": found}
    return render(request, "devices/kiosk_track.html", context, status=status)
