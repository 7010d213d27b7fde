"""What was estimated of open dossiers, written beside them: no fact, no revision, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from motcua.ledger.rules import canonical

BATCH = 250  # a row is held for some hundredths of a second

# A row that somebody is acting on is left for the next time: nobody waits, nobody deadlocks.
_WRITE = """
UPDATE dossiers_dossier AS d SET risk = new.risk, risk_reasons = new.reasons
FROM (
    SELECT n.id, n.risk, n.reasons FROM unnest(%s::bigint[], %s::smallint[], %s::jsonb[])
        AS n (id, risk, reasons)
    JOIN dossiers_dossier held ON held.id = n.id
    FOR UPDATE OF held SKIP LOCKED
) AS new
WHERE d.id = new.id
"""


@dataclass(frozen=True)
class Estimated:
    """The risk of one dossier, per mille, and why; None: there is nothing to say of it."""

    dossier_id: int
    risk: int | None
    reasons: Mapping[str, Any] = field(default_factory=dict)


def note_risks(*, estimates: Sequence[Estimated]) -> int:
    """Write how likely open dossiers are to be late; return how many rows were written.

    An estimate is a hint for the order of work and never a fact: the ledger and the revision stay.
    Source: 309/2026/NĐ-CP Điều 12 khoản 3 (it assists, people decide).
    """
    written = 0
    for some in _batches(estimates):
        values = (
            [one.dossier_id for one in some],
            [one.risk for one in some],
            [canonical(dict(one.reasons)) if one.reasons else None for one in some],
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WRITE, values)
            written += cursor.rowcount
    return written


def _batches(estimates: Sequence[Estimated]) -> list[Sequence[Estimated]]:
    ordered = sorted(estimates, key=lambda one: one.dossier_id)
    return [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
