"""Waiting against working, in logs that say when work starts and when it is complete."""

from dataclasses import dataclass

import numpy as np

from motcua.reporting.mining.discovering import Found
from motcua.reporting.mining.log import Ints

_SECOND = 1_000_000


@dataclass(frozen=True)
class Work:
    """One activity: how often start and completion were both seen, and how long it waited and took."""

    activity: str
    count: int
    median_waiting_seconds: float
    median_working_seconds: float


def work_of(found: Found) -> list[Work]:
    """Return waiting and working time by activity, the longest waits first.

    The n-th start of an activity in a case belongs to its n-th completion there. Waiting is from
    the completion before (whatever it completed) to the start; the first start of a case waits 0.
    Where each event says when it began, it is itself start and completion.
    """
    log = found.log
    if found.has_times and log.start is not None:
        return _of_intervals(found, log.start)
    kinds = [name.lower() for name in log.transitions]
    if not found.has_times or "start" not in kinds or "complete" not in kinds:
        return []
    transition = log.transition[found.order]
    many = max(len(log.activities), 1)
    key = found.case * many + found.activity
    begun = np.flatnonzero(np.isin(transition, _numbers(kinds, "start")))
    done = np.flatnonzero(np.isin(transition, _numbers(kinds, "complete")))
    begins, ends = _paired(key, begun, done)
    working = found.time[ends] - found.time[begins]
    waiting = _waited(found, begins, done)
    return _by_activity(found, found.activity[begins], waiting, working)


def _of_intervals(found: Found, start: Ints) -> list[Work]:
    """Return the same for events that are intervals; who begins before the last ends waits 0."""
    log = found.log
    order = np.lexsort((log.time, start, log.case))
    begins, ends, case = start[order], log.time[order], log.case[order]
    waiting = np.zeros(len(order), dtype=np.int64)
    follows = case[1:] == case[:-1]
    waiting[1:] = np.where(follows, np.maximum(begins[1:] - ends[:-1], 0), 0)
    return _by_activity(found, log.activity[order], waiting, ends - begins)


def _by_activity(found: Found, activity: Ints, waiting: Ints, working: Ints) -> list[Work]:
    sound = working >= 0
    rows = []
    for number in np.unique(activity[sound]):
        mine = sound & (activity == number)
        waited, took = (float(np.median(part[mine])) / _SECOND for part in (waiting, working))
        rows.append(Work(found.log.activities[number], int(mine.sum()), waited, took))
    return sorted(rows, key=lambda one: (-one.median_waiting_seconds, one.activity))


def _numbers(kinds: list[str], name: str) -> list[int]:
    return [number for number, kind in enumerate(kinds) if kind == name]


def _paired(key: Ints, begun: Ints, done: Ints) -> tuple[Ints, Ints]:
    """The places of starts and of the completions that belong to them."""
    first, second = _ranked(key, begun), _ranked(key, done)
    _same, left, right = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    return begun[left], done[right]


def _ranked(key: Ints, places: Ints) -> Ints:
    """One number for (case, activity, how many of them came before)."""
    keys = key[places]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    fresh = np.append(True, ordered[1:] != ordered[:-1]) if len(ordered) else ordered.astype(bool)
    first = np.flatnonzero(fresh)
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys)) - np.repeat(first, np.diff(np.append(first, len(keys))))
    return keys * (len(key) + 1) + rank


def _waited(found: Found, begins: Ints, done: Ints) -> Ints:
    """From the last completion of the case before each start; nothing before the first."""
    at = np.searchsorted(done, begins) - 1
    before = done[np.maximum(at, 0)] if len(done) else begins
    known = (at >= 0) & (found.case[before] == found.case[begins])
    return np.where(known, found.time[begins] - found.time[before], 0)
