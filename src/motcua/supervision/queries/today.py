"""What the head of an agency, the chairman or the centre's director answers for on this day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.models import Absence, Delegation, Post
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import visible_to
from motcua.dossiers.rules.guards import EXTENSION_NOTICE
from motcua.kernel.worktime import WorkCalendar
from motcua.supervision.queries.running import RUNS
from motcua.supervision.rules import reach
from motcua.workflow.models import Task

NEXT_DAYS = 5
LISTS = ("today", "soon", "overdue", "apology")
_OFFICE = "hanh-chinh"


@dataclass(frozen=True)
class Day:
    """The borders of a working day: its end, the end of the next one, of the fifth to come."""

    at: datetime
    end: datetime
    next_end: datetime
    soon_end: datetime

    @classmethod
    def of(cls, at: datetime, *, calendar: WorkCalendar | None = None) -> "Day":
        """Return the borders of the day of a moment, by the hours of most offices."""
        kept = calendar or calendar_for(_OFFICE)
        today = kept.local(at).date()
        midnight = kept.local(at).replace(hour=23, minute=59, second=59, microsecond=0)
        return cls(
            at=at,
            end=midnight,
            next_end=kept.end_of_day(kept.add_working_days(today, 1)),
            soon_end=kept.end_of_day(kept.add_working_days(today, NEXT_DAYS)),
        )


def answered_for(actor: Actor) -> "QuerySet[Dossier]":
    """Return the running dossiers that somebody answers for: what the own agencies settle or received.

    The chairman of the province, control and inspection: all that they may read. An officer: the
    own steps. Source: 118/2025/NĐ-CP Điều 38.
    """
    rows = visible_to(actor).filter(RUNS, ended_at=None, due_at__isnull=False)
    if actor.is_province_wide:
        return rows
    led = actor.agency_ids(*reach.HEADS)
    if led:
        return rows.filter(Q(competent_id__in=led) | Q(receiving_id__in=led))
    return rows.filter(assignee_id=actor.account_id or 0)


def _condition(which: str, day: Day) -> Q:
    """The condition of one list. An apology must come a day before the due time (R16)."""
    found = {
        "today": Q(due_at__gte=day.at, due_at__lte=day.end),
        "soon": Q(due_at__gt=day.end, due_at__lte=day.soon_end),
        "overdue": Q(due_at__lt=day.at),
        "apology": Q(
            due_at__gte=day.at + EXTENSION_NOTICE, due_at__lte=day.next_end, extension_count=0
        ),
    }
    return found.get(which, Q(pk__in=()))


def counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """Return how many dossiers stand in each list (one query)."""
    day = Day.of(at)
    counted = {which: Count("pk", filter=_condition(which, day)) for which in LISTS}
    return dict(answered_for(actor).order_by().aggregate(**counted))


@dataclass(frozen=True)
class Held:
    """A dossier with who holds its step, and since when."""

    dossier: Dossier
    since: datetime | None

    @property
    def holder(self) -> str:
        """The officer, else the agency whose turn it is."""
        row = self.dossier
        if row.assignee is not None:
            return row.assignee.name
        return row.turn_agency.name if row.turn_agency else ""


def dossiers(actor: Actor, *, which: str, at: datetime) -> "QuerySet[Dossier]":
    """Return the dossiers of one list, the most urgent first."""
    rows = answered_for(actor).filter(_condition(which, Day.of(at)))
    parts = ("owner", "competent", "turn_agency", "assignee")
    return rows.select_related(*parts).order_by("due_at", "pk")


def with_holders(rows: Iterable[Dossier]) -> list[Held]:
    """Return dossiers with since when their step is where it is (one query)."""
    found = list(rows)
    tasks = Task.objects.filter(pk__in=[row.task_id for row in found if row.task_id])
    since = dict(tasks.values_list("pk", "opened_at"))
    return [Held(row, since.get(row.task_id or 0)) for row in found]


def to_sign(actor: Actor) -> int:
    """Return how many dossiers wait for this person's decision or signature.

    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    condition = Q(pk__in=())
    for post in actor.posts:
        if post.role in ("head", "chairman"):
            condition |= Q(turn_agency_id=post.agency_id, turn_role=post.role)
    return visible_to(actor).filter(condition, ended_at=None).count()


