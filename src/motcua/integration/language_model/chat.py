"""Chat: one question to a model, its answer read from the stream of events."""

import json
from collections.abc import Iterator, Sequence

from motcua.assistant.ports import BROKEN, LARGE, Message, ModelUnavailable
from motcua.integration.language_model.line import Line

_MOST_BYTES = 512 * 1024
_CHARACTERS_PER_TOKEN = 2  # Vietnamese in common vocabularies; too few tokens would cut the answer


class ChatModel:
    """A model that writes (satisfies assistant.ports.Rewriter)."""

    def __init__(self, *, url: str, key: str, model: str, seconds: float) -> None:
        self._line = Line(url=url, key=key, seconds=seconds, most_bytes=_MOST_BYTES)
        self._model = model

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def complete(self, messages: Sequence[Message], *, most_characters: int) -> str:
        """Return what the model wrote.

        Raises ModelUnavailable: see assistant.ports.
        """
        body = {
            "model": self._model,
            "messages": [{"role": m.role, "content": m.content} for m in messages],
            "temperature": 0,
            "max_tokens": most_characters // _CHARACTERS_PER_TOKEN,
            "stream": True,
        }
        written: list[str] = []
        length = 0
        with self._line.lines_of("/chat/completions", body) as lines:
            for part in _parts(lines):
                written.append(part)
                length += len(part)
                if length > most_characters:
                    raise ModelUnavailable(LARGE)
        return "".join(written).strip()


def _parts(lines: Iterator[str]) -> Iterator[str]:
    """The pieces of text in a stream; one that ends without saying so was cut."""
    for line in lines:
        if not line or line.startswith((":", "event:", "id:")):
            continue
        if not line.startswith("data:"):
            raise ModelUnavailable(BROKEN, "no event stream")
        said = line.removeprefix("data:").strip()
        if said == "[DONE]":
            return
        yield _text(said)
    raise ModelUnavailable(BROKEN, "cut")


def _text(event: str) -> str:
    try:
        choices = json.loads(event)["choices"]
        part = choices[0]["delta"].get("content") if choices else ""
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise ModelUnavailable(BROKEN, "not a chunk") from None
    if part is not None and not isinstance(part, str):
        raise ModelUnavailable(BROKEN, "not a text")
    return part or ""
