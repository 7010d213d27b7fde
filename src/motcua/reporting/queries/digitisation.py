"""The four figures of digitisation (766/QĐ-TTg, 4.1 to 4.4), counted on the facts of each dossier."""

from dataclasses import dataclass

from django.db.models import (
    CharField,
    Count,
    Exists,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat

from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.ledger.models import FactRow
from motcua.reporting.definitions import DIGITISATION
from motcua.reporting.queries.conditions import ENDED, base
from motcua.reporting.queries.figures import scope_of
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period, Ratio

STAMPED = "dossier.result_stamped"
SCANNED = "dossier.papers_digitised"
FROM_STORE = "dossier.paper_from_store"


@dataclass(frozen=True)
class Share:
    """One of the four figures: its key, and what it is made of by the keys of its counts."""

    key: str
    ratio: Ratio
    numerator: str
    denominator: str


def shares(period: Period, *, agency: cards.AgencyCard | None = None) -> list[Share]:
    """Return the four figures of a period, of one agency when it is given (one statement).

    Source: 766/QĐ-TTg nhóm số hóa hồ sơ.
    """
    where = agency.id if agency else 0
    name = f"digitisation:{period.start.timestamp()}:{period.until.timestamp()}:{where}"
    counts = kept(name, lambda: _counted(period, agency))
    return [
        Share(one.key, Ratio(counts[one.of[0]], counts[one.of[1]]), *one.of)
        for one in DIGITISATION
        if one.of
    ]


def _counted(period: Period, agency: cards.AgencyCard | None) -> dict[str, int]:
    wanted = conditions(period)
    marked = _marked(base(period).filter(scope_of(agency)), period)
    found = marked.order_by().aggregate(
        **{f"n_{key}": Count("pk", filter=condition) for key, condition in wanted.items()}
    )
    return {key: found[f"n_{key}"] for key in wanted}


def listed(figure: str, period: Period) -> "QuerySet[Dossier]":
    """Return the dossiers that one of the counts is made of, whoever may read them.

    Raises KeyError: no count has that name.
    """
    return _marked(base(period), period).filter(conditions(period)[figure])


def conditions(period: Period) -> dict[str, Q]:
    """Return the condition of every count, to be used on what `_marked` marked."""
    received = Q(accepted_at__gte=period.start)
    decided = Q(ended_at__lt=period.until) & ~Q(state__in=ENDED)
    electronic = Q(channel="online") | Q(was_scanned=True) | Q(was_reused=True)
    return {
        "resolved": decided,
        "e_result": decided & Q(was_stamped=True),
        "e_whole": decided & Q(was_stamped=True) & electronic,
        "taken_in": received,
        "digitised": received & electronic,
        "reused": received & Q(was_reused=True),
        "from_store": received & Q(was_replaced=True),
    }


def _marked(rows: "QuerySet[Dossier]", period: Period) -> "QuerySet[Dossier]":
    """Annotate what the facts before the end of the period say of each dossier."""
    stream = Concat(Value("dossier:"), Cast(OuterRef("pk"), CharField()))
    facts = FactRow.objects.filter(stream=stream, at__lt=period.until)
    reused = facts.filter(kind=FROM_STORE)
    told = reused.annotate(data=Cast("body", JSONField())).annotate(whole=KT("data__replaces"))
    return rows.annotate(
        was_stamped=Exists(facts.filter(kind=STAMPED)),
        was_scanned=Exists(facts.filter(kind=SCANNED)),
        was_reused=Exists(reused),
        was_replaced=Exists(told.filter(whole="true")),
    )
