"""What a gatherer gives back, and how it asks the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

Row = tuple[Any, ...]
CODES = 200


@dataclass(frozen=True)
class Span:
    """From when until when the facts are looked at."""

    since: datetime
    until: datetime

    @property
    def month(self) -> str:
        """The month in which it is looked: officers and agencies are raised once in each."""
        return timezone.localtime(self.until).strftime("%Y-%m")


@dataclass(frozen=True)
class Finding:
    """One thing that a signal rests on: about whom, why, which dossiers, what the rule saw.

    `key` is the same whenever the same thing is found. `account_id`: the officer concerned.
    """

    kind: str
    about: str
    agency_id: int
    key: str
    at: datetime
    reason: str
    account_id: int | None = None
    codes: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    is_guarded: bool = False
    about_key: str = ""

    @property
    def subject(self) -> str:
        """What it is about, in one text: one signal is open about it at a time."""
        if self.about_key:
            return self.about_key
        if self.about == "officer":
            return f"officer:{self.account_id}@{self.agency_id}"
        return f"agency:{self.agency_id}"


def rows_of(sql: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of a statement, read to its end first: what follows asks the database too."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor.fetchall()


def account_of(actor: str) -> int | None:
    """Return the account of who recorded a fact, None where it was no person."""
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "account" and number.isdigit() else None
