"""The slow, plain way to mine a log, against which the quick one is held."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median


@dataclass(frozen=True)
class Event:
    """One event of a log that the tests write."""

    case: str
    activity: str
    at: datetime


def mined(events: Sequence[Event]) -> dict[str, object]:
    """Return cases, activities, edges and variants of events in the order of their file."""
    cases: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        cases[event.case].append(event)
    waits: dict[tuple[str, str], list[float]] = defaultdict(list)
    paths: Counter[tuple[str, ...]] = Counter()
    for many in cases.values():
        many.sort(key=lambda one: one.at)
        paths[tuple(one.activity for one in many)] += 1
        for first, second in pairwise(many):
            waits[first.activity, second.activity].append((second.at - first.at).total_seconds())
    return {
        "cases": len(cases),
        "activities": Counter(one.activity for one in events),
        "edges": {pair: (len(all_), median(all_)) for pair, all_ in waits.items()},
        "variants": paths,
    }
