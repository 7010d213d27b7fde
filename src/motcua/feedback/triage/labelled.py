"""The texts written and labelled for this project, read as they lie in the repository."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from motcua.feedback.triage.shapes import Candidate

_FOLDER = Path(__file__).resolve().parent / "data" / "texts"
_FIRST_DAY = datetime.fromisoformat("2026-09-01T08:00:00+07:00")


@dataclass(frozen=True)
class Labelled:
    """One text with what people say of it; `day`: days after the first of the set."""

    id: str
    text: str
    field: str
    kind: str
    urgency: str
    agency_key: str
    harassment: bool
    delay: bool
    bribe: bool
    danger: bool
    referred: str
    place: str
    lat: float
    lon: float
    day: int
    writer: str
    duplicate_of: str | None
    split: str

    @property
    def at(self) -> datetime:
        """When it was sent."""
        return _FIRST_DAY + timedelta(days=self.day)

    def as_candidate(self) -> Candidate:
        """Return it as a case that a later one may repeat."""
        return Candidate(self.id, self.text, self.at, self.field, self.place, self.lat, self.lon)


def read() -> list[Labelled]:
    """Return every labelled text, by writer."""
    return [
        Labelled(**json.loads(line))
        for path in sorted(_FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def of_split(split: str) -> list[Labelled]:
    """Return the texts of "train" or "test"; no writer is in both."""
    return [row for row in read() if row.split == split]


def group_of(row: Labelled) -> str:
    """Return the id of the first text about the same thing."""
    return row.duplicate_of or row.id


def texts_of(rows: Sequence[Labelled]) -> list[str]:
    """Return the texts alone."""
    return [row.text for row in rows]
