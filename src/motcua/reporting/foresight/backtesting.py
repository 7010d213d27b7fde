"""The forecast tried on the past, from several days on with what was known then, beside a naive one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np

from motcua.reporting.foresight.forecasting import Days, Forecast, forecast

ORIGINS, EVERY = 4, 7


@dataclass(frozen=True)
class Check:
    """How far forecasts lay off over all tried days, and how often the bands held.

    error, naive: sum of absolute misses by sum of numbers; naive says what the same weekday a week
    before had. inside: share of days between low and high (promised 0.8); wide: 0.95 promised.
    """

    days: int
    sum: float
    error: float
    naive: float
    inside: float
    wide: float

    @property
    def better(self) -> float | None:
        """By which share the misses are smaller than the naive ones, None where it has none."""
        return 1 - self.error / self.naive if self.naive else None

    def as_dict(self) -> dict[str, float]:
        """Return it as what JSON can hold."""
        return asdict(self)


@dataclass(frozen=True)
class Misses:
    """Sums from which checks of one or many series are made."""

    days: int = 0
    sum: float = 0.0
    missed: float = 0.0
    naive: float = 0.0
    inside: int = 0
    wide: int = 0

    def check(self) -> Check:
        """Return the shares."""
        many, whole = max(1, self.days), max(1.0, self.sum)
        return Check(
            self.days, self.sum, self.missed / whole, self.naive / whole, self.inside / many,
            self.wide / many,
        )  # fmt: skip


def added(many: Iterable[Misses]) -> Misses:
    """Return the sums of several series."""
    total = Misses()
    for one in many:
        total = Misses(
            *(a + b for a, b in zip(vars(total).values(), vars(one).values(), strict=True))
        )
    return total


def origins(known: int, *, horizon: int, least: int) -> list[int]:
    """Return from which days forecasts are tried: the last whole horizon, and some weeks before it."""
    last = known - horizon
    return [at for at in (last - EVERY * n for n in range(ORIGINS)) if at >= least][::-1]


def tried(
    counts: np.ndarray, days: Days, *, parent: np.ndarray | None, horizon: int, least: int
) -> Misses:
    """Return how forecasts from earlier days did; the parent's numbers are forecast then as well."""
    found = []
    for at in origins(len(counts), horizon=horizon, least=least):
        until = at + horizon
        cut = Days(days.first, days.types[:until], days.near[:until], days.tet[:until])
        expected = None if parent is None else forecast(parent[:at], cut)[1]
        said, _fitted = forecast(counts[:at], cut, parent=expected)
        found.append(_missed(counts[at:until], naive(counts[:at], cut), said))
    return added(found)


def naive(counts: np.ndarray, days: Days) -> np.ndarray:
    """Return for each day to come the number of the latest day of its type."""
    found = []
    for place in range(len(counts), len(days)):
        same = np.flatnonzero(days.types[: len(counts)] == days.types[place])
        found.append(counts[same[-1]] if len(same) else 0)
    return np.array(found, dtype=float)


def _missed(came: np.ndarray, plain: np.ndarray, said: Forecast) -> Misses:
    return Misses(
        len(came),
        float(came.sum()),
        float(np.abs(came - said.mean).sum()),
        float(np.abs(came - plain).sum()),
        int(((came >= said.low) & (came <= said.high)).sum()),
        int(((came >= said.least) & (came <= said.most)).sum()),
    )
