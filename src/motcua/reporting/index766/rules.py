"""Points of the index: editions by date, points of a component, the way to the next point. Pure.

The text leaves some splits of points open (domain annex D.3): editions.toml says which, with dates.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

_CENT = Decimal("0.01")
LEFT_OUT, REDISTRIBUTE = "left_out", "redistribute"


@dataclass(frozen=True)
class Component:
    """One of 1.1 to 5.4: what is divided by what, and from which share on it has all its points."""

    key: str
    group: str
    name: str
    of: str
    over: str
    unit: str
    act: str
    points: Fraction
    threshold: Fraction
    is_points_ours: bool
    is_threshold_ours: bool
    lever: str = "more"
    lacking: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """One of the six groups."""

    key: str
    name: str
    points: Fraction
    is_points_ours: bool
    components: tuple[Component, ...]


@dataclass(frozen=True)
class Band:
    """A class of agencies, from so many points on."""

    key: str
    name: str
    least: Decimal


@dataclass(frozen=True)
class Edition:
    """The index as one text, in one reading, lays it down from a day on."""

    valid_from: date
    law: str
    missing: str
    window_days: int
    step: Decimal
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]
    band_needs: Decimal = Decimal(0)

    @property
    def components(self) -> tuple[Component, ...]:
        """All components in their order."""
        return tuple(one for group in self.groups for one in group.components)

    def component(self, key: str) -> Component:
        """Return the component of a key.

        Raises KeyError: there is none.
        """
        return {one.key: one for one in self.components}[key]

    def band(self, points: Decimal) -> Band:
        """Return the class that so many points on 100 belong to."""
        return next(band for band in self.bands if points >= band.least)


@dataclass(frozen=True)
class Measured:
    """What a component was found to be: so many of so many; why there is nothing, when there is."""

    numerator: int = 0
    denominator: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """What it takes to gain the next point: so many more (or minutes less), and what that gains."""

    count: int
    gain: Decimal
    reached: Decimal


@dataclass(frozen=True)
class Line:
    """A component with its value, its points and the way to the next one; points None: no data."""

    component: Component
    measured: Measured
    most: Decimal
    points: Decimal | None
    step: Step | None

    @property
    def percent(self) -> float | None:
        """The value in per cent, None of nothing."""
        one = self.measured
        return 100 * one.numerator / one.denominator if one.denominator else None


@dataclass(frozen=True)
class GroupLine:
    """A group with its components and the sum of what has data."""

    group: Group
    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal | None:
        """The sum of the components with data, None of none."""
        known = [line.points for line in self.lines if line.points is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def most(self) -> Decimal:
        """The most that the components with data can reach."""
        return sum((line.most for line in self.lines if line.points is not None), Decimal(0))


@dataclass(frozen=True)
class Score:
    """The index of one agency on one day. `on_hundred`: read on 100; None when nothing has data."""

    edition: Edition
    groups: tuple[GroupLine, ...] = field(default=())

    @property
    def lines(self) -> tuple[Line, ...]:
        """All components."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def points(self) -> Decimal:
        """The points of what has data."""
        return sum((group.points or Decimal(0) for group in self.groups), Decimal(0))

    @property
    def most(self) -> Decimal:
        """The most that what has data can reach; 100 when everything has data."""
        return sum((group.most for group in self.groups), Decimal(0))

    @property
    def on_hundred(self) -> Decimal | None:
        """The points read on 100."""
        return _cents(Fraction(self.points) * 100 / Fraction(self.most)) if self.most else None

    @property
    def band(self) -> Band | None:
        """The class it belongs to, None where too few points have data to say so."""
        if self.on_hundred is None or self.most < self.edition.band_needs:
            return None
        return self.edition.band(self.on_hundred)


def points(
    *, numerator: int, denominator: int, threshold: Fraction, most: Fraction
) -> Decimal | None:
    """Return max × min(1, value / threshold) with two decimals; None of a zero denominator.

    Source: 766/QĐ-TTg (công thức tính điểm của từng chỉ số).
    """
    if denominator <= 0:
        return None
    share = Fraction(max(0, numerator), denominator) * 100 / threshold
    return _cents(most * min(Fraction(1), share))


def moved(*, component: Component, measured: Measured, count: int) -> Measured:
    """Return what a component is after so many more (of "less": so many minutes fewer).

    Source: 766/QĐ-TTg (tử số và mẫu số của từng chỉ số).
    """
    if component.lever == "less":
        return Measured(measured.numerator, max(1, measured.denominator - count))
    return Measured(min(measured.denominator, measured.numerator + count), measured.denominator)


