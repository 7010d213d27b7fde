"""Lists of dossiers: inbox by urgency, search, slips, a citizen's own, the public's look-up."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.queries.parties import id_kind_of, party_by_identity
from motcua.dossiers.models import Dossier, Draft, HandOver
from motcua.dossiers.queries.visibility import NOBODY, visible_to
from motcua.dossiers.rules import clock
from motcua.dossiers.rules.states import OPEN_STATES
from motcua.kernel import codes
from motcua.kernel.bounds import is_keepable
from motcua.kernel.text import fold
from motcua.kernel.worktime import VIETNAM

LOOKUP_FORM = codes.DOSSIER
CODE_TAIL = re.compile(r"^(?:(\d{8})-)?[\d.-]{2,}$")
WAITING = ("wait_supplement", "wait_finance")
# What overdue means; `urgent_at` may be earlier, never later, and has the index.
PROMISED = Coalesce("due_at", "step_due_at")


def my_turn(actor: Actor) -> "QuerySet[Dossier]":
    """Return the open dossiers whose current step this person can do, the most urgent first.

    A dossier given to somebody else is not in it. Urgent is what is due soon or likely to be late.
    One without due time (not accepted yet) is as urgent as its step; one that is settled and
    waits for its person comes last.
    """
    condition = NOBODY
    for post in actor.posts:
        mine = Q(turn_agency_id=post.agency_id, turn_role=post.role)
        given_to = [key for key in (actor.account_id, post.holder_id) if key is not None]
        mine &= Q(assignee__isnull=True) | Q(assignee_id__in=given_to)
        if post.fields:
            mine &= Q(field__in=post.fields)
        condition |= mine
    return (
        visible_to(actor)
        .filter(condition, state__in=sorted(OPEN_STATES))
        .select_related("owner", "turn_agency")
        .order_by(F("ended_at").asc(nulls_first=True), "urgent_at", "pk")
    )


@dataclass(frozen=True)
class InboxCounts:
    """How many dossiers wait in each tab of the inbox."""

    todo: int = 0
    overdue: int = 0
    today: int = 0
    waiting: int = 0
    opinions: int = 0
    states: dict[str, int] = field(default_factory=dict)


def inbox(actor: Actor, *, tab: str, at: datetime) -> "QuerySet[Dossier]":
    """Return one tab of the inbox: todo, overdue, today, waiting (for the citizen), sent."""
    if tab == "waiting":
        return (
            _of_my_agencies(actor).filter(state__in=WAITING).order_by("close_on", "due_at", "pk")
        )
    if tab == "sent":
        return (
            _of_my_agencies(actor)
            .filter(state__in=sorted(OPEN_STATES - {"submitted"}))
            .exclude(pk__in=my_turn(actor).order_by().values("pk"))
            .order_by(F("due_at").asc(nulls_last=True), "pk")
        )
    mine = my_turn(actor)
    if tab == "overdue":
        return mine.alias(promised_at=PROMISED).filter(_overdue(at))
    if tab == "today":
        return mine.alias(promised_at=PROMISED).filter(_today(at))
    return mine


def _overdue(at: datetime) -> Q:
    return Q(ended_at__isnull=True, urgent_at__lt=at, promised_at__lt=at)


def _today(at: datetime) -> Q:
    end = _tomorrow(at)
    return Q(ended_at__isnull=True, urgent_at__lt=end, promised_at__gte=at, promised_at__lt=end)


def inbox_counts(actor: Actor, *, at: datetime) -> InboxCounts:
    """Return the counts of the tabs (two queries)."""
    mine = my_turn(actor).order_by().alias(promised_at=PROMISED)
    row = mine.aggregate(
        todo=Count("pk"),
        overdue=Count("pk", filter=_overdue(at)),
        today=Count("pk", filter=_today(at)),
    )
    states = _open_by_state(actor)
    return InboxCounts(
        todo=row["todo"],
        overdue=row["overdue"],
        today=row["today"],
        waiting=sum(states.get(state, 0) for state in WAITING),
        states=states,
    )


def _open_by_state(actor: Actor) -> dict[str, int]:
    """Return how many open dossiers of one's own agencies stand in each state."""
    rows = _of_my_agencies(actor).order_by().filter(state__in=sorted(OPEN_STATES))
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def _of_my_agencies(actor: Actor) -> "QuerySet[Dossier]":
    """Return what this person may read of the agencies at which a post is held.

    The agencies stand beside the predicate so that the database starts from their index.
    """
    mine = actor.agency_ids()
    return (
        visible_to(actor)
        .filter(Q(receiving_id__in=mine) | Q(competent_id__in=mine))
        .select_related("owner", "turn_agency", "assignee")
    )


