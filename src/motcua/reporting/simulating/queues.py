"""Queues in working minutes: people who take the next in line, couriers who leave at their hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace

import numpy as np
from numpy.typing import NDArray

from motcua.reporting.simulating.setting import DAY_MINUTES

Minutes = NDArray[np.float64]
Away = Sequence[frozenset[int]]
_RIDE = 30.0
_EARLY = 0.06  # the last courier leaves a little before the office closes


@dataclass(frozen=True)
class Served:
    """When each began and was done, and who did it."""

    begun: Minutes
    done: Minutes
    who: NDArray[np.int32]


def serve(ready: Minutes, minutes: Minutes, *, servers: int, away: Away = ()) -> Served:
    """Let `servers` people take what is ready, first come first served.

    ready, minutes: when each can be taken and how long it takes, in working minutes. away: for each
    of the people the numbers of the days on which they are not there.
    """
    order = np.argsort(ready, kind="stable")
    comes, takes = ready[order].tolist(), minutes[order].tolist()
    free = [(0.0, number) for number in range(max(1, servers))]
    heapify(free)
    begun, done, who = [0.0] * len(comes), [0.0] * len(comes), [0] * len(comes)
    for place, at in enumerate(comes):
        until, number = free[0]
        start = max(at, until)
        while away and int(start // DAY_MINUTES) in away[number]:
            heapreplace(free, ((start // DAY_MINUTES + 1) * DAY_MINUTES, number))
            until, number = free[0]
            start = max(at, until)
        end = start + takes[place]
        heapreplace(free, (end, number))
        begun[place], done[place], who[place] = start, end, number
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return Served(
        np.asarray(begun, dtype=np.float64)[back],
        np.asarray(done, dtype=np.float64)[back],
        np.asarray(who, dtype=np.int32)[back],
    )


def carried(ready: Minutes, *, runs: int) -> Minutes:
    """Return when papers arrive that leave with the next of `runs` couriers a day."""
    times = ((np.arange(runs) + 1) / runs - _EARLY) * DAY_MINUTES
    day, within = np.divmod(ready, DAY_MINUTES)
    place = np.searchsorted(times, within, side="left")
    over = place >= runs
    leaves = np.where(over, times[0], times[np.minimum(place, runs - 1)])
    return np.asarray((day + over) * DAY_MINUTES + leaves + _RIDE, dtype=np.float64)


def absences(random: np.random.Generator, *, people: int, days: int, share: float) -> Away:
    """Return for each of `people` the days away, in spells of one to five days."""
    found = []
    for _person in range(max(1, people)):
        away: set[int] = set()
        for first in np.flatnonzero(random.random(days) < share / 3).tolist():
            away.update(range(first, first + int(random.integers(1, 6))))
        found.append(frozenset(away))
    return found
