"""Words by which people speak of each field, counted in a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from motcua.feedback.triage.fields import spaced

_FILE = Path(__file__).resolve().parent / "data" / "lexicon.toml"


@cache
def _phrases() -> tuple[dict[str, tuple[str, ...]], int]:
    """Fields by folded phrase, and the length of the longest."""
    found: dict[str, list[str]] = {}
    for field, written in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
        for phrase in written.split(","):
            found.setdefault(spaced(phrase), []).append(field)
    return {p: tuple(fs) for p, fs in found.items()}, max(p.count(" ") + 1 for p in found)


def hits(text: str) -> Iterator[tuple[str, str]]:
    """Yield (field, phrase) for every phrase in the text, longer ones also for their parts."""
    known, longest = _phrases()
    parts = spaced(text).split()
    for at in range(len(parts)):
        for size in range(1, min(longest, len(parts) - at) + 1):
            phrase = " ".join(parts[at : at + size])
            for field in known.get(phrase, ()):
                yield field, phrase


def field_words(text: str) -> Iterator[str]:
    """Yield the field and the phrase of every phrase found; one of several syllables counts double."""
    for field, phrase in hits(text):
        yield field
        yield f"{field}:{phrase}"
        if " " in phrase:
            yield field
