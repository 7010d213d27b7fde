"""The thresholds: from which confidence on values are right often enough to hold by themselves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

WANTED = 0.99
# Stricter than what is promised: the set is small, and other papers are not this set.
_AIMED, _MARGIN, _FEW = 0.995, 0.005, 20


@dataclass(frozen=True)
class Judged:
    """One field read on a specimen, and whether it was right; `found`: something was read."""

    kind: str
    variant: str
    wear: str
    key: str
    label: str
    shape: str
    confidence: float
    is_right: bool
    is_found: bool


def thresholds(judged: Iterable[Judged]) -> dict[str, float]:
    """Return the threshold of each shape: the lowest above which enough values are right.

    A shape of which the set has few values takes the strictest threshold of them all.
    """
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.is_found:
            groups[one.shape].append(one)
    found = {shape: _threshold(rows) for shape, rows in groups.items()}
    strictest = max(found.values(), default=1.0)
    return {
        shape: strictest if len(groups[shape]) < _FEW else found[shape] for shape in sorted(found)
    }


def _threshold(rows: list[Judged]) -> float:
    """Walk down from the surest; keep the lowest confidence at which the share still holds."""
    best, right = 1.0, 0
    ordered = sorted(rows, key=lambda one: -one.confidence)
    for count, one in enumerate(ordered, start=1):
        right += one.is_right
        following = ordered[count].confidence if count < len(ordered) else -1.0
        if following < one.confidence and right / count >= _AIMED:
            best = one.confidence
    return round(min(1.0, best + _MARGIN), 4)
