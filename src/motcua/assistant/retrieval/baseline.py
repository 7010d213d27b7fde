"""Plain BM25 over syllables: the yardstick, with nothing of ours in it but the division into words."""

from array import array
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.assistant.retrieval.arrays import Floats

_K1, _B = 1.2, 0.75
_Split = Callable[[str], list[str]]


class PlainBm25:
    """Lucene's formula and constants over the words that `split` returns."""

    def __init__(self, texts: Sequence[str], *, split: _Split) -> None:
        self._split, self.size = split, len(texts)
        self._numbers: dict[str, int] = {}
        self._matrix, self._idf = self._read(texts)

    def _read(self, texts: Sequence[str]) -> tuple[sparse.csc_matrix, Floats]:
        columns = array("i")
        starts = [0]
        for text in texts:
            numbers = self._numbers
            columns.extend(numbers.setdefault(w, len(numbers)) for w in self._split(text))
            starts.append(len(columns))
        lengths = np.diff(starts)
        rows = sparse.csr_matrix(
            (np.ones(len(columns), np.float32), np.array(columns, np.int32), starts),
            shape=(self.size, len(self._numbers)),
        )
        rows.sum_duplicates()
        norm = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0))
        rows.data *= (_K1 + 1) / (rows.data + np.repeat(norm, np.diff(rows.indptr)))
        found = np.bincount(rows.indices, minlength=len(self._numbers))
        idf = np.log1p((self.size - found + 0.5) / (found + 0.5)).astype(np.float32)
        return rows.tocsc(), idf

    def search(self, question: str, *, limit: int) -> list[int]:
        """Return the numbers of the best texts, best first; of equals the earlier."""
        matrix, total = self._matrix, np.zeros(self.size, np.float32)
        for word in self._split(question):
            column = self._numbers.get(word)
            if column is not None:
                part = slice(matrix.indptr[column], matrix.indptr[column + 1])
                total[matrix.indices[part]] += matrix.data[part] * self._idf[column]
        best = np.argsort(-total, kind="stable")[:limit]
        return [int(at) for at in best if total[at] > 0]
