"""Folding many dossiers at once: facts read in order from a cursor, standings copied in.

It knows neither Django nor settings, so that a process of its own starts at once.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import psycopg

from motcua.reporting.rules.folding import BARE, COLUMNS, KINDS, Standing, Where, hear

_AT_ONCE = 20_000
_KEPT = 4_000
_FACTS = """
    SELECT substr(stream, 9)::bigint AS dossier, id, kind, at, body, actor FROM ledger_factrow
    WHERE stream LIKE 'dossier:%%' AND kind = ANY(%s) AND id <= %s
      AND substr(stream, 9)::bigint %% %s = %s
    ORDER BY 1, seq
"""
_TYPES = {
    "dossier_id": "int8", "version_id": "int8", "receiving_id": "int8", "competent_id": "int8",
    "turn_agency_id": "int8", "assignee_id": "int8", "handler_id": "int8", "last_fact_id": "int8",
    "waited_seconds": "int4", "waited_all_seconds": "int4", "supplements": "int2",
    "extensions": "int2", "waiting_since": "timestamptz", "due_original": "timestamptz",
    "path_at": "timestamptz[]", "path_due": "timestamptz[]", "path_wait": "timestamptz[]",
}  # fmt: skip
TYPES = [_TYPES.get(name, "timestamptz" if name.endswith("_at") else "text") for name in COLUMNS]


def fold_part(
    raw: "psycopg.Connection[Any]",
    agencies: dict[str, Where],
    part: tuple[int, int],
    upto: int,
    table: str = "reporting_standing",
) -> int:
    """Fold the facts of every `part[1]`-th dossier up to a fact and copy the standings into a table."""
    raw.execute("SET LOCAL work_mem = '96MB'")
    count = 0
    kept: list[Standing] = []
    for row in _folded(raw, agencies, part, upto):
        kept.append(row)
        if len(kept) >= _KEPT:
            count += _copy(raw, table, kept)
            kept = []
    return count + _copy(raw, table, kept)


def _folded(
    raw: "psycopg.Connection[Any]", agencies: dict[str, Where], part: tuple[int, int], upto: int
) -> Iterator[Standing]:
    with raw.cursor(name="figures_facts", binary=True) as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(_FACTS, [list(KINDS), upto, part[1], part[0]])
        for dossier, facts in groupby(cursor, key=lambda fact: fact[0]):
            row = Standing(dossier)
            for _dossier, key, kind, at, body, actor in facts:
                told = {} if kind in BARE else json.loads(body)
                hear(row, kind=kind, at=at, body=told, agencies=agencies, actor=actor)
                row.last_fact_id = key
            yield row


def _copy(raw: "psycopg.Connection[Any]", table: str, rows: list[Standing]) -> int:
    with (
        raw.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.set_types(TYPES)
        for row in rows:
            copy.write_row([getattr(row, name) for name in COLUMNS])
    return len(rows)