def _tomorrow(at: datetime) -> datetime:
    local = timezone.localtime(at)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """What a list is narrowed to; blank means all."""

    text: str = ""
    state: str = ""
    procedure: str = ""
    field: str = ""
    agency_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    late: bool | None = None


def dossiers(actor: Actor, wish: Wish, *, at: datetime) -> "QuerySet[Dossier]":
    """Return the dossiers this person may read that fit, latest first.

    `text`: a code or its end, a name without marks, an identity number, or a phone number.
    """
    found = visible_to(actor).select_related("owner", "competent", "receiving")
    if wish.text.strip():
        found = found.filter(_text(wish.text.strip()))
    if wish.state:
        found = found.filter(state=wish.state)
    if wish.procedure:
        found = found.filter(procedure_code=wish.procedure)
    if wish.field:
        found = found.filter(field=wish.field)
    if wish.agency_id:
        found = found.filter(Q(competent_id=wish.agency_id) | Q(receiving_id=wish.agency_id))
    if wish.since:
        found = found.filter(filed_at__gte=wish.since)
    if wish.until:
        found = found.filter(filed_at__lt=wish.until)
    if wish.late is not None:
        overdue = Q(ended_at__isnull=True, due_at__lt=at) | Q(ended_at__gt=F("due_at"))
        found = found.filter(overdue) if wish.late else found.exclude(overdue)
    return found.order_by("-filed_at", "-pk")


def _text(text: str) -> Q:
    if not is_keepable(text):
        return NOBODY
    compact = text.replace(" ", "")
    if LOOKUP_FORM.match(compact.upper()):
        return Q(code=compact.upper())
    phone = codes.normal_phone(compact)
    if codes.PHONE.match(phone):
        return Q(phone=phone)
    if id_kind_of(compact):
        party = party_by_identity(compact)
        return Q(owner_id=party.pk) | Q(applicant_id=party.pk) if party else NOBODY
    if tail := CODE_TAIL.match(compact):
        return Q(code__endswith=compact) & _of_code_day(tail[1])
    return Q(owner_folded__startswith=fold(text)) | Q(owner_folded__contains=" " + fold(text))


def _of_code_day(written: str | None) -> Q:
    """Narrow the end of a code to the day that stands in it, so that the index of days is used."""
    try:
        day = datetime.strptime(written or "", "%Y%m%d").replace(tzinfo=VIETNAM)
    except ValueError:
        return Q()
    return Q(filed_at__gte=day, filed_at__lt=day + timedelta(days=1))


def own_dossiers(actor: Actor) -> list[Dossier]:
    """Return a citizen's dossiers, those that wait for them first."""
    rows = visible_to(actor).select_related("competent", "receiving", "owner")
    return sorted(rows.order_by("-filed_at")[:200], key=lambda d: d.state not in WAITING)


def draft_of(actor: Actor, procedure: str) -> Draft | None:
    """Return what this person typed so far for a procedure, or None."""
    return Draft.objects.filter(account_id=actor.account_id or 0, procedure_code=procedure).first()


def drafts_of(actor: Actor) -> list[Draft]:
    """Return this person's drafts, the latest first."""
    return list(Draft.objects.filter(account_id=actor.account_id or 0).order_by("-updated_at"))


