"""Which recent cases a new one repeats: the same thing, near there, not long ago.

Text alone cannot tell the hole in this street from the hole in the next, and place alone cannot
tell the hole from the dead lamp above it; so words, field, distance and time are weighed together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.feedback.triage import model
from motcua.feedback.triage.fields import spaced
from motcua.feedback.triage.shapes import Candidate
from motcua.kernel.text import fold

NEAR_METRES = 150.0  # what people mark as one spot lies within
FAR_METRES = 600.0
DAYS = 30.0
SAME = 0.5  # above this two cases are offered as one

_WEIGHTS = (-28.7, 15.7, 4.4, 11.6, 12.8, 0.5)  # start, words, field, near, soon, streets

_STREET = re.compile(
    r"\b(?:duong|hem|pho|cho|cau|bai|truong|benh vien|ngo|khu|thon|xa|phuong|tram|dao|deo|hon)\s+"
    r"((?:[a-z]+|\d+)(?:\s(?:[a-z]+|\d+)){0,2})"
)


@dataclass(frozen=True)
class Likeness:
    """What two cases have in common: words, field, place, time, names of streets."""

    words: float
    field: float
    near: float
    soon: float
    streets: float


def likely_same(new: Candidate, recent: Sequence[Candidate]) -> tuple[tuple[str, float], ...]:
    """Return the codes of recent cases that the new one repeats, with a score, best first."""
    scored = [(one.code, score(likeness(new, one))) for one in recent if _may_be_same(new, one)]
    found = [(code, round(value, 3)) for code, value in scored if value >= SAME]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def likeness(new: Candidate, old: Candidate) -> Likeness:
    """Return what two cases have in common."""
    return Likeness(
        words=_cosine(new.text, old.text),
        field=_field(new, old),
        near=_near(new, old),
        soon=_soon(new.at, old.at),
        streets=_streets(new.text, old.text),
    )


def score(what: Likeness) -> float:
    """Return how likely two cases are one (0..1); weights were fitted on the training groups."""
    near = what.near if what.near >= 0 else 0.5
    known = (1.0, what.words, what.field, near, what.soon, what.streets)
    margin = float(np.dot(_WEIGHTS, known))
    return 1 / (1 + math.exp(-margin))


def _may_be_same(new: Candidate, old: Candidate) -> bool:
    return _near(new, old) != 0 and _soon(new.at, old.at) > 0


@lru_cache(maxsize=4096)
def _row(text: str) -> sparse.csr_matrix:
    return model.load().space.rows([text])


@lru_cache(maxsize=4096)
def _fields(text: str) -> Mapping[str, float]:
    trained = model.load()
    chances = trained.chances_of("field", _row(text))[0]
    return dict(zip(trained.tasks["field"].labels, map(float, chances), strict=True))


def _field(new: Candidate, old: Candidate) -> float:
    """The chance that both are of one field; an officer may have said of which the old one is."""
    first = _fields(new.text)
    if old.field:
        return first.get(old.field, 0.0)
    second = _fields(old.text)
    return sum(chance * second[key] for key, chance in first.items())


def _cosine(one: str, other: str) -> float:
    first, second = _row(one), _row(other)
    length = math.sqrt(first.multiply(first).sum() * second.multiply(second).sum())
    return float(first.multiply(second).sum()) / length if length else 0.0


def _near(new: Candidate, old: Candidate) -> float:
    if None in (new.lat, new.lon, old.lat, old.lon):
        unknown = not (new.place_code and old.place_code)
        return -1.0 if unknown or new.place_code == old.place_code else 0.0
    metres = distance(
        float(new.lat or 0), float(new.lon or 0), float(old.lat or 0), float(old.lon or 0)
    )
    if metres <= NEAR_METRES:
        return 1.0
    return max(0.0, 1 - (metres - NEAR_METRES) / (FAR_METRES - NEAR_METRES))


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return metres between two points, as the crow flies, good enough within a province."""
    east = (lon - other_lon) * 111_320 * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(east, (lat - other_lat) * 110_570)


def _soon(one: datetime, other: datetime) -> float:
    days = abs((one - other).total_seconds()) / 86_400
    return max(0.0, 1 - days / DAYS)


def _streets(one: str, other: str) -> float:
    """1 when both name a street or place alike, -1 when they name different ones, 0 when unsaid."""
    first, second = _named(one), _named(other)
    if not first or not second:
        return 0.0
    joined = f" {spaced(other)} "
    if first & second or any(f" {name} " in joined for name in first if " " in name):
        return 1.0
    return -1.0


def _named(text: str) -> set[str]:
    written = fold(re.sub(r"[^\w\s]", " ", text))
    return {" ".join(name.split()[:2]) for name in _STREET.findall(written)}
