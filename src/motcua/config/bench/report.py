"""The figures as a table for people, and a history for comparing."""

import json
from collections.abc import Iterator
from pathlib import Path

from motcua.config.bench import machine
from motcua.config.paths import HOME, VAR

Figures = dict[str, dict[str, object]]

_AIMS = {
    ("api", "cpu_ms_per_dossier"): "≤ 60",
    ("api", "dossiers_per_second"): "≥ 30",
    ("desk", "cpu_ms_per_dossier"): "≤ 220",
    ("due", "per_second"): "≥ 100.000",
    ("start", "first_seconds"): "< 180",
    ("start", "later_seconds"): "< 5",
}
_PAGE_AIM = "< 60"


def history_file() -> Path:
    """Return where every measurement is kept: in the checkout, so that changes can be compared."""
    folder = HOME / "docs" if (HOME / "docs").is_dir() else VAR
    return folder / "bench-history.jsonl"


def keep(measured: dict[str, object]) -> Path:
    """Add one measurement to the history."""
    file = history_file()
    with file.open("a") as history:
        history.write(json.dumps(measured, ensure_ascii=False) + "\n")
    return file


def rows(figures: Figures) -> Iterator[tuple[str, str, str, str]]:
    """Yield (part, figure, value, aim) for a table."""
    for part, values in figures.items():
        for name, value in values.items():
            aim = _AIMS.get((part, name), "")
            if part == "pages" and name.endswith("p95_ms"):
                aim = _PAGE_AIM
            yield part, name, _plain(value), aim


def heading(measured: dict[str, object]) -> str:
    """Return the line above the table: the machine."""
    told = measured["machine"]
    return machine.words(told) if isinstance(told, dict) else ""


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if value else "0"
    return str(value)
