"""Results that should be signed, for the report "ký số đúng, đủ" of signing."""

from collections.abc import Iterator
from datetime import datetime

from motcua.dossiers.models import Result
from motcua.signing.queries import completeness
from motcua.signing.rules import Paper


def results_due(since: datetime, until: datetime) -> Iterator[completeness.Due]:
    """Yield the results issued in a time: the competent person, then the agency (R19).

    One that was issued on paper only carries neither, and counts as not signed.

    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    rows = Result.objects.filter(issued_at__gte=since, issued_at__lt=until)
    for row in rows.order_by("pk")[: completeness.MOST_FILES]:
        yield completeness.Due(
            file_id=row.file_id or 0,
            paper=Paper.RESULT,
            name=row.number or row.title,
            case_id=row.dossier_id,
            agency_ids=frozenset({row.agency_id}),
        )


def offer() -> None:
    """Offer the results to the report, once in a process."""
    if results_due not in completeness.sources:
        completeness.sources.append(results_due)
