"""Tables of feedback: cases, what hangs on them, ratings."""

from motcua.feedback.models.case import Case, CaseCounter
from motcua.feedback.models.rating import CounterDevice, RatedOfficer, Rating
from motcua.feedback.models.records import Deadline, Follower, Note, Photo

__all__ = [
    "Case", "CaseCounter", "CounterDevice", "Deadline", "Follower", "Note", "Photo",
    "RatedOfficer", "Rating",
]  # fmt: skip
