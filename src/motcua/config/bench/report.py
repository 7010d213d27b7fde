"""The figures as a table for people, and a history for comparing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    # what the province published of the quarter, and what the simulation has to keep to
    ("quarter", "received"): "= 191.957",
    ("quarter", "settled"): "= 147.818",
    ("quarter", "on_time"): "= 137.884",
    ("quarter", "on_time_rate_province"): "= 90,5",
    ("quarter", "on_time_rate_commune"): "= 95,5",
    ("quarter", "digitised_rate"): "= 65,79",
    ("quarter", "simulate_seconds"): "< 360",
    ("mining", "csv_seconds"): "< 10",
    ("mining", "xes_seconds"): "< 10",
}
_PAGE_AIM = "< 60"


def history_file() -> Path:
    """Return where every measurement is kept: in the checkout, so that changes can be compared."""
    return _folder() / "history.jsonl"


def table_file() -> Path:
    """Return where the table of the last measurement of each part stands."""
    return _folder() / "bench.md"


def _folder() -> Path:
    figures = HOME / "docs" / "figures"
    return figures if figures.is_dir() else VAR


def keep(measured: dict[str, object]) -> Path:
    """Add one measurement to the history."""
    file = history_file()
    with file.open("a") as history:
        history.write(json.dumps(measured, ensure_ascii=False) + "\n")
    table_file().write_text("\n".join(_page()) + "\n")
    return file


def _page() -> Iterator[str]:
    """Yield the table as Markdown: the latest figures of each part, each with its machine."""
    latest: dict[str, dict[str, Any]] = {}
    for line in history_file().read_text().splitlines():
        measured = json.loads(line)
        for part in measured["figures"]:
            latest[part] = measured
    yield "# Figures\n"
    yield "Written by `make bench`: the latest measurement of each part, with its machine.\n"
    for part, measured in latest.items():
        yield f"## {part}\n\n{heading(measured)}, {measured['machine']['at']}\n"
        yield "| figure | measured | aim |\n|---|---|---|"
        for _part, name, value, aim in rows({part: measured["figures"][part]}):
            yield f"| {name} | {value} | {aim} |"
        yield ""


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
