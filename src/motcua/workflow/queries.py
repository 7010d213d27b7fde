"""Reads of the workflow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from time import monotonic

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor, PostRef
from motcua.directory.models import Post
from motcua.workflow import rules
from motcua.workflow.definition import DEFAULT, HEAD
from motcua.workflow.models import Consultation, ProcessVersion, Task

AWAITED: dict[str, None] = {"answered_at": None, "withdrawn_at": None}
BUILT_IN = ProcessVersion(key=DEFAULT.key, name=DEFAULT.name, version=0)


@dataclass
class _Known:
    """The approved processes as last read; another process may have approved one since."""

    read_at: float = float("-inf")
    versions: tuple[ProcessVersion, ...] = ()


_known = _Known()


def process_for(procedure_code: str, version_id: int | None = None, *, on: date) -> ProcessVersion:
    """Return the internal process that a case received on a day follows.

    The procedure's own, made for this very version of it first; else the province's default; else
    the five on-the-spot steps. Read from memory; an approval elsewhere is seen within half a
    minute (MOTCUA_PROCESS_SECONDS). Source: ND118/2025 art. 38.1d.
    """

    def fit(row: ProcessVersion) -> tuple[bool, bool, date, int]:
        return (
            bool(row.procedure_code),
            row.catalog_version_id is not None,
            row.valid_from,
            row.version,
        )

    holding = [
        row
        for row in _versions()
        if row.procedure_code in ("", procedure_code)
        and row.catalog_version_id in (None, version_id)
        and row.valid_from <= on
        and (row.valid_to is None or on <= row.valid_to)
    ]
    return max(holding, key=fit, default=BUILT_IN)


def process_by_id(process_id: int | None) -> ProcessVersion:
    """Return the process of that key; None is the five built-in steps (rows never change)."""
    return BUILT_IN if process_id is None else _process_by_id(process_id)


def forget_processes() -> None:
    """Read the approved processes anew at the next question."""
    _known.read_at = float("-inf")
    _process_by_id.cache_clear()


def processes(*, procedure_code: str | None = None) -> list[ProcessVersion]:
    """Return approved processes, latest first, of one procedure when given."""
    rows = ProcessVersion.objects.select_related("approved_by")
    if procedure_code is not None:
        rows = rows.filter(procedure_code=procedure_code)
    return list(rows.order_by("procedure_code", "-version"))


def legal_limit_minutes(procedure_code: str, *, on: date) -> int | None:
    """Return the shortest limit of a procedure in working minutes; None: only known in words."""
    version = catalog.version_in_force(procedure_code, on)
    if version is None:
        return None
    channels = catalog.content_of(version.pk).channels
    limits = [rule.limit for channel in channels for rule in channel.limits]
    return min((rules.limit_minutes(limit) for limit in limits if limit), default=None)


def open_task_of(case_id: int) -> Task | None:
    """Return the case's open step, or None (one query)."""
    return Task.objects.filter(case_id=case_id, closed_at=None).first()


def tasks_of(case_id: int) -> list[Task]:
    """Return every step of the case as it went, with its people and agencies (one query)."""
    return list(
        Task.objects.filter(case_id=case_id)
        .select_related("agency", "assignee", "accountable", "closed_by")
        .order_by("id")
    )


def acting_post(task: Task, by: Actor) -> PostRef | None:
    """Return the post in which this person may do the step, or None (no query)."""
    return rules.acting_post(
        agency_id=task.agency_id,
        role=task.role,
        assignment=task.assignment,
        assignee_id=task.assignee_id,
        by=by,
    )


