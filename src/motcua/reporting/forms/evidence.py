"""Evidence sheets: which of our figures speaks to which criterion of PAR INDEX, SIPAS, PAPI, DTI.

The figures are ours and no score of those indices: surveys and panels give the scores.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from motcua.reporting.forms.sheet import Column, Row, Sheet, shown

_FILE = Path(__file__).parent / "evidence.toml"
INDEXES = ("PAR INDEX", "SIPAS", "PAPI", "DTI")
_SHARE = Column(key="share", words="", kind="share", decimals=2)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion of an index, and by which figures we show what it asks for."""

    index: str
    code: str
    name: str
    figures: tuple[str, ...]
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether it is in the list on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Shown:
    """One figure as evidence: its words, what it is made of, where it comes from."""

    name: str
    numerator: int
    denominator: int
    source: str
    figures: tuple[str, str] = ("", "")
    level: str = ""

    @property
    def percent(self) -> float | None:
        """Return the share in per cent, None of nothing."""
        return 100 * self.numerator / self.denominator if self.denominator else None


COLUMNS = (
    Column(key="code", words="Thuộc nội dung", number="(3)", kind="text"),
    Column(key="figure", words="Chỉ số của hệ thống", number="(4)", kind="text"),
    Column(key="share", words="Giá trị (%)", number="(5)", kind="share", decimals=2),
    Column(key="over", words="Tử số", number="(6)"),
    Column(key="under", words="Mẫu số", number="(7)"),
    Column(key="source", words="Nguồn", number="(8)", kind="text"),
)


def sheet(head: Sheet, figures: Mapping[str, Shown]) -> Sheet:
    """Return the evidence sheet: criteria in force at the period's end, a line for each figure."""
    rows: list[Row] = []
    for index in INDEXES:
        for one in criteria(index, head.last):
            rows += _rows(one, figures)
    numbered = tuple(replace(row, mark=str(place)) for place, row in enumerate(rows, start=1))
    return replace(
        head, first_head="Tiêu chí", columns=COLUMNS, rows=numbered,
        notes=(
            "Số liệu của hệ thống dùng làm minh chứng, không phải điểm chấm của các bộ chỉ số.",
            "N/A: trong kỳ không có hồ sơ nào để tính, hoặc hệ thống không giữ dữ liệu này.",
        ),
    )  # fmt: skip


def _rows(criterion: Criterion, figures: Mapping[str, Shown]) -> list[Row]:
    name = f"{criterion.index}: {criterion.name}"
    known = [figures[key] for key in criterion.figures if key in figures]
    if not known:
        return [Row(name=name, values=(criterion.code, "Chưa có chỉ số", None, None, None, ""))]
    return [
        Row(
            name=name,
            values=(
                criterion.code,
                one.name,
                one.percent,
                one.numerator if one.denominator else None,
                one.denominator or None,
                one.source,
            ),
            figures=("", "", "", *one.figures, ""),
            of=one.figures if one.figures[0] else (),
            opens=("level", one.level) if one.level else ("", ""),
        )
        for one in known
    ]


def percent(value: float | None) -> str:
    """Return "95,50%", "N/A" of nothing."""
    return shown(value, _SHARE)


def criteria(index: str, on: date) -> list[Criterion]:
    """Return the criteria of an index that hold on a day."""
    return [one for one in _all() if one.index == index and one.holds(on)]


@cache
def _all() -> tuple[Criterion, ...]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["criterion"]
    return tuple(Criterion(**one | {"figures": tuple(one["figures"])}) for one in entries)
