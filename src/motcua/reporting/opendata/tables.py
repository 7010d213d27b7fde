"""The table of a month: lines by agency, by field and in all; its sums; as CSV and as JSON. Pure."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from motcua.reporting.opendata.protecting import Cell, Grid, Place, Sum, left_out

TOTAL, AGENCY, FIELD, CROSSED = "toan_tinh", "co_quan", "linh_vuc", "co_quan_linh_vuc"
HIDDEN = "x"  # small, or kept back so that a small one cannot be computed
FIRST_COLUMNS = ("thang", "theo", "ma", "ten")
CROSSED_COLUMNS = ("thang", "ma", "ten", "linh_vuc")
# What readers may take from one another, so it is reckoned with: settled, but neither on time nor late.
RESTS = {
    "_apart": ("settled", ("on_time", "late")),
    "_ended": ("settled", ("resolved",)),
    "_on_paper": ("resolved", ("e_result",)),
    "_not_digitised": ("received", ("digitised",)),
    "_scanned": ("digitised", ("online",)),
    "_not_overdue": ("open", ("overdue",)),
}


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
    """One line as it was counted: by what, whose, and its counts by figure.

    `field`: of a line by agency and field, whose code and name are the agency's.
    """

    by: str
    code: str
    name: str
    counts: Mapping[str, int]
    field: str = ""


@dataclass(frozen=True)
class Shown:
    """One line as it is published: None where a count is left out."""

    by: str
    code: str
    name: str
    counts: Mapping[str, int | None]
    field: str = ""


def summed(crossed: Sequence[Line], figures: Sequence[str]) -> list[Line]:
    """Return all lines of a month from those by agency and field: in all, by each, and these."""
    told = [replace(line, counts=_with_rests(line.counts, figures)) for line in crossed]
    ordered = sorted(told, key=lambda line: (line.code, line.field))
    agencies = {line.code: line.name for line in ordered}
    names = sorted({line.field for line in ordered})
    total = Line(TOTAL, "", "", _sum(ordered, figures))
    by_agency = [
        Line(AGENCY, code, name, _sum([one for one in ordered if one.code == code], figures))
        for code, name in agencies.items()
    ]
    by_field = [
        Line(FIELD, name, name, _sum([one for one in ordered if one.field == name], figures))
        for name in names
    ]
    return [total, *by_agency, *by_field, *ordered]


def _sum(lines: Sequence[Line], figures: Sequence[str]) -> dict[str, int]:
    return {figure: sum(line.counts[figure] for line in lines) for figure in figures}


def _with_rests(counts: Mapping[str, int], figures: Sequence[str]) -> dict[str, int]:
    rests = {name: counts[whole] - sum(counts[one] for one in parts)
             for name, (whole, parts) in RESTS.items() if name in figures}  # fmt: skip
    return {**counts, **rests}


def figures_of(using: Settings) -> list[str]:
    """Return the figures that are protected: those of the columns, and what is left between them."""
    columns = [column.figure for column in using.columns]
    return columns + [
        name for name, (whole, parts) in RESTS.items() if {whole, *parts} <= set(columns)
    ]


def sums_of(using: Settings) -> tuple[Sum, ...]:
    """Return which figures are sums of others."""
    known = set(figures_of(using))
    return tuple(
        (whole, (*parts, name)) for name, (whole, parts) in RESTS.items() if name in known
    )


def protected(
    lines: Sequence[Line], using: Settings, *, also: Iterable[Cell] = ()
) -> tuple[list[Shown], frozenset[Cell]]:
    """Return the lines as they may be published, and which counts were left out.

    also: counts that were left out before and stay so.
    """
    places, grid = gridded(lines, using)
    before = {name: np.zeros(shape.shape, dtype=np.bool_) for name, shape in grid.counts.items()}
    for key, figure in also:
        if key in places and figure in before:
            before[figure][places[key]] = True
    gone = left_out(grid, threshold=using.threshold, also=before)
    hidden = frozenset(
        (key, figure) for figure, mask in gone.items() for key, at in places.items() if mask[at]
    )
    shown = [
        Shown(line.by, line.code, line.name,
              {c.figure: None if (key_of(line), c.figure) in hidden else line.counts[c.figure]
               for c in using.columns}, line.field)
        for line in lines
    ]  # fmt: skip
    return shown, hidden


def gridded(lines: Sequence[Line], using: Settings) -> tuple[dict[str, Place], Grid]:
    """Return in which row and column each line stands, and the counts by row and column."""
    rows = {line.code: n for n, line in enumerate(one for one in lines if one.by == AGENCY)}
    columns = {line.code: n for n, line in enumerate(one for one in lines if one.by == FIELD)}
    places = {
        key_of(line): {
            TOTAL: (len(rows), len(columns)),
            AGENCY: (rows.get(line.code, 0), len(columns)),
            FIELD: (len(rows), columns.get(line.code, 0)),
        }.get(line.by, (rows.get(line.code, 0), columns.get(line.field, 0)))
        for line in lines
    }
    counts = {}
    for figure in figures_of(using):
        counts[figure] = np.zeros((len(rows) + 1, len(columns) + 1), dtype=np.int64)
        for line in lines:
            counts[figure][places[key_of(line)]] = line.counts[figure]
    return places, Grid(counts, sums_of(using))


def key_of(line: Line | Shown) -> str:
    """Return a line's key within a month."""
    return f"{line.by}:{line.code}|{line.field}" if line.field else f"{line.by}:{line.code}"


Months = Sequence[tuple[str, Sequence[Mapping[str, Any]]]]


def as_csv(months: Months, using: Settings, *, first: Sequence[str] = FIRST_COLUMNS) -> str:
    """Return the lines of some months as CSV: comma, UTF-8, one heading; "x" is left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*first, *(column.name for column in using.columns)])
    for month, lines in months:
        for line in lines:
            counts = (line["counts"].get(column.figure) for column in using.columns)
            shown = (HIDDEN if count is None else count for count in counts)
            writer.writerow([*_named(month, line, first), *shown])
    return out.getvalue()


def as_json(months: Months, using: Settings, *, first: Sequence[str] = FIRST_COLUMNS) -> str:
    """Return the lines of some months as JSON; null is left out."""
    rows = [
        dict(zip(first, _named(month, line, first), strict=True))
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


def _named(month: str, line: Mapping[str, Any], first: Sequence[str]) -> list[str]:
    known = (month, line["by"], line["code"], line["name"], line.get("field", ""))
    told = dict(zip((*FIRST_COLUMNS, CROSSED_COLUMNS[-1]), known, strict=True))
    return [told[name] for name in first]


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
    """Return what is counted otherwise now, of what is shown both times, by agency and by field."""
    known = {(line["by"], line["code"]): line for line in published}
    found = []
    for line in since:
        if line.by == CROSSED:
            continue
        before = known.get((line.by, line.code), {"counts": {}})
        for figure, count in line.counts.items():
            was = before["counts"].get(figure)
            if was is not None and count is not None and was != count:
                found.append(Correction(month, line.by, line.name, figure, was, count))
    return found


def as_published(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Return the lines as they are kept."""
    return [
        {"by": s.by, "code": s.code, "name": s.name, "counts": dict(s.counts)}
        | ({"field": s.field} if s.field else {})
        for s in shown
    ]


def hidden_in(published: Sequence[Mapping[str, Any]]) -> frozenset[Cell]:
    """Return the counts that were left out of published lines."""
    return frozenset(
        (key_of(Shown(line["by"], line["code"], "", {}, line.get("field", ""))), figure)
        for line in published
        for figure, count in line["counts"].items()
        if count is None
    )
