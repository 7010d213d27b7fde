"""What the officers' pages read beside the lists: opinions asked, results that wait, neighbours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.dossiers.models import Dossier, HandOver, HandOverItem
from motcua.dossiers.queries.lists import my_turn
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.rules.states import FINAL_STATES
from motcua.workflow import queries as workflow
from motcua.workflow.models import Consultation

NEIGHBOURS = 300


@dataclass(frozen=True)
class Asked:
    """A question that waits for an answer of one's own agency, with its dossier."""

    consultation: Consultation
    dossier: Dossier


def opinions_asked(actor: Actor, *, limit: int = 100) -> list[Asked]:
    """Return the questions that this person's agencies still have to answer, most urgent first."""
    agencies = actor.agency_ids("appraiser", "head", "chairman")
    if not agencies:
        return []
    rows = list(workflow.open_consultations(agencies)[:limit])
    found = (
        visible_to(actor)
        .select_related("owner", "turn_agency")
        .in_bulk([row.case_id for row in rows])
    )
    return [Asked(row, found[row.case_id]) for row in rows if row.case_id in found]


def opinions_count(actor: Actor) -> int:
    """Return how many questions wait for this person's agencies (no query without such a post)."""
    agencies = actor.agency_ids("appraiser", "head", "chairman")
    return workflow.open_consultations(agencies).order_by().count() if agencies else 0


def results_waiting(actor: Actor) -> "QuerySet[Dossier]":
    """Return the dossiers whose result waits at this person's counter, the oldest first."""
    mine = actor.agency_ids("receptionist", "centre_lead")
    return (
        visible_to(actor)
        .filter(receiving_id__in=mine, delivery=Dossier.Delivery.READY)
        .select_related("owner", "competent")
        .order_by("ended_at", "pk")
    )


def originals_waiting(actor: Actor, *, limit: int = 100) -> "list[Dossier]":
    """Return the ended dossiers whose originals still lie at this person's counter (R20)."""
    mine = actor.agency_ids("receptionist", "centre_lead")
    rows = visible_to(actor).filter(
        receiving_id__in=mine, originals_held__gt=0, state__in=FINAL_STATES - {"returned"}
    )
    return list(rows.select_related("owner").order_by("ended_at", "pk")[:limit])


@dataclass(frozen=True)
class Neighbours:
    """The codes before and after a dossier in one's own work ("" where there is none)."""

    previous: str = ""
    following: str = ""


def neighbours(actor: Actor, dossier: Dossier) -> Neighbours:
    """Return what stands beside a dossier in this person's work (one query)."""
    codes = list(my_turn(actor).values_list("code", flat=True)[:NEIGHBOURS])
    if dossier.code not in codes:
        return Neighbours(following=codes[0] if codes else "")
    place = codes.index(dossier.code)
    return Neighbours(
        previous=codes[place - 1] if place else "",
        following=codes[place + 1] if place + 1 < len(codes) else "",
    )


def received_between(actor: Actor, *, first: date, last: date) -> "QuerySet[Dossier]":
    """Return what one's own centres received in a period, for the register (form 07)."""
    mine = actor.agency_ids("receptionist", "centre_lead")
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    return (
        visible_to(actor)
        .filter(receiving_id__in=mine, accepted_at__gte=start, accepted_at__lt=end)
        .select_related("owner", "competent", "receiving")
        .order_by("accepted_at", "pk")
    )


def slip_for(actor: Actor, key: int) -> HandOver | None:
    """Return a slip from or to this person's agencies, with its agencies, or None."""
    slip = HandOver.objects.select_related("sender", "receiver").filter(pk=key).first()
    if slip is None or not ({slip.sender_id, slip.receiver_id} & actor.agency_ids()):
        return None
    return slip


def items_of(slip: HandOver, *, actor: Actor) -> list[HandOverItem]:
    """Return the dossiers on a slip that this person may read, in the order of their codes."""
    return list(
        slip.items.filter(dossier__in=visible_to(actor))
        .select_related("dossier__owner")
        .prefetch_related("dossier__papers")
        .order_by("dossier__code")
    )


def work_of(actor: Actor, *, role: str) -> "QuerySet[Dossier]":
    """Return the open steps of a role in the agencies this person heads, most urgent first."""
    mine = actor.agency_ids("head", "chairman", "centre_lead")
    return (
        visible_to(actor)
        .filter(turn_agency_id__in=mine, turn_role=role, state__in=("accepted", "in_progress"))
        .select_related("owner", "turn_agency", "assignee")
        .order_by("due_at", "pk")
    )
