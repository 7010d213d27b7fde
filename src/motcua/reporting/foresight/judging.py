"""Promised against observed: what was said would be late, and what then was."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Dossiers of which about the same was promised: how many, promised and observed share."""

    low: float
    high: float
    count: int
    promised: float
    observed: float
    weight: float


@dataclass(frozen=True)
class Judgement:
    """How well chances held: smaller is better but for `auc`.

    `brier_base` is the Brier score of saying the overall share of all.
    """

    count: int
    late: int
    base: float
    brier: float
    brier_base: float
    ece: float
    auc: float
    bins: tuple[Bin, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return asdict(self)


def judge(chances: np.ndarray, late: np.ndarray, weights: np.ndarray | None = None) -> Judgement:
    """Return how the chances held against what happened, in ten bins of about equal numbers.

    weights: how many like it each stands for; none: each for itself.
    """
    count, stands = len(late), np.ones(len(late)) if weights is None else weights
    base = float(np.average(late, weights=stands)) if count else 0.0
    bins = tuple(_bins(chances, late, stands)) if count else ()
    ece = sum(one.weight * abs(one.promised - one.observed) for one in bins)
    return Judgement(
        count,
        int(late.sum()),
        base,
        brier(chances, late, stands),
        brier(np.full(count, base), late, stands),
        float(ece / max(1e-9, float(stands.sum()))),
        auc(chances, late),
        bins,
    )


def brier(chances: np.ndarray, late: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Return the mean squared distance of chances from what happened."""
    return float(np.average((chances - late) ** 2, weights=weights)) if len(late) else 0.0


def auc(chances: np.ndarray, late: np.ndarray) -> float:
    """Return how often a late one had the higher chance than one in time; ties count half."""
    ones, zeros = int(late.sum()), int(len(late) - late.sum())
    if not ones or not zeros:
        return 0.5
    _values, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[late > 0].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _bins(chances: np.ndarray, late: np.ndarray, weights: np.ndarray) -> list[Bin]:
    order = np.argsort(chances, kind="stable")
    found = []
    for part in np.array_split(order, BINS):
        if not len(part):
            continue
        said, came, stands = chances[part], late[part], weights[part]
        found.append(
            Bin(
                float(said.min()),
                float(said.max()),
                len(part),
                float(np.average(said, weights=stands)),
                float(np.average(came, weights=stands)),
                float(stands.sum()),
            )
        )
    return found
