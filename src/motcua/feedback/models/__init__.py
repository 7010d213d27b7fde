"""Tables of feedback: cases, what hangs on them, ratings."""

from motcua.feedback.models.case import Case, CaseCounter
from motcua.feedback.models.records import Deadline, Follower, Note, Photo

__all__ = ["Case", "CaseCounter", "Deadline", "Follower", "Note", "Photo"]
