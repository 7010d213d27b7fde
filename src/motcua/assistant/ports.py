"""What the assistant may borrow: a language model that rewords, and one that turns text to vectors.

Both are optional. Without them, or while they are away, every answer is the plain one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

# Why a model gave nothing; the word is stored as a step of the answer and never renamed.
GONE, SLOW, BROKEN, LARGE, REFUSED, MOVED, RESTING = (
    "gone", "slow", "broken", "large", "refused", "moved", "resting",
)  # fmt: skip


class ModelUnavailable(Exception):
    """The model gave nothing usable; `reason` is one of the words above."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model. role: system or user."""

    role: str
    content: str


class Rewriter(Protocol):
    """A language model that is asked once and answers with text."""

    def complete(self, messages: Sequence[Message], *, most_characters: int) -> str:
        """Return what the model wrote.

        Raises ModelUnavailable: not there, too slow, too long, or not understood.
        """
        ...


class Embedder(Protocol):
    """A model that places texts in a space where what is alike lies near."""

    @property
    def model(self) -> str:
        """Name of the model; vectors of different models are never compared."""
        ...

    def embed(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """Return one vector for each text, in their order.

        Raises ModelUnavailable: not there, too slow, or not understood.
        """
        ...


def rewriter() -> Rewriter | None:
    """Return the language model that is set up (MOTCUA_LLM_URL), None when there is none."""
    if not settings.MOTCUA_LLM_URL:
        return None
    at = (settings.MOTCUA_LLM_URL, settings.MOTCUA_LLM_KEY, settings.MOTCUA_LLM_MODEL)
    return cast(Rewriter, _opened(settings.MOTCUA_REWRITER, at, settings.MOTCUA_LLM_SECONDS))


def embedder() -> Embedder | None:
    """Return the embedding model that is set up (MOTCUA_EMBEDDINGS_URL), None when there is none."""
    if not settings.MOTCUA_EMBEDDINGS_URL:
        return None
    at = (
        settings.MOTCUA_EMBEDDINGS_URL,
        settings.MOTCUA_EMBEDDINGS_KEY,
        settings.MOTCUA_EMBEDDINGS_MODEL,
    )
    seconds = settings.MOTCUA_EMBEDDINGS_SECONDS
    return cast(Embedder, _opened(settings.MOTCUA_EMBEDDER, at, seconds))


@cache
def _opened(adapter: str, at: tuple[str, str, str], seconds: float) -> object:
    """One client for each address in a process, so that its breaker remembers."""
    url, key, model = at
    found: object = import_string(adapter)(url=url, key=key, model=model, seconds=seconds)
    return found
