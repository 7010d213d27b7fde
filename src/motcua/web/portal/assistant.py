"""Asking the machine on the portal: a question, its answer with sources, a vote, and the end of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.assistant import knowledge
from motcua.kernel.bounds import is_keepable
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import address_of
from motcua.web.asking import conversation, streaming
from motcua.web.asking.shown import shown
from motcua.web.ui.throttle import Throttle, TooManyTries

# One address may be a whole village behind one router, one session is one person.
_OF_SESSION = Throttle("asking-session", most=40, seconds=600)
_OF_ADDRESS = Throttle("asking", most=150, seconds=600)
_VOTES = ("yes", "not_quite", "wrong")
_LONGEST_WORDS = 500
_EXAMPLES = (
    _later("vợ tôi mới sinh, làm giấy khai sinh cần gì, ở đâu, bao lâu"),
    _later("nhap ho khau nha thue thi can giay to gi"),
    _later("chứng thực bản sao hết bao nhiêu tiền"),
)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HttpRequest) -> HttpResponseBase:
    """Show the conversation; answer a question, in parts where a script asks."""
    if request.method != "POST":
        return _page(request, typed=request.GET.get("q", "")[: conversation.LONGEST_QUESTION])
    question = request.POST.get("q", "").strip()
    fault = _fault(question)
    if fault:
        return _refused(request, question, fault, 422)
    try:
        _OF_ADDRESS.count(address_of(request))
        _OF_SESSION.count(request.session.session_key or address_of(request))
    except TooManyTries:
        words = _("Bạn đã hỏi nhiều câu trong mười phút. Xin đợi một lát, hoặc gọi 1022.")
        return _refused(request, question, words, 429)
    if streaming.is_wanted(request):
        return streaming.streamed(request, question, _addresses())
    turn = conversation.say(request, question)
    return redirect(f"{reverse('portal:assistant')}#luot-{turn.key}")


@public
@require_POST
def vote(request: HttpRequest) -> HttpResponse:
    """Keep whether an answer helped, and in which words it did not."""
    choice, key = request.POST.get("y-kien", ""), request.POST.get("luot", "")
    if choice not in _VOTES or not key.isdecimal():
        return redirect("portal:assistant")
    words = request.POST.get("loi", "").strip()[:_LONGEST_WORDS]
    try:
        turn = conversation.vote(request, int(key), choice, words)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:assistant")
    if turn is not None and streaming.is_wanted(request):
        context = _addresses() | {"turn": turn, "shown": shown(turn)}
        return render(request, "asking/_after.html", context)
    return redirect(f"{reverse('portal:assistant')}#luot-{key}")


@public
@require_POST
def removal(request: HttpRequest) -> HttpResponse:
    """Delete the conversation."""
    conversation.forget(request)
    return redirect("portal:assistant")


def _fault(question: str) -> str:
    if not question:
        return _("Bạn chưa viết câu hỏi.")
    if not is_keepable(question):
        return _("Câu hỏi có ký tự không đọc được. Xin gõ lại.")
    most = conversation.LONGEST_QUESTION
    if len(question) > most:
        over = len(question) - most
        return ngettext(
            "Câu hỏi dài quá %(n)d chữ cái. Xin viết ngắn lại.",
            "Câu hỏi dài quá %(n)d chữ cái. Xin viết ngắn lại.",
            over,
        ) % {"n": over}
    return ""


def _refused(request: HttpRequest, question: str, fault: str, status: int) -> HttpResponse:
    if streaming.is_wanted(request):
        return HttpResponse(fault, content_type="text/plain; charset=utf-8", status=status)
    return _page(request, typed=question, fault=fault, status=status)


def _page(
    request: HttpRequest, *, typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    context = _addresses() | {
        "said": [shown(turn) for turn in conversation.turns(request)],
        "typed": typed,
        "fault": fault,
        "coverage": knowledge.coverage(),
        "today": timezone.localdate(),
        "examples": _EXAMPLES,
        "place": "assistant",
    }
    return render(request, "portal/assistant.html", context, status=status)


def _addresses() -> dict[str, Any]:
    return {"ask_url": reverse("portal:assistant"), "vote_url": reverse("portal:assistant-vote")}
