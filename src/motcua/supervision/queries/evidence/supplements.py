"""S1, S2 and S7: requests to supplement, and clocks that were stopped."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from motcua.catalog import queries as catalog
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.rules import guards
from motcua.kernel.worktime import WorkCalendar
from motcua.supervision.queries.evidence.finding import Finding, Row, Span, account_of, rows_of
from motcua.supervision.rules import signals
from motcua.supervision.rules.signals import Numbers

_ASKED = """
WITH asked AS (
    SELECT f.stream, f.seq, f.at, f.actor, f.body::jsonb AS body,
           row_number() OVER (PARTITION BY f.stream ORDER BY f.seq) AS number
    FROM ledger_factrow f WHERE f.kind = 'dossier.supplement_requested'
)
SELECT a.stream, a.seq, a.at, a.actor, a.number, a.body->>'stage', d.code,
       CASE WHEN a.body->>'stage' = 'intake' THEN d.receiving_id ELSE d.competent_id END,
       d.calendar_key, d.version_id, d.case_key,
       ARRAY(SELECT jsonb_array_elements_text(a.body->'components')),
       ARRAY(SELECT jsonb_array_elements_text(coalesce(a.body->'database_failed', '[]'))),
       ARRAY(SELECT jsonb_array_elements_text(coalesce(a.body->'store_wrong', '[]'))),
       (SELECT max(s.at) FROM ledger_factrow s WHERE s.stream = a.stream AND s.seq < a.seq
            AND s.kind IN ('dossier.accepted', 'dossier.received')),
       ARRAY(SELECT s.body::jsonb->>'component' FROM ledger_factrow s WHERE s.stream = a.stream
            AND s.seq < a.seq AND s.kind = 'dossier.paper_from_store'
            AND (s.body::jsonb->>'replaces')::boolean),
       a.body->>'reason', u.items
FROM asked a
LEFT JOIN dossiers_supplement u ON u.dossier_id = split_part(a.stream, ':', 2)::bigint
     AND u.requested_at = a.at
JOIN dossiers_dossier d ON d.id = split_part(a.stream, ':', 2)::bigint
WHERE a.at >= %(since)s AND a.at < %(until)s
"""


def repeated(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the requests that came a second time, or after the third working day (S1)."""
    table = numbers.of("S1")
    for row in rows_of(_ASKED, {"since": span.since, "until": span.until}):
        started_at, calendar = row[14], calendar_for(row[8])
        until = None
        if row[5] != "intake" and started_at is not None:
            until = guards.supplement_until(calendar, started_at)
        request = signals.Request(number=row[4], at=row[2], until=until)
        if reason := signals.request_reason(request, table):
            seen = {"number": row[4], "until": until.isoformat() if until else ""}
            yield _of_request("S1", row, reason, seen)


def not_to_be_asked(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the requests for a paper that nobody may ask for (S2)."""
    table = numbers.of("S2")
    for row in rows_of(_ASKED, {"since": span.since, "until": span.until}):
        content = catalog.content_of(row[9])
        there = content.components_for(row[10])
        asked = signals.Asked(
            components=frozenset(row[11]),
            published=frozenset(one.key for one in there),
            held=frozenset(one.key for one in there if one.held_by),
            failed=frozenset(row[12]),
            stored=frozenset(row[15]),
            wrong=frozenset(row[13]),
            words=_words(row),
        )
        if reason := signals.asked_reason(asked, table):
            papers = sorted(row[11])
            if reason == "abolished":
                papers = signals.abolished_in(asked.words, table)
            yield _of_request("S2", row, reason, {"papers": ", ".join(papers)[:200]})


def _words(row: Row) -> str:
    """The reason of the request, and that of each paper."""
    items = json.loads(row[17] or "{}")
    return ". ".join([row[16] or "", *(str(text) for text in items.values())])


def _of_request(kind: str, row: Row, reason: str, seen: dict[str, object]) -> Finding:
    return Finding(
        kind=kind, about="dossier", agency_id=row[7], account_id=account_of(row[3]),
        key=f"{row[0]}#{row[1]}", at=row[2], reason=reason, codes=(row[6],), numbers=seen,
        about_key=row[0],
    )  # fmt: skip


# What was due, and since when the clock ran, at the moment it was stopped.
_STOPPED = """
SELECT f.at, f.actor, d.code, d.competent_id, d.calendar_key,
       (SELECT s.body::jsonb->>'due_at' FROM ledger_factrow s WHERE s.stream = f.stream
            AND s.seq < f.seq AND s.kind IN ('dossier.accepted', 'dossier.received',
                'dossier.supplement_answered', 'dossier.deadline_extended',
                'dossier.deadline_recomputed', 'dossier.payment_confirmed')
            AND s.body::jsonb->>'due_at' IS NOT NULL ORDER BY s.seq DESC LIMIT 1),
       (SELECT max(s.at) FROM ledger_factrow s WHERE s.stream = f.stream AND s.seq < f.seq
            AND s.kind IN ('dossier.accepted', 'dossier.received', 'dossier.supplement_answered'))
FROM ledger_factrow f JOIN dossiers_dossier d ON d.id = split_part(f.stream, ':', 2)::bigint
WHERE f.kind IN ('dossier.supplement_requested', 'dossier.payment_required')
  AND f.at >= %(since)s AND f.at < %(until)s AND f.actor LIKE 'account:%%'
  AND CASE WHEN f.kind = 'dossier.payment_required' THEN (f.body::jsonb->>'pauses_clock')::boolean
           ELSE f.body::jsonb->>'stage' <> 'intake' END
"""


def stopped_at_the_end(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the officers who stopped clocks with hardly any time left (S7)."""
    table = numbers.of("S7")
    found: dict[tuple[str, int], list[tuple[datetime, str]]] = defaultdict(list)
    for at, actor, code, agency_id, calendar_key, due, started_at in rows_of(
        _STOPPED, {"since": span.since, "until": span.until}
    ):
        if due is None or started_at is None:
            continue
        pause = _pause(calendar_for(calendar_key), started_at, datetime.fromisoformat(due), at)
        if signals.pause_reason(pause, table):
            found[actor, agency_id].append((at, code))
    for (actor, agency_id), stops in found.items():
        if len(stops) >= table["minimum"]:
            yield Finding(
                kind="S7", about="officer", agency_id=agency_id, account_id=account_of(actor),
                key=f"{actor}@{agency_id}:{span.month}", at=max(at for at, _code in stops),
                reason="just_before", codes=tuple(code for _at, code in stops),
                numbers={"count": len(stops)},
            )  # fmt: skip


def _pause(
    calendar: WorkCalendar, started_at: datetime, due_at: datetime, at: datetime
) -> signals.Pause:
    whole = calendar.working_minutes_between(started_at, due_at)
    used = calendar.working_minutes_between(started_at, at)
    return signals.Pause(used / whole if whole > 0 else 0.0, whole, calendar.day_minutes)
