"""The keepers' desk: what people asked in vain, the answers written to it, and their review."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.assistant.learning.states import KEEPERS
from motcua.assistant.queries import learning as queries
from motcua.assistant.services import learning
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.questions_form import AnswerForm, filled
from motcua.web.ui.parts import Tab

if TYPE_CHECKING:
    from motcua.assistant.models import LearnedAnswer, Topic

_MOST = 60
_TABS = (
    ("open", _later("Chờ nhận")),
    ("mine", _later("Tôi đang soạn")),
    ("review", _later("Chờ duyệt")),
    ("taken", _later("Đang soạn")),
    ("answered", _later("Đã trả lời")),
    ("dismissed", _later("Không cần trả lời")),
)


@staff(*KEEPERS)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List the topics of one tab, those asked most first."""
    actor = actor_of(request)
    tab = request.GET.get("loc", "open")
    if tab not in dict(_TABS):
        tab = "open"
    counts = queries.counts(actor)
    context = {
        "place": "questions",
        "topics": queries.topics(actor, state=tab)[:_MOST],
        "tabs": [
            Tab(str(word), f"?loc={key}", counts.get(key, 0), is_current=key == tab)
            for key, word in _TABS
        ],
    }
    return render(request, "desk/questions.html", context)


@staff(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, number: int) -> HttpResponse:
    """Show a topic with the ways people asked; a keeper writes its answer."""
    found = _found(request, number)
    waiting = _waiting(found)
    form = AnswerForm(request.POST or None, initial=filled(found, waiting), auto_id="tl_%s")
    if request.method == "POST" and form.is_valid():
        try:
            learning.propose(
                topic=number, by=actor_of(request), at=timezone.now(), **form.proposed()
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Đã gửi câu trả lời để người khác duyệt."))
            return redirect("desk:question", number)
    return _shown(request, found, form)


@staff(*KEEPERS)
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take a topic on, or give it back."""
    act = learning.release if request.POST.get("tra") else learning.take
    return _done(
        request,
        number,
        lambda: act(topic=number, by=actor_of(request), at=timezone.now()),
        _("Đã ghi."),
    )


@staff(*KEEPERS)
@require_POST
def dismissal(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a topic needs no answer, or open it again; with the reason."""
    found = _found(request, number)
    act = learning.reopen if found.state in ("dismissed", "answered") else learning.dismiss
    reason = request.POST.get("reason", "")
    return _done(
        request,
        number,
        lambda: act(topic=number, reason=reason, by=actor_of(request), at=timezone.now()),
        _("Đã ghi lý do."),
    )


@staff(*KEEPERS)
@require_POST
def review(request: HttpRequest, number: int, answer: int) -> HttpResponse:
    """Accept somebody else's answer, send it back, or stop giving it."""
    actor, at, verdict = actor_of(request), timezone.now(), request.POST.get("verdict", "")
    reason = request.POST.get("reason", "")
    if verdict == "accept":
        return _done(
            request,
            number,
            lambda: learning.accept(answer=answer, by=actor, at=at),
            _("Đã duyệt. Máy trả lời theo câu này từ ngày áp dụng."),
        )
    act = learning.withdraw if verdict == "withdraw" else learning.send_back
    return _done(
        request,
        number,
        lambda: act(answer=answer, reason=reason, by=actor, at=at),
        _("Đã ghi lý do."),
    )


def _found(request: HttpRequest, number: int) -> "Topic":
    found = queries.topic(actor_of(request), number)
    if found is None:
        raise Http404
    return found


def _waiting(found: "Topic") -> "LearnedAnswer | None":
    states = ("draft", "review", "returned")
    return next((one for one in queries.answers_of(found) if one.state in states), None)


def _done(
    request: HttpRequest, number: int, act: Callable[[], object], words: str
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(reverse("desk:question", args=[number]))


def _shown(request: HttpRequest, found: "Topic", form: AnswerForm) -> HttpResponse:
    actor = actor_of(request)
    answers = [(one, queries.may_review(actor, one)) for one in queries.answers_of(found)]
    is_open = found.state in ("open", "taken")
    under_review = any(one.state == "review" for one, _may in answers)
    context = {
        "place": "questions",
        "topic": found,
        "examples": queries.examples(found),
        "answers": answers,
        "form": form if is_open and (form.is_bound or not under_review) else None,
        "is_open": is_open,
        "reasons": [
            (word, found.reasons[key]) for key, word in _reasons() if found.reasons.get(key)
        ],
    }
    return render(request, "desk/question.html", context, status=422 if form.errors else 200)


def _reasons() -> list[tuple[str, str]]:
    return [
        ("unknown", _("chưa biết trả lời")),
        ("disliked", _("người hỏi chưa hài lòng")),
        ("unsure", _("trả lời chưa chắc")),
        ("written", _("hỏi bằng văn bản")),
    ]
