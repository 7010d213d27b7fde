"""The dossiers whose time runs, as the sweep reads them: bare columns, and only when one is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import RUNNING
from motcua.supervision.rules import ladder

# While money is awaited, the time runs on unless the law of the sector stops it.
RUNS = Q(state__in=sorted(RUNNING)) | Q(state="wait_finance", paused_from="")
_COLUMNS = (
    "id", "code", "competent_id", "receiving_id", "turn_agency_id", "turn_role", "assignee_id",
    "started_at", "due_at", "clock", "calendar_key", "revision",
)  # fmt: skip
# What was never looked at, what changed since, and what may have reached its next rung.
_TO_LOOK = """
SELECT d.id FROM dossiers_dossier d LEFT JOIN supervision_pace p ON p.dossier_id = d.id
WHERE d.ended_at IS NULL AND d.due_at IS NOT NULL AND d.started_at <= %(at)s
  AND (d.state = ANY(%(states)s) OR d.state = 'wait_finance' AND d.paused_from = '')
  AND (p.dossier_id IS NULL OR p.revision <> d.revision OR p.due_at <> d.due_at
       OR p.basis <> %(basis)s OR p.next_at <= %(at)s OR p.looked_at > %(at)s)
ORDER BY d.due_at, d.id
"""


@dataclass(frozen=True, slots=True)
class Running:
    """One dossier whose time runs."""

    id: int
    code: str
    competent_id: int
    receiving_id: int
    turn_agency_id: int | None
    turn_role: str
    assignee_id: int | None
    started_at: datetime
    due_at: datetime
    clock: list[dict[str, object]]
    calendar_key: str
    revision: int

    def time(self, *, at: datetime) -> ladder.Spent:
        """Return the time used and left on the dossier's own clock."""
        return ladder.spent(
            self.clock,
            calendar=calendar_for(self.calendar_key),
            started_at=self.started_at,
            due_at=self.due_at,
            at=at,
        )


def to_look_at(*, basis: str, at: datetime) -> list[int]:
    """Return the running dossiers that the ladder has to look at, the most urgent first.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3, Điều 19 khoản 5.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TO_LOOK, {"at": at, "basis": basis, "states": sorted(RUNNING)})
        return [row[0] for row in cursor.fetchall()]


def running(*, keys: Sequence[int], at: datetime) -> list[Running]:
    """Return those of these dossiers whose time runs, the most urgent first.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3, Điều 19 khoản 5.
    """
    rows = _running(at).filter(pk__in=keys).order_by("due_at", "pk")
    return [Running(*values) for values in rows.values_list(*_COLUMNS)]


def count(*, at: datetime) -> int:
    """Return how many dossiers' time runs."""
    return _running(at).count()


def _running(at: datetime) -> "QuerySet[Dossier]":
    return Dossier.objects.filter(RUNS, ended_at=None, due_at__isnull=False, started_at__lte=at)


def one(code: str) -> Running | None:
    """Return one dossier whose time runs, None when it does not."""
    rows = Dossier.objects.filter(
        RUNS, code=code, ended_at=None, due_at__isnull=False, started_at__isnull=False
    )
    values = rows.values_list(*_COLUMNS).first()
    return Running(*values) if values else None
