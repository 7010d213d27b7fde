"""The figures of a period, by agency and by field, kept for some seconds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from motcua.directory.models import Account
from motcua.directory.queries import cards
from motcua.reporting import rules
from motcua.reporting.definitions import BY_KEY
from motcua.reporting.queries import counts as counted
from motcua.reporting.queries import special
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import EVERYTHING, Scope
from motcua.reporting.rules import Period, Ratio, measures

COLUMN_OF = {
    "agency": "competent_id",
    "centre": "receiving_id",
    "field": "field",
    "level": "competent_id",
    "place": "competent_id",
    "procedure": "procedure_code",
    "officer": "officer_id",
    "channel": "channel",
}


@dataclass(frozen=True)
class Figures:
    """The counts of one agency, one field, or the whole."""

    key: str
    name: str
    counts: dict[str, int]

    def value(self, key: str) -> "Ratio | int":
        """Return an indicator of these counts: a number, or a ratio."""
        return value_of(key, self.counts)

    @property
    def on_time(self) -> Ratio:
        """On time among those that were settled."""
        return Ratio(self.counts["on_time"], self.counts["settled"])

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


def value_of(key: str, counts: Mapping[str, int]) -> Ratio | int:
    """Return an indicator of counts: a number, or a ratio of two.

    Raises KeyError: no indicator has that name.
    """
    one = BY_KEY[key]
    return Ratio(counts[one.of[0]], counts[one.of[1]]) if one.of else counts[key]


def value(key: str, period: Period, scope: Scope = EVERYTHING) -> Ratio | int:
    """Return one indicator of a period. Raises KeyError: no indicator has that name."""
    if key in special.READ:
        return special.READ[key](period, scope)
    return value_of(key, total(period, scope=scope).counts)


def total(period: Period, *, scope: Scope = EVERYTHING) -> Figures:
    """Return all counts of a period in one sum."""
    if scope == Scope(agency=scope.agency):
        return board(period, agency=scope.agency).total
    name = f"total:{counted.name_of(period)}:{scope.key}"
    return kept(name, lambda: Figures("", "", counted.total_of(period, scope=scope)))


def table(
    keys: Sequence[str], period: Period, *, by: str = "agency", scope: Scope = EVERYTHING
) -> list[Figures]:
    """Return the figures of a period by groups, the busiest first; each row gives all indicators.

    `by`: agency, centre, field, level, place, procedure, officer or channel.
    Raises KeyError: no indicator has one of the names, or nothing is grouped so.
    """
    for key in keys:
        BY_KEY[key]
    name = f"table:{counted.name_of(period)}:{by}:{scope.key}"
    return kept(name, lambda: _table(period, by, scope))


def _table(period: Period, by: str, scope: Scope) -> list[Figures]:
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    rows = _grouped(period, COLUMN_OF[by], scope)
    labels = _officers(rows) if by == "officer" else {}
    for (group,), counts in rows.items():
        key, label = labels.get(group, ("", "")) if by == "officer" else _label(by, group)
        names[key] = label
        found[key] = _plus(found[key], counts) if key in found else counts
    return sorted((Figures(key, names[key], counts) for key, counts in found.items()), key=_size)


def _card(agency_id: int) -> cards.AgencyCard | None:
    """Return the card of an agency; None for what a fact named and no directory knows."""
    try:
        return cards.card(agency_id)
    except KeyError:
        return None


def _grouped(period: Period, column: str, scope: Scope) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return the counts by one column; from what the board reads, where that has it."""
    place = {"competent_id": 0, "field": 1}.get(column)
    if place is None or scope != Scope(agency=scope.agency):
        return counted.counts_of(period, by=(column,), scope=scope)
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for group, counts in cells(period, agency=scope.agency).items():
        key = (group[place],)
        found[key] = _plus(found[key], counts) if key in found else counts
    return found


def _label(by: str, group: object) -> tuple[str, str]:
    if by in ("agency", "centre", "level", "place") and isinstance(group, int):
        card = _card(group)
        if card is None:
            return "", ""
        if by == "level":
            return card.level, card.level
        if by == "place":
            return card.place_code, cards.place_name(card.place_code) if card.place_code else ""
        return card.code, card.name
    return str(group or ""), str(group or "")


