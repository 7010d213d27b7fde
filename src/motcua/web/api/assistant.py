"""The assistant: a question in, an answer with its sources out, and what the person thinks of it."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import AuthenticationError

from motcua.assistant.services import talk
from motcua.directory.actor import PUBLIC, Actor
from motcua.web.accounts.request import address_of
from motcua.web.api.answers import answer
from motcua.web.api.doors import TokenAuth, moment
from motcua.web.api.shapes.asking import AnswerOut, QuestionIn, VoteIn
from motcua.web.ui.throttle import Throttle

router = Router(tags=["assistant"], auth=None)

# The same name as the portal's chat: one address has one allowance.
_TRIES = Throttle("asking", most=60, seconds=600)


@router.post("/assistant/ask", response=AnswerOut, summary="Hỏi trợ lý (máy trả lời)")
def ask(request: HttpRequest, body: QuestionIn) -> HttpResponse:
    """Answer a question with what is in force; with a token one may ask about one's own dossiers.

    Send `thread` of the answer before to go on. The answer is made by a machine: `ai_generated` is
    always true, and `notice` is to be shown with it.
    """
    _TRIES.count(address_of(request))
    now, by = moment(), caller_or_public(request)
    said = talk.ask(
        question=body.question,
        on=body.on or timezone.localdate(now),
        at=now,
        by=by,
        conversation=body.thread,
        place=body.place,
        channel="api",
    )
    found = AnswerOut.of(
        said.answer,
        notice=_("Câu trả lời do máy soạn từ dữ liệu đã công bố; xem nguồn trước khi làm theo."),
        site=settings.MOTCUA_PUBLIC_URL,
        thread=said.conversation,
        turn=said.turn.number,
    )
    response = answer(found)
    response.headers["X-AI-Generated"] = "true"
    return response


@router.post("/assistant/votes", response={204: None}, summary="Câu trả lời có ích không")
def vote(request: HttpRequest, body: VoteIn) -> HttpResponse:
    """Keep what the person thinks of an answer; what did not help reaches the catalogue's keepers."""
    _TRIES.count(address_of(request))
    talk.vote(
        conversation=body.thread,
        turn=body.turn,
        choice=body.vote,
        words=body.words,
        by=caller_or_public(request),
        at=moment(),
    )
    return HttpResponse(status=204)


@router.delete("/assistant/threads/{thread}", response={204: None}, summary="Xóa cuộc hỏi đáp")
def removal(request: HttpRequest, thread: str) -> HttpResponse:
    """Delete a conversation; one that is not there is as good as deleted."""
    talk.forget(conversation=thread, by=caller_or_public(request))
    return HttpResponse(status=204)


def caller_or_public(request: HttpRequest) -> Actor:
    """Who calls: the owner of the token that came along, else somebody of the public."""
    if "Authorization" not in request.headers:
        return PUBLIC
    found = cast("Actor | None", TokenAuth()(request))
    if found is None:
        raise AuthenticationError
    return found
