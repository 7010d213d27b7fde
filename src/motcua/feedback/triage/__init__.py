"""Triage proposes what a message is and who should deal with it; people decide. Pure, no ORM."""

from motcua.feedback.triage.fields import Field, agency_name, field_of, fields, route, target_of
from motcua.feedback.triage.proposing import propose
from motcua.feedback.triage.shapes import About, Candidate, Proposal, Proposed

__all__ = [
    "About",
    "Candidate",
    "Field",
    "Proposal",
    "Proposed",
    "agency_name",
    "field_of",
    "fields",
    "propose",
    "route",
    "target_of",
]
