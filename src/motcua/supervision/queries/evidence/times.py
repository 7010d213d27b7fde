"""S5, S6, S8, S9 and S12: nothing done, dates moved, results and filings that wait, papers late."""

from collections.abc import Iterator
from datetime import datetime

from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.rules import guards
from motcua.kernel.worktime import WorkCalendar
from motcua.supervision.queries.evidence.finding import Finding, Span, account_of, rows_of
from motcua.supervision.rules import signals
from motcua.supervision.rules.signals import Numbers

# From an act that leaves the dossier with an officer to the next act of anybody; what time itself
# writes is no act. Wall time is compared first, so that few rows are counted in working time.
_IDLE = """
WITH acts AS (
    SELECT f.stream, f.seq, f.kind, f.at,
           lead(f.at) OVER (PARTITION BY f.stream ORDER BY f.seq) AS next_at
    FROM ledger_factrow f
    WHERE f.kind LIKE 'dossier.%%' AND f.kind NOT IN ('dossier.overdue',
        'dossier.deadline_recomputed', 'dossier.officer_notified', 'dossier.opinion_silent',
        'dossier.handed_over', 'dossier.taken_over')
)
SELECT a.stream, a.seq, a.at, least(a.next_at, %(until)s), d.code, d.competent_id,
       d.calendar_key, d.started_at, d.due_at
FROM acts a JOIN dossiers_dossier d ON d.id = split_part(a.stream, ':', 2)::bigint
WHERE a.kind IN ('dossier.accepted', 'dossier.received', 'dossier.supplement_answered',
        'dossier.assigned', 'dossier.step_done', 'dossier.step_sent_back',
        'dossier.payment_confirmed')
  AND least(a.next_at, %(until)s) >= %(since)s AND a.at < %(until)s
  AND d.started_at IS NOT NULL AND d.due_at > d.started_at
  AND (a.next_at IS NOT NULL OR d.ended_at IS NULL)
  AND least(a.next_at, %(until)s) - a.at > interval '1 day'
  AND least(a.next_at, %(until)s) > d.due_at
  AND least(a.next_at, %(until)s) - a.at > 0.3 * (d.due_at - d.started_at)
"""
_UNASSIGNED = """
SELECT t.id, t.opened_at, d.code, d.competent_id, d.calendar_key
FROM dossiers_dossier d JOIN workflow_task t ON t.id = d.task_id
WHERE t.closed_at IS NULL AND t.assignee_id IS NULL AND t.assignment IN ('head', 'load')
  AND t.paused_at IS NULL AND t.opened_at < %(until)s - interval '1 day' AND d.ended_at IS NULL
"""


