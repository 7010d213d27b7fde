"""The table of a month: lines by agency, by field and in all; its sums; as CSV and as JSON. Pure."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.reporting.opendata.protecting import Cell, Sum, left_out

TOTAL, AGENCY, FIELD = "toan_tinh", "co_quan", "linh_vuc"
HIDDEN = "x"  # small, or kept back so that a small one cannot be computed
FIRST_COLUMNS = ("thang", "theo", "ma", "ten")
# What readers may put together themselves, so it is reckoned with: settled = on time + late + the rest.
_REST = {"settled": ("on_time", "late", "_apart")}


@dataclass(frozen=True)
class Column:
    """A column of the files: its name for ever, and the figure it holds."""

    name: str
    figure: str


@dataclass(frozen=True)
class Settings:
    """What is published from a day on."""

    valid_from: date
    threshold: int
    licence: str
    licence_name: str
    publisher: str
    spatial: str
    spatial_name: str
    frequency: str
    columns: tuple[Column, ...]


def settings(*, on: date) -> Settings:
    """Return the settings in force on a day."""
    known = _versions()
    fitting = [one for one in known if one.valid_from <= on] or list(known[:1])
    return max(fitting, key=lambda one: one.valid_from)


@cache
def _versions() -> tuple[Settings, ...]:
    path = Path(__file__).with_name("opendata.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["versions"]
    return tuple(
        Settings(**{**row, "columns": tuple(Column(**one) for one in row["columns"])})
        for row in rows
    )


@dataclass(frozen=True)
class Line:
    """One line as it was counted: by what, whose, and its counts by figure."""

    by: str
    code: str
    name: str
    counts: Mapping[str, int]

    @property
    def key(self) -> str:
        """The line's key within a month."""
        return f"{self.by}:{self.code}"


@dataclass(frozen=True)
class Shown:
    """One line as it is published: None where a count is left out."""

    by: str
    code: str
    name: str
    counts: Mapping[str, int | None]


def protected(
    lines: Sequence[Line], using: Settings, *, also: Iterable[Cell] = ()
) -> tuple[list[Shown], frozenset[Cell]]:
    """Return the lines as they may be published, and which counts were left out."""
    figures = [column.figure for column in using.columns]
    table = {
        (line.key, figure): line.counts[figure]
        for line in lines
        for figure in (*figures, "_apart")
        if figure in line.counts
    }
    hidden = left_out(table, sums_of(lines, figures), threshold=using.threshold, also=also)
    shown = [
        Shown(line.by, line.code, line.name,
              {f: None if (line.key, f) in hidden else line.counts[f] for f in figures})
        for line in lines
    ]  # fmt: skip
    return shown, hidden


def sums_of(lines: Sequence[Line], figures: Sequence[str]) -> list[Sum]:
    """Return the identities of a month: both ways of dividing give the total; settled is a sum."""
    found = []
    total = next((line for line in lines if line.by == TOTAL), None)
    for figure in (*figures, "_apart"):
        for by in (AGENCY, FIELD):
            parts = tuple((line.key, figure) for line in lines if line.by == by)
            if total is not None and parts:
                found.append(Sum((total.key, figure), parts))
    for line in lines:
        for whole, parts_of in _REST.items():
            if whole in line.counts and all(part in line.counts for part in parts_of):
                parts = tuple((line.key, part) for part in parts_of)
                found.append(Sum((line.key, whole), parts))
    return found


def as_csv(months: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], using: Settings) -> str:
    """Return the lines of some months as CSV: comma, UTF-8, one heading; "x" is left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*FIRST_COLUMNS, *(column.name for column in using.columns)])
    for month, lines in months:
        for line in lines:
            counts = (line["counts"].get(column.figure) for column in using.columns)
            shown = (HIDDEN if count is None else count for count in counts)
            writer.writerow([month, line["by"], line["code"], line["name"], *shown])
    return out.getvalue()


def as_json(months: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], using: Settings) -> str:
    """Return the lines of some months as JSON; null is left out."""
    rows = [
        dict(zip(FIRST_COLUMNS, (month, line["by"], line["code"], line["name"]), strict=True))
        | {column.name: line["counts"].get(column.figure) for column in using.columns}
        for month, lines in months
        for line in lines
    ]
    document = {
        "giay_phep": using.licence,
        "nguoi_cong_bo": using.publisher,
        "nguong_bao_ve": using.threshold,
        "dong": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class Correction:
    """A published count that is counted otherwise since the month was closed."""

    month: str
    by: str
    name: str
    figure: str
    published: int
    counted: int


def corrections(
    month: str, published: Sequence[Mapping[str, Any]], since: Sequence[Shown]
) -> list[Correction]:
    """Return what is counted otherwise now, of what is shown both times."""
    known = {(line["by"], line["code"]): line for line in published}
    found = []
    for line in since:
        before = known.get((line.by, line.code), {"counts": {}})
        for figure, count in line.counts.items():
            was = before["counts"].get(figure)
            if was is not None and count is not None and was != count:
                found.append(Correction(month, line.by, line.name, figure, was, count))
    return found


def as_published(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Return the lines as they are kept."""
    return [{"by": s.by, "code": s.code, "name": s.name, "counts": dict(s.counts)} for s in shown]


def hidden_in(published: Sequence[Mapping[str, Any]]) -> frozenset[Cell]:
    """Return the counts that were left out of published lines."""
    return frozenset(
        (f"{line['by']}:{line['code']}", figure)
        for line in published
        for figure, count in line["counts"].items()
        if count is None
    )
