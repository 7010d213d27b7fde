"""S10, S11, S13 and S14: reports, ratings, who opened what; read in the ledger alone."""

from collections.abc import Iterator

from motcua.directory.queries import cards
from motcua.supervision.queries.evidence.finding import Finding, Span, account_of, rows_of
from motcua.supervision.rules import signals
from motcua.supervision.rules.signals import Numbers

_SIGNS = """
SELECT f.stream, f.seq, f.at, f.body::jsonb->>'code',
       ARRAY(SELECT jsonb_array_elements_text(f.body::jsonb->'signals')),
       (SELECT s.body::jsonb->>'agency_code' FROM ledger_factrow s WHERE s.stream = f.stream
            AND s.kind IN ('feedback.assigned', 'feedback.passed_on') ORDER BY s.seq DESC LIMIT 1),
       (SELECT s.body::jsonb->>'agency' FROM ledger_factrow s WHERE s.stream = f.stream
            AND s.kind = 'feedback.sent'),
       (SELECT s.body::jsonb->>'place' FROM ledger_factrow s WHERE s.stream = f.stream
            AND s.kind = 'feedback.sent')
FROM ledger_factrow f
WHERE f.kind = 'feedback.signal_raised' AND f.at >= %(since)s AND f.at < %(until)s
"""


