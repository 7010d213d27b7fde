"""Each figure as a condition on dossiers: counted by it, and listed by the same one."""

from datetime import datetime, timedelta

from django.db.models import (
    CharField,
    DateTimeField,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, TruncDay

from motcua.dossiers.models import Dossier
from motcua.ledger.models import FactRow
from motcua.reporting.rules import Period

WAITING = ("wait_supplement", "wait_finance")
ENDED = ("withdrawn", "stopped")
_ASKED = ("dossier.supplement_requested", "dossier.payment_required")
_ANSWERED = ("dossier.supplement_answered", "dossier.payment_confirmed")
_DATED = (
    "dossier.accepted",
    "dossier.received",
    "dossier.supplement_answered",
    "dossier.deadline_extended",
    "dossier.deadline_recomputed",
    "dossier.payment_confirmed",
)


class End(Func):
    """When a dossier ended, for ever when it has not: what the index `reporting_period` begins with."""

    template = "coalesce(%(expressions)s, 'infinity'::timestamptz)"
    output_field = DateTimeField()


def alive_since(moment: datetime) -> "QuerySet[Dossier]":
    """Return the accepted dossiers that had not ended before a moment, by way of the index."""
    accepted = Dossier.objects.filter(accepted_at__isnull=False)
    return accepted.alias(end=End(F("ended_at"))).filter(end__gte=moment)


def base(period: Period) -> "QuerySet[Dossier]":
    """Return what a period is about: accepted before its end, not settled before its start.

    For a period that is over, `due_then` and `last_asked` say how a dossier stood at its end.
    """
    found = alive_since(period.start).filter(accepted_at__lt=period.until)
    return found if period.is_current else _as_it_stood(found, period)


def _as_it_stood(found: "QuerySet[Dossier]", period: Period) -> "QuerySet[Dossier]":
    """Annotate how an open dossier stood at the end of a past period, from its facts."""
    stream = Concat(Value("dossier:"), Cast(OuterRef("pk"), CharField()))
    facts = FactRow.objects.filter(stream=stream, at__lt=period.until).order_by("-seq")
    dated = facts.filter(kind__in=_DATED).annotate(data=Cast("body", JSONField()))
    return found.annotate(
        due_then=Cast(
            Subquery(dated.annotate(due=KT("data__due_at")).values("due")[:1]), DateTimeField()
        ),
        last_asked=Subquery(facts.filter(kind__in=_ASKED + _ANSWERED).values("kind")[:1]),
    )


def conditions(period: Period) -> dict[str, Q]:
    """Return every figure's condition, to be used within `base(period)`."""
    settled = Q(ended_at__lt=period.until)
    decided = settled & ~Q(state__in=ENDED)
    still = Q(ended_at__isnull=True) | Q(ended_at__gte=period.until)
    late = Q(due_at__isnull=False, ended_at__gt=F("due_at"))
    due = "due_at" if period.is_current else "due_then"
    waiting = still & (Q(state__in=WAITING) if period.is_current else Q(last_asked__in=_ASKED))
    working = still & ~waiting if period.is_current else still & _not_asked()
    received = Q(accepted_at__gte=period.start)
    found = {
        "received": received,
        "online": received & Q(channel="online"),
        "carried": Q(accepted_at__lt=period.start),
        "settled": settled,
        "on_time": decided & (Q(due_at__isnull=True) | Q(ended_at__lte=F("due_at"))),
        "early": decided & Q(due_at__isnull=False, ended_at__lt=TruncDay("due_at")),
        "late": decided & late,
        "ended": settled & Q(state__in=ENDED),
        "open": still,
        "waiting": waiting,
        "overdue": working & Q(**{f"{due}__lt": period.until}),
        "in_time": working & (Q(**{f"{due}__isnull": True}) | Q(**{f"{due}__gte": period.until})),
        "supplemented": received & Q(supplement_count__gt=0),
    }
    return found | _ages(working, due, period)


def _not_asked() -> Q:
    return Q(last_asked__isnull=True) | ~Q(last_asked__in=_ASKED)


def _ages(working: Q, due: str, period: Period) -> dict[str, Q]:
    at = period.until

    def between(low: int | None, high: int | None) -> Q:
        limits = {}
        if low is not None:
            limits[f"{due}__gte"] = at + timedelta(days=low)
        if high is not None:
            limits[f"{due}__lt"] = at + timedelta(days=high)
        return working & Q(**limits)

    return {
        "far": between(5, None),
        "near": between(2, 5),
        "soon": between(0, 2),
        "over": between(-10, 0),
        "far_over": between(None, -10),
        "unlimited": working & Q(**{f"{due}__isnull": True}),
    }
