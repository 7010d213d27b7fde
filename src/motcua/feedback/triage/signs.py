"""Signs in a text that must not be missed: danger, harassment, delay, a bribe, a complaint by law.

Each pattern is read on the folded text (lower case, no marks, punctuation as spaces), so that it
finds what was typed without diacritics. A pattern is a hint with a weight, not a judgement: people read
what is flagged (118/2025/NĐ-CP Điều 5 lists what officials must not do).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.feedback.triage.fields import spaced

_FILE = Path(__file__).resolve().parent / "data" / "signs.toml"


@dataclass(frozen=True)
class Sign:
    """The strength of one kind of sign in a text (0..1) and the words that carry it."""

    strength: float
    words: tuple[str, ...] = ()


@cache
def _patterns(kind: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))[kind]
    return tuple(
        (re.compile(rf"(?<!\S){pattern}(?!\S)"), float(row["weight"]))
        for row in rows
        for pattern in row["patterns"]
    )


def kinds() -> tuple[str, ...]:
    """Return the kinds of signs that are looked for."""
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def sign(kind: str, text: str) -> Sign:
    """Return how strongly a text shows signs of a kind: weights add up, against ones take away."""
    folded = spaced(text)
    total, words = 0.0, []
    for pattern, weight in _patterns(kind):
        hit = pattern.search(folded)
        if hit:
            total += weight
            words += [hit.group()] if weight > 0 else []
    return Sign(max(0.0, min(1.0, total)), tuple(words))


def all_signs(text: str) -> Mapping[str, Sign]:
    """Return the strength of every kind of sign in a text."""
    return {kind: sign(kind, text) for kind in kinds()}


def marks(text: str) -> Iterator[str]:
    """Yield a mark for every sign found, as the classifier counts them."""
    for kind, found in all_signs(text).items():
        for words in found.words:
            yield kind
            yield f"{kind}:{words}"
        if found.strength >= 0.5:
            yield f"{kind}!"
