"""What goes into the index and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.kernel.refused import Refused


class BadIndex(Refused):
    """The folder holds no index that this version can read."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that can answer a question; `valid_to` is the first day on which it no longer holds."""

    key: str
    text: str
    title: str = ""
    kind: str = "law"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; `score` (0..1) is how probable it is that the passage answers."""

    key: str
    score: float
    features: Mapping[str, float] = field(default_factory=dict, compare=False)
