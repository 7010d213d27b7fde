"""Standings and counts as rows: read, written, and added up, each by one statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import date
from typing import Any

from django.db import connection

from motcua.kernel.worktime.calendar import VIETNAM
from motcua.reporting.rules import measures
from motcua.reporting.rules.folding import COLUMNS, Standing

_STAMPS = frozenset(name for name in COLUMNS if name.startswith("path_"))
_NAMES = ", ".join(COLUMNS)
_TYPES = dict.fromkeys(_STAMPS, "timestamptz[]") | {
    name: "timestamptz" for name in COLUMNS if name.endswith("_at") and name not in _STAMPS
} | {"waiting_since": "timestamptz", "due_original": "timestamptz"}  # fmt: skip
_CELL = ("grain", "day", "competent_id", "receiving_id", "field", "channel", "procedure_code")
_SHELF = ("competent_id", "receiving_id", "field", "channel", "due_day", "state")

Key = tuple[str, date, int, int, str, str, str]
Deltas = dict[Key, Counter[str]]
Shelves = Counter[measures.Shelf]


def standings(keys: list[int]) -> dict[int, Standing]:
    """Return the standings of these dossiers, locked; those without facts yet are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_NAMES} FROM reporting_standing WHERE dossier_id = ANY(%s) FOR UPDATE",  # noqa: S608
            [keys],
        )
        return {row[0]: Standing(*row) for row in cursor.fetchall()}


def store(rows: Iterable[Standing]) -> None:
    """Write standings, new or known (one statement each, sent together)."""
    marks = ", ".join(f"%s::{_TYPES[name]}" if name in _TYPES else "%s" for name in COLUMNS)
    changed = ", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS[1:])
    statement = (
        f"INSERT INTO reporting_standing ({_NAMES}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT (dossier_id) DO UPDATE SET {changed}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row) for row in rows])


def _values(row: Standing) -> list[Any]:
    return [getattr(row, name) for name in COLUMNS]


def add_flows(*, deltas: Deltas, row: Standing, sign: int) -> None:
    """Add what a standing counts to deltas (`sign` -1: take it away)."""
    for key in _hour(row):
        deltas[key]["received"] += sign
    for cell, counts in measures.flows(row):
        month = cell.day.replace(day=1)
        place = (cell.competent_id, cell.receiving_id, cell.field, cell.channel)
        for key in (
            ("d", cell.day, *place, ""),
            ("m", month, *place, ""),
            ("p", month, *place, cell.procedure_code),
            ("a", cell.day, cell.competent_id, cell.receiving_id, "", "", ""),
            ("f", cell.day, 0, 0, cell.field, "", ""),
            ("g", cell.day, 0, 0, "", "", ""),
            ("q", month, 0, 0, "", "", cell.procedure_code),
        ):
            found = deltas[key]
            for name, count in counts.items():
                found[name] += sign * count


def _hour(row: Standing) -> Iterator[Key]:
    """Give where a standing counts by weekday and hour of its acceptance."""
    if row.accepted_at is not None:
        local = row.accepted_at.astimezone(VIETNAM)
        hour = f"{local.isoweekday()}-{local:%H}"
        month = local.date().replace(day=1)
        yield ("h", month, row.competent_id, row.receiving_id, "", "", hour)
        yield ("v", month, 0, 0, row.field, "", hour)
        yield ("w", month, 0, 0, "", "", hour)


def new_deltas() -> Deltas:
    """Return deltas to add to."""
    return defaultdict(Counter)


def apply_flows(deltas: Deltas) -> None:
    """Add deltas to the stored counts; in one order, so that two writers never wait in a ring."""
    wanted = {key: counts for key, counts in deltas.items() if any(counts.values())}
    if not wanted:
        return
    names = ", ".join((*_CELL, *measures.FLOWS))
    marks = ", ".join("%s" for _ in (*_CELL, *measures.FLOWS))
    sums = ", ".join(f"{name} = r.{name} + EXCLUDED.{name}" for name in measures.FLOWS)
    statement = (
        f"INSERT INTO reporting_rollup AS r ({names}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(_CELL)}) DO UPDATE SET {sums}"
    )
    rows: list[list[Any]] = [
        [*key, *(counts.get(name, 0) for name in measures.FLOWS)]
        for key, counts in sorted(wanted.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def apply_shelves(moved: Shelves) -> None:
    """Add to the stock what came and take away what went."""
    wanted = {shelf: count for shelf, count in moved.items() if count}
    if not wanted:
        return
    names, marks = ", ".join((*_SHELF, "count")), ", ".join("%s" for _ in (*_SHELF, "count"))
    statement = (
        f"INSERT INTO reporting_stock AS r ({names}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(_SHELF)}) DO UPDATE SET count = r.count + EXCLUDED.count"
    )
    rows: list[tuple[Any, ...]] = sorted(
        (*astuple(shelf), count) for shelf, count in wanted.items()
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