def lying_still(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the dossiers that nobody was given, or in which nothing was done for too long (S5)."""
    table = numbers.of("S5")
    window = {"since": span.since, "until": span.until}
    for stream, seq, at, next_at, code, agency, key, started_at, due_at in rows_of(_IDLE, window):
        calendar = calendar_for(key)
        idle = signals.Idle(
            minutes=calendar.working_minutes_between(at, next_at),
            whole_minutes=calendar.working_minutes_between(started_at, due_at),
            used_minutes=calendar.working_minutes_between(started_at, next_at),
            day_minutes=calendar.day_minutes,
        )
        if reason := signals.idle_reason(idle, table):
            yield _of_agency("S5", agency, f"{stream}#{seq}", next_at, reason, code, idle.minutes)
    for task, at, code, agency, key in rows_of(_UNASSIGNED, {"until": span.until}):
        calendar = calendar_for(key)
        minutes = calendar.working_minutes_between(at, span.until)
        idle = signals.Idle(minutes, 0, 0, calendar.day_minutes, is_unassigned=True)
        if reason := signals.idle_reason(idle, table):
            yield _of_agency("S5", agency, f"task:{task}", span.until, reason, code, minutes)


def _of_agency(
    kind: str, agency: int, key: str, at: datetime, reason: str, code: str, minutes: int
) -> Finding:
    return Finding(
        kind=kind, about="agency", agency_id=agency, key=key, at=at, reason=reason, codes=(code,),
        numbers={"minutes": minutes},
    )  # fmt: skip


_EXTENDED = """
WITH moved AS (
    SELECT f.stream, f.seq, f.at, f.actor, f.body::jsonb->>'due_before' AS due_before,
           row_number() OVER (PARTITION BY f.stream ORDER BY f.seq) AS number
    FROM ledger_factrow f WHERE f.kind = 'dossier.deadline_extended'
)
SELECT m.stream, m.seq, m.at, m.actor, m.number, m.due_before, 0.0, 0.0, d.code, d.competent_id
FROM moved m JOIN dossiers_dossier d ON d.id = split_part(m.stream, ':', 2)::bigint
WHERE m.at >= %(since)s AND m.at < %(until)s
UNION ALL
SELECT f.stream, f.seq, f.at, f.actor, 0, NULL,
       extract(epoch FROM f.recorded_at - f.at) / 3600,
       extract(epoch FROM g.recorded_at - g.at) / 3600, d.code, d.competent_id
FROM ledger_factrow g
JOIN ledger_factrow f ON f.stream = g.stream AND f.seq > 1
JOIN dossiers_dossier d ON d.id = split_part(f.stream, ':', 2)::bigint
WHERE g.kind = 'dossier.filed' AND g.recorded_at - g.at <= interval '1 hour' * %(hours)s
  AND f.kind LIKE 'dossier.%%' AND f.recorded_at - f.at > interval '1 hour' * %(hours)s
  AND f.at >= %(since)s AND f.at < %(until)s
"""


def dates_moved(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield due dates that were moved twice or too late, and acts that were written back (S6)."""
    table = numbers.of("S6")
    window = {"since": span.since, "until": span.until, "hours": table["backdated_hours"]}
    for stream, seq, at, actor, number, before, delay, filed, code, agency in rows_of(
        _EXTENDED, window
    ):
        change = signals.DueChange(
            number, at, datetime.fromisoformat(before) if before else None, delay, filed
        )
        if reason := signals.due_change_reason(change, table):
            yield Finding(
                kind="S6", about="dossier", agency_id=agency, account_id=account_of(actor),
                key=f"{stream}#{seq}", at=at, reason=reason, codes=(code,), about_key=stream,
                numbers={"number": number, "hours": round(float(delay))},
            )  # fmt: skip


_READY = """
SELECT f.stream, f.seq, f.at, d.code, d.receiving_id, d.calendar_key, d.return_mode
FROM dossiers_dossier d
JOIN ledger_factrow f ON f.stream = 'dossier:' || d.id AND f.kind = 'dossier.result_issued'
WHERE d.returned_at IS NULL AND d.state = 'result_ready'
  AND f.at >= %(since)s AND f.at < %(until)s - interval '2 days'
"""


def results_waiting(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the results that have not reached their people (S8)."""
    table = numbers.of("S8")
    for stream, seq, at, code, agency, key, mode in rows_of(
        _READY, {"since": span.since, "until": span.until}
    ):
        calendar = calendar_for(key)
        minutes = calendar.working_minutes_between(at, span.until)
        ready = signals.Ready(minutes / calendar.day_minutes, is_fetched=mode == "counter")
        if reason := signals.ready_reason(ready, table):
            yield _of_agency("S8", agency, f"{stream}#{seq}:{reason}", at, reason, code, minutes)


_ONLINE = """
SELECT f.stream, f.at, d.code, d.receiving_id,
       min(a.at) FILTER (WHERE a.kind <> 'dossier.officer_notified'),
       min(a.at) FILTER (WHERE a.kind = 'dossier.officer_notified')
FROM ledger_factrow f
JOIN dossiers_dossier d ON d.id = split_part(f.stream, ':', 2)::bigint
LEFT JOIN ledger_factrow a ON a.stream = f.stream AND a.seq > 1 AND a.kind IN (
    'dossier.accepted', 'dossier.supplement_requested', 'dossier.intake_refused',
    'dossier.withdrawn', 'dossier.officer_notified')
WHERE f.kind = 'dossier.filed' AND f.body LIKE '%%"channel":"online"%%'
  AND f.at >= %(since)s AND f.at < %(until)s
GROUP BY 1, 2, 3, 4
HAVING coalesce(min(a.at) FILTER (WHERE a.kind <> 'dossier.officer_notified'), %(until)s) - f.at
           > interval '8 hours'
    OR coalesce(min(a.at) FILTER (WHERE a.kind = 'dossier.officer_notified'), %(until)s) - f.at
           > interval '2 hours'
"""
_TELLS = "SELECT 1 FROM ledger_factrow WHERE kind = 'dossier.officer_notified' LIMIT 1"


def online_waiting(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the online filings that were answered late, or of which nobody was told (S9)."""
    table = numbers.of("S9")
    knows = any(True for _row in rows_of(_TELLS, {}))
    for stream, at, code, agency, answered_at, told_at in rows_of(
        _ONLINE, {"since": span.since, "until": span.until}
    ):
        calendar = calendar_for(cards.card(agency).calendar_key)
        first = min(one for one in (answered_at, told_at, span.until) if one is not None)
        waiting = signals.Online(
            calendar.working_minutes_between(at, answered_at or span.until),
            (first - at).total_seconds() / 3600 if knows else None,
        )
        if reason := signals.online_reason(waiting, table):
            yield _of_agency("S9", agency, stream, at, reason, code, waiting.answer_minutes)


_PAPERS = """
SELECT f.stream, f.seq, f.at, d.code, d.receiving_id, d.competent_id,
       (SELECT max(s.at) FROM ledger_factrow s WHERE s.stream = f.stream AND s.seq < f.seq
            AND s.kind = 'dossier.accepted')
FROM ledger_factrow f JOIN dossiers_dossier d ON d.id = split_part(f.stream, ':', 2)::bigint
WHERE f.kind = 'dossier.handed_over' AND f.at >= %(since)s AND f.at < %(until)s
  AND f.at > (f.body::jsonb->>'due_at')::timestamptz
"""


def papers_late(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the paper dossiers that left the counter after their hour (S12)."""
    table = numbers.of("S12")
    for stream, seq, at, code, receiving, competent, accepted_at in rows_of(
        _PAPERS, {"since": span.since, "until": span.until}
    ):
        here, there = cards.card(receiving), cards.card(competent)
        calendar: WorkCalendar = calendar_for(here.calendar_key)
        if accepted_at is None:
            continue
        until = guards.hand_over_by(
            calendar, accepted_at, crosses_levels=here.level != there.level
        )
        if reason := signals.papers_reason(signals.Papers(at, until), table):
            minutes = calendar.working_minutes_between(until, at)
            yield _of_agency("S12", receiving, f"{stream}#{seq}", at, reason, code, minutes)
