"""Verbs of what is known: load sources, build the index, keep an accepted answer."""

from motcua.assistant.services.knowing.answers import (
    AcceptedAnswer,
    NotAnAnswer,
    forget_answer,
    keep_answer,
)
from motcua.assistant.services.knowing.building import build
from motcua.assistant.services.knowing.core import LoadReport
from motcua.assistant.services.knowing.loading import (
    load_catalogue,
    load_law,
    load_places,
    refresh,
)
from motcua.assistant.services.knowing.vectors import embed_passages
from motcua.assistant.services.knowing.waiting import ask_for_refresh

__all__ = [
    "AcceptedAnswer", "LoadReport", "NotAnAnswer", "ask_for_refresh", "build", "embed_passages",
    "forget_answer", "keep_answer", "load_catalogue", "load_law", "load_places", "refresh",
]  # fmt: skip
