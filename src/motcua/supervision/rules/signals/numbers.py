"""From when a signal is raised, by day, read from data/signals.toml. A rule of the house."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[2] / "data" / "signals.toml"
_PLAIN = {"valid_from", "law", "explain_days", "window_days"}


@dataclass(frozen=True)
class Numbers:
    """The thresholds in force: one table for each signal, and the days to explain."""

    law: str
    explain_days: int
    window_days: int
    tables: Mapping[str, Mapping[str, Any]]

    def of(self, signal: str) -> Mapping[str, Any]:
        """Return the thresholds of one signal."""
        return self.tables[signal]


def numbers(*, on: date) -> Numbers:
    """Return the thresholds in force on a day."""
    known = _versions()
    fitting = [row for row in known if row["valid_from"] <= on] or known[:1]
    row = fitting[-1]
    return Numbers(
        law=row["law"],
        explain_days=row["explain_days"],
        window_days=row["window_days"],
        tables={key: table for key, table in row.items() if key not in _PLAIN},
    )


@cache
def _versions() -> list[dict[str, Any]]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["versions"]
    return sorted(rows, key=lambda row: row["valid_from"])
