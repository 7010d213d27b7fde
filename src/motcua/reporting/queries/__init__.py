"""Reads for boards and reports; the figures are open to all, the dossiers behind them are not."""

from motcua.reporting.queries.behind import Behind, Narrow, behind
from motcua.reporting.queries.digitisation import shares as digitisation_shares
from motcua.reporting.queries.figures import Board, Figures, board
from motcua.reporting.queries.proof import Difference, differences
from motcua.reporting.queries.trends import (
    Day,
    Holder,
    busy_hours,
    days_of,
    holders,
    weeks_by_agency,
)

__all__ = [
    "Behind",
    "Board",
    "Day",
    "Difference",
    "Figures",
    "Holder",
    "Narrow",
    "behind",
    "board",
    "busy_hours",
    "days_of",
    "differences",
    "digitisation_shares",
    "holders",
    "weeks_by_agency",
]
