"""The second look: how the best passages of the first look answer, word by word.

Every feature is a share of what the question asks for, so that it means the same in any corpus.
"""

from dataclasses import dataclass

import numpy as np

from motcua.assistant.retrieval.arrays import Arrays, Floats, Longs
from motcua.assistant.retrieval.candidates import (
    Candidates,
    Found,
    find_pairs,
    find_words,
    longest_run,
)
from motcua.assistant.retrieval.scoring import Asked

NAMES = (
    "words", "pairs", "near", "words_of_best", "pairs_of_best", "near_of_best",
    "words_rank", "pairs_rank", "near_rank",
    "cover", "cover_32", "cover_64", "cover_pairs", "cover_pairs_64", "run",
    "heading_cover", "heading_pairs", "heading_asked",
    "soft", "soft_64", "soft_heading", "near_heading", "near_window", "numbers",
    "around", "around_wide", "like_best", "length", "heading_length", "question_length",
)  # fmt: skip
_AROUND, _AROUND_WIDE = 3, 12  # passages on either side
_BEST = 5
_CLOSE = 0.35  # a likeness of words below this says nothing


@dataclass(frozen=True)
class Look:
    """What the first look found about every passage."""

    words: Floats
    pairs: Floats
    near: Floats  # cosine with the question's vector
    total: Floats
    point: Floats  # the question's vector, of length one


