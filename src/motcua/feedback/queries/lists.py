"""Lists of cases: what somebody has to do, what fits a wish, what is said about a dossier."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as When
from django.db.models import Count, F, IntegerField, Q, QuerySet, Value
from django.db.models import When as If

from motcua.directory.actor import Actor
from motcua.feedback.models import Case
from motcua.feedback.queries.visibility import NOBODY, visible_to
from motcua.feedback.rules import people
from motcua.feedback.rules.code import read
from motcua.feedback.rules.states import INTAKE, NEW, OPEN_STATES, PAUSED_STATES
from motcua.kernel.bounds import is_keepable


@dataclass(frozen=True)
class Counts:
    """How many cases wait for somebody."""

    todo: int
    overdue: int
    danger: int
    new: int
    to_publish: int


@dataclass(frozen=True)
class Wish:
    """What a list is narrowed to; blank means all."""

    text: str = ""
    state: str = ""
    kind: str = ""
    field: str = ""
    place_code: str = ""
    agency_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    late: bool | None = None


def inbox(actor: Actor) -> "QuerySet[Case]":
    """Return what waits for this person, danger to life at the top, then the nearest due time.

    Moderators: what is new, given back, or waits to be published. An agency's officers: what it has
    to settle; heads also drafts to approve. Inspectors: what was raised to them and is open.
    """
    rows = visible_to(actor).filter(_waits_for(actor), state__in=sorted(OPEN_STATES))
    rows = rows.exclude(state__in=sorted(PAUSED_STATES))
    first = When(
        If(urgency=Case.Urgency.DANGER, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.select_related("place", "agency", "handler").order_by(first, "due_at", "pk")


def _waits_for(actor: Actor) -> Q:
    condition = NOBODY
    if people.moderator_post(actor) is not None:
        condition |= Q(state__in=[*NEW, "accepted", "returned", "approved"])
    if actor.has_role("auditor"):
        condition |= Q(escalated_at__isnull=False) | Q(
            kind=Case.Kind.CONDUCT, state="answered", inspected_at__isnull=True
        )
    for post in actor.posts:
        if post.role in people.HEADS:
            condition |= Q(
                agency_id=post.agency_id, state__in=["answered", "assigned", "reopened"]
            ) | Q(agency_id=post.agency_id, state="in_progress", handler_id=actor.account_id)
        elif post.role in people.OFFICERS:
            free = Q(handler__isnull=True) | Q(handler_id=actor.account_id)
            condition |= free & Q(
                agency_id=post.agency_id, state__in=["assigned", "in_progress", "reopened"]
            )
    return condition


def inbox_counts(actor: Actor, *, at: datetime) -> Counts:
    """Return the counts of the inbox (one query)."""
    row = (
        inbox(actor)
        .order_by()
        .aggregate(
            todo=Count("pk"),
            overdue=Count("pk", filter=Q(due_at__lt=at)),
            danger=Count("pk", filter=Q(urgency=Case.Urgency.DANGER)),
            new=Count("pk", filter=Q(stage=INTAKE)),
            to_publish=Count("pk", filter=Q(state="approved")),
        )
    )
    return Counts(**row)


def cases(actor: Actor, wish: Wish, *, at: datetime) -> "QuerySet[Case]":
    """Return the cases this person may read that fit, latest first.

    `text`: a code, however typed, or words of the title.
    """
    found = visible_to(actor).select_related("place", "agency", "handler")
    for name, value in (("state", wish.state), ("kind", wish.kind), ("field", wish.field),
                        ("place_id", wish.place_code), ("agency_id", wish.agency_id),
                        ("received_at__gte", wish.since), ("received_at__lt", wish.until)):  # fmt: skip
        if value:
            found = found.filter(**{name: value})
    if wish.text.strip():
        found = found.filter(_text(wish.text.strip()))
    if wish.late is not None:
        running = Q(due_at__lt=at, state__in=sorted(OPEN_STATES - PAUSED_STATES))
        late = running | Q(deadlines__stage="settle", deadlines__is_late=True)
        found = found.filter(late).distinct() if wish.late else found.exclude(late)
    return found.order_by("-received_at", "-pk")


def _text(text: str) -> Q:
    if not is_keepable(text):
        return NOBODY
    code = read(typed=text)
    return Q(code=code) if code else Q(title__icontains=text) | Q(code__icontains=text)


def own_cases(actor: Actor) -> list[Case]:
    """Return what a citizen sent, the latest first."""
    if not actor.is_citizen:
        return []
    rows = visible_to(actor).select_related("agency", "place", "main")
    return list(rows.order_by("-received_at")[:200])


def about_dossier(actor: Actor, *, dossier_id: int) -> list[Case]:
    """Return what was said about the handling of a dossier, for inspectors only.

    Source: 118/2025/NĐ-CP Điều 29 khoản 3; 91/2025/QH15.
    """
    if not actor.has_role(*people.INSPECTORS):
        return []
    rows = visible_to(actor).filter(about_dossier_id=dossier_id)
    return list(rows.order_by(F("received_at").desc()))


def followed_by(actor: Actor) -> list[Case]:
    """Return the public cases that a citizen follows, the latest first."""
    if not actor.is_citizen or actor.party_id is None:
        return []
    mine = Case.objects.filter(
        followers__party_id=actor.party_id, followers__own_case__isnull=True
    )
    return list(mine.filter(shown_at__isnull=False).order_by("-received_at")[:200])
