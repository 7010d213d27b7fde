"""The same figures once more, from the ledger alone, and where what is stored differs from it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from motcua.kernel.worktime.calendar import VIETNAM
from motcua.ledger import queries as trail
from motcua.reporting.models import ClosedPeriod, Followed
from motcua.reporting.queries import counting, counts
from motcua.reporting.queries.agencies import agencies_by_code
from motcua.reporting.queries.bulk import fold_part
from motcua.reporting.queries.counts import lifted
from motcua.reporting.rules import Period, measures
from motcua.reporting.rules.folding import COLUMNS

FOLDED = "figures_folded"
_SHOWN, _MOST_FOUND = 20, 200
_CHECKED = (
    "received", "online", "carried", "settled", "on_time", "early", "late", "ended", "open",
    "in_time", "overdue", "waiting", "supplemented", "resolved", "e_result", "e_whole",
    "taken_in", "digitised", "reused", "from_store", "obliged", "paid_online", "refused",
    "extended", "apologised",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One figure as it is stored and as the ledger gives it, and the dossiers in which they differ."""

    figure: str
    rows: int
    ledger: int
    codes: tuple[str, ...] = field(default=())

    @property
    def is_same(self) -> bool:
        """Tell whether both give the same dossiers."""
        return self.rows == self.ledger and not self.codes


@contextmanager
def folded(upto: int | None = None) -> Iterator[CursorWrapper]:
    """Fold the ledger anew into a table of this transaction; give a cursor."""
    with transaction.atomic(), connection.cursor() as cursor:
        if upto is None:
            upto = Followed.objects.filter(pk=1).values_list("upto", flat=True).first() or 0
        cursor.execute(f"DROP TABLE IF EXISTS {FOLDED}")
        cursor.execute(
            f"CREATE TEMP TABLE {FOLDED} (LIKE reporting_standing INCLUDING GENERATED) "
            "ON COMMIT DROP"
        )
        fold_part(connection.connection, agencies_by_code(), (0, 1), upto, FOLDED)
        cursor.execute(f"ANALYZE {FOLDED}")
        yield cursor


def differences(period: Period) -> list[Difference]:
    """Recompute every figure of a period from facts and set it beside the stored one.

    Source: design §6 (a figure shown is recomputable from the ledger by a command).
    """
    shown = counts.total_of(period)
    asked = lifted(period)
    with folded() as cursor:
        proven = counting.past(asked, (), source=FOLDED)
        cursor.execute(proven.text, proven.values)
        told = dict(zip(counting.past_keys(), cursor.fetchone(), strict=True))
        told["taken_in"] = told["received"]
        return [
            Difference(key, shown[key], told[key], _odd(cursor, key, asked)) for key in _CHECKED
        ]


def _odd(cursor: CursorWrapper, key: str, period: Period) -> tuple[str, ...]:
    """Return the dossiers that count by the standings or by the ledger, but not by both."""
    condition = counting.conditions()[key].format(
        until=f"'{period.until.isoformat()}'::timestamptz"
    )
    ours, theirs = counting.as_of(period), counting.as_of(period, source=FOLDED)
    one = f"SELECT code FROM ({ours.text}) AS s WHERE {condition}"  # noqa: S608
    other = f"SELECT code FROM ({theirs.text}) AS s WHERE {condition}"  # noqa: S608
    cursor.execute(
        f"(({one}) EXCEPT ({other})) UNION (({other}) EXCEPT ({one})) ORDER BY 1 LIMIT {_SHOWN}",
        [*ours.values, *theirs.values, *theirs.values, *ours.values],
    )
    return tuple(code for (code,) in cursor.fetchall())


def tally(found: list[Difference]) -> Counter[str]:
    """Return how many figures are the same and how many differ."""
    return Counter("same" if one.is_same else "different" for one in found)


@dataclass(frozen=True)
class Found:
    """One thing that is stored, and what the ledger gives instead."""

    what: str
    key: str
    stored: str
    ledger: str


def recompute(*, period: Period | None = None, key: str = "") -> list[Found]:
    """Fold the ledger anew and return everything stored that differs from it (nothing: all equal).

    `period`: its figures and what is kept of it only. `key`: the closed period of that name only.
    Source: design §6 (a stored figure is proven from the ledger).
    """
    if key:
        return _closed_found(key)
    with folded() as cursor:
        found = _standings_found(cursor) + _counts_found(cursor) + _past_found(cursor, period)
    found += _closed_found("")
    if period is not None:
        found += [
            Found("figure", one.figure, str(one.rows), str(one.ledger))
            for one in differences(period)
            if not one.is_same
        ]
    return found


def _standings_found(cursor: CursorWrapper) -> list[Found]:
    names = ", ".join(COLUMNS)
    cursor.execute(
        f"SELECT coalesce(s.code, f.code), CASE WHEN s.dossier_id IS NULL THEN 'missing' ELSE "  # noqa: S608
        f"to_json(s)::text END, CASE WHEN f.dossier_id IS NULL THEN 'none' ELSE to_json(f)::text END "
        f"FROM (SELECT {names} FROM reporting_standing) AS s FULL JOIN "
        f"(SELECT {names} FROM {FOLDED}) AS f ON f.dossier_id = s.dossier_id "
        f"WHERE s IS DISTINCT FROM f ORDER BY 1 LIMIT {_MOST_FOUND}"
    )
    return [
        Found("standing", code, *_changed(one, other)) for code, one, other in cursor.fetchall()
    ]


