"""Reports of verification: kept beside their file, opened again, forgotten in time."""

import secrets
from datetime import datetime, timedelta

from motcua.signing.models import VerificationReport
from motcua.signing.verifying import report as reports
from motcua.signing.verifying.report import Report

# What strangers had verified: long enough to show it to somebody, no longer.
STRANGERS_KEPT = timedelta(days=90)


def keep(*, report: Report, file_id: int | None, by_key: str) -> str:
    """Keep a report and return the key that opens it again.

    file_id: the file of ours that was verified; a stranger's document itself is never kept.
    """
    row = VerificationReport.objects.create(
        key=secrets.token_urlsafe(18),
        sha256=report.sha256,
        file_id=file_id,
        verdict=report.verdict,
        report=reports.as_document(report),
        at=report.verified_at,
        by=by_key,
    )
    return row.key


def forget(*, at: datetime) -> int:
    """Remove the old reports on documents that are not ours; return how many."""
    old = VerificationReport.objects.filter(file=None, at__lt=at - STRANGERS_KEPT)
    removed, _kinds = old.delete()
    return removed
