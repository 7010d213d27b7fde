"""Closed periods, and what moved after they were closed."""

from dataclasses import dataclass

from django.db import connection

from motcua.reporting.models import ClosedPeriod
from motcua.reporting.queries import counts
from motcua.reporting.queries.proof import period_of
from motcua.reporting.rules.folding import KINDS

_MOST = 500


@dataclass(frozen=True)
class Moved:
    """One count as it was reported, and as the same period reads now."""

    key: str
    then: int
    now: int


@dataclass(frozen=True)
class Changes:
    """What moved after a period was closed: counts, and the dossiers with facts that came late."""

    counts: tuple[Moved, ...]
    codes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing moved."""
        return not self.counts and not self.codes


def closed_period(key: str) -> ClosedPeriod | None:
    """Return a closed period by its name, None when none was closed so."""
    return ClosedPeriod.objects.filter(key=key).first()


def closed_periods(*, prefix: str = "") -> list[ClosedPeriod]:
    """Return the closed periods whose names begin so, the latest first."""
    return list(ClosedPeriod.objects.filter(key__startswith=prefix).order_by("-until", "key"))


def changed_since(closed: ClosedPeriod) -> Changes:
    """Return what moved in a closed period since: facts written later about moments before its end."""
    now = counts.total_of(period_of(closed.first, closed.until))
    moved = tuple(
        Moved(key, then, now.get(key, 0))
        for key, then in closed.counts.items()
        if now.get(key, 0) != then
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT s.code FROM ledger_factrow f JOIN reporting_standing s "
            "ON s.dossier_id = substr(f.stream, 9)::bigint "
            "WHERE f.id > %s AND f.at < %s AND f.kind = ANY(%s) ORDER BY 1 LIMIT %s",
            [closed.upto, closed.until, list(KINDS), _MOST],
        )
        return Changes(moved, tuple(code for (code,) in cursor.fetchall()))
