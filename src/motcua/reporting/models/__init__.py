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
from motcua.reporting.models.forms import AddedReason, KeptFile, KeptForm, SentForm
from motcua.reporting.models_foresight import KeptForecast, KeptWhatIf, LearnedRisk
from motcua.reporting.models_index import IndexDay

__all__ = [
    "AddedReason",
    "ClosedPeriod",
    "Counts",
    "Followed",
    "IndexDay",
    "KeptFile",
    "KeptForecast",
    "KeptForm",
    "KeptWhatIf",
    "LearnedRisk",
    "Past",
    "Rollup",
    "SentForm",
    "Standing",
    "Stock",
]
