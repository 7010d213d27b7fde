"""Reads for boards and reports; the figures are open to all, the dossiers behind them are not."""

from motcua.reporting.queries.behind import Behind, Narrow, behind
from motcua.reporting.queries.channels import channel_of
from motcua.reporting.queries.closed import (
    Changes,
    Moved,
    changed_since,
    closed_period,
    closed_periods,
)
from motcua.reporting.queries.counts import is_building, stock_by_due, upto
from motcua.reporting.queries.digitisation import shares as digitisation_shares
from motcua.reporting.queries.figures import Board, Figures, board, series, table, total, value
from motcua.reporting.queries.lists import DUE, ENDED, NEWEST, Listed, listed
from motcua.reporting.queries.proof import Difference, Found, differences, recompute
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
    "DUE",
    "ENDED",
    "NEWEST",
    "Behind",
    "Board",
    "Changes",
    "Day",
    "Difference",
    "Figures",
    "Found",
    "Holder",
    "Listed",
    "Moved",
    "Narrow",
    "Scope",
    "behind",
    "board",
    "busy_hours",
    "changed_since",
    "channel_of",
    "closed_period",
    "closed_periods",
    "days_between",
    "days_of",
    "differences",
    "digitisation_shares",
    "holders",
    "is_building",
    "listed",
    "quarter",
    "recompute",
    "series",
    "stock_by_due",
    "table",
    "total",
    "upto",
    "value",
    "weeks_by_agency",
]
