"""S3 and S4: each officer's counts by procedure, beside everybody's."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from motcua.supervision.queries.evidence.finding import CODES, Finding, Span, account_of, rows_of
from motcua.supervision.rules import signals
from motcua.supervision.rules.signals import Numbers

# The counter decides at intake, the appraiser afterwards: each is compared with the own kind.
_HANDLED = """
WITH handled AS (
    SELECT f.actor, f.stream,
           f.kind IN ('dossier.accepted', 'dossier.intake_refused')
               OR f.body LIKE '%%"stage":"intake"%%' AS at_intake,
           bool_or({did}) AS did,
           max(f.body::jsonb->>'reason') FILTER (WHERE {did}) AS reason
    FROM ledger_factrow f
    WHERE f.kind IN ('dossier.accepted', 'dossier.intake_refused', 'dossier.step_done',
                     'dossier.supplement_requested')
      AND f.at >= %(since)s AND f.at < %(until)s AND f.actor LIKE 'account:%%'
      AND (f.kind <> 'dossier.step_done' OR f.body NOT LIKE '%%"proposal":""%%')
    GROUP BY 1, 2, 3
)
SELECT h.actor, CASE WHEN h.at_intake THEN d.receiving_id ELSE d.competent_id END AS agency,
       h.at_intake, d.procedure_code, count(*), count(*) FILTER (WHERE h.did),
       array_agg(d.code ORDER BY d.code) FILTER (WHERE h.did),
       array_agg(h.reason) FILTER (WHERE h.did)
FROM handled h JOIN dossiers_dossier d ON d.id = split_part(h.stream, ':', 2)::bigint
GROUP BY 1, 2, 3, 4
"""
_ASKS = "f.kind = 'dossier.supplement_requested'"
_REFUSES = (
    "f.kind = 'dossier.intake_refused' "
    """OR (f.kind = 'dossier.step_done' AND f.body LIKE '%%"proposal":"refused"%%')"""
)


@dataclass
class _Officer:
    """What one officer handled and did at one agency, by procedure."""

    counts: list[tuple[tuple[bool, str], int, int]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def asking_often(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the officers who ask for supplements far more often than colleagues (S3)."""
    for key, officer, found in _compared(span, _ASKS):
        if reason := signals.often_reason(found, numbers.of("S3")):
            yield _finding("S3", key, officer, found, reason, span)


def refusing_often(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the officers who refuse far more often, or for reasons that say little (S4)."""
    for key, officer, found in _compared(span, _REFUSES):
        if reason := signals.refusal_reason(found, officer.reasons, numbers.of("S4")):
            yield _finding("S4", key, officer, found, reason, span)


def _compared(
    span: Span, did: str
) -> Iterator[tuple[tuple[str, int], _Officer, signals.Standard]]:
    officers: dict[tuple[str, int], _Officer] = defaultdict(_Officer)
    totals: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0])
    window = {"since": span.since, "until": span.until}
    for actor, agency, at_intake, procedure, handled, done, codes, reasons in rows_of(
        _HANDLED.format(did=did), window
    ):
        one, kind = officers[actor, agency], (at_intake, procedure)
        one.counts.append((kind, handled, done))
        one.codes += codes or []
        one.reasons += [text for text in reasons or [] if text]
        totals[kind][0] += handled
        totals[kind][1] += done
    for key, one in officers.items():
        rows = (signals.Share(n, m, *totals[kind]) for kind, n, m in one.counts)
        yield key, one, signals.standard(rows)


def _finding(
    kind: str, key: tuple[str, int], officer: _Officer, found: signals.Standard, reason: str,
    span: Span,
) -> Finding:  # fmt: skip
    actor, agency_id = key
    return Finding(
        kind=kind, about="officer", agency_id=agency_id, account_id=account_of(actor),
        key=f"{actor}@{agency_id}:{span.month}", at=span.until, reason=reason,
        codes=tuple(officer.codes[:CODES]),
        numbers={"did": found.did, "handled": found.handled, "expected": round(found.expected, 1),
                 "z": round(found.z, 1), "peers": found.peers},
    )  # fmt: skip
