"""Bands that hold as often as they promise: how wide they must be is read off forecasts of the past.

Conformal: every number that came has a score, the share that the band around its forecast would have
had to promise to hold it. Of such scores, by how far ahead and how large the series is, the one that
eight of ten stay under is what the next band takes (and nineteen of twenty for the wide one).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

PROMISED = (0.8, 0.95)
# How many come on an open day: series of one size scatter alike.
SIZES = (2.0, 8.0, 30.0, 120.0)
FEWEST = 80  # scores; a class with fewer takes the levels of a wider one
# For how many days of forecasting the promise itself counts. Days of small series scatter each by
# itself; sums and days of large ones are off together, so that a few forecasts tell little.
DRAWN_DAY, DRAWN_SUM, DRAWN_LARGE = 1.0, 3.0, 4.0
DAILY, WEEKLY, WHOLE = "day", "week", "whole"
_SMALL = 1e-9

Key = tuple[str, int, int]


def size_of(counts: np.ndarray, is_open: np.ndarray) -> int:
    """Return the class of a series by what came on its open days of late."""
    recent = counts[-56:][is_open[: len(counts)][-56:]]
    return int(np.searchsorted(SIZES, float(recent.mean()) if len(recent) else 0.0))


def quantile(mean: np.ndarray, extra: np.ndarray | float, share: float) -> np.ndarray:
    """Return the number under which so large a share lies; variance = mean + extra × mean²."""
    # more than half a second to load, and only needed when something is forecast
    from scipy.stats import nbinom  # type: ignore[import-untyped]  # ships no types

    size = 1.0 / np.maximum(extra, _SMALL)
    share = min(max(share, 1e-6), 1 - 1e-6)
    return np.asarray(nbinom.ppf(share, size, size / (size + np.maximum(mean, _SMALL))))


def scores(mean: np.ndarray, extra: np.ndarray | float, came: np.ndarray) -> np.ndarray:
    """Return what the band around each forecast would have had to promise to hold what came."""
    from scipy.stats import nbinom

    size = 1.0 / np.maximum(extra, _SMALL)
    chance = size / (size + np.maximum(mean, _SMALL))
    below, upto = nbinom.cdf(came - 1, size, chance), nbinom.cdf(came, size, chance)
    return np.asarray(np.clip(np.maximum(2 * below - 1, 1 - 2 * upto), 0.0, 1.0))


@dataclass(frozen=True)
class Levels:
    """What a band has to take to keep a promise, by what it is of, size and week ahead."""

    known: Mapping[Key, tuple[float, float]] = field(default_factory=dict)

    def of(self, what: str, size: int, week: int) -> tuple[float, float]:
        """Return the levels for eight of ten and nineteen of twenty; unknown: as promised."""
        for key in ((what, size, week), (what, size, -1), (what, -1, week), (what, -1, -1)):
            if key in self.known:
                return self.known[key]
        return PROMISED

    def as_dict(self) -> dict[str, list[float]]:
        """Return it as what JSON can hold."""
        return {
            f"{what} {size} {week}": [round(one, 4) for one in pair]
            for (what, size, week), pair in sorted(self.known.items())
        }


def levels(found: Iterable[tuple[Key, int, np.ndarray]]) -> Levels:
    """Return the levels that the scores of the past ask for, by their keys and by wider ones.

    found: key, the day the forecast was made on, scores. One day's forecasts err together, so a few
    days tell little however many series there are: until then the promise itself has a say.
    """
    by_key: dict[Key, list[tuple[int, np.ndarray]]] = {}
    for (what, size, week), at, some in found:
        for key in ((what, size, week), (what, size, -1), (what, -1, week), (what, -1, -1)):
            by_key.setdefault(key, []).append((at, some))
    known = {}
    for key, parts in by_key.items():
        whole, days = np.concatenate([some for _at, some in parts]), len({at for at, _ in parts})
        if len(whole) >= FEWEST:
            near, wide = (_level(whole, days, promised, _drawn(key)) for promised in PROMISED)
            known[key] = (near, wide)
    return Levels(known)


def _drawn(key: Key) -> float:
    what, size, _week = key
    if size == len(SIZES):
        return DRAWN_LARGE
    return DRAWN_DAY if what == DAILY else DRAWN_SUM


def _level(whole: np.ndarray, days: int, promised: float, drawn: float) -> float:
    """Return the score that the promised share stays under, drawn to the promise where days are few."""
    place = min(len(whole), int(np.ceil((len(whole) + 1) * promised)))
    asked = float(np.sort(whole)[place - 1]) + _SMALL
    return (days * asked + drawn * promised) / (days + drawn)
