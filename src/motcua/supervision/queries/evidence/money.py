"""S15: charges that were paid, beside the published fees."""

from collections.abc import Iterator
from typing import Any

from motcua.catalog import queries as catalog
from motcua.supervision.queries.evidence.finding import Finding, Span, rows_of
from motcua.supervision.rules import signals
from motcua.supervision.rules.signals import Numbers

# Thousands of charges are few kinds of charge: each kind is compared once.
_KINDS = """
SELECT d.version_id, d.channel, d.case_key, c.key, c.quantity, c.amount_vnd
FROM payments_charge c JOIN dossiers_dossier d ON d.id = c.case_id
WHERE c.state = 'paid' AND c.kind <> 'obligation'
  AND c.paid_at >= %(since)s AND c.paid_at < %(until)s
GROUP BY 1, 2, 3, 4, 5, 6
"""
_LIKE_IT = """
SELECT c.id, c.paid_at, d.id, d.code, d.receiving_id
FROM payments_charge c JOIN dossiers_dossier d ON d.id = c.case_id
WHERE c.state = 'paid' AND c.paid_at >= %(since)s AND c.paid_at < %(until)s
  AND d.version_id = %(version)s AND d.channel = %(channel)s AND d.case_key = %(case)s
  AND c.key = %(key)s AND c.quantity = %(quantity)s AND c.amount_vnd = %(amount)s
"""


def receipts(span: Span, numbers: Numbers) -> Iterator[Finding]:
    """Yield the charges that differ from what is published (S15)."""
    table = numbers.of("S15")
    window = {"since": span.since, "until": span.until}
    for version, channel, case, key, quantity, amount in list(rows_of(_KINDS, window)):
        published = _published(version, channel, case, key, quantity)
        reason = signals.receipt_reason(signals.Receipt(amount, published), table)
        if not reason:
            continue
        wanted: dict[str, Any] = {
            **window, "version": version, "channel": channel, "case": case, "key": key,
            "quantity": quantity, "amount": amount,
        }  # fmt: skip
        for charge, at, dossier, code, agency in rows_of(_LIKE_IT, wanted):
            yield Finding(
                kind="S15", about="dossier", agency_id=agency, key=f"charge:{charge}", at=at,
                reason=reason, codes=(code,), about_key=f"dossier:{dossier}",
                numbers={"charged": amount, "published": published},
            )  # fmt: skip


def _published(version: int, channel: str, case: str, key: str, quantity: int) -> int | None:
    """What the published rule comes to, None where it is known in words only or not at all."""
    rules = catalog.content_of(version).fees_for(channel, case)
    rule = next((one for one in rules if one.key == key), None)
    return rule.amount_for(quantity) if rule is not None else None
