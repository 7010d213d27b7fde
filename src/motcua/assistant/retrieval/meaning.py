"""What words mean, as far as the corpus itself teaches it: a vector for each word, pair and passage.

Vectors start from a small background (`data/vectors.npz`, learned by `train`), or from the corpus
alone where the background knows too little of its words, and then learn from the corpus.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.assistant.retrieval.arrays import Doubles, Floats, Ints, Longs, Meaning
from motcua.assistant.retrieval.bags import Bags
from motcua.assistant.retrieval.learning import Lessons, learn

VECTORS = "vectors.npz"
DIMENSIONS = 96
MOST_PAIRS = 60_000
_CHUNK = 2_000
_ENOUGH_KNOWN = 0.5  # of the running words have a background vector
Column = tuple[Longs, Doubles]
_LEAST_PASSAGES = 50  # fewer teach nothing
_SAMPLE = 20_000
_FEWEST_STEPS, _MOST_STEPS, _PASSAGES_A_STEP = 40, 500, 90


@dataclass(frozen=True)
class Background:
    """Vectors learned once: rows by word ("đăng") or pair of words ("đăng ký")."""

    rows: dict[str, int]
    values: NDArray[np.int8]
    scales: Floats

    def of(self, names: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the vectors of the names (zero where unknown) and which are known."""
        at = np.array([self.rows.get(name, -1) for name in names], np.int64)
        known = at >= 0
        vectors = np.zeros((len(names), DIMENSIONS), np.float32)
        vectors[known] = self.values[at[known]] * self.scales[at[known], None]
        return vectors, known

    @classmethod
    def of_vectors(cls, names: Sequence[str], vectors: Floats) -> "Background":
        """Return the background of these vectors, a byte a number."""
        scales = (np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127).astype(np.float32)
        values = np.rint(vectors / scales[:, None]).astype(np.int8)
        return cls({name: row for row, name in enumerate(names)}, values, scales)

    @classmethod
    def read(cls, path: Path) -> "Background":
        """Return the background that a file holds."""
        with np.load(path, allow_pickle=False) as stored:
            names = bytes(stored["names"]).decode().split("\n")
            rows = {name: row for row, name in enumerate(names)}
            return cls(rows, stored["values"], stored["scales"])

    def write(self, path: Path) -> None:
        """Write the background to a file."""
        names = np.frombuffer("\n".join(self.rows).encode(), np.uint8)
        np.savez_compressed(path, names=names, values=self.values, scales=self.scales)


@cache
def default_background() -> Background | None:
    """Return the vectors that come with the package, None before they were trained."""
    path = resources.files("motcua.assistant.retrieval") / "data" / VECTORS
    with resources.as_file(path) as file:
        return Background.read(file) if file.is_file() else None


@dataclass(frozen=True)
class Text:
    """The text of an index as `meaning` needs it."""

    terms: Sequence[str]
    tokens: Ints
    starts: Longs
    headings: Ints
    term_counts: Ints
    pair_keys: Longs
    pair_counts: Ints
    pair_columns: Ints  # of each token the column of the pair it begins
    terms_of: Longs  # where each word's passages begin among all
    pairs_of: Longs

    def names(self, pairs: Longs) -> list[str]:
        """Return the names of all words, then of these pairs."""
        left, right = np.divmod(self.pair_keys[pairs], max(len(self.terms), 1))
        joined = [f"{self.terms[a]} {self.terms[b]}" for a, b in zip(left, right, strict=True)]
        return [*self.terms, *joined]


def bags_of(text: Text) -> tuple[Bags, Longs]:
    """Return the text as bags, and the pairs that have a column of their own."""
    pairs = np.sort(np.argsort(-text.pair_counts, kind="stable")[:MOST_PAIRS]).astype(np.int64)
    row_of = np.full(len(text.pair_keys) + 1, -1, np.int32)
    row_of[pairs] = np.arange(len(pairs)) + len(text.terms)
    found = np.concatenate([np.diff(text.terms_of), np.diff(text.pairs_of)[pairs]])
    passages = len(text.starts) - 1
    idf = np.log1p((passages - found + 0.5) / (found + 0.5)).astype(np.float32)
    return Bags(text.tokens, row_of[text.pair_columns], idf, len(text.terms)), pairs


