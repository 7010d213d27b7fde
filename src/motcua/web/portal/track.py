"""Following a dossier without an account: code and phone in, progress out, nothing about people."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.queries import lists
from motcua.feedback.queries import rating
from motcua.feedback.rules import code as feedback_code
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import address_of
from motcua.web.portal import progress
from motcua.web.portal.forms import TrackForm
from motcua.web.ui.parts import Crumb
from motcua.web.ui.throttle import Throttle, TooManyTries

_SALT = "portal.track"
_GOOD_FOR_SECONDS = 3600
_TRIES = Throttle("track", most=10, seconds=600)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Ask for code and phone; lead to the dossier's progress when both are right."""
    if request.method != "POST":
        typed = TrackForm(initial={"code": request.GET.get("ma", "")[:60]})
        return _asked(request, typed)
    if feedback := feedback_code.read(typed=request.POST.get("code", "")[:60]):
        return redirect(f"{reverse('portal:feedback-track')}?ma={feedback}")
    typed = TrackForm(request.POST)
    try:
        _TRIES.count(address_of(request))
    except TooManyTries:
        return _too_many(request)
    if not typed.is_valid():
        return _asked(request, typed)
    code = typed.cleaned_data["code"]
    if not _is_let_in(typed):
        # One answer for a wrong code and a wrong phone: nobody learns which codes exist.
        typed.add_error(None, _("Không có hồ sơ nào khớp cả mã và số điện thoại này."))
        return _asked(request, typed)
    return redirect("portal:tracked", signing.dumps(code, salt=_SALT, compress=True))


@public
@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a stranger with code and phone may know."""
    try:
        code = signing.loads(token, salt=_SALT, max_age=_GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return redirect("portal:track")
    now = timezone.now()
    status = lists.public_status_of(code=code, at=now)
    if status is None:
        return redirect("portal:track")
    context = {
        "progress": progress.of_public(status, now=now),
        "now": now,
        "rating": rating.token_of_code(code=code),
        "crumbs": [Crumb(_("Trang đầu"), "/"), Crumb(_("Tra cứu hồ sơ"), "/tra-cuu/")],
        "place": "track",
    }
    return render(request, "portal/tracked.html", context)


def _is_let_in(typed: TrackForm) -> bool:
    """Whether code and phone belong together, or code and the owner that a paper's QR names."""
    code, phone, now = typed.cleaned_data["code"], typed.cleaned_data["phone"], timezone.now()
    if phone:
        return lists.public_status(code=code, phone=phone, at=now) is not None
    return lists.public_status_by_paper(code=code, owner_id=typed.owner_id, at=now) is not None


def _asked(request: HttpRequest, typed: TrackForm) -> HttpResponse:
    context = {"form": typed, "crumbs": [Crumb(_("Trang đầu"), "/")], "place": "track"}
    return render(request, "portal/track.html", context, status=422 if typed.errors else 200)


def _too_many(request: HttpRequest) -> HttpResponse:
    words = _("Bạn đã thử nhiều lần. Xin đợi 10 phút rồi thử lại, hoặc gọi 1022 để được giúp.")
    context = {"title": _("Thử quá nhiều lần"), "words": words, "status": 429}
    return render(request, "ui/error.html", context, status=429)
