"""The dossiers behind a figure, as far as this person may read them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import predicate
from motcua.reporting.queries import digitisation
from motcua.reporting.queries.conditions import base, conditions
from motcua.reporting.queries.figures import scope_of
from motcua.reporting.rules import Period


@dataclass(frozen=True)
class Narrow:
    """To what part a figure is narrowed; blank means all.

    `by`: the agency whose dossiers these are within `agency`. `holder`: who has the current step.
    `weekday` (Monday 1) and `hour`: when they were accepted.
    """

    agency: cards.AgencyCard | None = None
    by: cards.AgencyCard | None = None
    field: str = ""
    place: str = ""
    holder: cards.AgencyCard | None = None
    weekday: int | None = None
    hour: int | None = None

    def condition(self) -> Q:
        """Return the condition of all that is set."""
        found = scope_of(self.agency)
        if self.by is not None:
            found &= Q(competent_id=self.by.id)
        if self.field:
            found &= Q(field=self.field)
        if self.place:
            found &= Q(competent__place_id=self.place)
        if self.holder is not None:
            found &= Q(turn_agency_id=self.holder.id)
        if self.weekday is not None:
            found &= Q(accepted_at__iso_week_day=self.weekday)
        if self.hour is not None:
            found &= Q(accepted_at__hour=self.hour)
        return found


@dataclass(frozen=True)
class Behind:
    """The dossiers that a person may read of those a figure counts, and how many it counts."""

    rows: "QuerySet[Dossier]"
    counted: int


def behind(figure: str, *, period: Period, narrow: Narrow, actor: Actor) -> Behind:
    """Return the dossiers behind a figure, the soonest due first; rights apply.

    Raises KeyError: no figure has that name.
    """
    everything = _of(figure, period).filter(narrow.condition())
    mine = everything.filter(predicate(actor)) if actor.kind != "system" else everything
    rows = mine.select_related("owner", "competent", "receiving", "turn_agency", "assignee")
    return Behind(rows.order_by("due_at", "pk"), everything.order_by().count())


def _of(figure: str, period: Period) -> "QuerySet[Dossier]":
    counted = conditions(period)
    if figure in counted:
        return base(period).filter(counted[figure])
    return digitisation.listed(figure, period)
