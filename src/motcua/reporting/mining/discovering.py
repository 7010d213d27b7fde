"""What a log shows: activities, edges with times, paths, rework, hand-overs, throughput."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from motcua.reporting.mining.log import NONE, Ints, Log

_SECOND = 1_000_000


@dataclass(frozen=True)
class Edge:
    """Two activities of which the second directly follows the first, how often and how long after.

    The seconds are from the first to the second (from its end to the start of the second, where
    the log says when events begin); None in a log without times.
    """

    source: str
    target: str
    count: int
    median_seconds: float | None
    mean_seconds: float | None = None


@dataclass(frozen=True)
class Variant:
    """One path through the activities, how many cases took it, and their median seconds."""

    path: tuple[str, ...]
    count: int
    median_seconds: float | None


@dataclass(frozen=True)
class Rework:
    """An activity that cases come back to: in how many cases, and how many events beyond the first."""

    activity: str
    cases: int
    repeats: int


class Found:
    """A log in order, from which each thing is computed when it is asked for."""

    def __init__(self, log: Log) -> None:
        order = np.lexsort((log.time, log.case))
        self.log = log
        self.order = order
        self.case, self.activity = log.case[order], log.activity[order]
        self.time, self.resource = log.time[order], log.resource[order]
        self.has_times = log.has_times
        starts = np.ones(len(order), dtype=bool)
        starts[1:] = self.case[1:] != self.case[:-1]
        self.first = np.flatnonzero(starts)
        self.last = np.append(self.first[1:], len(order)) - 1 if len(order) else self.first

    @property
    def cases(self) -> int:
        """How many cases have an event."""
        return len(self.first)

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(self.order)

    @cached_property
    def follows(self) -> NDArray[np.bool_]:
        """Which events are directly followed by another of the same case (one shorter)."""
        return np.asarray(self.case[1:] == self.case[:-1])

    @cached_property
    def activities(self) -> list[tuple[str, int]]:
        """Each activity and its events, the most first."""
        return self._counted(self.activity, self.log.activities)

    @cached_property
    def starts(self) -> list[tuple[str, int]]:
        """Where cases begin, the most first."""
        return self._counted(self.activity[self.first], self.log.activities)

    @cached_property
    def ends(self) -> list[tuple[str, int]]:
        """Where cases end, the most first."""
        return self._counted(self.activity[self.last], self.log.activities)

    @cached_property
    def edges(self) -> list[Edge]:
        """What directly follows what, the most frequent first."""
        names, many = self.log.activities, len(self.log.activities)
        activity, follows, waits = self.activity, self.follows, None
        if self.has_times:
            waits = np.diff(self.time)[follows]
        if self.has_times and self.log.start is not None:
            activity, waits = self._of_intervals(self.log.start)
        source, target = activity[:-1][follows], activity[1:][follows]
        found = [
            Edge(names[key // many], names[key % many], count, median, mean)
            for key, count, median, mean in _grouped(source * many + target, waits)
        ]
        return sorted(found, key=lambda one: (-one.count, one.source, one.target))

    def _of_intervals(self, start: Ints) -> tuple[Ints, Ints]:
        """The activities in the order in which events begin, and the gaps between them."""
        log = self.log
        order = np.lexsort((log.time, start, log.case))
        gaps = start[order][1:] - log.time[order][:-1]
        return log.activity[order], gaps[self.follows]

    @cached_property
    def variants(self) -> list[Variant]:
        """The paths that cases take, the most frequent first."""
        paths = self._paths()
        names = self.log.activities
        kinds: dict[bytes, int] = {}
        which = np.fromiter((kinds.setdefault(path, len(kinds)) for path in paths), dtype=np.int64,
                            count=len(paths))  # fmt: skip
        told = list(kinds)
        waited = self.time[self.last] - self.time[self.first] if self.has_times else None
        found = [
            Variant(
                tuple(names[n] for n in np.frombuffer(told[key], dtype=np.int32)), count, median
            )
            for key, count, median, _mean in _grouped(which, waited)
        ]
        return sorted(found, key=lambda one: (-one.count, one.path))

    @cached_property
    def rework(self) -> list[Rework]:
        """The activities that cases come back to, the most repeated first."""
        many = max(len(self.log.activities), 1)
        keys, counts = np.unique(self.case * many + self.activity, return_counts=True)
        again = counts > 1
        activity, more = keys[again] % many, counts[again] - 1
        cases = np.bincount(activity, minlength=many)
        repeats = np.bincount(activity, weights=more, minlength=many)
        found = [
            Rework(name, int(cases[n]), int(repeats[n]))
            for n, name in enumerate(self.log.activities)
            if cases[n]
        ]
        return sorted(found, key=lambda one: (-one.repeats, one.activity))

    @cached_property
    def reworked_cases(self) -> int:
        """How many cases do some activity more than once."""
        many = max(len(self.log.activities), 1)
        keys, counts = np.unique(self.case * many + self.activity, return_counts=True)
        return len(np.unique(keys[counts > 1] // many))

    @cached_property
    def hand_overs(self) -> list[tuple[str, str, int]]:
        """From whom to whom work goes on within cases (somebody else each), the most first."""
        names, many = self.log.resources, max(len(self.log.resources), 1)
        source, target = self.resource[:-1], self.resource[1:]
        known = self.follows & (source != NONE) & (target != NONE) & (source != target)
        keys, counts = np.unique(source[known] * many + target[known], return_counts=True)
        found = [
            (names[int(key) // many], names[int(key) % many], int(count))
            for key, count in zip(keys, counts, strict=True)
        ]
        return sorted(found, key=lambda one: (-one[2], one[0], one[1]))

    @cached_property
    def durations(self) -> NDArray[np.float64]:
        """How many seconds each case takes from its first event to its last."""
        if not self.has_times:
            return np.zeros(0)
        return np.asarray((self.time[self.last] - self.time[self.first]) / _SECOND)

    @cached_property
    def places(self) -> list[tuple[str, int, float]]:
        """Each activity with its events and where in its cases it stands on average, from 0."""
        lengths = self.last - self.first + 1
        rank = np.arange(self.events) - np.repeat(self.first, lengths)
        many = len(self.log.activities)
        counts = np.bincount(self.activity, minlength=many)
        sums = np.bincount(self.activity, weights=rank, minlength=many)
        found = [
            (name, int(counts[n]), float(sums[n] / counts[n]))
            for n, name in enumerate(self.log.activities)
            if counts[n]
        ]
        return sorted(found, key=lambda one: (one[2], one[0]))

    def main_paths(self, share: float) -> Log:
        """Return the events of the cases on the most frequent paths that make up a share of all."""
        paths = self._paths()
        taken, kept = 0, set()
        for path, count in Counter(paths).most_common():
            if taken and taken >= share * self.cases:
                break
            kept.add(path)
            taken += count
        cases = self.case[self.first][[path in kept for path in paths]]
        return self.log.where(np.isin(self.log.case, cases))

    def _paths(self) -> list[bytes]:
        """The activities of each case as bytes, by which paths are told apart."""
        acts = self.activity.astype(np.int32).tobytes()
        return [
            acts[4 * start : 4 * end + 4]
            for start, end in zip(self.first.tolist(), self.last.tolist(), strict=True)
        ]

    @staticmethod
    def _counted(numbers: Ints, names: tuple[str, ...]) -> list[tuple[str, int]]:
        counted = Counter(dict(enumerate(np.bincount(numbers, minlength=len(names)).tolist())))
        found = [(names[n], count) for n, count in counted.items() if count]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def discover(log: Log) -> Found:
    """Return what a log shows."""
    return Found(log)


def _grouped(keys: Ints, waited: Ints | None) -> list[tuple[int, int, float | None, float | None]]:
    """Each key, how often it stands there, and the median and mean of its seconds."""
    if not len(keys):
        return []
    order = np.argsort(keys, kind="stable") if waited is None else np.lexsort((waited, keys))
    sorted_keys = keys[order]
    first = np.flatnonzero(np.append(True, sorted_keys[1:] != sorted_keys[:-1]))
    counts = np.diff(np.append(first, len(keys)))
    told = zip(sorted_keys[first].tolist(), counts.tolist(), strict=True)
    if waited is None:
        return [(key, count, None, None) for key, count in told]
    ranked = waited[order]
    low, high = ranked[first + (counts - 1) // 2], ranked[first + counts // 2]
    medians = (low + (high - low) / 2) / _SECOND
    means = np.add.reduceat(ranked, first) / counts / _SECOND
    return [
        (key, count, float(median), float(mean))
        for (key, count), median, mean in zip(told, medians, means, strict=True)
    ]
