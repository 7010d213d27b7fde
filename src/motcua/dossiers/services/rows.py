"""The dossier's row on every act's path: locked and written by statements that are built once.

Through the ORM the same two statements take four times the processor time, almost all of it spent
on building the same text again. What they say is still the ORM's own: the lock is the statement of
`visible_to`, so there is one predicate only.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from motcua.directory.actor import Actor
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import visible_to

_CODE = "\x1acode\x1a"
_FIELDS = Dossier._meta.concrete_fields  # noqa: SLF001  documented
_NAMES = [field.attname for field in _FIELDS]
_BY_NAME = {name: field for field in _FIELDS for name in (field.name, field.attname)}
_READERS = [
    (place, field) for place, field in enumerate(_FIELDS) if hasattr(field, "from_db_value")
]


def lock(*, code: str, by: Actor) -> Dossier | None:
    """Return the dossier locked to the end of the transaction, None when `by` may not read it."""
    statement, values = _lock_statement(by)
    if not statement:
        return None
    with connection.cursor() as cursor:
        cursor.execute(statement, [code if value == _CODE else value for value in values])
        row = cursor.fetchone()
    return _dossier(list(row)) if row else None


@lru_cache(maxsize=1024)
def _lock_statement(by: Actor) -> tuple[str, tuple[Any, ...]]:
    """Build the statement of a person with these posts; "" when they may read nothing at all."""
    wanted = visible_to(by).select_for_update(of=("self",)).filter(code=_CODE).order_by()
    try:
        statement, values = wanted.query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return statement, tuple(values)


def _dossier(values: list[Any]) -> Dossier:
    for place, field in _READERS:
        values[place] = field.from_db_value(values[place], None, connection)
    return Dossier.from_db(connection.alias, _NAMES, values)


def store(dossier: Dossier, *, changed: Iterable[str]) -> None:
    """Write the changed fields of a locked dossier (one statement).

    Raises RuntimeError: the row is not there.
    """
    statement, fields = _store_statement(tuple(dict.fromkeys(changed)))
    values = [
        field.get_db_prep_save(getattr(dossier, field.attname), connection) for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, dossier.pk])
        if cursor.rowcount != 1:
            raise RuntimeError(f"dossier {dossier.pk} is not there")


@lru_cache(maxsize=256)
def _store_statement(names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    fields = tuple(_BY_NAME[name] for name in names)
    parts = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "dossiers_dossier" SET {parts} WHERE "id" = %s', fields  # noqa: S608  our names
