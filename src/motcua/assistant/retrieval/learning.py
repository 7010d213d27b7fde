"""Vectors that bring a heading near its article and a sentence near the rest of its article.

Every corpus is its own teacher: no label is needed. Of a batch of articles, some of them
neighbours in one law, each question must find its own (contrast within the batch, both ways).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.assistant.retrieval.arrays import Floats, Ints, Longs
from motcua.assistant.retrieval.bags import Bags, to_length_one

BATCH = 256
_TOGETHER = 4  # neighbouring articles in a batch
_TEMPERATURE = 0.05
_RATE = 0.05
_SHORTEST = 12  # words of an article that can teach
_HEADINGS = 0.4  # of the questions are headings, the others sentences
_FORGOTTEN = 0.2  # of a question's words are left out
_AROUND = 100  # words taken on either side of the sentence
Pairs = tuple[sparse.csr_matrix, sparse.csr_matrix]
Draw = Callable[[np.random.Generator], Pairs]


@dataclass(frozen=True)
class Lessons:
    """Draws batches of self-made questions with what answers them."""

    bags: Bags
    starts: Longs
    headings: Ints
    able: Longs  # articles long enough

    @classmethod
    def of(cls, bags: Bags, starts: Longs, headings: Ints) -> "Lessons":
        """Return the lessons that these articles can give."""
        return cls(bags, starts, headings, np.flatnonzero(np.diff(starts) >= _SHORTEST))

    def draw(self, random: np.random.Generator) -> Pairs:
        """Return a batch: row by row a question and what answers it."""
        first = random.choice(self.able, BATCH // _TOGETHER)
        near = (first[:, None] + np.arange(_TOGETHER)[None, :]).ravel()
        chosen = np.intersect1d(near, self.able)
        asked = np.zeros((len(chosen), 2), np.int64)
        answer = np.zeros((len(chosen), 3, 2), np.int64)
        for row, article in enumerate(chosen):
            begin, end = int(self.starts[article]), int(self.starts[article + 1])
            body = begin + int(self.headings[article])
            if body - begin >= 4 and end - body >= 8 and random.random() < _HEADINGS:
                asked[row] = begin, body
                start = int(random.integers(body, max(end - 2 * _AROUND, body) + 1))
                answer[row, 0] = start, min(end, start + 2 * _AROUND)
            else:
                asked[row], answer[row] = self._sentence(random, begin, body, end)
        return self._questions(random, asked), self._answers(answer)

    def _sentence(
        self, random: np.random.Generator, begin: int, body: int, end: int
    ) -> tuple[tuple[int, int], list[tuple[int, int]]]:
        """Return a stretch of the body, and what stands around it with the heading."""
        body = body if end - body >= _SHORTEST else begin
        length = min(int(random.integers(6, 30)), (end - body) // 2)
        at = int(random.integers(body, end - length + 1))
        before, after = max(begin, at - _AROUND), min(end, at + length + _AROUND)
        heading = (begin, body) if before >= body else (begin, begin)
        return (at, at + length), [(before, at), (at + length, after), heading]

    def _questions(self, random: np.random.Generator, asked: Longs) -> sparse.csr_matrix:
        bag = self.bags.take(asked[:, 0], asked[:, 1])
        bag.data *= random.random(len(bag.data)) >= _FORGOTTEN
        return bag

    def _answers(self, parts: Longs) -> sparse.csr_matrix:
        flat = parts.reshape(-1, 2)
        bag = self.bags.take(flat[:, 0], flat[:, 1])
        joined = sparse.kron(sparse.eye(len(parts)), np.ones((1, parts.shape[1])), format="csr")
        return to_length_one((joined @ bag).astype(np.float32))


def learn(vectors: Floats, draw: Draw, *, steps: int, seed: int = 0, rate: float = _RATE) -> None:
    """Move the vectors in place, batch after batch, each row with a step of its own (Adagrad)."""
    random = np.random.default_rng(seed)
    moved = np.full(len(vectors), 1e-8, np.float32)
    for step in range(steps):
        asked, answers = draw(random)
        columns, where = np.unique(
            np.concatenate([asked.indices, answers.indices]), return_inverse=True
        )
        asked = _narrow(asked, where[: asked.nnz], len(columns))
        answers = _narrow(answers, where[asked.nnz :], len(columns))
        slope = _slope(vectors[columns], asked, answers)
        moved[columns] += (slope * slope).mean(axis=1)
        pace = rate * (1 - 0.9 * step / steps)
        vectors[columns] -= pace * slope / np.sqrt(moved[columns])[:, None]


def _narrow(bag: sparse.csr_matrix, columns: Longs, width: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((bag.data, columns, bag.indptr), shape=(bag.shape[0], width))


def _slope(vectors: Floats, asked: sparse.csr_matrix, answers: sparse.csr_matrix) -> Floats:
    """Return the loss's slope at the vectors: softmax over the batch, rows and columns alike."""
    left, left_size = _directions(asked @ vectors)
    right, right_size = _directions(answers @ vectors)
    likeness = left @ right.T / _TEMPERATURE
    wrong = (_shares(likeness, axis=1) + _shares(likeness, axis=0)) / 2
    np.fill_diagonal(wrong, wrong.diagonal() - 1)
    wrong /= _TEMPERATURE * len(wrong)
    wrong = wrong.astype(np.float32)
    to_left = _across(np.asarray(wrong @ right, np.float32), left) / left_size
    to_right = _across(np.asarray(wrong.T @ left, np.float32), right) / right_size
    return np.asarray(asked.T @ to_left + answers.T @ to_right, np.float32)


def _directions(points: Floats) -> tuple[Floats, Floats]:
    size = np.linalg.norm(points, axis=1, keepdims=True) + 1e-6
    return points / size, size


def _shares(likeness: Floats, *, axis: int) -> Floats:
    raised = np.exp(likeness - likeness.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True), np.float32)


def _across(slope: Floats, direction: Floats) -> Floats:
    """Return the part of the slope that turns the direction."""
    along = (slope * direction).sum(axis=1, keepdims=True)
    return np.asarray(slope - direction * along, np.float32)
