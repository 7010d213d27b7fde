"""The index: built from passages, saved as files, opened by several processes, searched."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np

from motcua.assistant.retrieval import building, storage
from motcua.assistant.retrieval.arrays import Bools, Doubles, Floats, Longs
from motcua.assistant.retrieval.building import Built, Progress
from motcua.assistant.retrieval.features import NAMES, Examiner, Look
from motcua.assistant.retrieval.meaning import Background, point
from motcua.assistant.retrieval.passages import Hit, Passage
from motcua.assistant.retrieval.question import Reader
from motcua.assistant.retrieval.ranker import Ranker
from motcua.assistant.retrieval.ranker import ranker as default_ranker
from motcua.assistant.retrieval.scoring import Asked, Scorer

_PAIRS = 0.6  # what a pair weighs beside a word in the first look
_NEAR = 0.8  # what likeness by vectors weighs beside the best by words
_DENSE = 8.0  # what an embedding server's likeness weighs beside the learned merits
CANDIDATES = 120


class Index:
    """A searchable set of passages. It is never changed: build another and move it in place."""

    def __init__(self, built: Built, *, ranker: Ranker | None = None) -> None:
        self._built = built
        self._arrays = built.arrays
        self._ranker = ranker or default_ranker()
        terms = {term: number for number, term in enumerate(built.terms)}
        folds = {folded: number for number, folded in enumerate(built.folds)}
        self._reader = Reader(self._arrays, terms, folds)
        stress = self._ranker.stress if self._ranker else {}
        said = np.array([stress.get(term, 1.0) for term in built.terms], np.float32)
        self._scorer = Scorer(self._arrays, said)
        self._examiner = Examiner(self._arrays)

    @classmethod
    def build(
        cls,
        passages: Iterable[Passage],
        *,
        progress: Progress | None = None,
        background: Background | None = None,
        ranker: Ranker | None = None,
    ) -> "Index":
        """Return the index of the passages; `progress` is told how many were read.

        Training gives its own `background` and `ranker`; else those of the package serve.
        """
        built = building.build(passages, progress=progress, background=background)
        return cls(built, ranker=ranker)

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Return the index saved in the folder, its arrays mapped from the files."""
        return cls(storage.load(folder))

    def write(self, folder: Path) -> None:
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
        asked = self.take_apart(question)
        if not asked.words or limit < 1 or not len(self):
            return []
        look = self.look(asked, self._allowed(on, kinds), dense)
        chosen = top(look.total, max(CANDIDATES, limit))
        if not len(chosen):
            return []
        features = self._examiner.examine(asked, look, chosen)
        merits, sure = self._judge(features, look.total[chosen])
        if dense:
            near = np.array([dense.get(self._built.keys[at], 0.0) for at in chosen])
            merits = merits + _DENSE * (near - near.max())
        best = np.argsort(-merits, kind="stable")[:limit]
        return [
            Hit(
                self._built.keys[chosen[at]],
                round(float(sure[at]), 4),
                dict(zip(NAMES, features[at].tolist(), strict=True)),
            )
            for at in best
        ]

    def take_apart(self, question: str) -> Asked:
        """Return the question's words and pairs as this index knows them."""
        return self._scorer.take_apart(self._reader.read(question))

    def look(
        self,
        asked: Asked,
        allowed: Bools | None = None,
        dense: Mapping[str, float] | None = None,
    ) -> Look:
        """Return the first look at every passage; what is not allowed has a total of nought."""
        meaning = self._arrays.meaning
        words = self._scorer.score(self._arrays.terms, asked.words)
        pairs = self._scorer.score(self._arrays.pairs, asked.pairs)
        direction = point(
            meaning,
            [(part.columns, part.shares) for part in asked.words],
            [(part.columns, part.shares) for part in asked.pairs],
        )
        near = np.asarray(meaning.passages @ direction, np.float32)
        total = words + _PAIRS * pairs
        total = total / (float(total.max()) + 1e-6) + _NEAR * np.maximum(near, 0)
        if dense:
            total += np.array([dense.get(key, 0.0) for key in self._built.keys], np.float32)
        if allowed is not None:
            total = np.where(allowed, total, 0)
        return Look(words, pairs, near, np.asarray(total, np.float32), direction)

    def examine(self, asked: Asked, look: Look, chosen: Longs) -> Floats:
        """Return the features of the chosen passages, for training."""
        return self._examiner.examine(asked, look, chosen)

    def _judge(self, features: Floats, totals: Floats) -> tuple[Doubles, Doubles]:
        if self._ranker is None:
            return totals.astype(np.float64), np.clip(totals / 2, 0, 1).astype(np.float64)
        merits = self._ranker.judge(features)
        return merits, self._ranker.sureness(features, merits)

    def _allowed(self, on: date | None, kinds: Collection[str] | None) -> Bools | None:
        allowed = np.ones(len(self), bool)
        if on is not None:
            day = on.toordinal()
            allowed &= (self._arrays.since <= day) & (day < self._arrays.until)
        if kinds is not None:
            numbers = [n for n, name in enumerate(self._built.kinds) if name in set(kinds)]
            allowed &= np.isin(self._arrays.kinds, numbers)
        return None if on is None and kinds is None else allowed


def top(total: Floats, limit: int) -> Longs:
    """Return the best passages, best first; of equals the earlier."""
    limit = min(limit, len(total))
    found = np.argpartition(-total, limit - 1)[:limit]
    ordered = found[np.lexsort((found, -total[found]))]
    return ordered[total[ordered] > 0].astype(np.int64)
