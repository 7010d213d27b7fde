"""Reads of the differences between our catalogue and the lists, for the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from motcua.catalog.models import Comparison, Difference
from motcua.directory.actor import Actor
from motcua.directory.models import Account
from motcua.ledger import queries as trail

READERS = ("controller", "keeper")
TABS = ("open", "mine", "late", "settled", "kept")
_OPEN = Q(state__in=(Difference.State.FOUND, Difference.State.ASSIGNED))


@dataclass(frozen=True)
class Wanted:
    """Which differences: a tab, of one kind and one list ("" is all)."""

    tab: str = "open"
    kind: str = ""
    list_key: str = ""


def differences(wanted: Wanted, *, actor: Actor, on: date) -> QuerySet[Difference]:
    """Return the differences asked for, those due first."""
    rows = Difference.objects.filter(_of_tab(wanted.tab, actor, on)).select_related("owner")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.list_key:
        rows = rows.filter(list_key=wanted.list_key)
    return rows.order_by("due_on", "kind", "code", "pk")


def _of_tab(tab: str, actor: Actor, on: date) -> Q:
    return {
        "mine": _OPEN & Q(owner_id=actor.account_id),
        "late": _OPEN & Q(due_on__lt=on),
        "settled": Q(state=Difference.State.SETTLED),
        "kept": Q(state=Difference.State.KEPT),
    }.get(tab, _OPEN)


def counts(*, actor: Actor, on: date) -> dict[str, int]:
    """Return how many there are in each tab (one query)."""
    return dict(
        Difference.objects.aggregate(
            **{tab: Count("pk", filter=_of_tab(tab, actor, on)) for tab in TABS}
        )
    )


def by_kind(wanted: Wanted, *, actor: Actor, on: date) -> dict[str, int]:
    """Return how many of each kind there are in a tab of a list."""
    rows = differences(Wanted(wanted.tab, "", wanted.list_key), actor=actor, on=on)
    counted = rows.order_by().values_list("kind").annotate(n=Count("pk"))
    return dict(counted)


def difference(key: int) -> Difference | None:
    """Return one difference with its owner and the run that saw it last, or None."""
    rows = Difference.objects.select_related("owner", "last_run")
    return rows.filter(pk=key).first()


def history(row: Difference) -> list[trail.Told]:
    """Return what happened to a difference, in order."""
    return trail.facts_of(row.stream)


def lists() -> Mapping[str, Comparison]:
    """Return the last run of each list, by its key, the latest first."""
    found: dict[str, Comparison] = {}
    for run in Comparison.objects.order_by("-at", "-pk")[:200]:
        found.setdefault(f"{run.against}:{run.name.casefold()}"[:120], run)
    return found


def owners(roles: tuple[str, ...], *, on: date) -> list[Account]:
    """Return the officers who may be named to settle a difference."""
    held = Q(posts__role__in=roles, posts__valid_from__lte=on)
    held &= Q(posts__valid_to=None) | Q(posts__valid_to__gte=on)
    return list(Account.objects.filter(held, is_active=True).distinct().order_by("name")[:100])