def _changed(stored: str, ledger: str) -> tuple[str, str]:
    """Return only those parts of two rows in which they differ."""
    if "{" not in stored or "{" not in ledger:
        return stored[:60], ledger[:60]
    one, other = json.loads(stored), json.loads(ledger)
    names = [name for name in one if one[name] != other.get(name)]
    return (
        ", ".join(f"{name}={one[name]}" for name in names),
        ", ".join(f"{name}={other[name]}" for name in names),
    )


def _counts_found(cursor: CursorWrapper) -> list[Found]:
    found: list[Found] = []
    cells = ("grain", "day", *counting.CELL)
    columns = ", ".join((*cells, *measures.FLOWS))
    full = " OR ".join(f"{name} <> 0" for name in measures.FLOWS)
    for grain in ("h", "v", *counting.DIVIDED):
        stored = f"SELECT {columns} FROM reporting_rollup WHERE grain = '{grain}' AND ({full})"  # noqa: S608
        count = counting.hourly if grain in "hvw" else counting.daily
        told = count(grain, source=FOLDED)
        found += _rows_found(cursor, "rollup", stored, told, len(cells), measures.FLOWS)
    shelf = "competent_id, receiving_id, field, channel, due_day, state"
    stored = f"SELECT {shelf}, count::bigint FROM reporting_stock WHERE count <> 0"  # noqa: S608
    return found + _rows_found(
        cursor, "stock", stored, counting.shelves(source=FOLDED), 6, ("count",)
    )


def _rows_found(
    cursor: CursorWrapper, what: str, stored: str, told: str, keys: int, names: Iterable[str]
) -> list[Found]:
    """Return the rows that are in one of two tables only, or say something else there."""
    columns = [f"c{n}" for n in range(keys)]
    alias = ", ".join([*columns, *names])
    one, other = f"({stored}) AS s ({alias})", f"({told}) AS t ({alias})"
    cursor.execute(
        f"SELECT 0, * FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {other}) AS a UNION ALL "  # noqa: S608
        f"SELECT 1, * FROM (SELECT * FROM {other} EXCEPT SELECT * FROM {one}) AS b "
        f"LIMIT {_MOST_FOUND}"
    )
    sides: dict[str, dict[int, str]] = {}
    for side, *row in cursor.fetchall():
        label = "|".join(str(value) for value in row[:keys])
        said = ", ".join(
            f"{name}={count}" for name, count in zip(names, row[keys:], strict=True) if count
        )
        sides.setdefault(label, {})[side] = said or "0"
    return [
        Found(what, label, both.get(0, "–"), both.get(1, "–")) for label, both in sides.items()
    ]


def _past_found(cursor: CursorWrapper, wanted: Period | None) -> list[Found]:
    """Return the kept periods that say something else than the ledger."""
    cursor.execute("SELECT DISTINCT first, until, procedure_code <> '' FROM reporting_past")
    found: list[Found] = []
    keys = [key for key in counting.past_keys() if key != "carried"]
    for first, until, is_by_procedure in cursor.fetchall():
        if wanted is not None and (first, until) != (wanted.first, wanted.until):
            continue
        period = period_of(first, until)
        cells = ("competent_id", "receiving_id", "field", "channel", "procedure_code")
        by = cells if is_by_procedure else cells[:-1]
        told = counting.past(period, by, source=FOLDED)
        values = [_literal(value) for value in told.values]
        mark = "<>" if is_by_procedure else "="
        columns = ", ".join((*by, *(f"{key}::bigint" for key in keys)))
        stored = (
            f"SELECT {columns} FROM reporting_past WHERE first = '{first}' AND until = "  # noqa: S608
            f"'{until.isoformat()}' AND procedure_code {mark} '' AND competent_id > 0"
        )
        names = ", ".join((*by, *keys))
        text = f"SELECT {names} FROM ({told.text % tuple(values)}) AS told"  # noqa: S608
        found += _rows_found(cursor, f"past {first}", stored, text, len(by), keys)
    return found


def _literal(value: object) -> str:
    return f"'{value.isoformat()}'" if isinstance(value, date | datetime) else str(value)


def period_of(first: date, until: datetime) -> Period:
    """Return the period that is over from a day up to a moment."""
    last = (until.astimezone(VIETNAM) - timedelta(microseconds=1)).date()
    start = datetime.combine(first, time.min, VIETNAM)
    return Period("custom", first, last, start, until, is_current=False)


def _closed_found(key: str) -> list[Found]:
    """Return the closed periods whose figures are not what the ledger noted, or not what it gives."""
    rows = ClosedPeriod.objects.filter(key=key) if key else ClosedPeriod.objects.all()
    found: list[Found] = []
    for row in rows.order_by("upto", "key"):
        noted = _noted(row)
        digest = digest_of(row.figures)
        if noted != digest:
            found.append(Found("closed", row.key, digest[:12], noted[:12] or "–"))
        with folded(row.upto) as cursor:
            told = counting.past(period_of(row.first, row.until), (), source=FOLDED)
            cursor.execute(told.text, told.values)
            counts_then = dict(zip(counting.past_keys(), cursor.fetchone(), strict=True))
        found += [
            Found("closed", f"{row.key}: {name}", str(count), str(counts_then[name]))
            for name, count in row.counts.items()
            if name in counts_then and counts_then[name] != count
        ]
    return found


def digest_of(figures: object) -> str:
    """Return the hash of what was sent."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _noted(row: ClosedPeriod) -> str:
    facts = trail.facts_of(f"period:{row.key}"[:64])
    told = [fact.body for fact in facts if fact.kind == "reporting.period_closed"]
    return str(told[-1]["digest"]) if told else ""
