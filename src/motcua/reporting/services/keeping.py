"""Periods that are over, read before anybody asks for them."""

from datetime import datetime, timedelta

from django.db import connection

from motcua.reporting.models import Followed
from motcua.reporting.queries import counts
from motcua.reporting.rules import Period, period

_MONTHS, _QUARTERS, _YEARS = 14, 8, 3


def keep_past(*, at: datetime) -> int:
    """Read the months, quarters and years before this moment and keep them; return how many.

    Source: rule of the house (a board about a period that is over answers at once).
    """
    found = _before("month", _MONTHS, at) + _before("quarter", _QUARTERS, at)
    found += _before("year", _YEARS, at)
    for one in found:
        counts.total_of(one)
    return len(found)


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
