"""The first look: every passage scored by the question's words and pairs of neighbouring words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from motcua.assistant.retrieval.arrays import Arrays, Doubles, Floats, Longs, Postings
from motcua.assistant.retrieval.building import TOP
from motcua.assistant.retrieval.question import Reading

_TOO_COMMON = 0.6  # a word of more passages than this says nothing in the first look
_FEW = 5_000  # passages; below this every word is looked at


@dataclass(frozen=True)
class Part:
    """A word or a pair of words asked for: what it can be in the index, and what it weighs."""

    columns: Longs
    shares: Doubles
    idf: float
    weight: float
    left: int = -1  # of a pair: the words it joins
    right: int = -1


@dataclass(frozen=True)
class Asked:
    """A question taken apart: its different words, and its pairs of neighbours."""

    words: tuple[Part, ...]
    pairs: tuple[Part, ...]
    order: tuple[int, ...]  # the words as they stand in the question
    spelled: tuple[str, ...]
    rarest: float  # the idf of a pair that the index has not seen twice

    def neighbours(self) -> Iterator[tuple[int, int, float]]:
        """Return every two words that stand side by side, with the weight of their pair."""
        known = {(part.left, part.right): part.weight for part in self.pairs}
        for left, right in dict.fromkeys(pairwise(self.order)):
            a, b = self.words[left], self.words[right]
            stress = min(a.weight / max(a.idf, 1e-9), b.weight / max(b.idf, 1e-9))
            yield left, right, known.get((left, right), self.rarest * stress)


class Scorer:
    """Scores every passage of one index."""

    def __init__(self, arrays: Arrays, stress: Floats) -> None:
        self._arrays, self._stress = arrays, stress
        self.size = len(arrays.starts) - 1
        self._terms = len(arrays.term_counts)
        self._rarest = float(np.log1p(self.size))

    def take_apart(self, readings: Sequence[Reading]) -> Asked:
        """Return the question's different words and pairs with their weights."""
        known: dict[int, int] = {}
        parts: list[Part] = []
        order: list[int] = []
        spelled: list[str] = []
        for reading in readings:
            if not len(reading.terms):
                continue
            best = int(reading.terms[int(np.argmax(reading.shares))])
            if best not in known:
                known[best] = len(parts)
                idf = self._idf(self._arrays.terms, reading.terms, reading.shares)
                weight = idf * float(self._stress[best])
                parts.append(Part(reading.terms, reading.shares, idf, weight))
                spelled.append(reading.word)
            order.append(known[best])
        return Asked(
            tuple(parts),
            tuple(self._pairs(parts, order)),
            tuple(order),
            tuple(spelled),
            self._rarest,
        )

    def _idf(self, postings: Postings, columns: Longs, shares: Doubles) -> float:
        starts = postings.starts
        found = (starts[columns + 1] - starts[columns]).astype(np.float64)
        idf = np.log1p((self.size - found + 0.5) / (found + 0.5))
        return float((idf * shares).sum() / max(float(shares.sum()), 1e-9))

    def _pairs(self, parts: Sequence[Part], order: Sequence[int]) -> list[Part]:
        keys = self._arrays.pair_keys
        pairs: list[Part] = []
        if not len(keys):
            return pairs
        for left, right in dict.fromkeys(pairwise(order)):
            a, b = parts[left], parts[right]
            wanted = (a.columns[:, None] * self._terms + b.columns[None, :]).ravel()
            at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            found = keys[at] == wanted
            if not found.any():
                continue
            columns = at[found].astype(np.int64)
            shares = (a.shares[:, None] * b.shares[None, :]).ravel()[found]
            idf = self._idf(self._arrays.pairs, columns, shares)
            stress = min(a.weight / max(a.idf, 1e-9), b.weight / max(b.idf, 1e-9))
            pairs.append(Part(columns, shares, idf, idf * stress, left, right))
        return pairs

    def score(self, postings: Postings, parts: Sequence[Part]) -> Floats:
        """Return every passage's BM25 over the parts (words or pairs)."""
        starts, places, weights = postings.starts, postings.places, postings.weights
        total = np.zeros(self.size, np.float32)
        most = self.size if self.size < _FEW else _TOO_COMMON * self.size
        for part in parts:
            for column, share in zip(part.columns, part.shares, strict=True):
                begin, end = int(starts[column]), int(starts[column + 1])
                if end - begin > most:
                    continue
                factor = np.float32(part.weight * share / TOP)
                total[places[begin:end]] += weights[begin:end] * factor
        return total
