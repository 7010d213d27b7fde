"""What a group had done by a moment: counts and sums over events in time, for many moments at once.

Every look back ends at the moment asked for, so nothing that came later can be seen.
"""

from __future__ import annotations

import numpy as np

_SHIFT = 2**33  # more seconds than moments have, so that group and moment make one sorted number


class History:
    """Events of groups: when each was, and a value to add up."""

    def __init__(
        self, groups: np.ndarray, at: np.ndarray, values: np.ndarray | None = None
    ) -> None:
        """Sort the events by group and moment."""
        keys = groups.astype(np.int64) * _SHIFT + at
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        worth = np.ones(len(keys)) if values is None else values.astype(np.float64)[order]
        self._sums = np.concatenate([[0.0], np.cumsum(worth)])

    def by(self, groups: np.ndarray, moments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how many events each group had up to each moment, and the sum of their values."""
        here = groups.astype(np.int64) * _SHIFT
        first = np.searchsorted(self._keys, here, side="left")
        last = np.searchsorted(self._keys, here + moments, side="right")
        return last - first, self._sums[last] - self._sums[first]

    def within(
        self, groups: np.ndarray, moments: np.ndarray, seconds: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the same for the last seconds before each moment."""
        count, total = self.by(groups, moments)
        before, earlier = self.by(groups, np.maximum(0, moments - seconds))
        return count - before, total - earlier


class Open:
    """How many things of a group were open at a moment."""

    def __init__(self, groups: np.ndarray, since: np.ndarray, until: np.ndarray) -> None:
        """Keep when each was opened and closed."""
        self._opened, self._closed = History(groups, since), History(groups, until)

    def at(self, groups: np.ndarray, moments: np.ndarray) -> np.ndarray:
        """Return how many were open at each moment, those closed at it left out."""
        return np.asarray(
            self._opened.by(groups, moments)[0] - self._closed.by(groups, moments)[0]
        )


def share(
    count: np.ndarray, total: np.ndarray, *, usual: np.ndarray | float, weight: float
) -> np.ndarray:
    """Return total by count, drawn towards what is usual where there are few."""
    return np.asarray((total + weight * np.asarray(usual)) / (count + weight))
