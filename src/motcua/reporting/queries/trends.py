"""How figures moved: by day, by week and agency, by hour; and who holds what is late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from motcua.directory.queries import cards
from motcua.reporting.queries import counting, counts
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import EVERYTHING, Scope
from motcua.reporting.rules import Period, Ratio
from motcua.workflow.queries import BUILT_IN, processes

_BUILT_IN = {step.key: step.name for step in BUILT_IN.process.steps}


@dataclass(frozen=True)
class Day:
    """What was received and settled on one day."""

    day: date
    received: int
    settled: int
    on_time: Ratio
    open: int


def days_of(*, at: datetime, count: int = 30, agency: cards.AgencyCard | None = None) -> list[Day]:
    """Return the last days, oldest first, with how many were in progress at the end of each."""
    return days_between(
        at.date() - timedelta(days=count - 1), at.date(), at=at, scope=Scope(agency=agency)
    )


def days_between(
    first: date,
    last: date,
    *,
    at: datetime,
    scope: Scope,
    known: "dict[date, counts.Counts] | None" = None,
) -> list[Day]:
    """Return the days from one to another, with how many were in progress at the end of each.

    What is in progress now, less what came since, and what went since. `known`: what was received
    and settled on each of them up to now, where that has been read.
    """
    if known is None:
        known = counts.by_day(first, max(last, at.date()), scope=scope)
    still = counts.open_now(scope=scope)
    found: list[Day] = []
    day = max(last, at.date())
    while day >= first:
        of_day = known.get(day, {})
        received, settled = of_day.get("received", 0), of_day.get("settled", 0)
        if day <= last:
            share = Ratio(of_day.get("on_time", 0), settled)
            found.append(Day(day, received, settled, share, still))
        still += settled - received
        day -= timedelta(days=1)
    return found[::-1]


def weeks_by_agency(*, at: datetime, weeks: int = 12) -> dict[int, list[Ratio]]:
    """Return each agency's share on time by week, oldest first (one statement)."""
    monday = at.date() - timedelta(days=at.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT competent_id, date_trunc('week', day)::date, sum(on_time), sum(settled) "
            "FROM reporting_rollup WHERE grain = 'a' AND day BETWEEN %s AND %s "
            "GROUP BY 1, 2 HAVING sum(settled) > 0",
            [first, at.date()],
        )
        rows = cursor.fetchall()
    found: dict[int, dict[date, Ratio]] = defaultdict(dict)
    for agency, week, good, count in rows:
        found[agency][week] = Ratio(good, count)
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    return {
        agency: [known.get(day, Ratio(0, 0)) for day in days] for agency, known in found.items()
    }


def busy_hours(period: Period, *, scope: Scope = EVERYTHING) -> dict[tuple[int, int], int]:
    """Return how many were accepted by weekday (Monday 1) and hour in a period (one statement).

    Whole months are read from their counts (those of a field: in all); the rest dossier by dossier.
    """
    where, values = scope.condition()
    asked: list[Any] = [period.start, period.until]
    hour = (
        "floor(extract(epoch FROM accepted_at) / 3600)::bigint"  # whole hours of our zone as well
    )
    local = f"to_timestamp(3600.0 * hour) AT TIME ZONE {counting.ZONE}"
    text = (
        f"SELECT extract(isodow FROM {local})::int, extract(hour FROM {local})::int, "  # noqa: S608
        f"sum(count)::bigint FROM (SELECT {hour} AS hour, count(*) AS count FROM reporting_standing "
        f"WHERE accepted_at >= %s AND accepted_at < %s AND {where} GROUP BY 1) AS hours GROUP BY 1, 2"
    )
    is_of_field = scope.field and scope == Scope(field=scope.field)
    is_whole = period.kind in ("month", "quarter", "year") and not scope.procedure
    is_whole = is_whole and (is_of_field or not scope.field)
    if is_whole and (counts.is_live(period) or not period.is_current):
        asked = [period.first, period.last]
        grain = "v" if is_of_field else "w" if scope == EVERYTHING else "h"
        weekday, hour = (f"split_part(procedure_code, '-', {n})::int" for n in (1, 2))
        text = (
            f"SELECT {weekday}, {hour}, sum(received)::bigint FROM reporting_rollup "  # noqa: S608
            f"WHERE grain = '{grain}' AND day BETWEEN %s AND %s AND {where} "
            "GROUP BY 1, 2 HAVING sum(received) > 0"
        )
    with connection.cursor() as cursor:
        cursor.execute(text, [*asked, *values])
        return {(weekday, hour): count for weekday, hour, count in cursor.fetchall()}


@dataclass(frozen=True)
class Holder:
    """Who has the step of overdue dossiers."""

    agency: cards.AgencyCard
    step: str
    count: int
    oldest: datetime


def holders(
    period: Period, *, agency: cards.AgencyCard | None = None, limit: int = 8
) -> list[Holder]:
    """Return where overdue dossiers lie, the most first (one statement)."""
    where, values = Scope(agency=agency).condition()
    until = counts.lifted(period).until
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT turn_agency_id, step_key, count(*), min(due_at) FROM reporting_standing "  # noqa: S608
            f"WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND due_at < %s "
            f"AND waiting_since IS NULL AND turn_agency_id IS NOT NULL AND {where} "
            "GROUP BY 1, 2 ORDER BY 3 DESC, 4 LIMIT %s",
            [until, *values, limit],
        )
        rows = cursor.fetchall()
    names = _BUILT_IN
    if any(step not in names for _key, step, _count, _oldest in rows):
        names = kept("figures:steps", _step_names)
    return [
        Holder(cards.card(key), names.get(step, step), count, oldest)
        for key, step, count, oldest in rows
    ]


def _step_names() -> dict[str, str]:
    """Return the name of each step; what several processes call so has the built-in name."""
    found = {step.key: step.name for version in processes() for step in version.process.steps}
    return found | _BUILT_IN
