"""Periods that are over, read before anybody asks for them."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from motcua.reporting.models import Followed
from motcua.reporting.queries import counting, counts
from motcua.reporting.rules import Period, period

_MONTHS, _QUARTERS, _YEARS = 14, 8, 3


def keep_past(*, at: datetime) -> int:
    """Read the months, quarters and years before this moment and keep them; return how many.

    Source: rule of the house (a board about a period that is over answers at once).
    """
    found = _before("month", _MONTHS, at) + _before("quarter", _QUARTERS, at)
    found += _before("year", _YEARS, at)
    new = [one for one in found if not counts.is_kept(one)]
    for one in new:
        _keep(one)
    return len(new)


def _keep(period: Period) -> None:
    """Read a period that is over and keep it; nobody folds a late fact meanwhile."""
    keys = counts.kept_keys()
    columns = ", ".join((*counts.CELL_COLUMNS, "procedure_code", *keys))
    cells = ", ".join((*counts.CELL_COLUMNS, "''", *keys))
    nothing = ", ".join("0" for _ in keys)
    stood = counting.past(period, counts.CELL_COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM reporting_followed FOR SHARE")
        cursor.execute(
            f"INSERT INTO reporting_past (first, until, {columns}) SELECT %s::date, "  # noqa: S608
            f"%s::timestamptz, {cells} FROM ({stood.text}) AS stood ON CONFLICT DO NOTHING",
            [period.first, period.until, *stood.values],
        )
        cursor.execute(  # it is known, even where there was nothing
            f"INSERT INTO reporting_past (first, until, {columns}) "  # noqa: S608
            f"VALUES (%s, %s, 0, 0, '', '', '', {nothing}) ON CONFLICT DO NOTHING",
            [period.first, period.until],
        )


def _before(kind: str, count: int, at: datetime) -> list[Period]:
    found: list[Period] = []
    day = period(kind, at=at).first - timedelta(days=1)
    for _ in range(count):
        one = period(kind, at=at, first=day)
        found.append(one)
        day = one.first - timedelta(days=1)
    return found


def needs_rebuild(*, most: int) -> bool:
    """Tell whether a rebuild was broken off, or so much lies unread that one is quicker.

    Source: rule of the house.
    """
    row = Followed.objects.filter(pk=1).first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_factrow")
        last = int(cursor.fetchone()[0])
    if row is not None and row.is_building:
        return True
    return (row is None or row.upto == 0) and last > most
