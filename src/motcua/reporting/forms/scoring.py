"""How officers and agencies are scored: nine indices of 2, 1 or 0 points, and the band of their sum.

Only what facts tell is scored. Where they tell nothing the index is N/A; the band then is given
from the least to the most that the unknown could make of it, never guessed.
Source: 01/2018/TT-VPCP Điều 13, Điều 14, Điều 15.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.reporting.forms.sheet import Column, Row, Sheet

_FILE = Path(__file__).parent / "scoring.toml"
PARTS = "parts"  # a score opens its parts, each of them its dossiers
INDEXES = {
    1: "Thời gian giải quyết so với quy định",
    2: "Thời gian tại từng cơ quan tham gia",
    3: "Số lần liên hệ để hoàn thiện hồ sơ",
    4: "Số cơ quan phải liên hệ",
    5: "Tổ chức một cửa",
    6: "Công khai thủ tục hành chính",
    7: "Thái độ, phục vụ",
    8: "Xử lý phản ánh, kiến nghị",
    9: "Dịch vụ công trực tuyến",
}


@dataclass(frozen=True, kw_only=True)
class Band:
    """A band of the sum: from how many points, and what it is called."""

    floor: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Rubric:
    """The rubric in force since a day; each pair of limits is for two points and for one."""

    since: date
    law: str
    online: tuple[float, float]
    feedback: tuple[float, float]
    published_points: int
    officer_indexes: tuple[int, ...]
    agency_bands: tuple[Band, ...]
    officer_bands: tuple[Band, ...]


@dataclass(frozen=True)
class Points:
    """How many dossiers got 2, 1 and 0 points; those that nothing is known of are in none."""

    two: int = 0
    one: int = 0
    zero: int = 0

    @property
    def known(self) -> int:
        """Return how many dossiers were scored."""
        return self.two + self.one + self.zero

    @property
    def value(self) -> float | None:
        """Return points by dossiers to one decimal, None where none is known."""
        return round((2 * self.two + self.one) / self.known, 1) if self.known else None


@dataclass(frozen=True)
class Scored:
    """One agency or officer: the value of each index, None where facts tell nothing."""

    key: str
    name: str
    dossiers: int
    values: Mapping[int, float | None] = field(default_factory=dict)

    @property
    def known(self) -> float:
        """Return the sum of what is known."""
        return round(sum(value for value in self.values.values() if value is not None), 1)

    @property
    def unknown(self) -> int:
        """Return how many indices are N/A."""
        return sum(value is None for value in self.values.values())


def of_share(percent: float | None, limits: tuple[float, float]) -> float | None:
    """Return 2, 1 or 0 points by the limits, None of an unknown share."""
    if percent is None:
        return None
    return 2.0 if percent >= limits[0] else 1.0 if percent >= limits[1] else 0.0


def of_one_stop(percent: float | None) -> float | None:
    """Return index 5: every dossier at a one-stop desk 1, else 0; no fact tells of the second point."""
    return None if percent is None else float(percent >= 100)


def without(points: Points, misinformed: int) -> Points:
    """Return index 6 where so many found the published information wrong: as many lose points."""
    two = max(0, points.two - misinformed)
    lost = min(points.two + points.one, misinformed)
    return Points(two, points.two + points.one - two - lost, points.zero + lost)


def of_feedback(percent: float | None, limits: tuple[float, float]) -> float:
    """Return index 8: no feedback at all is 2, else by the share that was settled on time."""
    found = of_share(percent, limits)
    return 2.0 if found is None else found


def of_online(percent: float | None, rubric: Rubric, *, late: int) -> float | None:
    """Return index 9: by the share filed online; 0 where any of those dossiers is late."""
    return 0.0 if late and percent is not None else of_share(percent, rubric.online)


def band(scored: Scored, bands: Sequence[Band]) -> str:
    """Return the band of the sum; where indices are unknown, the least and the most it can be."""
    if scored.unknown == len(scored.values):
        return "N/A"
    least = _band(scored.known, bands)
    most = _band(scored.known + 2 * scored.unknown, bands)
    return least if least == most else f"từ {least} đến {most} (thiếu {scored.unknown} chỉ số)"


def _band(total: float, bands: Sequence[Band]) -> str:
    return next(one.words for one in bands if round(total, 1) >= one.floor)


def agencies(head: Sheet, scored: Sequence[Scored], rubric: Rubric) -> Sheet:
    """Return the sheet of agencies: nine indices, the sum, the band; in the order of their names."""
    return _sheet(head, scored, tuple(INDEXES), rubric.agency_bands, ("Cơ quan, đơn vị", "agency"))


def officers(head: Sheet, scored: Sequence[Scored], rubric: Rubric) -> Sheet:
    """Return the sheet of officers: indices 1, 2, 3, 4 and 7."""
    whom = ("Cán bộ, công chức", "officer")
    return _sheet(head, scored, rubric.officer_indexes, rubric.officer_bands, whom)


def _sheet(
    head: Sheet,
    scored: Sequence[Scored],
    indexes: Sequence[int],
    bands: Sequence[Band],
    whom: tuple[str, str],
) -> Sheet:
    columns = (
        Column(key="dossiers", words="Hồ sơ đã giải quyết", figure="settled"),
        *(
            Column(key=f"i{n}", words=f"{n}. {INDEXES[n]}", kind="score", decimals=1, figure=PARTS)
            for n in indexes
        ),
        Column(key="known", words="Tổng điểm đã biết", kind="score", decimals=1),
        Column(key="most", words="Điểm tối đa của phần đã biết", kind="score", decimals=1),
        Column(key="band", words="Xếp loại", kind="text"),
    )
    numbered = tuple(
        replace(column, number=f"({place})") for place, column in enumerate(columns, start=3)
    )
    rows = tuple(
        Row(
            name=one.name,
            mark=str(place),
            opens=(whom[1], one.key),
            values=(
                one.dossiers, *(one.values.get(n) for n in indexes), one.known,
                2.0 * (len(indexes) - one.unknown), band(one, bands),
            ),
        )
        for place, one in enumerate(scored, start=1)
    )  # fmt: skip
    return replace(head, first_head=whom[0], unit="Điểm", columns=numbered, rows=rows)


def rubric_on(day: date) -> Rubric:
    """Return the rubric in force on a day."""
    return [one for one in _all() if one.since <= day][-1]


@cache
def _all() -> tuple[Rubric, ...]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["rubric"]
    return tuple(sorted(map(_rubric, entries), key=lambda one: one.since))


def _rubric(entry: Mapping[str, Any]) -> Rubric:
    return Rubric(
        since=entry["since"],
        law=entry["law"],
        online=_pair(entry["online"]),
        feedback=_pair(entry["feedback"]),
        published_points=entry["published_points"],
        officer_indexes=tuple(entry["officer_indexes"]),
        agency_bands=_bands(entry["agency_band"]),
        officer_bands=_bands(entry["officer_band"]),
    )


def _pair(values: Sequence[float]) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def _bands(entries: Sequence[Mapping[str, str | float]]) -> tuple[Band, ...]:
    bands = [Band(floor=float(one["from"]), words=str(one["words"])) for one in entries]
    return tuple(sorted(bands, key=lambda one: -one.floor))
