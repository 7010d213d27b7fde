"""Reads of dossiers; each passes `visible_to`, but for the public's look-up by code and phone."""

from motcua.dossiers.queries.lists import (
    InboxCounts,
    PublicStatus,
    Wish,
    dossiers,
    draft_of,
    drafts_of,
    inbox,
    inbox_counts,
    my_turn,
    own_dossiers,
    public_status,
    slips_for,
    to_hand_over,
)
from motcua.dossiers.queries.reading import (
    Allowed,
    Line,
    Whole,
    acts_allowed,
    dossier_for,
    missing_papers,
    paper_number,
    proof_of,
    readers_of,
    time_left,
    timeline,
    whole,
)
from motcua.dossiers.queries.results import draft_of_result
from motcua.dossiers.queries.results_register import ResultStatus, result_status
from motcua.dossiers.queries.visibility import predicate, visible_to

__all__ = [
    "Allowed", "InboxCounts", "Line", "PublicStatus", "ResultStatus", "Whole", "Wish",
    "acts_allowed", "dossier_for", "dossiers", "draft_of", "draft_of_result", "drafts_of",
    "inbox", "inbox_counts", "missing_papers", "my_turn", "own_dossiers", "paper_number",
    "predicate", "proof_of", "public_status", "readers_of", "result_status", "slips_for",
    "time_left", "timeline", "to_hand_over", "visible_to", "whole",
]  # fmt: skip
