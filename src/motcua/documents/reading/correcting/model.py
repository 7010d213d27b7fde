"""How likely a syllable is after another, in official wording."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

import numpy as np

from motcua.documents.reading.correcting.syllables import key_of, legal_keys, skeleton

# What stands for a sentence's start, a mark between words, a number or code, a foreign word.
START, BREAK, NUMBER, OTHER = "<s>", "<,>", "<0>", "<?>"

_COUNTS = Path(__file__).parent / "counts.npz"
_PIECES = re.compile(r"[^\W\d_]+|[\d][\w./-]*|[.;:!?]|,|[^\s\w]")
# Weight of the single count, in pairs: how many sightings of `before` make its pairs trusted.
_TRUST = 12.0
# A pair counted so often is a term, not two words of a name that happen to meet.
_SET_TERM = 1000


def tokens(line: str) -> Iterator[str]:
    """Iterate over the keys of a line: syllables, and the signs for numbers and marks."""
    for piece in _PIECES.findall(line):
        if piece[0].isdigit():
            yield NUMBER
        elif piece[0].isalpha():
            yield key_of(piece)
        else:
            yield START if piece in ".;:!?" else BREAK


@dataclass(frozen=True)
class Model:
    """Counts of syllables and pairs, smoothed."""

    single: dict[str, int]
    pairs: dict[tuple[str, str], int]
    followed: dict[str, int]
    total: int
    by_skeleton: dict[str, tuple[str, ...]]

    def chance(self, before: str, key: str) -> float:
        """Return the natural logarithm of the chance of `key` after `before`."""
        alone = (self.single.get(key, 0) + 0.3) / (self.total + 1)
        seen = self.followed.get(before, 0)
        kinds = _TRUST + 0.01 * seen
        return log((self.pairs.get((before, key), 0) + kinds * alone) / (seen + kinds))

    def prefers(self, key: str, other: str, after: str) -> bool:
        """Tell whether `key` before `after` is a set term and `other` there is all but unheard of."""
        often = self.pairs.get((key, after), 0)
        return often > _SET_TERM and often > _SET_TERM * self.pairs.get((other, after), 0)

    def knows(self, key: str) -> bool:
        """Tell whether the key is a syllable of the language or a word often seen."""
        return key in self.single or key in legal_keys()


@cache
def model() -> Model:
    """Return the model that is shipped."""
    with np.load(_COUNTS) as held:
        names = str(held["names"]).split("\n")
        single = dict(zip(names, (int(n) for n in held["single"]), strict=True))
        codes, counts = held["pairs"], held["counts"]
    before, after = np.divmod(codes, len(names))
    pairs: dict[tuple[str, str], int] = {}
    followed: defaultdict[str, int] = defaultdict(int)
    for a, b, count in zip(before.tolist(), after.tolist(), counts.tolist(), strict=True):
        pairs[names[a], names[b]] = count
        followed[names[a]] += count
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for key in {*single, *legal_keys()}:
        if not key.startswith("<"):
            alike[skeleton(key.rstrip("FSXRJ"))].append(key)
    by_skeleton = {bare: tuple(sorted(keys)) for bare, keys in alike.items()}
    return Model(single, pairs, dict(followed), sum(single.values()), by_skeleton)