def open_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the steps waiting for this person, the most urgent first.

    Those given to this person, and those of this person's posts given to nobody.
    """
    mine = Q(assignee=actor.account_id) if actor.account_id else Q(pk__in=[])
    for post in actor.posts:
        free = Q(agency=post.agency_id, role=post.role)
        given = free & Q(assignee=None) & ~Q(assignment=HEAD)
        mine |= given
        if post.on_behalf_of:
            mine |= free & Q(assignee__posts=post.post_id)
    return Task.objects.filter(mine, closed_at=None).order_by("due_at", "id")


def tasks_to_assign(actor: Actor) -> QuerySet[Task]:
    """Return the steps of this person's agencies that nobody was given yet, urgent first.

    Source: ND118/2025 art. 19.1.
    """
    return Task.objects.filter(
        Q(assignment=HEAD) | Q(assignment="load"),
        agency__in=actor.agency_ids(*rules.ACCOUNTABLE_ROLES),
        assignee=None,
        closed_at=None,
    ).order_by("due_at", "id")


@dataclass(frozen=True)
class InboxCounts:
    """How many open steps wait for somebody, by how pressing they are."""

    overdue: int
    alarm: int
    warning: int
    calm: int
    paused: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.overdue + self.alarm + self.warning + self.calm + self.paused


def inbox_counts(actor: Actor, *, at: datetime) -> InboxCounts:
    """Return how many steps wait for this person, by urgency (one query)."""
    running = Q(paused_at=None)
    values = (
        open_tasks(actor)
        .order_by()
        .aggregate(
            overdue=Count("pk", filter=running & Q(due_at__lte=at)),
            alarm=Count("pk", filter=running & Q(alarm_at__lte=at, due_at__gt=at)),
            warning=Count("pk", filter=running & Q(warn_at__lte=at, alarm_at__gt=at)),
            calm=Count("pk", filter=running & Q(warn_at__gt=at)),
            paused=Count("pk", filter=~running),
        )
    )
    return InboxCounts(**values)


@dataclass(frozen=True)
class OfficerLoad:
    """How much one officer has open."""

    account_id: int
    name: str
    open_tasks: int
    overdue_tasks: int


def load_of(agency_id: int, role: str, *, at: datetime) -> list[OfficerLoad]:
    """Return the open work of each officer in a post, the least first (one query)."""
    late = Q(due_at__lte=at, paused_at=None)
    rows = (
        Post.objects.filter(agency=agency_id, role=role, valid_from__lte=at.date())
        .exclude(valid_to__lt=at.date())
        .values("account_id", "account__name")
        .annotate(open_tasks=_count_of(Q()), overdue_tasks=_count_of(late))
        .order_by("open_tasks", "account_id")
    )
    return [
        OfficerLoad(
            row["account_id"], row["account__name"], row["open_tasks"], row["overdue_tasks"]
        )
        for row in rows
    ]


def _count_of(condition: Q) -> Coalesce:
    """Count the open tasks of the outer post's holder that meet a condition."""
    tasks = Task.objects.filter(condition, assignee=OuterRef("account_id"), closed_at=None)
    counted = tasks.order_by().values("assignee").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def pressing_tasks(*, at: datetime, limit: int = 500) -> list[Task]:
    """Return running steps past their 75 % mark, the most urgent first."""
    return list(
        Task.objects.filter(closed_at=None, paused_at=None, warn_at__lte=at)
        .select_related("agency", "assignee", "accountable")
        .order_by("due_at", "id")[:limit]
    )


def consultations_of(case_id: int) -> list[Consultation]:
    """Return the questions asked about a case, in order (one query)."""
    return list(
        Consultation.objects.filter(case_id=case_id)
        .select_related("agency", "asked_by", "answered_by")
        .order_by("id")
    )


def waited_for(case_id: int, *, at: datetime) -> list[str]:
    """Return the names of the agencies that still have time to answer about a case (one query)."""
    rows = Consultation.objects.filter(
        case_id=case_id, answered_at=None, withdrawn_at=None, due_at__gte=at
    )
    return list(rows.order_by("id").values_list("agency__name", flat=True))


def open_consultations(agency_ids: Sequence[int] | frozenset[int]) -> QuerySet[Consultation]:
    """Return the questions that agencies still have to answer, the most urgent first."""
    return (
        Consultation.objects.filter(agency__in=agency_ids, answered_at=None, withdrawn_at=None)
        .select_related("agency", "asked_by")
        .order_by("due_at", "id")
    )


def silent_cases(*, at: datetime, limit: int = 200) -> list[int]:
    """Return the cases with a question whose day passed in silence that nobody noted yet.

    Source: ND118/2025 art. 19.4c.
    """
    rows = Consultation.objects.filter(due_at__lt=at, silent_at=None, **AWAITED)
    return list(rows.order_by("case_id").values_list("case_id", flat=True).distinct()[:limit])


def overdue_consultations(*, at: datetime) -> QuerySet[Consultation]:
    """Return the questions whose day passed in silence (ND118/2025 art. 19.4c), oldest first."""
    return (
        Consultation.objects.filter(due_at__lt=at, answered_at=None, withdrawn_at=None)
        .select_related("agency")
        .order_by("due_at", "id")
    )


def consulted_cases(
    agency_ids: Sequence[int] | frozenset[int], case_ref: int | OuterRef
) -> QuerySet[Consultation]:
    """Return the questions to these agencies about one case, for use inside `Exists`."""
    return Consultation.objects.filter(case_id=case_ref, agency__in=agency_ids, withdrawn_at=None)


def _versions() -> tuple[ProcessVersion, ...]:
    seconds = getattr(settings, "MOTCUA_PROCESS_SECONDS", 30)
    if monotonic() - _known.read_at >= seconds:
        _known.versions = tuple(ProcessVersion.objects.all())
        _known.read_at = monotonic()
    return _known.versions


@lru_cache(maxsize=512)
def _process_by_id(process_id: int) -> ProcessVersion:
    return ProcessVersion.objects.get(pk=process_id)