def learn_meaning(
    text: Text, *, background: Background | None = None, steps: int | None = None
) -> Meaning:
    """Return vectors for the words, the frequent pairs and the passages of the text."""
    bags, pairs = bags_of(text)
    vectors = first_vectors(text, bags, pairs, background or default_background())
    passages = len(text.starts) - 1
    lessons = Lessons.of(bags, text.starts, text.headings)
    if len(lessons.able) >= _LEAST_PASSAGES:
        wanted = max(_FEWEST_STEPS, min(passages // _PASSAGES_A_STEP, _MOST_STEPS))
        learn(vectors, lessons.draw, steps=wanted if steps is None else steps)
    placed = np.zeros((passages, DIMENSIONS), np.float32)
    for begin, bag in _all(bags, text.starts):
        points = bag @ vectors
        placed[begin : begin + bag.shape[0]] = points / (
            np.linalg.norm(points, axis=1, keepdims=True) + 1e-6
        )
    rows = np.full(len(text.pair_keys), -1, np.int32)
    rows[pairs] = np.arange(len(pairs)) + len(text.terms)
    return Meaning(rows, bags.idf, vectors.astype(np.float16), placed)


def first_vectors(text: Text, bags: Bags, pairs: Longs, background: Background | None) -> Floats:
    """Return the vectors with which learning begins: the background's, or the corpus's own."""
    if background is not None:
        vectors, known = background.of(text.names(pairs))
        words = known[: bags.words]
        if text.term_counts[words].sum() > _ENOUGH_KNOWN * text.term_counts.sum():
            return _filled(vectors, known, bags, text.starts)
    return from_scratch(bags, text.starts)


def _filled(vectors: Floats, known: NDArray[np.bool_], bags: Bags, starts: Longs) -> Floats:
    """Give each unknown word the middle of the passages that hold it."""
    size = float(np.linalg.norm(vectors[known], axis=1).mean())
    sums = np.zeros_like(vectors)
    for _begin, bag in _all(bags, starts):
        sums += bag.T @ (bag @ vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9
    return np.where(known[:, None], vectors, sums / lengths * size).astype(np.float32)


def from_scratch(bags: Bags, starts: Longs) -> Floats:
    """Return vectors in which words that share passages lie together (truncated SVD)."""
    from sklearn.utils.extmath import (  # type: ignore[import-untyped]  # slow to load
        randomized_svd,
    )

    random = np.random.default_rng(0)
    passages = len(starts) - 1
    chosen = np.sort(random.permutation(passages)[:_SAMPLE])
    vectors = random.normal(0, 0.1, (bags.columns, DIMENSIONS)).astype(np.float32)
    wanted = min(DIMENSIONS, len(chosen) - 1, bags.columns - 1)
    if wanted >= 8:
        sample = bags.take(starts[chosen], starts[chosen + 1])
        _left, _size, right = randomized_svd(sample, wanted, n_iter=2, random_state=0)
        vectors[:, :wanted] = right.T
    size = np.sqrt((vectors**2).sum(axis=1).mean()) if len(vectors) else 1.0
    return np.asarray(vectors / size, np.float32)


def _all(bags: Bags, starts: Longs) -> Iterator[tuple[int, sparse.csr_matrix]]:
    for begin in range(0, len(starts) - 1, _CHUNK):
        part = starts[begin : begin + _CHUNK + 1]
        yield begin, bags.take(part[:-1], part[1:])


def point(meaning: Meaning, words: Sequence[Column], pairs: Sequence[Column]) -> Floats:
    """Return the direction of a question: its words and pairs, each with its share."""
    weights = np.zeros(len(meaning.idf), np.float32)
    for columns, shares in words:
        weights[columns] += shares
    for columns, shares in pairs:
        rows = meaning.pair_rows[columns]
        weights[rows[rows >= 0]] += shares[rows >= 0]
    at = np.flatnonzero(weights)
    direction = (weights[at] * meaning.idf[at]) @ meaning.vectors[at].astype(np.float32)
    return np.asarray(direction / (np.linalg.norm(direction) + 1e-6), np.float32)
