"""Acts on figures: follow the ledger, build anew, close a period."""

from motcua.reporting.services.closing import close_period
from motcua.reporting.services.following import Step, catch_up, follow
from motcua.reporting.services.keeping import keep_past, needs_rebuild
from motcua.reporting.services.rebuilding import rebuild, rebuild_when_needed, wait_until_built

__all__ = [
    "Step",
    "catch_up",
    "close_period",
    "follow",
    "keep_past",
    "needs_rebuild",
    "rebuild",
    "rebuild_when_needed",
    "wait_until_built",
]
