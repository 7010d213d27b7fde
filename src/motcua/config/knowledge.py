"""Loading what the assistant knows: from our own tables, and from texts of law where they lie."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from motcua.config.paths import HOME, PACKAGE

if TYPE_CHECKING:
    from motcua.assistant.services.knowing import LoadReport

_TEXTS = HOME.parent / "shared" / "data" / "legal_texts"
# The whole codified law ("phapdien_full.jsonl.xz") is loaded only when it is named.
_FILES = ("laws_articles.jsonl", "nd118_2025.jsonl", "nd309_2026.jsonl", "phapdien_core.jsonl")
_DATA = PACKAGE / "assistant" / "data"


class Teller(Protocol):
    """Who is told what is being done."""

    def say(self, text: str) -> None:
        """Say what is being done."""


@dataclass(frozen=True)
class Loaded:
    """What a load did; `is_built`: a new index is in use."""

    reports: "tuple[LoadReport, ...]"
    is_built: bool


def texts_at_hand() -> list[Path]:
    """Return the texts of law beside the checkout, [] where there are none."""
    return [path for name in _FILES if (path := _TEXTS / name).is_file()]


def texts_to_load() -> list[Path]:
    """Return the texts at hand, [] where a person chose other files: those stay."""
    from motcua.assistant.queries import knowing

    chosen = knowing.law_files()
    return texts_at_hand() if not chosen or set(chosen) <= set(_FILES) else []


def is_usable() -> bool:
    """Tell whether the index of what is known opens."""
    from motcua.assistant.knowledge import files

    return files.is_usable()


def mark(catalogue: str, law: Sequence[Path]) -> str:
    """Return a mark that changes when something that a first start loads does."""
    from motcua.assistant.knowledge.rows import SHAPE

    files = [*law, _DATA / "validity.toml", *sorted((_DATA / "law").glob("*.toml"))]
    known = (path.stat() for path in files)
    told = [SHAPE, catalogue, *(f"{kept.st_size}:{kept.st_mtime_ns}" for kept in known)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def load(
    law: Sequence[Path], *, progress: Teller, advance: Callable[[int], None] | None = None
) -> Loaded:
    """Load every source that changed and build the index of it; no `law`: the law loaded before."""
    from django.utils import timezone

    from motcua.assistant.services import knowing
    from motcua.directory.actor import SYSTEM

    at = timezone.now()
    progress.say("Nạp kiến thức của trợ lý: thủ tục, quy định, nơi nộp, giờ làm việc…")
    reports = knowing.load_catalogue(by=SYSTEM, at=at, advance=advance)
    reports += knowing.refresh(by=SYSTEM, at=at)
    if law:
        progress.say(f"Nạp văn bản pháp luật theo điều: {len(law)} tệp…")
        reports += knowing.load_law(files=law, by=SYSTEM, at=at, advance=advance)
    progress.say("Dựng chỉ mục của trợ lý…")
    is_built = knowing.build(by=SYSTEM, at=at, advance=advance)
    return Loaded(tuple(reports), is_built)
