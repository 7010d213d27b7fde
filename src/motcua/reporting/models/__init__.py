"""Tables of the figures and of what is made of them."""

from motcua.reporting.models.figures import (
    ClosedPeriod,
    Counts,
    Followed,
    Past,
    Rollup,
    Standing,
    Stock,
)

__all__ = ["ClosedPeriod", "Counts", "Followed", "Past", "Rollup", "Standing", "Stock"]
