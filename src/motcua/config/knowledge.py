"""Loading what the assistant knows: from our own tables, and from texts of law where they lie."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from motcua.config.paths import HOME

if TYPE_CHECKING:
    from motcua.assistant.services.knowing import LoadReport

_TEXTS = HOME.parent / "shared" / "data" / "legal_texts"
# The whole codified law ("phapdien_full.jsonl.xz") is loaded only when it is named.
_FILES = ("laws_articles.jsonl", "nd118_2025.jsonl", "nd309_2026.jsonl", "phapdien_core.jsonl")


class Teller(Protocol):
    """Who is told what is being done, and how far it is."""

    def say(self, text: str) -> None:
        """Say what is being done."""

    def bar(self, text: str) -> AbstractContextManager[Callable[[int], None]]:
        """Return a context in which a function tells how much is done."""


@dataclass(frozen=True)
class Loaded:
    """What a load did; `is_built`: a new index is in use."""

    reports: "tuple[LoadReport, ...]"
    is_built: bool


def texts_at_hand() -> list[Path]:
    """Return the texts of law beside the checkout, [] where there are none."""
    return [path for name in _FILES if (path := _TEXTS / name).is_file()]


def load(law: Sequence[Path] | None, *, progress: Teller) -> Loaded:
    """Load every source that changed and build the index; `law` None: the texts at hand, if any."""
    from django.utils import timezone

    from motcua.assistant.services import knowing
    from motcua.directory.actor import SYSTEM

    at = timezone.now()
    files = texts_at_hand() if law is None else list(law)
    with progress.bar("Nạp thủ tục") as tell:
        reports = knowing.load_catalogue(by=SYSTEM, at=at, advance=tell)
    reports += knowing.refresh(by=SYSTEM, at=at)
    if files:
        with progress.bar("Nạp văn bản pháp luật") as tell:
            reports += knowing.load_law(files=files, by=SYSTEM, at=at, advance=tell)
    with progress.bar("Dựng chỉ mục của trợ lý") as tell:
        is_built = knowing.build(by=SYSTEM, at=at, advance=tell)
    return Loaded(tuple(reports), is_built)
