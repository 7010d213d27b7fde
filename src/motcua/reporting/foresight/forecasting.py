"""How many will come: a day's number from its weekday, holidays, season and trend, with bands.

Counts are taken as negative binomial. A small series borrows the days' pattern of its parent and
only bends it as far as its own numbers speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from motcua.reporting.foresight.banding import DAILY, WEEKLY, WHOLE, Levels, quantile
from motcua.reporting.foresight.hours import DAY, Hours

YEAR, SEASON_DAYS, TREND_DAYS = 365.25, 400, 28.0
OPEN_WEEKEND, CLOSED_WEEKEND, CLOSED_WEEKDAY = 5, 6, 7
TYPES = 8
_STEPS, _LEAST_RATE = 40, 1e-4
# What a factor may cost: the days' types move freely, everything else has to be worth it.
_RIDGE = {"type": 0.05, "near": 2.0, "season": 4.0, "tet": 4.0, "trend": 60.0}
_BENT = {"type": 8.0, "near": 30.0, "season": 30.0, "tet": 30.0, "trend": 60.0}
LEVEL_DRIFT = 0.012  # how far the level wanders in four weeks (variance of its logarithm)


@dataclass(frozen=True)
class Days:
    """Days in a row with what makes them different; `first` is the first."""

    first: date
    types: np.ndarray
    near: np.ndarray
    tet: np.ndarray

    def __len__(self) -> int:
        """Return how many days there are."""
        return len(self.types)

    @property
    def is_open(self) -> np.ndarray:
        """On which of the days the desks are open."""
        return np.asarray(self.types < CLOSED_WEEKEND)

    def until(self, place: int) -> Days:
        """Return the days before a place."""
        return Days(self.first, self.types[:place], self.near[:place], self.tet[:place])

    def day(self, place: int) -> date:
        """Return the day at a place."""
        return self.first + timedelta(days=place)


def days_of(hours: Hours, tet: np.ndarray, *, first: date, count: int) -> Days:
    """Return so many days from the first, as the calendar of the desks knows them."""
    begin = (first - hours.first).days
    place = np.arange(begin, begin + count)
    is_open = hours.is_open[place]
    weekday = (place + hours.first.weekday()) % 7
    types = np.where(is_open, np.minimum(weekday, OPEN_WEEKEND), CLOSED_WEEKEND)
    types = np.where(~is_open & (weekday < 5), CLOSED_WEEKDAY, types)
    shut = ~hours.is_open & ((np.arange(len(hours.is_open)) + hours.first.weekday()) % 7 < 5)
    after = is_open & np.array([shut[max(0, p - 3) : p].any() for p in place])
    before = is_open & np.array([shut[p + 1 : p + 3].any() for p in place])
    moments = hours.start + place * DAY
    left = np.append(np.sort(tet), 2**53)[np.searchsorted(np.sort(tet), moments)] - moments
    gone = moments - np.insert(np.sort(tet), 0, -(2**53))[np.searchsorted(np.sort(tet), moments)]
    near_tet = np.column_stack(
        [np.clip(1 - left / (21 * DAY), 0, 1), np.clip(1 - gone / (21 * DAY), 0, 1)]
    )
    return Days(first, types, np.column_stack([after, before]).astype(float), near_tet)


@dataclass(frozen=True)
class Forecast:
    """The expected number of each day to come, and by how much numbers scatter around it.

    spread: beyond chance, day by day; level: how far all days together may lie off; doubt: how far
    what was fitted may (a row each day, whose products are covariances of the logarithm).
    """

    mean: np.ndarray
    spread: float
    level: float
    doubt: np.ndarray

    @property
    def extra(self) -> np.ndarray:
        """By how much each day scatters: variance = mean + extra × mean²."""
        return np.asarray(self.spread + self.level + (self.doubt**2).sum(axis=1))

    def total(self, first: int, last: int) -> tuple[float, float]:
        """Return the expected sum of some days, and by how much it scatters."""
        mean = self.mean[first:last]
        whole = float(mean.sum())
        scatter = self.spread * float((mean**2).sum()) + self.level * whole**2
        scatter += float(((mean @ self.doubt[first:last]) ** 2).sum())
        return whole, scatter / max(whole, _LEAST_RATE) ** 2

    def days(self, levels: Levels, size: int) -> tuple[np.ndarray, ...]:
        """Return low, high (eight of ten), least, most (nineteen of twenty) of each day."""
        found = [
            _between(self.mean[n : n + 7], self.extra[n : n + 7], levels.of(DAILY, size, n // 7))
            for n in range(0, len(self.mean), 7)
        ]
        return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))

    def sums(self, levels: Levels, size: int) -> list[tuple[float, float, float]]:
        """Return the expected sum of each week with its low and high (eight of ten)."""
        return [
            self._sum(n, min(n + 7, len(self.mean)), levels.of(WEEKLY, size, n // 7))
            for n in range(0, len(self.mean), 7)
        ]

    def whole(self, levels: Levels, size: int) -> tuple[float, float, float]:
        """Return the expected sum of all days with its low and high (eight of ten)."""
        return self._sum(0, len(self.mean), levels.of(WHOLE, size, 0))

    def _sum(
        self, first: int, last: int, taken: tuple[float, float]
    ) -> tuple[float, float, float]:
        mean, extra = self.total(first, last)
        low, high, _least, _most = _between(np.array([mean]), np.array([extra]), taken)
        return mean, float(low[0]), float(high[0])


def _between(
    mean: np.ndarray, extra: np.ndarray, taken: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    low, high, least, most = (
        quantile(mean, extra, (1 + way * one) / 2) for one in taken for way in (-1, 1)
    )
    return low, high, least, most


def forecast(
    counts: np.ndarray, days: Days, *, parent: np.ndarray | None = None
) -> tuple[Forecast, np.ndarray]:
    """Return the forecast of the days after the counts, and the expected numbers of all days.

    days: those of the counts and those to come. parent: expected numbers of the parent, all days.
    """
    known = len(counts)
    table, ridge = _table(days, known, is_bent=parent is not None)
    offset = np.zeros(len(days)) if parent is None else np.log(np.maximum(parent, _LEAST_RATE))
    weights = _fit(table[:known], counts, offset[:known], ridge)
    expected = np.exp(np.clip(offset + table @ weights, -12, 16))
    fitted = expected[:known]
    doubt = _doubt(table, counts, fitted, ridge)
    return Forecast(expected[known:], _spread(counts, fitted), LEVEL_DRIFT, doubt), expected


def _doubt(
    table: np.ndarray, counts: np.ndarray, fitted: np.ndarray, ridge: np.ndarray
) -> np.ndarray:
    """Return how far the fit may lie off on the days to come: what few days tell, tells little."""
    known = len(counts)
    bend = (table[:known].T * fitted) @ table[:known] + np.diag(ridge + 1e-6)
    wild = float(np.clip(np.mean((counts - fitted) ** 2 / (fitted + 0.5)), 1.0, 9.0))
    lower = np.linalg.cholesky(bend)
    return np.asarray(np.sqrt(wild) * np.linalg.solve(lower, table[known:].T).T)


def _table(days: Days, known: int, *, is_bent: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return what is told of each day, a column each, and what each may cost."""
    cost = _BENT if is_bent else _RIDGE
    types = np.eye(TYPES)[days.types]
    place = np.arange(len(days), dtype=float)
    # The trend is kept for two weeks and then no more: nobody knows how long it lasts.
    trend = np.minimum(place - known, TREND_DAYS / 2) / TREND_DAYS
    # A holiday nobody has seen yet is taken for a weekend: what is closed shares one column.
    closed = (days.types >= CLOSED_WEEKEND).astype(float)
    columns = [np.ones(len(days)), closed, *types.T, *days.near.T, *days.tet.T, trend]
    own = [cost["type"]] * CLOSED_WEEKEND + [cost["near"]] * (TYPES - CLOSED_WEEKEND)
    ridge = [0.0, cost["type"], *own, *[cost["near"]] * 2, *[cost["tet"]] * 2, cost["trend"]]
    if known >= SEASON_DAYS:
        turn = 2 * np.pi * (place + days.first.timetuple().tm_yday) / YEAR
        columns += [np.sin(turn), np.cos(turn), np.sin(2 * turn), np.cos(2 * turn)]
        ridge += [cost["season"]] * 4
    return np.column_stack(columns), np.array(ridge)


