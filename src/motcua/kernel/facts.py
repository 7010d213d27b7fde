"""Fact: what happened, in the past tense, with ids and scalars only."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of every event; a subclass names its `kind` once and never renames it."""

    kind: ClassVar[str] = ""

    def body(self) -> dict[str, object]:
        """Return the fields as JSON-ready scalars (datetimes as ISO 8601)."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
