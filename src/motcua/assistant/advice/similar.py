"""What dossiers like this one did: counted over those the officer may read, nobody named."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from motcua.directory.actor import Actor
from motcua.dossiers import queries as dossiers
from motcua.workflow.models import Task

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

# Rule of the house: fewer say nothing, and might say who.
FEWEST = 3
_SINCE = timedelta(days=365)
_MOST = 2000
_USUAL = 6
_HOUR = 3600.0


@dataclass(frozen=True)
class Asked:
    """A paper that was asked for again, and in how many dossiers."""

    name: str
    count: int


@dataclass(frozen=True)
class StepTime:
    """How long one step took, in hours of the calendar; half of them took less."""

    name: str
    count: int
    median_hours: float
    is_present: bool


@dataclass(frozen=True)
class Similar:
    """The dossiers of the same procedure (and case) in the last year. late: settled after the day."""

    dossiers: int = 0
    is_of_case: bool = False
    granted: int = 0
    refused: int = 0
    withdrawn: int = 0
    open: int = 0
    late: int = 0
    supplemented: int = 0
    asked: tuple[Asked, ...] = ()
    steps: tuple[StepTime, ...] = ()

    @property
    def is_telling(self) -> bool:
        """Whether there are enough to say anything."""
        return self.dossiers >= FEWEST


def of_dossier(
    dossier: "Dossier", *, names: dict[str, str], actor: Actor, at: datetime
) -> Similar:
    """Return what similar dossiers did. names: of the procedure's papers, by key."""
    rows = (
        dossiers.visible_to(actor)
        .filter(procedure_code=dossier.procedure_code, filed_at__gte=at - _SINCE)
        .exclude(pk=dossier.pk)
    )
    of_case = rows.filter(case_key=dossier.case_key)
    is_of_case = bool(dossier.case_key) and of_case.count() >= FEWEST
    chosen = of_case if is_of_case else rows
    counted = chosen.aggregate(
        dossiers=Count("pk"),
        granted=Count("pk", filter=Q(outcome="granted")),
        refused=Count("pk", filter=Q(outcome="refused") | Q(state="rejected")),
        withdrawn=Count("pk", filter=Q(state="withdrawn") | Q(state="stopped")),
        open=Count("pk", filter=Q(ended_at__isnull=True)),
        late=Count("pk", filter=Q(ended_at__gt=F("due_at"))),
        supplemented=Count("pk", filter=Q(supplement_count__gt=0)),
    )
    if counted["dossiers"] < FEWEST:
        return Similar(dossiers=counted["dossiers"])
    return Similar(
        **counted,
        is_of_case=is_of_case,
        asked=_asked(chosen, names),
        steps=_steps(chosen, dossier.step_key),
    )


def _asked(rows: "QuerySet[Dossier]", names: dict[str, str]) -> tuple[Asked, ...]:
    asked = rows.filter(supplement_count__gt=0).values_list("supplement__items", flat=True)
    counted = Counter(key for items in asked[:_MOST] for key in items or {})
    return tuple(Asked(names.get(key, key), count) for key, count in counted.most_common(_USUAL))


def _steps(rows: "QuerySet[Dossier]", present: str) -> tuple[StepTime, ...]:
    tasks = (
        Task.objects.filter(case_id__in=rows.values("pk"), closed_at__isnull=False)
        .exclude(outcome=Task.Outcome.CANCELLED)
        .order_by("-pk")
        .values_list("step_key", "name", "opened_at", "closed_at")[:_MOST]
    )
    spent: dict[str, list[float]] = {}
    names: dict[str, str] = {}
    begun: dict[str, datetime] = {}
    for key, name, opened_at, closed_at in tasks:
        if closed_at is None:
            continue
        spent.setdefault(key, []).append((closed_at - opened_at).total_seconds() / _HOUR)
        names.setdefault(key, name)
        begun[key] = opened_at
    return tuple(
        StepTime(names[key], len(spent[key]), round(median(spent[key]), 1), key == present)
        for key in sorted(spent, key=lambda key: begun[key])
    )