def _fit(
    table: np.ndarray, counts: np.ndarray, offset: np.ndarray, ridge: np.ndarray
) -> np.ndarray:
    """Return the weights of the Poisson regression (Newton's steps, halved when they overshoot)."""
    weights = np.zeros(table.shape[1])
    weights[0] = np.log(max(counts.sum(), 0.5) / max(np.exp(offset).sum(), _LEAST_RATE))
    cost = _cost(weights, table, counts, offset, ridge)
    for _step in range(_STEPS):
        expected = np.exp(np.clip(offset + table @ weights, -12, 16))
        slope = table.T @ (counts - expected) - ridge * weights
        bend = (table.T * expected) @ table + np.diag(ridge + 1e-6)
        move = np.linalg.solve(bend, slope)
        size = 1.0
        while size > 1e-4:
            tried = weights + size * move
            fresh = _cost(tried, table, counts, offset, ridge)
            if fresh <= cost:
                break
            size /= 2
        if size <= 1e-4 or cost - fresh < 1e-9 * (1 + abs(cost)):
            break
        weights, cost = tried, fresh
    return weights


def _cost(
    weights: np.ndarray,
    table: np.ndarray,
    counts: np.ndarray,
    offset: np.ndarray,
    ridge: np.ndarray,
) -> float:
    score = np.clip(offset + table @ weights, -12, 16)
    return float(np.exp(score).sum() - counts @ score + (ridge * weights**2).sum() / 2)


def _spread(counts: np.ndarray, expected: np.ndarray) -> float:
    """Return by how much counts scatter beyond chance: variance = mean + spread × mean²."""
    recent = slice(-84, None)
    over = ((counts[recent] - expected[recent]) ** 2 - expected[recent]).sum()
    return float(np.clip(over / max((expected[recent] ** 2).sum(), _LEAST_RATE), 0.0, 4.0))