def next_step(
    *, component: Component, measured: Measured, most: Decimal, step: Decimal
) -> Step | None:
    """Return the least count that gains `step` points, or all that is left when that is less.

    None: there is no data, or no more can be gained.
    Source: rule of the house (766/QĐ-TTg gives the points, not the way to them).
    """

    def reached(count: int) -> Decimal:
        after = moved(component=component, measured=measured, count=count)
        return _of(component, after, most) or Decimal(0)

    if measured.denominator <= 0:
        return None
    now, high = reached(0), max(0, measured.denominator - measured.numerator)
    if component.lever == "less":
        high = max(0, measured.denominator - 1)
    wanted = min(now + step, reached(high))
    if wanted <= now:
        return None
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) >= wanted else (middle, high)
    return Step(high, reached(high) - now, reached(high))


def score(*, edition: Edition, measured: Mapping[str, Measured]) -> Score:
    """Return points, sums and the class of what was measured, by component.

    Source: 766/QĐ-TTg (sáu nhóm, 100 điểm); what is missing is treated as the edition says.
    """
    return Score(edition, tuple(_group(edition, group, measured) for group in edition.groups))


def wished(*, component: Component, measured: Measured, percent: Decimal) -> Measured:
    """Return what a component would be at another value: "what if it were 60 %?".

    Source: rule of the house.
    """
    if measured.denominator <= 0 or percent < 0:
        return measured
    if component.lever == "less":
        if percent == 0:
            return measured
        fewer = _whole(Fraction(measured.numerator) * 100 / Fraction(percent))
        return Measured(measured.numerator, max(1, fewer))
    wanted = _whole(measured.denominator * Fraction(percent) / 100)
    return Measured(min(measured.denominator, wanted), measured.denominator)


def edition(*, on: date) -> Edition:
    """Return the edition in force on a day.

    Source: 766/QĐ-TTg.
    """
    known = editions()
    fitting = [one for one in known if one.valid_from <= on] or list(known[:1])
    return max(fitting, key=lambda one: one.valid_from)


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, checked: every group's components sum up to it, all groups to 100.

    Raises ValueError: they do not.
    Source: 766/QĐ-TTg (tổng 100 điểm).
    """
    path = Path(__file__).with_name("editions.toml")
    made = [_edition(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["editions"]]
    for one in made:
        for group in one.groups:
            if sum(component.points for component in group.components) != group.points:
                raise ValueError(f"the components of group {group.key} do not sum up to it")
        if sum(group.points for group in one.groups) != 100:
            raise ValueError("the groups do not sum up to 100")
    return tuple(made)


def _group(edition: Edition, group: Group, measured: Mapping[str, Measured]) -> GroupLine:
    found = {one.key: _found(one, measured) for one in group.components}
    known = [one for one in group.components if found[one.key].denominator > 0]
    scale = Fraction(1)
    if edition.missing == REDISTRIBUTE and known:
        scale = group.points / sum(one.points for one in known)
    return GroupLine(
        group, tuple(_line(edition, one, found[one.key], scale) for one in group.components)
    )


def _found(component: Component, measured: Mapping[str, Measured]) -> Measured:
    return measured.get(component.key) or Measured(reason=component.lacking)


def _line(edition: Edition, component: Component, found: Measured, scale: Fraction) -> Line:
    most = _cents(component.points * scale)
    step = next_step(component=component, measured=found, most=most, step=edition.step)
    return Line(component, found, most, _of(component, found, most), step)


def _of(component: Component, measured: Measured, most: Decimal) -> Decimal | None:
    return points(
        numerator=measured.numerator,
        denominator=measured.denominator,
        threshold=component.threshold,
        most=Fraction(most),
    )


def _edition(row: Mapping[str, Any]) -> Edition:
    bands = tuple(Band(b["key"], b["name"], Decimal(b["from"])) for b in row["bands"])
    return Edition(
        valid_from=row["valid_from"],
        law=row["law"],
        missing=row["missing"],
        window_days=row["window_days"],
        step=Decimal(row["step"]),
        band_needs=Decimal(row["band_needs"]),
        groups=tuple(_read_group(group) for group in row["groups"]),
        bands=tuple(sorted(bands, key=lambda band: band.least, reverse=True)),
    )


def _read_group(row: Mapping[str, Any]) -> Group:
    components = tuple(_read_component(one, row["key"]) for one in row["components"])
    is_ours = row["points_from"] != "law"
    return Group(row["key"], row["name"], Fraction(row["points"]), is_ours, components)


def _read_component(row: Mapping[str, Any], group: str) -> Component:
    return Component(
        key=row["key"],
        group=group,
        name=row["name"],
        of=row["of"],
        over=row["over"],
        unit=row["unit"],
        act=row["act"],
        points=Fraction(row["points"]),
        threshold=Fraction(row["threshold"]),
        is_points_ours=row["points_from"] != "law",
        is_threshold_ours=row["threshold_from"] != "law",
        lever=row.get("lever", "more"),
        lacking=row.get("lacking", ""),
        note=row.get("note", ""),
    )


def _cents(value: Fraction) -> Decimal:
    """Round half up to two decimals, exactly."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_CENT, ROUND_HALF_UP)


def _whole(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
