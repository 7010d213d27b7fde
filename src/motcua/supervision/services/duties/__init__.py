"""The verbs of directives and duties."""

from motcua.supervision.services.duties.doing import (
    accept,
    cancel,
    extend,
    hand_over,
    note_overdue,
    report_product,
    report_progress,
    send_back,
)
from motcua.supervision.services.duties.giving import About, Document, give, issue_directive

__all__ = [
    "About",
    "Document",
    "accept",
    "cancel",
    "extend",
    "give",
    "hand_over",
    "issue_directive",
    "note_overdue",
    "report_product",
    "report_progress",
    "send_back",
]
