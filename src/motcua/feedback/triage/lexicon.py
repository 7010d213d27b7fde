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
    """Yield (field, phrase) for the longest phrase at each place of the text."""
    known, longest = _phrases()
    parts, at = spaced(text).split(), 0
    while at < len(parts):
        for size in range(min(longest, len(parts) - at), 0, -1):
            phrase = " ".join(parts[at : at + size])
            if phrase in known:
                yield from ((field, phrase) for field in known[phrase])
                at += size - 1
                break
        at += 1


def field_words(text: str) -> Iterator[str]:
    """Yield the phrase, and its field once for each of its syllables: long phrases say more."""
    for field, phrase in hits(text):
        yield f"{field}:{phrase}"
        yield from [field] * (phrase.count(" ") + 1)
