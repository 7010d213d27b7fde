"""Asking triage what it proposes; a case is taken in just as well without it."""

from datetime import datetime

from motcua.feedback.models import Case


def propose(*, case: Case, at: datetime) -> dict[str, object]:
    """Return what triage proposes for a case, as plain values; people decide.

    Source: rule of the house; 309/2026/NĐ-CP Điều 12 khoản 3 (a machine only assists).
    """
    del case, at
    return {}
