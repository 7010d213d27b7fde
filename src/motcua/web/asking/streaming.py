"""A turn as lines of JSON, one for each part that is ready; the page's script puts them in place."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from motcua.assistant import ports
from motcua.web.asking import conversation
from motcua.web.asking.conversation import Turn
from motcua.web.asking.shown import Shown, shown

MEDIA_TYPE = "application/x-ndjson"
Part = tuple[str, str, dict[str, Any]]


def is_wanted(request: HttpRequest) -> bool:
    """Whether the page's script asks, which takes an answer in parts."""
    return MEDIA_TYPE in request.headers.get("Accept", "")


def streamed(
    request: HttpRequest, question: str, context: dict[str, Any]
) -> StreamingHttpResponse:
    """Return the parts of a turn as they are ready: the question, the answer's blocks, what follows."""
    language = translation.get_language() or "vi"
    if not request.session.session_key:
        request.session.create()
    request.session.modified = True  # so that its cookie goes out before the first part

    def lines() -> Iterator[bytes]:
        with translation.override(language):
            for into, name, extra in _parts(request, question):
                html = render_to_string(f"asking/{name}.html", context | extra, request=request)
                yield json.dumps({"into": into, "html": html}).encode() + b"\n"

    response = StreamingHttpResponse(lines(), content_type=MEDIA_TYPE)
    response["X-Accel-Buffering"] = "no"  # a proxy in front hands each part on at once
    return response


def _parts(request: HttpRequest, question: str) -> Iterator[Part]:
    yield "log", "_begun", {"turn": conversation.unasked(question)}
    if ports.rewriter() is not None:
        # a model may take seconds to reword: the plain answer stands on the page meanwhile
        answer = conversation.first_words(request, question)
        yield from _blocks(shown(Turn(0, question, conversation.unasked("").at, answer)))
    turn = conversation.say(request, question)
    request.session.save()
    seen = shown(turn)
    view = {"turn": turn, "shown": seen}
    yield from _blocks(seen)
    yield "rest", "_rest", view
    yield "after", "_after", view


def _blocks(seen: Shown) -> Iterator[Part]:
    view: dict[str, Any] = {"turn": seen.turn, "shown": seen}
    yield "turn", "_it", view | {"is_streamed": True}
    if seen.emergency:
        yield "blocks", "_emergency", view
    for block in seen.answer.blocks:
        yield "blocks", "_block", view | {"block": block}
