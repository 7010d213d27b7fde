"""What a head steers by: why open dossiers are late, and how the officers of an agency fare."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from motcua.directory.queries import cards
from motcua.reporting.queries.behind import WHY
from motcua.reporting.queries.counts import lifted
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period, classes
from motcua.workflow.queries import BUILT_IN, processes


@dataclass(frozen=True)
class Hold:
    """Why dossiers are late: the step they lie at, how many, by how much, and who has most of them.

    `why`: nobody has taken it up, another agency than the competent one has it, or the step.
    """

    step_key: str
    step: str
    why: str
    count: int
    median_days: float
    agency: cards.AgencyCard
    agency_count: int


def late_at(period: Period, *, scope: Scope, limit: int = 6) -> list[Hold]:
    """Return why dossiers are overdue now, the most frequent first (one statement).

    Source: 02/2017/TT-VPCP biểu II.06a cột 13.
    """
    until = lifted(period).until
    where, values = scope.condition()
    manner = classes.manner_on(period.last)
    open_now = "accepted_at IS NOT NULL AND ended_at IS NULL AND turn_agency_id IS NOT NULL"
    columns = f"turn_agency_id, step_key, due_at, {WHY} AS why"
    asked: list[Any] = [until, until, manner.supplements, *values, manner.supplements, *values]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT turn_agency_id, step_key, why, count(*), percentile_cont(0.5) WITHIN GROUP "  # noqa: S608
            "(ORDER BY extract(epoch FROM %s::timestamptz - due_at)), "
            "GROUPING(turn_agency_id) AS is_sum "
            f"FROM (SELECT {columns} FROM reporting_standing WHERE {open_now} AND due_at < %s "
            "AND (waiting_since IS NULL OR waiting_since > due_at) AND supplements < %s "
            f"AND {where} UNION ALL SELECT {columns} FROM reporting_standing "
            f"WHERE {open_now} AND supplements >= %s AND {where}) AS late "
            "GROUP BY GROUPING SETS ((step_key, why), (turn_agency_id, step_key, why)) "
            "ORDER BY is_sum DESC, 4 DESC, 1",
            asked,
        )
        rows = cursor.fetchall()
    return _held(rows)[:limit]


def _held(rows: list[tuple[Any, ...]]) -> list[Hold]:
    """Put the agency that has most beside each cause; rows come with the most first."""
    most: dict[tuple[str, str], tuple[int, int]] = {}
    for agency, step, why, count, _seconds, is_sum in rows:
        if not is_sum:
            most.setdefault((step, why), (agency, count))
    names = kept("steering:steps", _step_names)
    return [
        Hold(
            step, names.get(step, step), why, count,
            max(0.0, float(seconds or 0) / timedelta(days=1).total_seconds()),
            cards.card(most[step, why][0]), most[step, why][1],
        )
        for _agency, step, why, count, seconds, is_sum in rows
        if is_sum
    ]  # fmt: skip


def _step_names() -> dict[str, str]:
    """Return the name of each step; what several processes call so has the built-in name."""
    found = {step.key: step.name for one in processes() for step in one.process.steps}
    return found | {step.key: step.name for step in BUILT_IN.process.steps}


def median_days_by_officer(period: Period, *, scope: Scope) -> dict[int, tuple[int, float]]:
    """Return, by officer, of how many results the time is known, and its median in days.

    From when the dossier reached the agency to its result, less what it waited for the person.
    Source: rule of the house (half took longer, half less: one case moves it little).
    """
    where, values = scope.condition()
    asked: list[Any] = [period.start, lifted(period).until, *values]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT officer_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY "  # noqa: S608
            "greatest(0, extract(epoch FROM ended_at - started_at) - waited_all_seconds)) "
            "FROM reporting_standing WHERE accepted_at IS NOT NULL AND ended_at >= %s "
            "AND ended_at < %s AND ending = 'result' AND started_at IS NOT NULL "
            f"AND officer_id IS NOT NULL AND {where} GROUP BY 1",
            asked,
        )
        day = timedelta(days=1).total_seconds()
        return {
            officer: (count, float(seconds) / day) for officer, count, seconds in cursor.fetchall()
        }