def _officers(rows: Iterable[tuple[Any, ...]]) -> dict[object, tuple[str, str]]:
    keys = [group[0] for group in rows if group[0] is not None]
    names = Account.objects.filter(pk__in=keys).values_list("pk", "name")
    return {key: (str(key), name) for key, name in names}


def _plus(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one[key] + other[key] for key in one}


def series(
    key: str,
    *,
    by: str = "day",
    first: date,
    last: date,
    at: datetime | None = None,
    scope: Scope = EVERYTHING,
) -> list[tuple[date, Ratio | int]]:
    """Return an indicator by day, week or month, oldest first; a point is named by its first day.

    What is counted at the end of a period is counted as it stood at the end of each point.
    """
    moment = at or timezone.localtime()
    points = _points(first, last, by)
    name = f"series:{key}:{by}:{first}:{last}:{moment.timestamp() // 30:.0f}:{scope.key}"
    return kept(name, lambda: _series(key, points, moment, scope))


def _points(first: date, last: date, by: str) -> list[tuple[date, date]]:
    found, day = [], first
    while day <= last:
        if by == "month":
            end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        else:
            end = day + timedelta(days=6 - day.weekday()) if by == "week" else day
        found.append((day, min(end, last)))
        day = end + timedelta(days=1)
    return found


def _series(
    key: str, points: Sequence[tuple[date, date]], at: datetime, scope: Scope
) -> list[tuple[date, Ratio | int]]:
    one = BY_KEY[key]
    wanted = set(one.of or (key,)) | {"received"}
    if wanted <= {*measures.FLOWS, "taken_in"}:
        days = counted.by_day(points[0][0], points[-1][1], scope=scope)
        return [(begin, value_of(key, _summed(days, begin, end))) for begin, end in points]
    return [
        (begin, value_of(key, counted.total_of(_between(begin, end, at), scope=scope)))
        for begin, end in points
        if begin <= at.date()
    ]


def _summed(days: Mapping[date, Mapping[str, int]], begin: date, end: date) -> dict[str, int]:
    found = counted.blank()
    day = begin
    while day <= end:
        for name, count in days.get(day, {}).items():
            found[name] += count
        day += timedelta(days=1)
    return found | {"taken_in": found["received"]}


def _between(begin: date, end: date, at: datetime) -> Period:
    return rules.period("custom", at=at, first=begin, last=end)


def scope_of(agency: cards.AgencyCard | None) -> Scope:
    """Return an agency as a scope: a centre counts what it receives, others what they settle."""
    return Scope(agency=agency)


def board(period: Period, *, agency: cards.AgencyCard | None = None) -> Board:
    """Return the figures of a period, of one agency when it is given."""
    where = agency.id if agency else 0
    return kept(f"board:{counted.name_of(period)}:{where}", lambda: _read(period, agency))


def cells(
    period: Period, *, agency: cards.AgencyCard | None = None
) -> dict[tuple[int, str], dict[str, int]]:
    """Return the counts of a period by competent agency and field: what most of a board is made of."""
    name = f"cells:{counted.name_of(period)}:{agency.id if agency else 0}"
    by = ("competent_id", "field")
    return kept(name, lambda: counted.counts_of(period, by=by, scope=Scope(agency=agency)))


def _read(period: Period, agency: cards.AgencyCard | None) -> Board:
    rows = cells(period, agency=agency)
    by_agency: dict[int, dict[str, int]] = {}
    by_field: dict[str, dict[str, int]] = {}
    whole = counted.blank()
    for (competent, its_field), counts in rows.items():
        of_agency = by_agency.get(competent) or by_agency.setdefault(competent, counted.blank())
        of_field = by_field.get(its_field) or by_field.setdefault(its_field, counted.blank())
        for key, count in counts.items():
            if count:
                of_agency[key] += count
                of_field[key] += count
    for of_agency in by_agency.values():
        for key, count in of_agency.items():
            whole[key] += count
    named = [(_card(key), counts) for key, counts in by_agency.items()]
    agencies = [Figures(card.code, card.name, counts) for card, counts in named if card]
    fields = [Figures(key, key, counts) for key, counts in by_field.items()]
    total = Figures("", "", whole)
    return Board(period, total, sorted(agencies, key=_size), sorted(fields, key=_size))


def _size(figures: Figures) -> tuple[int, str]:
    return -figures.whole, figures.name
