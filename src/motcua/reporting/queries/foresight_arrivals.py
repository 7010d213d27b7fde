"""How many came on each day, by centre, agency, procedure and field: what the forecast is made of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db import connection

from motcua.directory.queries import cards
from motcua.kernel.worktime import VIETNAM

KINDS = ("centre", "agency", "field", "procedure")
OTHERS = "-"
_COUNTED = """
SELECT (accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, receiving_id, competent_id, field,
       procedure_code, count(*)
FROM reporting_standing WHERE accepted_at >= %s AND accepted_at < %s
GROUP BY 1, 2, 3, 4, 5
"""
_NAMES = "SELECT code, name FROM catalog_procedure WHERE code = ANY(%s)"


@dataclass(frozen=True)
class Series:
    """The numbers of one centre, agency, field or procedure, a day each; kind "": the province."""

    kind: str
    key: str
    name: str
    counts: np.ndarray


def first_day() -> date | None:
    """Return the day of the first dossier that was accepted, None before there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(accepted_at) FROM reporting_standing")
        found: datetime | None = cursor.fetchone()[0]
    return found.astimezone(VIETNAM).date() if found else None


def arrivals(*, first: date, last: date, least_per_week: float) -> list[Series]:
    """Return the series from a first to a last day: the province, then each kind, the largest first.

    What has fewer a week than asked for is put together as the others of its kind.
    """
    days = (last - first).days + 1
    known: dict[tuple[str, str], np.ndarray] = {("", ""): np.zeros(days, dtype=np.int64)}
    for day, receiving, competent, field, procedure, count in _rows(first, last):
        keys = (("", ""), ("centre", str(receiving)), ("agency", str(competent)),
                ("field", field), ("procedure", procedure))  # fmt: skip
        for key in keys:
            known.setdefault(key, np.zeros(days, dtype=np.int64))[(day - first).days] += count
    return _named(_gathered(known, least_per_week * days / 7))


def _rows(first: date, last: date) -> list[tuple[date, int, int, str, str, int]]:
    begin = datetime.combine(first, time.min, VIETNAM)
    end = datetime.combine(last + timedelta(days=1), time.min, VIETNAM)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [begin, end])
        return list(cursor.fetchall())


def _gathered(
    known: dict[tuple[str, str], np.ndarray], least: float
) -> dict[tuple[str, str], np.ndarray]:
    found: dict[tuple[str, str], np.ndarray] = {}
    for (kind, key), counts in sorted(known.items(), key=lambda one: (one[0][0], -one[1].sum())):
        place = (kind, key) if not kind or counts.sum() >= least else (kind, OTHERS)
        found[place] = found[place] + counts if place in found else counts
    return found


def _named(known: dict[tuple[str, str], np.ndarray]) -> list[Series]:
    codes = [key for kind, key in known if kind == "procedure"]
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [codes])
        names = dict(cursor.fetchall())
    found = []
    for (kind, key), counts in known.items():
        name, shown = names.get(key, key), key
        if kind in ("centre", "agency") and key != OTHERS:
            card = cards.card(int(key))
            name, shown = card.name, card.code
        found.append(Series(kind, shown, "" if key in (OTHERS, "") else name, counts))
    return found