def signs(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the reports that speak of contact off the system (S10); people read and judge them."""
    table = numbers.of("S10")
    for stream, seq, at, code, classes, given, asked, place in rows_of(
        _SIGNS, {"since": span.since, "until": span.until}
    ):
        card = _agency(given, asked, place)
        reason = signals.signs_reason(signals.Signs(frozenset(classes)), table)
        if reason and card is not None:
            yield Finding(
                kind="S10", about="agency", agency_id=card.id, key=f"{stream}#{seq}", at=at,
                reason=reason, codes=(code,), numbers={"classes": ", ".join(sorted(classes))},
                is_guarded=True, about_key=stream,
            )  # fmt: skip


def _agency(given: str | None, asked: str | None, place: str | None) -> cards.AgencyCard | None:
    """The agency a report went to, else the one it is about, else the committee of its place."""
    for code in (given, asked):
        found = (cards.card_by_code(code) or cards.card_by_name(code)) if code else None
        if found is not None:
            return found
    there = cards.committee_at(place) if place else None
    province = (c for c in cards.all_cards() if c.kind == "committee" and c.level == "province")
    return there or next(province, None)


_WIDE = """EXISTS (SELECT 1 FROM directory_post w JOIN directory_agency a ON a.id = w.agency_id
    WHERE w.account_id = r.account AND (w.role IN ('controller', 'auditor')
        OR a.level = 'province' AND w.role IN ('chairman', 'centre_lead')))"""
_READS = f"""
WITH reads AS (
    SELECT DISTINCT split_part(f.actor, ':', 2)::bigint AS account,
           split_part(f.stream, ':', -1)::bigint AS dossier,
           (f.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
    FROM ledger_factrow f
    WHERE f.kind = 'read.dossier' AND f.at >= %(since)s AND f.at < %(until)s
      AND f.actor LIKE 'account:%%'
), strange AS (
    SELECT r.account, count(DISTINCT r.dossier) AS n,
           (array_agg(DISTINCT d.code))[1:50] AS codes
    FROM reads r JOIN dossiers_dossier d ON d.id = r.dossier
    WHERE NOT EXISTS (SELECT 1 FROM directory_post p WHERE p.account_id = r.account
              AND p.agency_id IN (d.competent_id, d.receiving_id, d.support_id))
      AND NOT EXISTS (SELECT 1 FROM workflow_consultation c JOIN directory_post p
              ON p.agency_id = c.agency_id WHERE c.case_id = d.id AND p.account_id = r.account)
    GROUP BY 1
), busiest AS (
    SELECT account, max(n) AS n FROM (
        SELECT account, day, count(DISTINCT dossier) AS n FROM reads GROUP BY 1, 2) AS days
    GROUP BY 1
)
SELECT r.account, p.agency_id, r.n, coalesce(s.n, 0), s.codes, {_WIDE}
FROM busiest r
JOIN LATERAL (SELECT agency_id FROM directory_post WHERE account_id = r.account
              ORDER BY valid_from DESC, id LIMIT 1) p ON true
LEFT JOIN strange s ON s.account = r.account
WHERE r.n >= %(bulk_day)s OR s.n >= %(without_need)s
"""  # noqa: S608  composed of our own text


def looking(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the officers who opened dossiers in bulk, or without any task there (S11)."""
    table = numbers.of("S11")
    window = {"since": span.since, "until": span.until, **table}
    for account, agency, most, strange, codes, is_wide in rows_of(_READS, window):
        found = signals.Looking(most, strange, has_wide_task=is_wide)
        if reason := signals.looking_reason(found, table):
            yield Finding(
                kind="S11", about="officer", agency_id=agency, account_id=account,
                key=f"account:{account}:{reason}:{span.month}", at=span.until, reason=reason,
                codes=tuple(codes or ()), numbers={"most": most, "strange": strange},
            )  # fmt: skip


_RATINGS = """
SELECT f.body::jsonb->>'agency_code', count(*),
       count(*) FILTER (WHERE (f.body::jsonb->>'score')::int <= 2)
FROM ledger_factrow f
WHERE f.kind = 'rating.given' AND f.at >= %(since)s AND f.at < %(until)s
GROUP BY 1
"""
_NAMED = """
WITH latest AS (
    SELECT DISTINCT ON (f.stream) f.stream, f.body::jsonb->>'officer' AS officer,
           f.body::jsonb->>'code' AS code
    FROM ledger_factrow f
    WHERE f.kind = 'feedback.officer_named' AND f.at >= %(since)s AND f.at < %(until)s
    ORDER BY f.stream, f.seq DESC
)
SELECT l.officer, count(*), array_agg(l.code ORDER BY l.code), min(p.agency_id)
FROM latest l JOIN directory_post p ON 'account:' || p.account_id = l.officer
GROUP BY 1
"""


def voices(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the agencies that are rated low, and the officers whom several reports name (S13).

    A rating says nothing of whom it is about, so that it counts for the agency alone.
    """
    table, window = numbers.of("S13"), {"since": span.since, "until": span.until}
    for code, count, low in rows_of(_RATINGS, window):
        card = cards.card_by_code(code) if code else None
        reason = signals.voices_reason(signals.Voices(ratings=count, low=low), table)
        if reason and card is not None:
            yield Finding(
                kind="S13", about="agency", agency_id=card.id, key=f"agency:{card.id}:{span.month}",
                at=span.until, reason=reason, numbers={"low": low, "count": count},
            )  # fmt: skip
    for officer, count, codes, agency in rows_of(_NAMED, window):
        if reason := signals.voices_reason(signals.Voices(reports=count), table):
            yield Finding(
                kind="S13", about="officer", agency_id=agency, account_id=account_of(officer),
                key=f"{officer}:{span.month}", at=span.until, reason=reason, codes=tuple(codes),
                numbers={"count": count}, is_guarded=True,
            )  # fmt: skip


# Each day on which the dossier's own facts show its people at a counter, whichever act it was; the
# first supplement is theirs to bring. A ticket that was called is a visit too, where tickets are kept.
_AT_COUNTER = """
    (f.kind = 'dossier.filed' AND f.body LIKE '%%"channel":"counter"%%'
     OR f.kind = 'dossier.payment_confirmed' AND f.body LIKE '%%"method":"cash"%%'
     OR f.kind = 'dossier.result_returned' AND f.body LIKE '%%"mode":"counter"%%'
     OR f.kind IN ('dossier.supplement_answered', 'dossier.amended', 'dossier.originals_returned'))
    AND f.post <> '' AND f.actor LIKE 'account:%%'
"""
_VISITS = f"""
WITH lately AS (
    SELECT DISTINCT f.stream FROM ledger_factrow f
    WHERE {_AT_COUNTER} AND f.kind <> 'dossier.filed' AND f.at >= %(since)s AND f.at < %(until)s
    UNION
    SELECT 'dossier:' || d.id FROM ledger_factrow f
    JOIN dossiers_dossier d ON d.code = f.body::jsonb->>'dossier'
    WHERE f.kind = 'queue.ticket_called' AND f.at >= %(since)s AND f.at < %(until)s
), came AS (
    SELECT f.stream, f.kind, f.at,
           row_number() OVER (PARTITION BY f.stream, f.kind ORDER BY f.seq) AS number
    FROM ledger_factrow f JOIN lately USING (stream) WHERE {_AT_COUNTER} AND f.at < %(until)s
    UNION ALL
    SELECT 'dossier:' || d.id, f.kind, f.at, 1 FROM ledger_factrow f
    JOIN dossiers_dossier d ON d.code = f.body::jsonb->>'dossier'
    WHERE f.kind = 'queue.ticket_called' AND f.at < %(until)s
), days AS (
    SELECT stream, count(DISTINCT (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS visits,
           max(at) AS last_at
    FROM came
    WHERE kind <> 'dossier.supplement_answered' OR number > %(lawful_supplements)s
    GROUP BY stream
)
SELECT d.id, d.code, d.receiving_id, v.visits, v.last_at
FROM days v JOIN dossiers_dossier d ON d.id = split_part(v.stream, ':', 2)::bigint
WHERE v.visits > %(most_visits)s
"""  # noqa: S608  composed of our own text


def visits(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the dossiers for which somebody had to come to a counter too often (S14)."""
    table = numbers.of("S14")
    window = {"since": span.since, "until": span.until, **table}
    for key, code, agency, count, at in rows_of(_VISITS, window):
        if reason := signals.visits_reason(signals.Visits(count), table):
            yield Finding(
                kind="S14", about="agency", agency_id=agency, key=f"dossier:{key}", at=at,
                reason=reason, codes=(code,), numbers={"count": count},
            )  # fmt: skip
