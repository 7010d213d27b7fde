"""Rows on their way into a table: text of COPY, gathered and written at once."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, models

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def escaped(text: str) -> str:
    """Return a text with what COPY would misread escaped; most texts hold nothing of it."""
    return text.translate(_ESCAPES) if "\\" in text or not text.isprintable() else text


def text(value: object) -> str:
    """Return a value as COPY reads it."""
    if value is None:
        return "\\N"
    if value.__class__ is str:
        return escaped(value)
    if value.__class__ is bool:
        return "t" if value else "f"
    if value.__class__ is int or value.__class__ is float:
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    raise TypeError(f"{value!r} has no column")


class Table:
    """The rows of one model: each is a tuple in the order of `names`, keys are given on writing."""

    def __init__(self, model: type[models.Model], *, with_key: bool = False) -> None:
        fields = [f for f in model._meta.concrete_fields if not f.generated]  # noqa: SLF001
        self.name = model._meta.db_table  # noqa: SLF001
        self.names = tuple(f.attname for f in fields if with_key or not f.primary_key)
        columns = ", ".join(f'"{f.column}"' for f in fields if with_key or not f.primary_key)
        self.statement = f"COPY {self.name} ({columns}) FROM STDIN"
        self.lines: list[str] = []

    def add(self, values: Iterable[object]) -> None:
        """Add a row."""
        self.lines.append("\t".join([text(value) for value in values]) + "\n")

    def add_named(self, values: dict[str, Any]) -> None:
        """Add a row by the names of its columns; every column has to be there."""
        self.add([values[name] for name in self.names])

    def write(self) -> int:
        """Write what was gathered; return how many."""
        count = len(self.lines)
        if count:
            copy(self.statement, "".join(self.lines))
        self.lines = []
        return count


def copy(statement: str, data: str) -> None:
    """Send the text of a COPY."""
    with connection.cursor() as cursor, cursor.copy(statement) as sent:
        sent.write(data)


def reserve(table: str, count: int) -> int:
    """Reserve so many keys of a table and return the first."""
    if not count:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(743190)")
        try:
            cursor.execute(
                "SELECT setval(s.name, nextval(s.name) + %s) - %s "
                "FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name) s",
                [count - 1, count - 1, table],
            )
            return int(cursor.fetchone()[0])
        finally:
            cursor.execute("SELECT pg_advisory_unlock(743190)")
