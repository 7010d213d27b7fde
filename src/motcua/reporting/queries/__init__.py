"""Reads for boards and reports; the figures are open to all, the dossiers behind them are not."""

from motcua.reporting.queries.behind import Behind, Narrow, behind
from motcua.reporting.queries.counts import stock_by_due, upto
from motcua.reporting.queries.digitisation import shares as digitisation_shares
from motcua.reporting.queries.figures import Board, Figures, board, series, table, total, value
from motcua.reporting.queries.proof import Difference, differences
from motcua.reporting.queries.quarter import quarter
from motcua.reporting.queries.scope import Scope
from motcua.reporting.queries.trends import (
    Day,
    Holder,
    busy_hours,
    days_between,
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
    "Scope",
    "behind",
    "board",
    "busy_hours",
    "days_between",
    "days_of",
    "differences",
    "digitisation_shares",
    "holders",
    "quarter",
    "series",
    "stock_by_due",
    "table",
    "total",
    "upto",
    "value",
    "weeks_by_agency",
]
