"""The words of a few passages laid side by side, and what of the question stands where in them."""

from dataclasses import dataclass

import numpy as np

from motcua.assistant.retrieval.arrays import Arrays, Bools, Floats, Ints, Longs
from motcua.assistant.retrieval.scoring import Asked

_BLOCK = 16  # words; windows are two and four blocks
_LONGEST = 2_000  # words of a passage that are looked at


@dataclass(frozen=True)
class Candidates:
    """The words of the candidates, one candidate after the other, cut into blocks."""

    terms: Ints
    owner: Longs  # of each word its candidate
    in_heading: Bools
    blocks: Longs  # of each word its block
    first: Longs  # each candidate's first word
    first_blocks: Longs
    count: int
    height: int  # blocks in all
    room: Longs  # of each block how many blocks its candidate has from there on

    @classmethod
    def of(cls, arrays: Arrays, chosen: Longs) -> "Candidates":
        """Return the chosen passages' words."""
        begins = arrays.starts[chosen]
        lengths = np.minimum(arrays.starts[chosen + 1] - begins, _LONGEST)
        first = np.cumsum(lengths) - lengths
        owner = np.repeat(np.arange(len(chosen)), lengths)
        place = np.arange(int(lengths.sum())) - first[owner]
        blocks = np.maximum(-(-lengths // _BLOCK), 1)
        ends = np.cumsum(blocks)
        first_blocks = ends - blocks
        return cls(
            terms=np.asarray(arrays.tokens[begins[owner] + place]),
            owner=owner,
            in_heading=place < arrays.headings[chosen][owner],
            blocks=first_blocks[owner] + place // _BLOCK,
            first=first,
            first_blocks=first_blocks,
            count=len(chosen),
            height=int(blocks.sum()),
            room=np.repeat(ends, blocks) - np.arange(int(blocks.sum())),
        )

    def summed(self, values: Floats, where: Bools | None = None) -> Floats:
        """Return the sum of the words' values, candidate by candidate."""
        owner = self.owner if where is None else self.owner[where]
        kept = values if where is None else values[where]
        return np.bincount(owner, kept, minlength=self.count).astype(np.float32)

    def windows(self, blocks: Floats, width: int, *, add: bool = False) -> Floats:
        """Return each window's values: the most (or the sum) of `width` blocks of one candidate."""
        seen = blocks.copy()
        for step in range(1, width):
            inside = np.flatnonzero(self.room > step)
            if add:
                seen[inside] += blocks[inside + step]
            else:
                seen[inside] = np.maximum(seen[inside], blocks[inside + step])
        return seen

    def best(self, blocks: Floats) -> Floats:
        """Return the most of each candidate's blocks."""
        return np.asarray(np.maximum.reduceat(blocks, self.first_blocks, axis=0), np.float32)


@dataclass(frozen=True)
class Found:
    """Where the question's words or pairs stand among the candidates' words."""

    at: Longs  # places in Candidates.terms
    part: Longs  # which word or pair of the question
    share: Floats
    weights: Floats  # of each part of the question, together one

    def in_blocks(self, candidates: Candidates) -> Floats:
        """Return which parts each block holds."""
        return self._spread(candidates.blocks[self.at], candidates.height)

    def in_headings(self, candidates: Candidates) -> Floats:
        """Return which parts each candidate's heading holds."""
        inside = candidates.in_heading[self.at]
        return self._spread(candidates.owner[self.at], candidates.count, inside)

    def _spread(self, rows: Longs, height: int, kept: Bools | None = None) -> Floats:
        present = np.zeros((height, len(self.weights)), np.float32)
        order = np.argsort(self.share, kind="stable")  # the likeliest reading is written last
        if kept is not None:
            order = order[kept[order]]
        present[rows[order], self.part[order]] = self.share[order]
        return present


def find_words(asked: Asked, candidates: Candidates, vocabulary: int) -> Found:
    """Return where the question's words stand."""
    part_of = np.full(vocabulary, -1, np.int16)
    share_of = np.zeros(vocabulary, np.float32)
    for number, part in reversed(list(enumerate(asked.words))):
        part_of[part.columns] = number
        share_of[part.columns] = part.shares / part.shares.max()
    parts = part_of[candidates.terms]
    at = np.flatnonzero(parts >= 0)
    weights = np.array([part.weight for part in asked.words], np.float32)
    return Found(at, parts[at].astype(np.int64), share_of[candidates.terms[at]], _whole(weights))


def find_pairs(asked: Asked, words: Found, candidates: Candidates) -> Found:
    """Return where two neighbours of the question stand side by side, at the first of the two."""
    numbers = np.full((len(words.weights) + 1,) * 2, -1, np.int64)
    weights: list[float] = []
    for left, right, weight in asked.neighbours():
        numbers[left, right] = len(weights)
        weights.append(weight)
    beside = np.flatnonzero(np.diff(words.at) == 1)
    beside = beside[candidates.owner[words.at[beside]] == candidates.owner[words.at[beside + 1]]]
    pairs = numbers[words.part[beside], words.part[beside + 1]]
    beside, pairs = beside[pairs >= 0], pairs[pairs >= 0]
    share = np.minimum(words.share[beside], words.share[beside + 1])
    return Found(words.at[beside], pairs, share, _whole(np.array(weights, np.float32)))


def longest_run(pairs: Found, candidates: Candidates) -> Floats:
    """Return the weight of the longest stretch of the question that each candidate repeats."""
    values = np.zeros(len(candidates.terms) + 1, np.float64)
    values[pairs.at] = pairs.weights[pairs.part] * pairs.share
    values = values[:-1]
    if not len(values):
        return np.zeros(candidates.count, np.float32)
    sums = np.cumsum(values)
    runs = sums - np.maximum.accumulate(np.where(values == 0, sums, 0.0))
    longest = np.zeros(candidates.count)
    np.maximum.at(longest, candidates.owner[pairs.at], runs[pairs.at])
    return longest.astype(np.float32)


def _whole(weights: Floats) -> Floats:
    return weights / (float(weights.sum()) + 1e-6) if len(weights) else np.zeros(1, np.float32)
