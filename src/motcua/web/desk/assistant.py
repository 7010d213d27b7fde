"""The officer's side panel: law, similar dossiers, drafts, whom to call, and a question."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.assistant.advice import panel
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.kernel.bounds import is_keepable
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.asking import conversation
from motcua.web.asking.shown import shown
from motcua.web.desk.acts import DEEDS
from motcua.web.ui.throttle import Throttle, TooManyTries

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

_TRIES = Throttle("advice", most=120, seconds=600)


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assistant(request: HttpRequest, code: str) -> HttpResponse:
    """Show the advice on a dossier; answer a question with its procedure on the table."""
    found = queries.dossier_for(actor_of(request), code)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    question = request.POST.get("q", "").strip()
    fault = _fault(request, question)
    if fault:
        return _page(request, found, typed=question, fault=fault, status=422)
    conversation.say(request, question, _place(found), about=found.procedure_code)
    return redirect(f"{reverse('desk:dossier-assistant', args=[found.code])}#hoi")


def _fault(request: HttpRequest, question: str) -> str:
    if not question:
        return _("Chưa có câu hỏi.")
    if not is_keepable(question):
        return _("Câu hỏi có ký tự không đọc được. Xin gõ lại.")
    if len(question) > conversation.LONGEST_QUESTION:
        return _("Câu hỏi dài quá 1.000 chữ cái.")
    try:
        _TRIES.count(str(actor_of(request).account_id))
    except TooManyTries:
        return _("Đã hỏi nhiều câu trong mười phút; xin đợi một lát.")
    return ""


def _place(found: "Dossier") -> str:
    return f"desk_{found.pk}"


def _page(
    request: HttpRequest, found: "Dossier", *, typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    if status == 200:
        dossiers.note_read(dossier=found, part="assistant", by=actor, at=at)
    context = {
        "place": "inbox",
        "dossier": found,
        "advice": panel.advice(found, actor=actor, at=at),
        "acts": DEEDS,
        "said": [shown(turn) for turn in conversation.turns(request, _place(found))][-3:],
        "ask_url": reverse("desk:dossier-assistant", args=[found.code]),
        "typed": typed,
        "fault": fault,
        "now": at,
    }
    return render(request, "desk/dossier/assistant.html", context, status=status)
