"""The index as pages and commands read it: of a day, over the days, and proved once more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from motcua.directory.queries import cards
from motcua.reporting.index766 import measuring, rules
from motcua.reporting.index766.rules import Measured, Score
from motcua.reporting.models_index import IndexDay

History = list[tuple[date, Decimal | None]]


@dataclass(frozen=True)
class Row:
    """One agency in the order of the index."""

    card: cards.AgencyCard
    score: Score
    history: History


def measured_on(day: date) -> Mapping[str, Mapping[str, Measured]]:
    """Return every component by agency: as it was kept that day, else as it stands now."""
    rows = IndexDay.objects.filter(day=day).values_list("scope", "measured")
    found = {scope: {key: Measured(*told) for key, told in of.items()} for scope, of in rows}
    return found or measuring.measured(day)


def score_of(scope: str, *, day: date) -> Score:
    """Return the index of an agency's code, or of the province ("tinh"), on a day."""
    return rules.score(edition=rules.edition(on=day), measured=measured_on(day).get(scope, {}))


def group_of(card: cards.AgencyCard) -> str:
    """Return with whom an agency is compared: province, commune or sector."""
    if card.kind == "sector":
        return "sector"
    return "commune" if card.level == "commune" else "province"


def ranking(group: str, *, day: date, days: int = 30) -> list[Row]:
    """Return the agencies that are compared with one another, the best first; without data last."""
    found, edition = measured_on(day), rules.edition(on=day)
    chosen = [card for card in measuring.agencies() if group_of(card) == group]
    told = history([card.code for card in chosen], until=day, days=days)
    rows = [
        Row(
            card,
            rules.score(edition=edition, measured=found.get(card.code, {})),
            told.get(card.code, []),
        )
        for card in chosen
    ]
    return sorted(rows, key=_best_first)


def _best_first(row: Row) -> tuple[bool, bool, Decimal, str]:
    """Put those that had dossiers first: a score of the catalogue alone is no rank."""
    points = row.score.on_hundred
    return not has_dossiers(row.score), points is None, -(points or Decimal(0)), row.card.name


def has_dossiers(score: Score) -> bool:
    """Tell whether any component that counts dossiers has data."""
    return any(
        line.points is not None and line.component.unit == "dossier" for line in score.lines
    )


def history(scopes: Iterable[str], *, until: date, days: int = 30) -> dict[str, History]:
    """Return the kept points of the last days by agency, oldest first (one query)."""
    first = until - timedelta(days=days - 1)
    rows = IndexDay.objects.filter(scope__in=list(scopes), day__gte=first, day__lte=until)
    found: defaultdict[str, History] = defaultdict(list)
    for scope, day, points in rows.order_by("day").values_list("scope", "day", "on_hundred"):
        found[scope].append((day, points))
    return dict(found)


@dataclass(frozen=True)
class Difference:
    """A component of a kept day that is counted otherwise today."""

    scope: str
    component: str
    kept: tuple[int, int]
    counted: tuple[int, int]


def differences(day: date, *, scope: str = "") -> list[Difference]:
    """Count a kept day once more and return where it differs; nothing when the day is not kept.

    Source: design §6 (a figure shown is recomputable).
    """
    kept = IndexDay.objects.filter(day=day)
    rows = kept.filter(scope=scope) if scope else kept
    counted = measuring.measure(day)
    found = []
    for name, measured in rows.order_by("scope").values_list("scope", "measured"):
        for key, told in sorted(measured.items()):
            again = counted.get(name, {}).get(key, Measured())
            pair = (again.numerator, again.denominator)
            if (told[0], told[1]) != pair:
                found.append(Difference(name, key, (told[0], told[1]), pair))
    return found


def is_kept(day: date) -> bool:
    """Tell whether the index of a day was kept."""
    return IndexDay.objects.filter(day=day).exists()
