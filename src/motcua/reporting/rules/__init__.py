"""Periods, ratios, classes and how facts are folded: pure decisions."""

from motcua.reporting.rules.periods import (
    GOAL,
    KINDS,
    LONGEST_DAYS,
    Period,
    Ratio,
    balances,
    named,
    period,
)

__all__ = ["GOAL", "KINDS", "LONGEST_DAYS", "Period", "Ratio", "balances", "named", "period"]
