"""The figures of a period, by agency and by field: one statement, kept for some seconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Count, Q, Value

from motcua.directory.queries import cards
from motcua.reporting import rules
from motcua.reporting.queries.conditions import base, conditions
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period, Ratio

K = TypeVar("K")


@dataclass(frozen=True)
class Figures:
    """The counts of one agency, one field, or the whole."""

    key: str
    name: str
    counts: dict[str, int]

    @property
    def on_time(self) -> Ratio:
        """On time among those that got a result."""
        decided = self.counts["on_time"] + self.counts["late"]
        return Ratio(self.counts["on_time"], decided)

    @property
    def supplemented(self) -> Ratio:
        """Asked to supplement among those received."""
        return Ratio(self.counts["supplemented"], self.counts["received"])

    @property
    def online(self) -> Ratio:
        """Filed online among those received."""
        return Ratio(self.counts["online"], self.counts["received"])

    @property
    def whole(self) -> int:
        """Received in the period and carried over into it."""
        return self.counts["received"] + self.counts["carried"]

    @property
    def balances(self) -> bool:
        """Tell whether the identities hold."""
        return rules.balances(self.counts)


@dataclass(frozen=True)
class Board:
    """All figures of a period; `agencies` and `fields` have the busiest first."""

    period: Period
    total: Figures
    agencies: list[Figures] = field(default_factory=list)
    fields: list[Figures] = field(default_factory=list)


def scope_of(agency: cards.AgencyCard | None) -> Q:
    """Return the condition of an agency: a centre counts what it receives, others what they settle."""
    if agency is None:
        return Q()
    if agency.kind in ("centre", "support_point"):
        return Q(receiving_id=agency.id)
    return Q(competent_id=agency.id)


def board(period: Period, *, agency: cards.AgencyCard | None = None) -> Board:
    """Return the figures of a period, of one agency when it is given (one statement)."""
    where = agency.id if agency else 0
    name = f"board:{period.start.timestamp()}:{period.until.timestamp()}:{where}"
    return kept(name, lambda: _read(period, agency))


def _read(period: Period, agency: cards.AgencyCard | None) -> Board:
    wanted = conditions(period)
    counted = [Count(Value(1), filter=condition) for condition in wanted.values()]
    rows = list(
        base(period)
        .filter(scope_of(agency))
        .order_by()
        .values_list("competent_id", "field")
        .annotate(**dict(zip((f"n_{key}" for key in wanted), counted, strict=True)))
    )
    by_agency = _grouped([(row[0], row[2:]) for row in rows], list(wanted))
    by_field = _grouped([(row[1], row[2:]) for row in rows], list(wanted))
    agencies = [
        Figures(cards.card(key).code, cards.card(key).name, counts)
        for key, counts in by_agency.items()
    ]
    fields = [Figures(key, key, counts) for key, counts in by_field.items()]
    total = Figures("", "", _sum(by_agency.values(), list(wanted)))
    return Board(period, total, sorted(agencies, key=_size), sorted(fields, key=_size))


def _size(figures: Figures) -> tuple[int, str]:
    return -figures.whole, figures.name


def _grouped(rows: list[tuple[K, Sequence[int]]], keys: list[str]) -> dict[K, dict[str, int]]:
    found: dict[K, dict[str, int]] = {}
    for group, numbers in rows:
        counts = found.setdefault(group, dict.fromkeys(keys, 0))
        for key, number in zip(keys, numbers, strict=True):
            counts[key] += number
    return found


def _sum(many: Iterable[dict[str, int]], keys: list[str]) -> dict[str, int]:
    total = dict.fromkeys(keys, 0)
    for counts in many:
        for key in keys:
            total[key] += counts[key]
    return total
