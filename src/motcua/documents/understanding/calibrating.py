"""The thresholds: from which confidence on values are right often enough to hold by themselves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

WANTED = 0.99
# Stricter than what is promised: the set is small, and other papers are not this set. Under the
# floor no value holds by itself, though the set has none that was wrong.
_AIMED, _MARGIN, _FLOOR, _FEW = 0.995, 0.005, 0.75, 20
_WORDS = ("text", "title", "office", "address", "name")
_FIGURES = ("integer", "money", "decimal", "tax", "sex", "code", "id")


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

    A shape of which the set has few values is judged together with its like: figures with figures,
    words with words.
    """
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.is_found:
            groups[one.shape].append(one)
    return {shape: _threshold(_enough(shape, groups)) for shape in sorted(groups)}


def _enough(shape: str, groups: dict[str, list[Judged]]) -> list[Judged]:
    if len(groups[shape]) >= _FEW:
        return groups[shape]
    alike = _WORDS if shape in _WORDS else _FIGURES
    return [one for other in alike for one in groups.get(other, [])]


def _threshold(rows: list[Judged]) -> float:
    """Walk down from the surest; keep the lowest confidence at which the share still holds."""
    best, right = 1.0, 0
    ordered = sorted(rows, key=lambda one: -one.confidence)
    for count, one in enumerate(ordered, start=1):
        right += one.is_right
        following = ordered[count].confidence if count < len(ordered) else -1.0
        if following < one.confidence and right / count >= _AIMED:
            best = one.confidence
    return round(min(1.0, max(_FLOOR, best + _MARGIN)), 4)
