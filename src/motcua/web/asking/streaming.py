"""A turn as lines of JSON, one for each part that is ready; the page's script puts them in place."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from motcua.web.asking.conversation import Turn
from motcua.web.asking.shown import shown

MEDIA_TYPE = "application/x-ndjson"


def is_wanted(request: HttpRequest) -> bool:
    """Whether the page's script asks, which takes an answer in parts."""
    return MEDIA_TYPE in request.headers.get("Accept", "")


def streamed(request: HttpRequest, turn: Turn, context: dict[str, Any]) -> StreamingHttpResponse:
    """Return the parts of a turn: its frame, block after block, then sources and what to do."""
    language = translation.get_language() or "vi"

    def parts() -> Iterator[bytes]:
        with translation.override(language):
            for into, name, extra in _parts(turn):
                html = render_to_string(f"asking/{name}.html", context | extra, request=request)
                yield json.dumps({"into": into, "html": html}).encode() + b"\n"

    response = StreamingHttpResponse(parts(), content_type=MEDIA_TYPE)
    response["X-Accel-Buffering"] = "no"  # a proxy in front hands each part on at once
    return response


def _parts(turn: Turn) -> Iterator[tuple[str, str, dict[str, Any]]]:
    seen = shown(turn)
    view: dict[str, Any] = {"turn": turn, "shown": seen}
    yield "log", "_turn", view | {"is_streamed": True}
    if seen.emergency:
        yield "blocks", "_emergency", view
    for block in turn.answer.blocks:
        yield "blocks", "_block", view | {"block": block}
    yield "rest", "_rest", view
    yield "after", "_after", view