@dataclass(frozen=True)
class Away:
    """An absent officer for whom nobody stands in."""

    name: str
    role: str
    agency: str
    until: datetime
    open_tasks: int


def away_unreplaced(actor: Actor, *, at: datetime) -> list[Away]:
    """Return who is absent from one's agencies while the post is lent to nobody and held by no other.

    Source: 118/2025/NĐ-CP Điều 12 khoản 8 (the agency sees to cover).
    """
    led = actor.agency_ids(*reach.HEADS)
    absent = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at)
    until = dict(absent.order_by("ends_at").values_list("account_id", "ends_at"))
    if not until or not led:
        return []
    posts = (
        Post.objects.filter(agency_id__in=led, account__in=list(until))
        .filter(
            Q(valid_to=None) | Q(valid_to__gte=timezone.localdate(at)),
            valid_from__lte=timezone.localdate(at),
        )
        .exclude(Exists(_lent(at)))
        .select_related("account", "agency")
        .order_by("agency", "role")
    )
    alone = [post for post in posts if not _somebody_else(post, at)]
    return [
        Away(
            name=post.account.name,
            role=post.get_role_display(),
            agency=post.agency.name,
            until=until[post.account_id],
            open_tasks=_open_tasks(post),
        )
        for post in alone
    ]


def _open_tasks(post: Post) -> int:
    rows = Task.objects.filter(assignee=post.account_id, agency=post.agency_id, closed_at=None)
    return rows.count()


def _lent(at: datetime) -> "QuerySet[Delegation]":
    return Delegation.objects.filter(
        post=OuterRef("pk"), revoked_at=None, valid_from__lte=at, valid_to__gt=at
    )


def _somebody_else(post: Post, at: datetime) -> bool:
    """Tell whether a colleague in the same post is there."""
    same = Post.objects.filter(
        agency=post.agency_id, role=post.role, valid_from__lte=timezone.localdate(at)
    )
    same = same.exclude(pk=post.pk).exclude(valid_to__lt=timezone.localdate(at))
    away = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values("account")
    return same.exclude(account__in=away).exists()


@dataclass(frozen=True)
class Late:
    """Overdue dossiers of one agency or officer in the weekly list."""

    name: str
    place: str
    overdue: int
    oldest: datetime
    soon: int


def week_by_agency(*, at: datetime) -> list[Late]:
    """Return the agencies with overdue dossiers, published inside to all staff; no dossier is named.

    Source: rule of the house (the weekly list); 118/2025/NĐ-CP Điều 38.
    """
    return _late(_week(at), "competent__name", "", at)


def week_by_officer(actor: Actor, *, at: datetime) -> list[Late]:
    """Return the officers with overdue dossiers: to who leads their agency, control and inspection.

    Source: rule of the house; 91/2025/QH15.
    """
    rows = _week(at).exclude(assignee=None)
    if not actor.has_role(*reach.CONTROL):
        rows = rows.filter(turn_agency_id__in=actor.agency_ids(*reach.HEADS))
    return _late(rows, "assignee__name", "turn_agency__name", at)


def _week(at: datetime) -> "QuerySet[Dossier]":
    """What is overdue, or due within a week."""
    return Dossier.objects.filter(RUNS, ended_at=None, due_at__lte=at + timedelta(days=7))


def _late(rows: "QuerySet[Dossier]", name: str, place: str, at: datetime) -> list[Late]:
    """Return how many are overdue by a column and its place, the most first."""
    keys = [name, *([place] if place else [])]
    late = Q(due_at__lt=at)
    found = (
        rows.order_by()
        .values(*keys)
        .annotate(
            late=Count("pk", filter=late), soon=Count("pk", filter=~late), oldest=Min("due_at")
        )
        .filter(late__gt=0)
        .order_by("-late", *keys)
    )
    return [
        Late(row[name], row[place] if place else "", row["late"], row["oldest"], row["soon"])
        for row in found
    ]
