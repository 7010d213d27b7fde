"""Raising the rungs that dossiers have reached, and when each has to be looked at again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.supervision import events, notices
from motcua.supervision.models import Pace, Warning
from motcua.supervision.queries.owners import Owner, Owners
from motcua.supervision.queries.running import Running, running
from motcua.supervision.rules import ladder
from motcua.supervision.services import core

_PACED = ("dossier_id", "revision", "due_at", "looked_at", "next_at", "basis")
_PACE = """
INSERT INTO supervision_pace (dossier_id, revision, due_at, looked_at, next_at, basis)
SELECT * FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[], %s::timestamptz[],
                     %s::timestamptz[], %s::text[])
ON CONFLICT (dossier_id) DO UPDATE SET revision = excluded.revision, due_at = excluded.due_at,
    looked_at = excluded.looked_at, next_at = excluded.next_at, basis = excluded.basis
"""
_MADE = (
    "dossier_id", "code", "rung", "asked", "agency_id", "role", "account_id", "competent_id",
    "due_at", "share", "raised_at", "answer_by", "told_at",
)  # fmt: skip
_MAKE = """
INSERT INTO supervision_warning (dossier_id, code, rung, asked, agency_id, role, account_id,
    competent_id, due_at, share, raised_at, answer_by, told_at, reasons, level, answered_as, answer,
    gone_why, revision)
SELECT *, '', '', '', 1 FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[],
    %s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::int[], %s::timestamptz[],
    %s::timestamptz[], %s::timestamptz[], %s::jsonb[], %s::int[])
RETURNING id, dossier_id, rung, due_at, asked
"""


def look_at(*, keys: Sequence[int], owners: Owners, basis: str, at: datetime) -> int:
    """Raise the rungs that these dossiers have come to and that were not raised before.

    Returns how many are new; their owners are told later, each once of all.
    Source: 118/2025/NĐ-CP Điều 19 khoản 6, Điều 38; rule of the house.
    """
    found = ladder.ladder(on=timezone.localdate(at))
    there = Warning.objects.filter(dossier_id__in=keys)
    known = set(there.values_list("dossier_id", "rung", "due_at", "asked"))
    made: list[Warning] = []
    paces: list[Pace] = []
    for row in running(keys=keys, at=at):
        time, calendar = row.time(at=at), calendar_for(row.calendar_key)
        reached = ladder.due_rungs(
            found=found, time=time, calendar=calendar, due_at=row.due_at, at=at
        )
        made += [
            warning_of(row, rung=rung, asked=asked, owner=owner, share=time.share, at=at)
            for rung, asked, owner in _asked(row, [found.rungs[key] for key in reached], owners)
            if (row.id, rung.key, row.due_at, asked) not in known
        ]
        next_at = ladder.next_look(
            found=found, time=time, calendar=calendar, due_at=row.due_at, at=at
        )
        paces.append(Pace(row.id, row.revision, row.due_at, at, next_at, basis))
    _write(made, by=SYSTEM, at=at)
    _pace(paces)
    return len(made)


def _pace(paces: list[Pace]) -> None:
    """Keep when each is looked at again, in one statement."""
    columns = [[getattr(row, name) for row in paces] for name in _PACED]
    with connection.cursor() as cursor:
        cursor.execute(_PACE, columns)


def _asked(
    row: Running, rungs: list[ladder.Rung], owners: Owners
) -> Iterator[tuple[ladder.Rung, str, Owner]]:
    """Give who is asked at each rung; the head who holds the step is not asked a second time."""
    told = set()
    for rung in rungs:
        for asked in rung.owners:
            owner = owners.of(asked, row)
            if owner and (owner.agency_id, owner.role) not in told:
                told.add((owner.agency_id, owner.role))
                yield rung, asked, owner


def warning_of(
    row: Running,
    *,
    rung: ladder.Rung,
    asked: str,
    owner: Owner,
    share: int,
    at: datetime,
    reasons: Iterable[str] = (),
) -> Warning:
    """Return a warning, not written yet."""
    return Warning(
        dossier_id=row.id,
        code=row.code,
        rung=rung.key,
        asked=asked,
        agency_id=owner.agency_id,
        role=owner.role,
        account_id=owner.account_id,
        competent_id=row.competent_id,
        due_at=row.due_at,
        share=share,
        reasons=list(reasons),
        raised_at=at,
        answer_by=ladder.answer_by(calendar=calendar_for(row.calendar_key), rung=rung, at=at),
        revision=1,
    )


def keep(made: list[Warning], *, at: datetime, by: Actor = SYSTEM) -> None:
    """Write warnings with their facts, and tell each post once of all that are its own."""
    for row in made:
        row.told_at = at
    _write(made, by=by, at=at)
    notices.tell_owners(made, at=at)


def _write(made: list[Warning], *, by: Actor, at: datetime) -> None:
    if not made:
        return
    _insert(made)
    facts = (
        (
            row.stream,
            events.WarningRaised(
                code=row.code, rung=row.rung, due_at=row.due_at, share=row.share,
                agency=cards.name_of(row.agency_id), role=row.role, answer_by=row.answer_by,
                reasons=tuple(row.reasons),
            ),
        )
        for row in made
    )  # fmt: skip
    core.begin(facts, by=by, at=at)


def _insert(made: list[Warning]) -> None:
    """Insert rows in one statement, and give each its key."""
    columns: list[list[object]] = [[getattr(row, name) for row in made] for name in _MADE]
    reasons, levels = [json.dumps(row.reasons) for row in made], [row.level for row in made]
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, [*columns, reasons, levels])
        keys = {tuple(row[1:]): row[0] for row in cursor.fetchall()}
    for row in made:
        row.pk = keys[row.dossier_id, row.rung, row.due_at, row.asked]
