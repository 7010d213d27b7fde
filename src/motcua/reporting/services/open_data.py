"""Publishing the figures of months: as they stand when the month is closed, small numbers protected."""

from datetime import datetime

from motcua.directory.actor import SYSTEM, Actor
from motcua.reporting import rules
from motcua.reporting.models import ClosedPeriod
from motcua.reporting.opendata import tables
from motcua.reporting.queries import open_data
from motcua.reporting.queries.figures import board
from motcua.reporting.refusals import NotOver
from motcua.reporting.rules import Period
from motcua.reporting.services.closing import close_period

MONTHS_BACK = 24


def publish(*, name: str, by: Actor, at: datetime) -> ClosedPeriod:
    """Publish a month ("2026-10") that is over; what is kept is what everybody may read.

    Raises NotOver: the month runs, or there is none of that name. Raises AlreadyClosed.
    Source: 02/2017/TT-VPCP; rule of the house (open data).
    """
    period = rules.named(name, at=at)
    if period is None or period.kind != "month":
        raise NotOver("Tên tháng phải như 2026-10.", field="month")
    using = tables.settings(on=period.first)
    shown, _hidden = tables.protected(open_data.lines_of(period), using)
    lines = tables.as_published(shown)
    figures: dict[str, object] = {
        "lines": [line for line in lines if line["by"] != tables.CROSSED],
        "crossed": [line for line in lines if line["by"] == tables.CROSSED],
        "threshold": using.threshold,
        "licence": using.licence,
    }  # fmt: skip
    return close_period(
        key=f"{open_data.PREFIX}{name}", period=period, figures=figures, by=by, at=at
    )


def publish_due(*, at: datetime) -> list[str]:
    """Publish the months that are over, had dossiers and are not published; returns their names.

    Source: rule of the house (each month on its following first day).
    """
    known = {one.name for one in open_data.published()}
    done = []
    for period in _months_before(at):
        if period.name in known:
            continue
        total = board(period).total
        if total.counts["received"] or total.counts["settled"]:
            publish(name=period.name, by=SYSTEM, at=at)
            done.append(period.name)
    return done


def _months_before(at: datetime) -> list[Period]:
    found, year, month = [], at.year, at.month
    for _back in range(MONTHS_BACK):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        period = rules.named(f"{year}-{month:02d}", at=at)
        if period is not None and not period.is_current:
            found.append(period)
    return found[::-1]
