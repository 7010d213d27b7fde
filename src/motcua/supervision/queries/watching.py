"""Warnings and signals within what their reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from motcua.directory.actor import Actor
from motcua.dossiers.queries import visible_to as dossiers_visible_to
from motcua.supervision.models import Signal, Warning
from motcua.supervision.rules import ladder, reach

NOBODY = Q(pk__in=())
WAITING = Q(answered_at=None, gone_at=None)


def warnings_of(actor: Actor) -> "QuerySet[Warning]":
    """Return the warnings that wait for this person's answer, the soonest first."""
    return _with_parts(Warning.objects.filter(_asked(actor))).order_by("answer_by", "pk")


def _asked(actor: Actor) -> Q:
    """The condition of what waits for this person's answer."""
    condition = NOBODY
    for post in actor.posts:
        own = Q(account_id=None) | Q(account_id__in=[actor.account_id, post.holder_id])
        condition |= Q(agency_id=post.agency_id, role=post.role) & own
    return condition & WAITING


def warnings_seen_by(actor: Actor) -> "QuerySet[Warning]":
    """Return THE reach: warnings about dossiers this person may read, or owed by this person.

    An officer reads those of the own step; who leads, controls or inspects reads all in reach.
    """
    if actor.kind == "system":
        return _with_parts(Warning.objects.all())
    if not actor.is_staff:
        return Warning.objects.none()
    mine = Q(account_id=actor.account_id) | Q(answered_by_id=actor.account_id)
    if actor.has_role(*reach.HEADS, *reach.CONTROL):
        led = actor.agency_ids(*reach.HEADS)
        mine |= Q(agency_id__in=led) | Q(dossier__in=dossiers_visible_to(actor))
    return _with_parts(Warning.objects.filter(mine))


def warnings_about(actor: Actor, *, dossier_id: int) -> list[Warning]:
    """Return the warnings of a dossier that this person may read, the newest first."""
    rows = Warning.objects.filter(dossier_id=dossier_id, dossier__in=dossiers_visible_to(actor))
    return list(_with_parts(rows).order_by("-raised_at", "-pk")[:50])


def _with_parts(rows: "QuerySet[Warning]") -> "QuerySet[Warning]":
    return rows.select_related("dossier", "agency", "account", "answered_by", "competent")


@dataclass(frozen=True)
class Wish:
    """What a list of warnings is narrowed to; blank means all."""

    tab: str = "waiting"
    rung: str = ""
    agency_id: int | None = None


TABS = ("mine", "waiting", "silent", "answered", "gone")


def warnings(actor: Actor, wish: Wish, *, at: datetime) -> "QuerySet[Warning]":
    """Return one tab of the warnings this person may read: mine, waiting, silent, answered, gone."""
    is_mine = wish.tab == "mine"
    rows = warnings_of(actor) if is_mine else warnings_seen_by(actor).filter(_tab(wish.tab, at))
    if wish.rung:
        rows = rows.filter(rung=wish.rung)
    if wish.agency_id:
        rows = rows.filter(competent_id=wish.agency_id)
    order = {"answered": "-answered_at", "gone": "-gone_at"}.get(wish.tab, "answer_by")
    return rows.order_by(order, "pk")


def _tab(tab: str, at: datetime) -> Q:
    conditions = {
        "silent": WAITING & Q(answer_by__lt=at),
        "answered": Q(answered_at__isnull=False),
        "gone": Q(gone_at__isnull=False),
    }
    return conditions.get(tab, WAITING)


def warning_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """Return how many warnings stand in each tab."""
    rows = warnings_seen_by(actor).select_related(None).order_by()
    counted = {tab: Count("pk", filter=_tab(tab, at)) for tab in TABS if tab != "mine"}
    mine = Warning.objects.filter(_asked(actor)).count()
    return {"mine": mine, **rows.aggregate(**counted)}


@dataclass(frozen=True)
class Asked:
    """One rung as it stands with one post: what waits, what is late, when it last answered."""

    rung: str
    role: str
    waiting: int
    silent: int
    answered: int
    answered_at: datetime | None


def ladder_of(actor: Actor, *, at: datetime, days: int = 7) -> list[Asked]:
    """Return the ladder as this person's posts and theirs climb it: who is asked, who answered when.

    What was answered counts so many days back.
    """
    lately = Q(answered_at__gte=at - timedelta(days=days))
    rows = warnings_seen_by(actor).select_related(None).filter(WAITING | lately).order_by()
    counted = rows.values_list("rung", "role").annotate(
        waiting=Count("pk", filter=WAITING), silent=Count("pk", filter=_tab("silent", at)),
        answered=Count("pk", filter=lately), last=Max("answered_at"),
    )  # fmt: skip
    order = {key: place for place, key in enumerate((ladder.RISK, *ladder.ORDER))}
    found = [Asked(*row) for row in counted]
    return sorted(found, key=lambda one: (-order.get(one.rung, 0), one.role))


def signals_of(actor: Actor) -> "QuerySet[Signal]":
    """Return THE reach: the signals that this person may read.

    Of an officer: the officer, who leads the agency, control and inspection. From a report about
    conduct: control and inspection alone. Of a dossier or an agency: also who leads the province.
    """
    rows = Signal.objects.select_related("agency", "account", "explained_by", "closed_by")
    if actor.kind == "system" or actor.has_role(*reach.CONTROL):
        return rows
    if not actor.is_staff or actor.account_id is None:
        return rows.none()
    led = actor.agency_ids(*reach.HEADS)
    condition = Q(account_id=actor.account_id) | Q(agency_id__in=led)
    if actor.is_province_wide:
        condition |= ~Q(about=Signal.About.OFFICER) & Q(account_id=None)
    return rows.filter(condition, is_guarded=False)


def signal_for(actor: Actor, key: int) -> Signal | None:
    """Return a signal that this person may read, or None."""
    return signals_of(actor).prefetch_related("evidence").filter(pk=key).first()


def signals_waiting(actor: Actor, *, at: datetime) -> "QuerySet[Signal]":
    """Return the signals that this person should explain or may conclude now, the oldest first.

    One is concluded once it was explained, or once the time to explain it is over.
    """
    led = actor.agency_ids(*reach.HEADS)
    mine = Q(account_id=actor.account_id) | Q(account_id=None, agency_id__in=led)
    to_explain = Q(state="open", is_guarded=False) & mine
    ripe = Q(state="explained") | Q(state="open", explain_by=None)
    ripe |= Q(state="open", explain_by__lt=at)
    to_close = Q(pk__in=())
    if actor.has_role(*reach.CONTROL):
        to_close = ripe
    elif led:
        to_close = ripe & Q(agency_id__in=led) & ~Q(about=Signal.About.AGENCY)
    not_own = Q(account_id=None) | ~Q(account_id=actor.account_id)
    return signals_of(actor).filter(to_explain | (to_close & not_own)).order_by("raised_at", "pk")


def of_dossiers(codes: Iterable[str]) -> "QuerySet[Warning]":
    """Return the warnings that are still there of some dossiers, for lists that mark them."""
    return Warning.objects.filter(code__in=list(codes), gone_at=None)
