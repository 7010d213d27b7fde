"""The public figures: months that were published as they were closed, and what was corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models.fields.json import KeyTransform

from motcua.directory.queries import cards
from motcua.reporting import rules
from motcua.reporting.models import ClosedPeriod
from motcua.reporting.opendata import tables
from motcua.reporting.opendata.tables import Correction, Line, Settings, Shown
from motcua.reporting.queries.figures import cells
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period

PREFIX = "so-lieu:"
CORRECTIONS_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Month:
    """A month as it was published."""

    name: str
    first: date
    closed_at: datetime
    lines: tuple[Mapping[str, Any], ...]
    digest: str

    @property
    def total(self) -> Mapping[str, int | None]:
        """The counts of the province."""
        found = next((line for line in self.lines if line["by"] == tables.TOTAL), None)
        return found["counts"] if found else {}


def published(*, year: str = "") -> list[Month]:
    """Return the published months, the latest first; of one year when it is given.

    Their lines in all, by agency and by field; those by both: `crossed`.
    """
    return _months(year)


def latest() -> Month | None:
    """Return the month published last, None before the first."""
    return next(iter(_months("", most=1)), None)


def _months(name: str, *, most: int | None = None) -> list[Month]:
    rows = ClosedPeriod.objects.filter(key__startswith=f"{PREFIX}{name}").order_by("-first")
    rows = rows.annotate(lines=KeyTransform("lines", "figures")).defer("figures", "counts")
    return [
        Month(
            name=row.key.removeprefix(PREFIX),
            first=row.first,
            closed_at=row.closed_at,
            lines=tuple(row.lines),
            digest=row.digest,
        )
        for row in rows[:most]
    ]


def month(name: str) -> Month | None:
    """Return a published month by its name ("2026-10"), None when it is not published."""
    return next((one for one in published(year=name) if one.name == name), None)


def crossed(name: str) -> list[Mapping[str, Any]]:
    """Return the lines by agency and field of a month as it was published."""
    row = ClosedPeriod.objects.filter(key=f"{PREFIX}{name}").first()
    return list(row.figures.get("crossed", ())) if row else []


def lines_of(period: Period) -> list[Line]:
    """Return the counts of a period: in all, by agency, by field, and by both."""
    using = tables.settings(on=period.first)
    figures = tables.figures_of(using)
    known = {card.id: card for card in cards.all_cards()}
    found = []
    for (competent, field), counts in cells(period).items():
        told = {column.figure: counts[column.figure] for column in using.columns}
        card = known.get(competent)
        if card is not None and any(told.values()):
            found.append(Line(tables.CROSSED, card.code, card.name, told, field))
    return tables.summed(found, figures)


def provisional(*, name: str, at: datetime) -> list[Shown]:
    """Return a month as it stands, protected like a published one; nothing is kept."""
    period = rules.named(name, at=at)
    if period is None:
        return []
    using = tables.settings(on=period.first)
    return kept(
        f"opendata:{name}:{at:%Y%m%d}",
        lambda: tables.protected(lines_of(period), using)[0],
        seconds=CORRECTIONS_SECONDS,
    )


def corrections(found: Month, *, at: datetime) -> list[Correction]:
    """Return what of a published month is counted otherwise now; what was left out stays so.

    Source: rule of the house (a published figure is corrected in the open).
    """
    period = rules.named(found.name, at=at)
    if period is None:
        return []
    using = tables.settings(on=found.first)

    def read() -> list[Correction]:
        lines = lines_of(period)
        as_counted = [Shown(one.by, one.code, one.name, one.counts) for one in lines]
        if not tables.corrections(found.name, found.lines, as_counted):
            return []  # nothing that is shown moved: no need to ask what may be shown
        also = tables.hidden_in([*found.lines, *crossed(found.name)])
        since, _hidden = tables.protected(lines, using, also=also)
        return tables.corrections(found.name, found.lines, since)

    return kept(f"opendata:fix:{found.name}:{found.digest}", read, seconds=CORRECTIONS_SECONDS)


def settings(*, on: date) -> Settings:
    """Return what is published, how protected, under which licence, on a day."""
    return tables.settings(on=on)
