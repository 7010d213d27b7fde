"""Training of the ranker: a list of candidates a question, and which of them answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motcua.assistant.retrieval.arrays import Bools, Doubles, Floats
from motcua.assistant.retrieval.ranker import Network, Ranker, doubts, scale, shares

_BATCH = 64
_RATE = 0.005


@dataclass(frozen=True)
class Listing:
    """The candidates of one question with their features, and which answer it."""

    features: Floats
    right: Bools
    weight: float = 1.0


@dataclass
class _Adam:
    values: list[Doubles]

    def __post_init__(self) -> None:
        self._means = [np.zeros_like(v) for v in self.values]
        self._squares = [np.zeros_like(v) for v in self.values]
        self._steps = 0

    def step(self, slopes: Sequence[Doubles], rate: float) -> None:
        self._steps += 1
        fair = 1 - 0.9**self._steps, 1 - 0.999**self._steps
        for at, slope in enumerate(slopes):
            self._means[at] += 0.1 * (slope - self._means[at])
            self._squares[at] += 0.001 * (slope * slope - self._squares[at])
            size = np.sqrt(self._squares[at] / fair[1]) + 1e-8
            np.subtract(self.values[at], rate * self._means[at] / fair[0] / size, self.values[at])


def fit(
    listings: Sequence[Listing],
    *,
    networks: int = 8,
    hidden: int = 4,
    rounds: int = 20,
    decay: float = 5e-3,
) -> Ranker:
    """Return the ranker whose networks put the right candidates of every list first."""
    able = [listing for listing in listings if listing.right.any()]
    rows = np.concatenate([listing.features for listing in able]).astype(np.float64)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    trained = tuple(
        _network(able, middle, spread, hidden=hidden, rounds=rounds, decay=decay, seed=seed)
        for seed in range(networks)
    )
    ranker = Ranker(middle, spread, trained, np.zeros(0), {})
    return replace(ranker, sure=calibrate(ranker, listings))


def _network(
    listings: Sequence[Listing],
    middle: Doubles,
    spread: Doubles,
    *,
    hidden: int,
    rounds: int,
    decay: float,
    seed: int,
) -> Network:
    random = np.random.default_rng(seed)
    width = listings[0].features.shape[1]
    inward = random.normal(0, 1 / np.sqrt(width), (width, hidden))
    values = [inward, np.zeros(hidden), random.normal(0, 0.3, hidden)]
    adam = _Adam(values)
    scaled = [scale(listing.features, middle, spread) for listing in listings]
    for turn in range(rounds):
        rate = _RATE * (1 - 0.9 * turn / rounds)
        for batch in _batches(random, len(listings)):
            slopes: list[Doubles] = [decay * value for value in values]
            for at in batch:
                _add_slopes(slopes, values, scaled[at], listings[at], len(batch))
            adam.step(slopes, rate)
    return Network(*values)


def _batches(random: np.random.Generator, count: int) -> Iterator[NDArray[np.int64]]:
    order = random.permutation(count)
    for begin in range(0, count, _BATCH):
        yield order[begin : begin + _BATCH]


def _add_slopes(
    slopes: list[Doubles], values: list[Doubles], rows: Doubles, listing: Listing, batch: int
) -> None:
    inward, bias, outward = values
    felt = np.tanh(rows @ inward + bias)
    share = shares(felt @ outward)
    # Any right candidate at the top will do: the share of the right ones together is raised.
    right = np.where(listing.right, share, 0)
    wrong = (share - right / (right.sum() + 1e-12)) * listing.weight / batch
    back = np.outer(wrong, outward) * (1 - felt * felt)
    slopes[0] += rows.T @ back
    slopes[1] += back.sum(axis=0)
    slopes[2] += felt.T @ wrong


def calibrate(ranker: Ranker, listings: Sequence[Listing], *, first: int = 3) -> Doubles:
    """Return how to turn merits into the probability of answering (logistic, Newton's steps).

    Each list counts twice: as it is, and without its right candidates, as a question that the
    corpus does not answer.
    """
    rows, right = [], []
    for listing in listings:
        for kept in (np.ones(len(listing.right), bool), ~listing.right):
            if kept.any():
                features = listing.features[kept]
                merits = ranker.judge(features)
                best = np.argsort(-merits)[:first]
                rows.append(doubts(features, merits)[best])
                right.append(listing.right[kept][best])
    return _logistic(np.concatenate(rows), np.concatenate(right).astype(np.float64))


def _logistic(rows: Doubles, right: Doubles) -> Doubles:
    weights = np.zeros(rows.shape[1])
    for _turn in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - chance) - 1e-2 * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows
        weights += np.linalg.solve(bend + 1e-2 * np.eye(len(weights)), slope)
    return weights
