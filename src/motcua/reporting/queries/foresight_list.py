"""What is likely to be late, as far as somebody may read it; forecasts and what-ifs that were kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.cards import AgencyCard
from motcua.dossiers.queries.visibility import visible_to
from motcua.reporting.foresight.settings import settings
from motcua.reporting.models import KeptForecast, KeptWhatIf

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

CERTAIN = 1000
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Near:
    """How many dossiers of an agency come due in a week, and how many of them are likely late."""

    agency: AgencyCard
    due: int
    likely: int
    possible: int


def likely_late(
    actor: Actor, *, at: datetime, agency: AgencyCard | None = None
) -> "QuerySet[Dossier]":
    """Return what comes due within a week and may be late, the likeliest first."""
    return (
        _due_soon(actor, at, agency)
        .filter(risk__gte=settings().possible)
        .select_related("owner", "competent", "turn_agency")
        .order_by("-risk", "due_at", "pk")
    )


def by_agency(actor: Actor, *, at: datetime, agency: AgencyCard | None = None) -> list[Near]:
    """Return the agencies with something likely to be late within a week, the most first."""
    limits = settings()
    likely = Q(risk__gte=limits.likely)
    rows = (
        _due_soon(actor, at, agency)
        .order_by()
        .values_list("competent_id")
        .annotate(
            due=Count("pk"),
            likely=Count("pk", filter=likely),
            possible=Count("pk", filter=Q(risk__gte=limits.possible) & ~likely),
        )
    )
    found = [Near(cards.card(key), due, many, some) for key, due, many, some in rows]
    return sorted(found, key=lambda one: (-one.likely, -one.possible, one.agency.name))


def _due_soon(actor: Actor, at: datetime, agency: AgencyCard | None) -> "QuerySet[Dossier]":
    rows = visible_to(actor).filter(
        ended_at__isnull=True, due_at__gt=at, due_at__lte=at + WEEK, risk__lt=CERTAIN
    )
    return rows.filter(competent_id=agency.id) if agency else rows


def latest_forecast() -> KeptForecast | None:
    """Return the forecast that was made last, None before the first."""
    return KeptForecast.objects.order_by("-made_at").first()


def what_ifs(actor: Actor, *, most: int = 12) -> list[KeptWhatIf]:
    """Return the what-ifs of one's own agencies, all for who reads the whole province."""
    rows = KeptWhatIf.objects.order_by("-asked_at")
    if not actor.is_province_wide:
        rows = rows.filter(agency_id__in=actor.agency_ids("head", "chairman", "centre_lead"))
    return list(rows[:most])


def what_if_for(actor: Actor, key: int) -> KeptWhatIf | None:
    """Return one what-if that this person may read, or None."""
    found = KeptWhatIf.objects.filter(pk=key).first()
    if found is None or actor.is_province_wide:
        return found
    return (
        found if found.agency_id in actor.agency_ids("head", "chairman", "centre_lead") else None
    )
