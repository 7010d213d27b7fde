"""What the signals rest on: gathered from the facts in bulk SQL, judged by the pure rules."""

from motcua.supervision.queries.evidence.finding import Finding, Span
from motcua.supervision.queries.evidence.found import GATHERERS, found_by, without_data

__all__ = ["GATHERERS", "Finding", "Span", "found_by", "without_data"]
