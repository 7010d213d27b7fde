"""The forecast tried on the past, from several days on with what was known then, beside a naive one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from motcua.reporting.foresight.banding import (
    DAILY,
    WEEKLY,
    WHOLE,
    Key,
    Levels,
    levels,
    scores,
    size_of,
)
from motcua.reporting.foresight.forecasting import Days, Forecast, forecast

ORIGINS, EVERY = 10, 7
JUDGED = 4  # the latest of them: on these misses are counted
SHORTEST = 28  # with less history nothing is learned of the width of bands


@dataclass(frozen=True)
class Check:
    """How far forecasts lay off over all tried days, and how often the bands held.

    error, naive: sum of absolute misses by sum of numbers; naive says what the same weekday a week
    before had. banded: on how many open days, and weeks in `weeks`, the bands were tried; inside:
    the share of days between low and high (promised 0.8); wide: 0.95 promised; week: of weekly sums.
    """

    days: int
    sum: float
    error: float
    naive: float
    banded: int = 0
    inside: float = 0.0
    wide: float = 0.0
    weeks: int = 0
    week: float = 0.0

    @property
    def better(self) -> float | None:
        """By which share the misses are smaller than the naive ones, None where it has none."""
        return 1 - self.error / self.naive if self.naive else None

    def as_dict(self) -> dict[str, float]:
        """Return it as what JSON can hold."""
        return asdict(self)


@dataclass(frozen=True)
class Tried:
    """One forecast of the past: from which day, what was said, what came, on which days was open."""

    at: int
    size: int
    said: Forecast
    came: np.ndarray
    naive: np.ndarray
    is_open: np.ndarray

    def scored(self, before: int) -> list[tuple[Key, np.ndarray]]:
        """Return the scores of what had come before a day."""
        known = min(len(self.came), before - self.at)
        found: list[tuple[Key, np.ndarray]] = []
        for first in range(0, known, 7):
            here = np.arange(first, min(first + 7, known))
            here = here[self.is_open[here]]
            said = scores(self.said.mean[here], self.said.extra[here], self.came[here])
            found.append(((DAILY, self.size, first // 7), said))
            if first + 7 <= known:
                found.append(((WEEKLY, self.size, first // 7), self._sum(first, first + 7)))
        if known == len(self.came) and known:
            found.append(((WHOLE, self.size, 0), self._sum(0, known)))
        return found

    def _sum(self, first: int, last: int) -> np.ndarray:
        mean, extra = self.said.total(first, last)
        return scores(np.array([mean]), extra, np.array([self.came[first:last].sum()]))


def origins(known: int, *, horizon: int, least: int = SHORTEST) -> list[int]:
    """Return from which days forecasts are tried: the last whole horizon, and some weeks before it."""
    last = known - horizon
    return [at for at in (last - EVERY * n for n in range(ORIGINS)) if at >= least][::-1]


def expectations(counts: np.ndarray, days: Days, *, horizon: int) -> dict[int, np.ndarray]:
    """Return what was expected of a parent's days, from each day from which children are tried."""
    return {
        at: forecast(counts[:at], days.until(at + horizon))[1]
        for at in origins(len(counts), horizon=horizon)
    }


def tried(
    counts: np.ndarray,
    days: Days,
    *,
    horizon: int,
    parents: dict[int, np.ndarray] | None = None,
) -> list[Tried]:
    """Return the forecasts of earlier days; a child leans on what its parent expected then."""
    found = []
    for at in origins(len(counts), horizon=horizon):
        cut = days.until(at + horizon)
        said, _all = forecast(counts[:at], cut, parent=parents[at] if parents else None)
        came, size = counts[at : at + horizon], size_of(counts[:at], days.is_open)
        found.append(Tried(at, size, said, came, naive(counts[:at], cut), cut.is_open[at:]))
    return found


def learned(many: Iterable[Sequence[Tried]], *, before: int | None = None) -> Levels:
    """Return the levels that the forecasts ask for, by what had come before a day (None: all)."""
    return levels(
        (key, look.at, some)
        for series in many
        for look in series
        if before is None or look.at < before
        for key, some in look.scored(before or 10**9)
    )


def judged(many: Sequence[Sequence[Tried]]) -> dict[int, Levels]:
    """Return for each of the judged days the levels that were known then."""
    days = sorted({look.at for series in many for look in series})
    return {at: learned(many, before=at) for at in days[1:][-JUDGED:]}


@dataclass
class Misses:
    """Sums from which checks of one or many series are made."""

    days: int = 0
    sum: float = 0.0
    missed: float = 0.0
    naive: float = 0.0
    banded: int = 0
    inside: int = 0
    wide: int = 0
    weeks: int = 0
    week: int = 0

    def add(self, looks: Iterable[Tried], known: Mapping[int, Levels]) -> Misses:
        """Count forecasts; the bands with the levels that were known at their day."""
        for look in looks:
            if look.at not in known:
                continue
            self.days += len(look.came)
            self.sum += float(look.came.sum())
            self.missed += float(np.abs(look.came - look.said.mean).sum())
            self.naive += float(np.abs(look.came - look.naive).sum())
            self._bands(look, known[look.at])
        return self

    def _bands(self, look: Tried, levels: Levels) -> None:
        for (what, size, week), said in look.scored(10**9):
            near, wide = levels.of(what, size, week)
            if what == DAILY:
                self.banded += len(said)
                self.inside += int((said <= near).sum())
                self.wide += int((said <= wide).sum())
            elif what == WEEKLY:
                self.weeks += len(said)
                self.week += int((said <= near).sum())

    def check(self) -> Check:
        """Return the shares."""
        whole, many = max(1.0, self.sum), max(1, self.banded)
        return Check(
            self.days, self.sum, self.missed / whole, self.naive / whole, self.banded,
            self.inside / many, self.wide / many, self.weeks, self.week / max(1, self.weeks),
        )  # fmt: skip


def naive(counts: np.ndarray, days: Days) -> np.ndarray:
    """Return for each day to come the number of the latest day of its type."""
    found = []
    for place in range(len(counts), len(days)):
        same = np.flatnonzero(days.types[: len(counts)] == days.types[place])
        found.append(counts[same[-1]] if len(same) else 0)
    return np.array(found, dtype=float)
