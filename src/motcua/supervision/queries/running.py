"""The dossiers whose time runs, as the sweep reads them: bare columns, tens of thousands at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import RUNNING
from motcua.supervision.rules import ladder

# While money is awaited, the time runs on unless the law of the sector stops it.
RUNS = Q(state__in=sorted(RUNNING)) | Q(state="wait_finance", paused_from="")
_COLUMNS = (
    "id", "code", "competent_id", "receiving_id", "turn_agency_id", "turn_role", "assignee_id",
    "started_at", "due_at", "clock", "calendar_key",
)  # fmt: skip


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

    def time(self, *, at: datetime) -> ladder.Spent:
        """Return the time used and left on the dossier's own clock."""
        return ladder.spent(
            self.clock,
            calendar=calendar_for(self.calendar_key),
            started_at=self.started_at,
            due_at=self.due_at,
            at=at,
        )


def running(*, at: datetime) -> Iterator[Running]:
    """Yield the open dossiers whose time runs, the most urgent first.

    Source: 118/2025/NĐ-CP Điều 17 khoản 3, Điều 19 khoản 5.
    """
    rows = Dossier.objects.filter(
        RUNS, ended_at=None, due_at__isnull=False, started_at__isnull=False, started_at__lte=at
    ).order_by("due_at", "pk")
    for values in rows.values_list(*_COLUMNS).iterator(5000):
        yield Running(*values)


def one(code: str) -> Running | None:
    """Return one dossier whose time runs, None when it does not."""
    rows = Dossier.objects.filter(
        RUNS, code=code, ended_at=None, due_at__isnull=False, started_at__isnull=False
    )
    values = rows.values_list(*_COLUMNS).first()
    return Running(*values) if values else None
