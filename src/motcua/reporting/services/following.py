"""Following the ledger: what was written since is folded, in order, each fact once.

Numbers of facts are given before their transactions commit, so a lower one may appear later than a
higher one. A number that is missing is a gap; it is waited for as long as a transaction runs that
was writing facts when the gap was seen, and forgotten afterwards: it was rolled back.
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from motcua.reporting.models import Followed
from motcua.reporting.queries.agencies import agencies_by_code
from motcua.reporting.queries.channels import channel_of
from motcua.reporting.queries.counts import UPTO
from motcua.reporting.queries.keeping import drop
from motcua.reporting.rules import folding, measures
from motcua.reporting.services import storing

CHANNEL = "motcua_figures"
BATCH = 4000
_LOCK = 743103
_MOST_TOLD = 300  # a notice holds 8000 bytes
_STREAM = "dossier:"
_WRITERS = (
    "SELECT DISTINCT virtualtransaction FROM pg_locks WHERE relation = 'ledger_factrow'::regclass "
    "AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()"
)
_READ = (
    "SELECT id, stream, kind, at, body, actor FROM ledger_factrow WHERE id > %(upto)s "
    "ORDER BY id LIMIT %(most)s"
)
_READ_GAPS = (
    "SELECT f.id, f.stream, f.kind, f.at, f.body, f.actor FROM ledger_factrow f "
    "JOIN unnest(%s::bigint[], "
    "%s::bigint[]) AS g (low, high) ON f.id BETWEEN g.low AND g.high ORDER BY f.id"
)
_KINDS = frozenset(folding.KINDS)


@dataclass(frozen=True)
class Step:
    """What one step of following did; `is_behind`: more facts lie ready."""

    facts: int
    upto: int
    agencies: tuple[int, ...]
    is_behind: bool


@dataclass(frozen=True)
class _Read:
    id: int
    stream: str
    kind: str
    at: datetime
    body: str
    actor: str


@dataclass(frozen=True)
class Gap:
    """Numbers that were not there, and who might still write them."""

    low: int
    high: int
    writers: tuple[str, ...]


def follow(*, batch: int = BATCH) -> Step:
    """Fold the facts that were written since, tell who listens, and return what was done.

    One follower works at a time (an advisory lock); another returns at once with nothing done.
    Source: design §6 (figures are folded from the ledger; nothing is typed in).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return Step(0, 0, (), is_behind=False)
        row = followed()
        if row.is_building:
            return Step(0, row.upto, (), is_behind=False)
        facts, gaps = _unheard(cursor, row, batch)
        if not facts and gaps == row.gaps:
            return Step(0, row.upto, (), is_behind=False)
        touched, earliest = fold(facts)
        row.gaps = gaps
        row.upto = max([row.upto, *(fact.id for fact in facts)])
        latest = [fact.at for fact in facts if fact.kind in _KINDS]
        row.latest_at = max([*latest, row.latest_at] if row.latest_at else latest, default=None)
        row.followed_at = timezone.now()
        row.save()
        if earliest is not None:
            cursor.execute("DELETE FROM reporting_past WHERE until > %s", [earliest])
        _tell(cursor, row, touched)
    drop(UPTO)
    return Step(len(facts), row.upto, tuple(sorted(touched)), is_behind=len(facts) >= batch)


def catch_up() -> None:
    """Fold all that lies ready, for commands that run where no follower does.

    Source: design §6 (figures are folded from the ledger).
    """
    while follow().is_behind:
        continue


def followed() -> Followed:
    """Return the row that says up to where the figures were folded, locked."""
    Followed.objects.get_or_create(pk=1)
    return Followed.objects.select_for_update().get(pk=1)


