"""When people come: more on Mondays, most in the middle of the morning, online also in the evening."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motcua.reporting.simulating.setting import DAY_MINUTES, Office, Setting

Minutes = NDArray[np.float64]
# Parts of the working day with the share of people who come then: the morning, the afternoon.
PEAKS = ((0.02, 0.50, 0.58), (0.52, 0.92, 0.42))


def hours(random: np.random.Generator, count: int) -> Minutes:
    """Return at which minute of the working day so many people come."""
    is_morning = random.random(count) < PEAKS[0][2]
    spread = random.beta(2.2, 2.6, count)
    (early, late, _share), (begin, end, _rest) = PEAKS
    share = np.where(is_morning, early + (late - early) * spread, begin + (end - begin) * spread)
    return np.asarray(share * DAY_MINUTES, dtype=np.float64)


def counts(
    random: np.random.Generator, per_day: float, *, days: int, setting: Setting
) -> NDArray[np.int64]:
    """Return how many come on each of so many working days, the first a Monday."""
    weights = np.resize(np.asarray(setting.weekdays), days)
    return np.asarray(random.poisson(per_day * weights), dtype=np.int64)


@dataclass(frozen=True)
class Arrivals:
    """When each dossier of an office comes and which of its works it is, in the order of time.

    is_saturday: came on a Saturday, so that the back office finds it as it opens on Monday. number:
    which dossier it is, the same whatever day it comes on.
    """

    at: Minutes
    number: NDArray[np.int64]
    kind: NDArray[np.int64]
    is_saturday: NDArray[np.bool_]


def of_office(
    random: np.random.Generator, office: Office, *, days: int, setting: Setting
) -> Arrivals:
    """Return what comes to an office on so many working days, the first a Monday."""
    moments: list[Minutes] = [np.zeros(office.waiting)]
    kinds, saturdays = [_kinds_waiting(random, office)], [np.zeros(office.waiting, dtype=bool)]
    for kind, work in enumerate(office.works):
        count = counts(random, work.per_day, days=days, setting=setting)
        day = np.repeat(np.arange(days), count)
        within = hours(random, len(day))
        moved = (random.random(len(day)) < setting.saturday) & office.open_saturday
        at = np.where(moved, (day // 5 + 1) * 5.0 * DAY_MINUTES, day * DAY_MINUTES + within)
        moments.append(at.astype(np.float64))
        saturdays.append(moved)
        kinds.append(np.full(len(day), kind, dtype=np.int64))
    at = np.concatenate(moments)
    order = np.argsort(at, kind="stable")
    return Arrivals(
        at[order], order.astype(np.int64), np.concatenate(kinds)[order],
        np.concatenate(saturdays)[order],
    )  # fmt: skip


def _kinds_waiting(random: np.random.Generator, office: Office) -> NDArray[np.int64]:
    shares = np.asarray([work.per_day for work in office.works])
    if not office.waiting or not shares.sum():
        return np.zeros(office.waiting, dtype=np.int64)
    return np.asarray(
        random.choice(len(shares), office.waiting, p=shares / shares.sum()), dtype=np.int64
    )
