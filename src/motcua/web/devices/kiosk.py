"""The kiosk: asking the machine before a screen that belongs to everybody; nothing stays after."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.assistant.answering.answer import Action
from motcua.kernel.bounds import is_keepable
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import address_of
from motcua.web.asking import conversation
from motcua.web.asking.shown import Shown, shown
from motcua.web.devices.doors import DOORS
from motcua.web.ui.throttle import Throttle, TooManyTries

PLACE = "kiosk"
_TRIES = Throttle("kiosk", most=120, seconds=600)


@public
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Greet whoever comes; what the one before asked is forgotten."""
    conversation.forget(request, PLACE)
    context = common() | {"doors": DOORS, "is_home": True}
    return render(request, "devices/kiosk.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Answer a question, and show the answer with what can be done at the kiosk."""
    if request.method != "POST":
        return _answered(request)
    question = request.POST.get("q", "").strip()
    fault = _fault(request, question)
    if fault:
        return _answered(request, typed=question, fault=fault, status=422)
    conversation.say(request, question, PLACE)
    return redirect("devices:kiosk-answer")


@public
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Forget everything of this visit."""
    conversation.forget(request, PLACE)
    request.session.flush()
    return redirect("devices:kiosk")


def common() -> dict[str, Any]:
    """Return what every page of the kiosk shows."""
    return {"now": timezone.now(), "ask_url": reverse("devices:kiosk-answer")}


def _fault(request: HttpRequest, question: str) -> str:
    if not question:
        return _("Bạn chưa viết câu hỏi.")
    if not is_keepable(question):
        return _("Câu hỏi có ký tự không đọc được. Xin gõ lại.")
    if len(question) > conversation.LONGEST_QUESTION:
        return _("Câu hỏi dài quá 1.000 chữ cái.")
    try:
        _TRIES.count(address_of(request))
    except TooManyTries:
        return _("Máy đang bận. Xin hỏi người hướng dẫn, hoặc gọi 1022.")
    return ""


def _answered(
    request: HttpRequest, *, typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    said = [_at_the_kiosk(shown(turn)) for turn in conversation.turns(request, PLACE)]
    if not said and not fault:
        return redirect("devices:kiosk")
    context = common() | {"said": said[-1:], "typed": typed, "fault": fault, "is_kiosk": True}
    return render(request, "devices/kiosk_answer.html", context, status=status)


def _at_the_kiosk(seen: Shown) -> Shown:
    """Keep what can be done here; pages of the portal have twins at the kiosk."""
    codes = seen.answer.procedures[:1]
    acts = [act for act in seen.acts if act.kind in ("write", "feedback")]
    if any(act.kind == "print" for act in seen.acts) and codes:
        address = reverse("devices:kiosk-procedure", args=codes)
        case = f"?case={seen.answer.case}" if seen.answer.case else ""
        acts.insert(0, Action(_("Xem và in giấy tờ cần mang"), address + case, "print"))
    if any(act.kind == "track" for act in seen.acts):
        acts.insert(0, Action(_("Xem hồ sơ của tôi"), reverse("devices:kiosk-track"), "track"))
    return Shown(seen.turn, tuple(acts))