class Examiner:
    """Computes the features of candidates of one index."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._mean = max(float(np.diff(arrays.starts).mean()), 1.0) if len(arrays.since) else 1.0

    # On some processors BLAS looks at memory behind a row's end, and warns of what it does not use.
    @np.errstate(invalid="ignore")
    def examine(self, asked: Asked, look: Look, chosen: Longs) -> Floats:
        """Return a row of features for each chosen passage, in the order of NAMES."""
        candidates = Candidates.of(self._arrays, chosen)
        words = find_words(asked, candidates, len(self._arrays.term_counts))
        pairs = find_pairs(asked, words, candidates)
        columns = [
            *_first_look(asked, look, chosen),
            *_covered(words, pairs, candidates),
            *self._in_heading(words, pairs, candidates),
            *self._meant(asked, look, words, candidates),
            _numbers(asked, words, candidates),
            *self._surrounded(look, chosen),
            np.log1p((self._arrays.starts[chosen + 1] - self._arrays.starts[chosen]) / self._mean),
            np.log1p(self._arrays.headings[chosen]) / 3,
            np.full(len(chosen), np.log1p(len(asked.words)) / 3),
        ]
        return np.column_stack(columns).astype(np.float32)

    def _in_heading(self, words: Found, pairs: Found, candidates: Candidates) -> list[Floats]:
        idf = self._arrays.meaning.idf[candidates.terms]
        asked = np.zeros(len(candidates.terms), bool)
        asked[words.at] = True
        whole = candidates.summed(idf, candidates.in_heading)
        shared = candidates.summed(idf, candidates.in_heading & asked)
        return [
            words.in_headings(candidates) @ words.weights,
            pairs.in_headings(candidates) @ pairs.weights,
            shared / (whole + 1e-6),
        ]

    def _meant(
        self, asked: Asked, look: Look, words: Found, candidates: Candidates
    ) -> list[Floats]:
        """Return likeness by vectors: word to word, and of headings and windows to the question."""
        meaning = self._arrays.meaning
        seen = np.zeros(len(self._arrays.term_counts), bool)
        seen[candidates.terms] = True
        terms = np.flatnonzero(seen)
        row_of = np.zeros(len(seen), np.int64)
        row_of[terms] = np.arange(len(terms))
        vectors = meaning.vectors[terms].astype(np.float32)
        likeness = _unit(vectors) @ _unit(self._meanings(asked)).T
        likeness = np.maximum(likeness - _CLOSE, 0) / (1 - _CLOSE)
        rows = row_of[candidates.terms]
        pull = (vectors @ look.point) * meaning.idf[terms]
        strength = np.linalg.norm(vectors, axis=1) * meaning.idf[terms]
        blocks = _most(likeness, rows, candidates)
        heading = candidates.in_heading
        return [
            candidates.best(blocks) @ words.weights,
            candidates.best((candidates.windows(blocks, 4) @ words.weights)[:, None])[:, 0],
            _most_in_heading(likeness, rows, candidates) @ words.weights,
            candidates.summed(pull[rows], heading)
            / (candidates.summed(strength[rows], heading) + 1e-6),
            _pulled(pull[rows], strength[rows], candidates),
        ]

    def _meanings(self, asked: Asked) -> Floats:
        vectors = self._arrays.meaning.vectors
        return np.array(
            [part.shares @ vectors[part.columns].astype(np.float32) for part in asked.words],
            np.float32,
        )

    def _surrounded(self, look: Look, chosen: Longs) -> list[Floats]:
        """Return how well the neighbours in the corpus do, and likeness to the best passages."""
        passages = self._arrays.meaning.passages
        best = chosen[np.argsort(-look.total[chosen], kind="stable")[:_BEST]]
        middle = _unit(passages[best].mean(axis=0, keepdims=True))[0]
        most = float(look.total.max()) + 1e-6
        return [
            _beside(look.total, chosen, _AROUND) / most,
            _beside(look.total, chosen, _AROUND_WIDE) / most,
            np.asarray(passages[chosen] @ middle, np.float32),
        ]


def _beside(total: Floats, chosen: Longs, reach: int) -> Floats:
    """Return the mean of what stands on either side of each chosen passage."""
    offsets = np.array([n for n in range(-reach, reach + 1) if n])
    near = chosen[:, None] + offsets[None, :]
    inside = (near >= 0) & (near < len(total))
    totals = np.where(inside, total[near.clip(0, len(total) - 1)], 0)
    return np.asarray(totals.mean(axis=1), np.float32)


def _first_look(asked: Asked, look: Look, chosen: Longs) -> list[Floats]:
    words, pairs, near = look.words[chosen], look.pairs[chosen], look.near[chosen]
    signals = (words, pairs, near)
    ranks = [np.argsort(np.argsort(-signal, kind="stable")) for signal in signals]
    return [
        words / (sum(part.weight for part in asked.words) + 1e-6),
        pairs / (sum(part.weight for part in asked.pairs) + 1e-6),
        near,
        *(signal / (float(signal.max()) + 1e-6) for signal in signals),
        *((4 / (4 + rank)).astype(np.float32) for rank in ranks),
    ]


def _covered(words: Found, pairs: Found, candidates: Candidates) -> list[Floats]:
    blocks, paired = words.in_blocks(candidates), pairs.in_blocks(candidates)
    return [
        candidates.best(blocks) @ words.weights,
        candidates.best((candidates.windows(blocks, 2) @ words.weights)[:, None])[:, 0],
        candidates.best((candidates.windows(blocks, 4) @ words.weights)[:, None])[:, 0],
        candidates.best(paired) @ pairs.weights,
        candidates.best((candidates.windows(paired, 4) @ pairs.weights)[:, None])[:, 0],
        longest_run(pairs, candidates),
    ]


def _most(likeness: Floats, rows: Longs, candidates: Candidates) -> Floats:
    """Return the greatest likeness to each asked word in each block."""
    if not len(rows):
        return np.zeros((candidates.height, likeness.shape[1]), np.float32)
    starts = np.flatnonzero(np.diff(candidates.blocks, prepend=-1))
    most = np.zeros((candidates.height, likeness.shape[1]), np.float32)
    most[candidates.blocks[starts]] = np.maximum.reduceat(likeness[rows], starts, axis=0)
    return most


def _most_in_heading(likeness: Floats, rows: Longs, candidates: Candidates) -> Floats:
    most = np.zeros((candidates.count, likeness.shape[1]), np.float32)
    inside = np.flatnonzero(candidates.in_heading)
    if len(inside):
        owner = candidates.owner[inside]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        most[owner[starts]] = np.maximum.reduceat(likeness[rows[inside]], starts, axis=0)
    return most


def _pulled(pull: Floats, strength: Floats, candidates: Candidates) -> Floats:
    """Return how far the window nearest to the question points where the question points."""
    height = candidates.height
    sums = np.bincount(candidates.blocks, pull, minlength=height).astype(np.float32)[:, None]
    sizes = np.bincount(candidates.blocks, strength, minlength=height).astype(np.float32)[:, None]
    windows = candidates.windows(sums, 3, add=True)
    ratio = windows / (candidates.windows(sizes, 3, add=True) + float(strength.mean() or 1) * 16)
    return candidates.best(ratio.astype(np.float32))[:, 0]


def _numbers(asked: Asked, words: Found, candidates: Candidates) -> Floats:
    """Return which share of the question's numbers each candidate holds; 0 where none is asked."""
    wanted = np.array([word[0].isdigit() for word in asked.spelled], bool)
    if not wanted.any():
        return np.zeros(candidates.count, np.float32)
    return np.asarray(candidates.best(words.in_blocks(candidates))[:, wanted].mean(axis=1))


def _unit(vectors: Floats) -> Floats:
    size = np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-6
    return np.asarray(vectors / size, np.float32)
