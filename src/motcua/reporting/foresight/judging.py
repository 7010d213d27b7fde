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


def judge(chances: np.ndarray, late: np.ndarray) -> Judgement:
    """Return how the chances held against what happened, in ten bins of about equal numbers."""
    count = len(late)
    base = float(late.mean()) if count else 0.0
    bins = tuple(_bins(chances, late)) if count else ()
    ece = sum(one.count * abs(one.promised - one.observed) for one in bins) / max(1, count)
    return Judgement(
        count,
        int(late.sum()),
        base,
        brier(chances, late),
        brier(np.full(count, base), late),
        float(ece),
        auc(chances, late),
        bins,
    )


def brier(chances: np.ndarray, late: np.ndarray) -> float:
    """Return the mean squared distance of chances from what happened."""
    return float(np.mean((chances - late) ** 2)) if len(late) else 0.0


def auc(chances: np.ndarray, late: np.ndarray) -> float:
    """Return how often a late one had the higher chance than one in time; ties count half."""
    ones, zeros = int(late.sum()), int(len(late) - late.sum())
    if not ones or not zeros:
        return 0.5
    _values, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[late > 0].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _bins(chances: np.ndarray, late: np.ndarray) -> list[Bin]:
    order = np.argsort(chances, kind="stable")
    found = []
    for part in np.array_split(order, BINS):
        if not len(part):
            continue
        said, came = chances[part], late[part]
        found.append(
            Bin(
                float(said.min()),
                float(said.max()),
                len(part),
                float(said.mean()),
                float(came.mean()),
            )
        )
    return found
