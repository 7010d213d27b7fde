"""Reports of verification that were kept."""

from motcua.signing.models import VerificationReport
from motcua.signing.verifying import report as reports
from motcua.signing.verifying.report import Report


def kept_report(key: str) -> Report | None:
    """Return the report of a verification that was kept, or None."""
    row = VerificationReport.objects.filter(key=key).first() if len(key) <= 32 else None
    return reports.read(row.report) if row else None