@dataclass(frozen=True)
class PublicStatus:
    """What a stranger who knows code and phone may know: no name, no paper, no officer."""

    code: str
    procedure: str
    state: str
    state_label: str
    filed_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    receiving: str
    competent: str
    answer_by: datetime | None
    money_due: bool
    is_late: bool
    extended: bool
    steps: tuple[tuple[str, datetime], ...]


PUBLIC_KINDS = (
    "dossier.filed",
    "dossier.accepted",
    "dossier.received",
    "dossier.supplement_requested",
    "dossier.supplement_answered",
    "dossier.deadline_extended",
    "dossier.result_issued",
    "dossier.result_returned",
    "dossier.withdrawn",
    "dossier.closed_unsupplemented",
    "dossier.intake_refused",
)


def public_status(*, code: str, phone: str, at: datetime) -> PublicStatus | None:
    """Return the status for whoever knows code and phone; None for a wrong pair (two queries).

    A wrong code and a wrong phone give the same answer, so that codes cannot be probed.
    """
    wanted = codes.normal_phone(phone)
    if not codes.PHONE.match(wanted) or not is_keepable(code):
        return None
    return _of_anybody(Q(code=code.strip().upper(), phone=wanted), at)


def public_status_by_paper(*, code: str, owner_id: str, at: datetime) -> PublicStatus | None:
    """Return the status for whoever holds a paper of the dossier: its QR names code and owner.

    A wrong pair gives None, whichever of the two is wrong (three queries).
    """
    if not owner_id.strip() or not is_keepable(code) or not is_keepable(owner_id):
        return None
    owner = party_by_identity(owner_id)
    return _of_anybody(Q(code=code.strip().upper(), owner=owner), at) if owner else None


def public_status_of(*, code: str, at: datetime) -> PublicStatus | None:
    """Return the status of a dossier to whom `public_status` or the paper has let in before."""
    return _of_anybody(Q(code=code), at)


def _of_anybody(condition: Q, at: datetime) -> PublicStatus | None:
    rows = Dossier.objects.select_related("receiving", "competent")
    dossier = rows.filter(condition, is_confidential=False).first()
    return _public(dossier, at) if dossier else None


def _public(dossier: Dossier, at: datetime) -> PublicStatus:
    end = dossier.ended_at or clock.paused_at(dossier.clock) or at
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, at FROM ledger_factrow WHERE stream = %s AND kind = ANY(%s) ORDER BY seq",
            [dossier.stream, list(PUBLIC_KINDS)],
        )
        steps = tuple(
            (kind.removeprefix("dossier."), moment) for kind, moment in cursor.fetchall()
        )
    return PublicStatus(
        code=dossier.code,
        procedure=dossier.procedure_name,
        state=dossier.state,
        state_label=dossier.get_state_display(),
        filed_at=dossier.filed_at,
        due_at=dossier.due_at,
        ended_at=dossier.ended_at,
        returned_at=dossier.returned_at,
        receiving=dossier.receiving.name,
        competent=dossier.competent.name,
        answer_by=dossier.close_on if dossier.state == "wait_supplement" else None,
        money_due=dossier.money == Dossier.Money.DUE,
        is_late=dossier.due_at is not None and end > dossier.due_at,
        extended=dossier.extension_count > 0,
        steps=steps,
    )


def slips_for(actor: Actor) -> list[HandOver]:
    """Return the latest slips from or to this person's agencies."""
    mine = actor.agency_ids()
    return list(
        HandOver.objects.filter(Q(sender_id__in=mine) | Q(receiver_id__in=mine))
        .select_related("sender", "receiver")
        .annotate(count=Count("items"))
        .order_by("-made_at")[:100]
    )


def to_hand_over(actor: Actor) -> "QuerySet[Dossier]":
    """Return accepted dossiers of one's own counter whose papers wait for a slip."""
    mine = actor.agency_ids("receptionist", "centre_lead")
    return (
        visible_to(actor)
        .filter(
            receiving_id__in=mine,
            state__in=("accepted", "in_progress"),
            channel__in=("counter", "post"),
            hand_overs__isnull=True,
        )
        .select_related("competent", "owner")
        .order_by("competent_id", "accepted_at")
    )
