"""What a head steers by: why open dossiers are late, and how the officers of an agency fare."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from motcua.directory.queries import cards
from motcua.reporting.queries.counts import lifted
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period, classes
from motcua.workflow.queries import BUILT_IN, processes

NOBODY, ELSEWHERE, STEP = "nobody", "elsewhere", "step"


@dataclass(frozen=True)
class Hold:
    """Where late dossiers lie: who has them, at which step, how many, and how late.

    `why`: nobody has taken it up, another agency than the competent one has it, or the step.
    """

    agency: cards.AgencyCard
    step: str
    why: str
    count: int
    oldest: datetime
    median_days: float


def late_at(period: Period, *, scope: Scope, limit: int = 8) -> list[Hold]:
    """Return where the dossiers lie that are overdue now, the most first (one statement).

    Source: 02/2017/TT-VPCP biểu II.06a cột 13.
    """
    until = lifted(period).until
    where, values = scope.condition()
    manner = classes.manner_on(period.last)
    asked: list[Any] = [until, manner.supplements, until, *values, limit]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT turn_agency_id, step_key, assignee_id IS NULL, turn_agency_id <> competent_id, "  # noqa: S608
            "count(*), min(due_at), "
            "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM %s::timestamptz - due_at)) "
            "FROM reporting_standing WHERE accepted_at IS NOT NULL AND ended_at IS NULL "
            "AND turn_agency_id IS NOT NULL AND (supplements >= %s OR CASE WHEN waiting_since IS NULL "
            f"THEN due_at < %s ELSE waiting_since > due_at END) AND {where} "
            "GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 6 LIMIT %s",
            asked,
        )
        rows = cursor.fetchall()
    names = kept("steering:steps", _step_names)
    return [
        Hold(
            cards.card(agency), names.get(step, step), _why(is_free=is_free, is_away=is_away),
            count, oldest or until, max(0.0, (seconds or 0) / timedelta(days=1).total_seconds()),
        )
        for agency, step, is_free, is_away, count, oldest, seconds in rows
    ]  # fmt: skip


def _step_names() -> dict[str, str]:
    """Return the name of each step; what several processes call so has the built-in name."""
    found = {step.key: step.name for one in processes() for step in one.process.steps}
    return found | {step.key: step.name for step in BUILT_IN.process.steps}


def _why(*, is_free: bool, is_away: bool) -> str:
    if is_away:
        return ELSEWHERE
    return NOBODY if is_free else STEP


def median_days_by_officer(period: Period, *, scope: Scope) -> dict[int, tuple[int, float]]:
    """Return, by officer, of how many results the time is known, and its median in days.

    From when the dossier reached the agency to its result, less what it waited for the person.
    Source: rule of the house (half took longer, half less: one case moves it little).
    """
    where, values = scope.condition()
    asked: list[Any] = [period.start, lifted(period).until, *values]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT assignee_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY "  # noqa: S608
            "greatest(0, extract(epoch FROM ended_at - started_at) - waited_all_seconds)) "
            "FROM reporting_standing WHERE accepted_at IS NOT NULL AND ended_at >= %s "
            "AND ended_at < %s AND ending = 'result' AND started_at IS NOT NULL "
            f"AND assignee_id IS NOT NULL AND {where} GROUP BY 1",
            asked,
        )
        day = timedelta(days=1).total_seconds()
        return {
            officer: (count, float(seconds) / day) for officer, count, seconds in cursor.fetchall()
        }