def _unheard(
    cursor: CursorWrapper, row: Followed, batch: int
) -> tuple[list[_Read], list[list[Any]]]:
    """Return the facts to fold, in order, and the gaps that are left."""
    gaps = [Gap(low, high, tuple(writers)) for low, high, writers in row.gaps]
    alive: set[str] = set()
    if gaps:  # asked before reading: whoever is over by now can be read
        cursor.execute(_WRITERS)
        alive = {name for (name,) in cursor.fetchall()}
    cursor.execute(_READ, {"upto": row.upto, "most": batch})
    facts = [_Read(*one) for one in cursor.fetchall()]
    late: list[_Read] = []
    if gaps:
        cursor.execute(_READ_GAPS, [[g.low for g in gaps], [g.high for g in gaps]])
        late = [_Read(*one) for one in cursor.fetchall()]
    left = [part for gap in gaps if alive & set(gap.writers) for part in _left(gap, late)]
    left += _new_gaps(cursor, row.upto, [fact.id for fact in facts])
    return late + facts, [[gap.low, gap.high, list(gap.writers)] for gap in left]


def _left(gap: Gap, found: list[_Read]) -> list[Gap]:
    """Return what is still missing of a gap."""
    there = [fact.id for fact in found if gap.low <= fact.id <= gap.high]
    edges = [gap.low - 1, *there, gap.high + 1]
    return [
        Gap(before + 1, after - 1, gap.writers)
        for before, after in itertools.pairwise(edges)
        if after - before > 1
    ]


def _new_gaps(cursor: CursorWrapper, upto: int, found: list[int]) -> list[Gap]:
    """Return the numbers that are not there yet, when anybody is writing who may have them."""
    missing = [
        (before + 1, after - 1)
        for before, after in zip([upto, *found], found, strict=False)
        if after - before > 1
    ]
    if not missing:
        return []
    cursor.execute(_WRITERS)
    writers = tuple(name for (name,) in cursor.fetchall())
    # Nobody writes now: what was missing then is there by now or never will be; look once more.
    return [Gap(low, high, writers or ("over",)) for low, high in missing]


def fold(facts: Iterable[_Read]) -> tuple[set[int], datetime | None]:
    """Fold facts into standings and counts; return the agencies touched and the earliest moment."""
    mine = [fact for fact in facts if fact.kind in _KINDS and fact.stream.startswith(_STREAM)]
    if not mine:
        return set(), None
    keys = sorted({_key(fact) for fact in mine})
    rows = storing.standings(keys)
    agencies = agencies_by_code()
    deltas, shelves = storing.new_deltas(), Counter[measures.Shelf]()
    for row in rows.values():
        _count(deltas, shelves, row, -1)
    for fact in mine:
        row = rows.setdefault(_key(fact), folding.Standing(_key(fact)))
        if fact.id <= row.last_fact_id:
            continue
        body = {} if fact.kind in folding.BARE else json.loads(fact.body)
        folding.hear(
            row, kind=fact.kind, at=fact.at, body=body, agencies=agencies, actor=fact.actor
        )
        row.last_fact_id = fact.id
    for row in rows.values():
        _count(deltas, shelves, row, 1)
    storing.store(rows.values())
    storing.apply_flows(deltas)
    storing.apply_shelves(shelves)
    touched = {row.competent_id for row in rows.values()} | {
        row.receiving_id for row in rows.values()
    }
    return touched, min(fact.at for fact in mine)


def _key(fact: _Read) -> int:
    return int(fact.stream.removeprefix(_STREAM))


def _count(
    deltas: storing.Deltas, shelves: storing.Shelves, row: folding.Standing, sign: int
) -> None:
    storing.add_flows(deltas=deltas, row=row, sign=sign)
    lies = measures.shelf(row)
    if lies is not None:
        shelves[lies] += sign


def _tell(cursor: CursorWrapper, row: Followed, touched: set[int]) -> None:
    """Tell whoever shows figures; when too many agencies moved, none is named: all may have."""
    named = sorted(map(channel_of, touched)) if len(touched) <= _MOST_TOLD else []
    at = row.latest_at.isoformat() if row.latest_at else ""
    said = json.dumps({"upto": row.upto, "agencies": named, "at": at}, separators=(",", ":"))
    if touched:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, said])
