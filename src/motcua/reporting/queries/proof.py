"""The same figures once more, from the ledger alone, and where what is stored differs from it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from motcua.reporting.models import Followed
from motcua.reporting.queries import counting, counts
from motcua.reporting.queries.agencies import agencies_by_code
from motcua.reporting.queries.bulk import fold_part
from motcua.reporting.queries.counts import lifted
from motcua.reporting.rules import Period

FOLDED = "figures_folded"
_SHOWN = 20
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
def folded(upto: int | None = None) -> Iterator[Any]:
    """Fold the ledger anew into a table of this transaction; give a cursor."""
    with transaction.atomic(), connection.cursor() as cursor:
        if upto is None:
            upto = Followed.objects.filter(pk=1).values_list("upto", flat=True).first() or 0
        cursor.execute(f"DROP TABLE IF EXISTS {FOLDED}")
        cursor.execute(
            f"CREATE TEMP TABLE {FOLDED} (LIKE reporting_standing INCLUDING GENERATED) ON COMMIT DROP"
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


def _odd(cursor: Any, key: str, period: Period) -> tuple[str, ...]:
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
