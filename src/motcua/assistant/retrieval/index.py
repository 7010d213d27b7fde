"""The index: built from passages, saved as files, opened by several processes, searched."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np

from motcua.assistant.retrieval import building, storage
from motcua.assistant.retrieval.arrays import Bools, Floats, Longs
from motcua.assistant.retrieval.building import Built, Progress
from motcua.assistant.retrieval.passages import Hit, Passage
from motcua.assistant.retrieval.question import Reader
from motcua.assistant.retrieval.scoring import Asked, Scorer

_PAIRS = 0.6  # what a pair weighs beside a word in the first look


class Index:
    """A searchable set of passages. It is never changed: build another and move it in place."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._arrays = built.arrays
        terms = {term: number for number, term in enumerate(built.terms)}
        folds = {folded: number for number, folded in enumerate(built.folds)}
        self._reader = Reader(self._arrays, terms, folds)
        self._scorer = Scorer(self._arrays, {})

    @classmethod
    def build(cls, passages: Iterable[Passage], *, progress: Progress | None = None) -> "Index":
        """Return the index of the passages; `progress` is told how many were read."""
        return cls(building.build(passages, progress=progress))

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Return the index saved in the folder, its arrays mapped from the files."""
        return cls(storage.load(folder))

    def save(self, folder: Path) -> None:
        """Write the index to the folder, in place of what was there."""
        storage.save(self._built, folder)

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._built.keys)

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        on: date | None = None,
        kinds: Collection[str] | None = None,
        dense: Mapping[str, float] | None = None,
    ) -> list[Hit]:
        """Return the passages that answer, best first.

        `on` keeps what holds on that day; `kinds` keeps passages of those kinds; `dense` brings
        similarities (0..1) by key that an embedding server found.
        """
        asked = self._scorer.take_apart(self._reader.read(question))
        if not asked.words or limit < 1 or not len(self):
            return []
        words, pairs = self._look(asked)
        total = words + _PAIRS * pairs
        allowed = self._allowed(on, kinds)
        if allowed is not None:
            total = np.where(allowed, total, 0)
        total = self._join(total, dense)
        best = _top(total, limit)
        ideal = sum(part.weight for part in asked.words) * 1.6 + 1e-9
        return [
            Hit(
                self._built.keys[at],
                float(min(total[at] / ideal, 1.0)),
                {"words": float(words[at]), "pairs": float(pairs[at])},
            )
            for at in best
        ]

    def _look(self, asked: Asked) -> tuple[Floats, Floats]:
        return self._scorer.score(self._arrays.terms, asked.words), self._scorer.score(
            self._arrays.pairs, asked.pairs
        )

    def _join(self, total: Floats, dense: Mapping[str, float] | None) -> Floats:
        if not dense:
            return total
        near = np.array([dense.get(key, 0.0) for key in self._built.keys], np.float32)
        return np.asarray(total + near * float(total.max()), np.float32)

    def _allowed(self, on: date | None, kinds: Collection[str] | None) -> Bools | None:
        allowed = np.ones(len(self), bool)
        if on is not None:
            day = on.toordinal()
            allowed &= (self._arrays.since <= day) & (day < self._arrays.until)
        if kinds is not None:
            numbers = [n for n, name in enumerate(self._built.kinds) if name in set(kinds)]
            allowed &= np.isin(self._arrays.kinds, numbers)
        return None if on is None and kinds is None else allowed


def _top(total: Floats, limit: int) -> Longs:
    limit = min(limit, len(total))
    found = np.argpartition(-total, limit - 1)[:limit]
    ordered = found[np.lexsort((found, -total[found]))]
    return ordered[total[ordered] > 0].astype(np.int64)
