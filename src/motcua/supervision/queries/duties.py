"""Reads of directives and duties, each within what the reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.models import Post
from motcua.directory.queries import cards
from motcua.directory.queries.people import current_posts
from motcua.supervision.models import Directive, Duty, DutyLink
from motcua.supervision.rules import duties as rules

OVERSEERS = (*rules.HEADS, *rules.WIDE)
_NO_REACH = Q(pk__in=())


def visible(actor: Actor) -> Q:
    """Return THE predicate: which duties somebody may read.

    Those one does, answers for or gave; those of agencies one leads; all for the province's
    chairman, controllers and inspectors.
    """
    if actor.kind == "system":
        return Q()
    if not actor.is_staff or actor.account_id is None:
        return _NO_REACH
    if rules.may_give(
        actor, agency_id=0, neighbours=()
    ):  # an agency nobody heads: the whole province
        return Q()
    me = Q(person_id=actor.account_id) | Q(accountable_id=actor.account_id)
    led = actor.agency_ids(*rules.HEADS) | _communes(actor)
    return me | Q(given_by_id=actor.account_id) | Q(agency_id__in=led)


def _communes(actor: Actor) -> frozenset[int]:
    """The agencies of the communes that somebody chairs."""
    posts = [post.agency_id for post in actor.posts if post.role == "chairman"]
    return frozenset(other for one in posts for other in neighbours(one))


def neighbours(agency_id: int) -> frozenset[int]:
    """Return the agencies of the same commune, none for an agency of the province."""
    card = cards.card(agency_id)
    if card.level != "commune" or not card.place_code:
        return frozenset()
    return frozenset(one.id for one in cards.all_cards() if one.place_code == card.place_code)


def visible_to(actor: Actor) -> "QuerySet[Duty]":
    """Return the duties somebody may read, with who and where."""
    rows = Duty.objects.filter(visible(actor))
    return rows.select_related(
        "agency", "person", "accountable", "directive", "given_by", "giver_post__agency"
    )


def duty(actor: Actor, code: str) -> Duty | None:
    """Return a duty with what it is about, None when there is none that this person may see."""
    return visible_to(actor).prefetch_related("links").filter(code=code).first()


TABS = ("mine", "given", "late", "open", "done")


def listed(actor: Actor, *, tab: str, at: datetime) -> "QuerySet[Duty]":
    """Return the duties of a tab, the soonest due first (the last ended first of those done)."""
    rows = visible_to(actor).prefetch_related("links")
    me = actor.account_id or 0
    conditions = {
        "mine": Q(ended_at=None) & (Q(person_id=me) | Q(accountable_id=me)),
        "given": Q(ended_at=None, given_by_id=me),
        "late": Q(ended_at=None, state="given", due_at__lt=at),
        "open": Q(ended_at=None),
        "done": Q(ended_at__isnull=False),
    }
    order = ("-ended_at", "-pk") if tab == "done" else ("due_at", "pk")
    return rows.filter(conditions.get(tab, conditions["open"])).order_by(*order)


def counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """Return how many stand in each tab."""
    return {tab: listed(actor, tab=tab, at=at).order_by().count() for tab in TABS}


def of_link(actor: Actor, *, kind: str, key: str) -> list[Duty]:
    """Return the duties about a dossier, signal, figure or difference, the newest first."""
    keys = DutyLink.objects.filter(kind=kind, key=key).values("duty_id")
    return list(visible_to(actor).filter(pk__in=keys).order_by("-pk")[:50])


def directives(actor: Actor) -> "QuerySet[Directive]":
    """Return the documents officers may read: every officer may, they are addressed to them."""
    if not (actor.is_staff or actor.kind == "system"):
        return Directive.objects.none()
    return Directive.objects.select_related("issuer")


@dataclass(frozen=True)
class Point:
    """One thing that a document asks for, and the duties it became."""

    number: int
    text: str
    duties: tuple[Duty, ...]


def points(actor: Actor, directive: Directive) -> list[Point]:
    """Return what a document asks for with the duties that this person may see."""
    rows = list(visible_to(actor).filter(directive=directive).order_by("due_at", "pk"))
    return [
        Point(number, text, tuple(row for row in rows if row.point == number))
        for number, text in enumerate(directive.points)
    ]


def reachable(actor: Actor) -> list[cards.AgencyCard]:
    """Return the agencies to which somebody may give a duty, in the order of their codes."""
    return [
        card
        for card in cards.all_cards()
        if rules.may_give(actor, agency_id=card.id, neighbours=neighbours(card.id))
    ]


def staff(agencies: Iterable[int], *, at: datetime, heads: bool = False) -> list[Post]:
    """Return who holds a post at these agencies now; with `heads` only those who lead."""
    rows = current_posts(agency_ids=list(agencies), on=timezone.localdate(at))
    return [row for row in rows if not heads or row.role in rules.HEADS]


def allowed(duty: Duty, *, actor: Actor, at: datetime) -> list[rules.Act]:
    """Return what somebody may do to a duty now, in the order of the page."""
    sides = sides_of(duty, actor=actor, at=at)
    return [act for act in rules.acts_in(duty.state) if rules.may(act, by=actor, sides=sides)]


def sides_of(duty: Duty, *, actor: Actor, at: datetime) -> rules.Sides:
    """Return who stands where in a duty, as the rule asks."""
    gives = rules.may_give(actor, agency_id=duty.agency_id, neighbours=neighbours(duty.agency_id))
    return rules.Sides(
        duty.person_id, duty.accountable_id, duty.given_by_id, gives, _office(duty, at)
    )


def _office(duty: Duty, at: datetime) -> rules.Office | None:
    post = duty.giver_post
    if post is None:
        return None
    is_vacated = post.valid_to is not None and post.valid_to < timezone.localdate(at)
    return rules.Office(post.pk, post.agency_id, post.role, is_vacated)


def tally(rows: Sequence[Duty], *, at: datetime) -> dict[str, int]:
    """Return of these how many are open, late, handed in and done."""
    return {
        "all": len(rows),
        "late": sum(row.state == "given" and row.due_at < at for row in rows),
        "reported": sum(row.state == "reported" for row in rows),
        "done": sum(row.state == "accepted" for row in rows),
    }
