"""A question as weighted syllables: what was typed, and what was meant where marks are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from motcua.assistant.retrieval.arrays import Arrays, Doubles, Longs
from motcua.kernel.text import fold, from_keystrokes, words

_MOST_WORDS = 96
_MOST_READINGS = 14
_LEAST_SHARE = 0.03
_MARKED_ENOUGH = 0.2  # of the words carry marks: the person types them
_SMOOTHING = 4.0


@dataclass(frozen=True)
class Reading:
    """One word of the question: what it can mean, each with its probability (numbers of terms)."""

    word: str
    terms: Longs
    shares: Doubles


class Reader:
    """Reads questions with the words of one index."""

    def __init__(self, arrays: Arrays, terms: Mapping[str, int], folds: Mapping[str, int]) -> None:
        self._terms, self._folds = terms, folds
        self._counts = arrays.term_counts
        self._members, self._starts = arrays.fold_terms, arrays.fold_starts
        self._keys, self._pairs = arrays.pair_keys, arrays.pair_counts
        self._total = max(float(self._counts.sum()), 1.0)

    def read(self, question: str) -> list[Reading]:
        """Return the question's words in order; words that the index does not hold have no terms."""
        typed = words(question)[:_MOST_WORDS]
        bare = _is_bare(typed)
        options = [self._options(word, bare=bare) for word in typed]
        shares = self._weigh(options)
        return [
            _kept(word, terms, share)
            for word, terms, share in zip(typed, options, shares, strict=True)
        ]

    def _options(self, word: str, *, bare: bool) -> Longs:
        own = self._terms.get(word)
        if own is not None and not (bare and word.isalpha()):
            return np.array([own], np.int64)
        alike = self._folding(fold(word))
        if not len(alike) and own is None:
            meant = from_keystrokes(word)
            number = self._terms.get(meant) if meant else None
            return np.array([] if number is None else [number], np.int64)
        return alike

    def _folding(self, folded: str) -> Longs:
        number = self._folds.get(folded)
        if number is None:
            return np.zeros(0, np.int64)
        begin, end = int(self._starts[number]), int(self._starts[number + 1])
        return np.asarray(self._members[begin : min(end, begin + _MOST_READINGS)], np.int64)

    def _weigh(self, options: Sequence[Longs]) -> list[Doubles]:
        """Return the probability of each option among its neighbours (forward, backward)."""
        priors: list[Doubles] = [
            ((self._counts[o] + 0.5) / self._total).astype(np.float64) for o in options
        ]
        shares: list[Doubles] = [np.ones(len(o)) for o in options]
        if all(len(o) < 2 for o in options):
            return shares
        steps = [
            self._step(a, b, prior)
            for a, b, prior in zip(options, options[1:], priors[1:], strict=False)
        ]
        forward = _swept(priors, steps)
        backward = _swept([np.ones(len(o)) for o in options][::-1], [s.T for s in steps][::-1])
        for at, (ahead, back) in enumerate(zip(forward, backward[::-1], strict=True)):
            joint = ahead * back
            shares[at] = joint / joint.sum() if len(joint) else joint
        return shares

    def _step(self, left: Longs, right: Longs, prior: Doubles) -> Doubles:
        """Return how probable each right word is after each left word."""
        seen = self.pair_counts(left[:, None], right[None, :])
        of_left = self._counts[left][:, None]
        return (seen + _SMOOTHING * prior[None, :] * 20) / (of_left + _SMOOTHING * 20)

    def pair_counts(self, left: Longs, right: Longs) -> Doubles:
        """Return how often each pair of neighbours was met, 0 when once or never."""
        wanted = left * len(self._counts) + right
        if not len(self._keys):
            return np.zeros(wanted.shape)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[at] == wanted, self._pairs[at], 0).astype(np.float64)


def _is_bare(typed: Sequence[str]) -> bool:
    letters = [word for word in typed if word.isalpha()]
    marked = sum(not word.isascii() for word in letters)
    return marked <= _MARKED_ENOUGH * len(letters)


def _swept(starts: Sequence[Doubles], steps: Sequence[Doubles]) -> list[Doubles]:
    swept: list[Doubles] = []
    for at, start in enumerate(starts):
        follows = at > 0 and len(swept[-1]) > 0 and len(start) > 0
        value = swept[-1] @ steps[at - 1] if follows else start
        total = value.sum() if len(value) else 1.0
        swept.append(value / total if total > 0 else np.ones(len(value)) / len(value))
    return swept


def _kept(word: str, terms: Longs, shares: Doubles) -> Reading:
    likely = shares >= _LEAST_SHARE if len(shares) > 1 else np.ones(len(shares), bool)
    return Reading(word, terms[likely], shares[likely])
