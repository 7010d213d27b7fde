"""Charts as plain numbers: the templates draw them as SVG, with the same numbers in a table."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.reporting.rules import GOAL, Ratio

WIDTH, HEIGHT, TOP = 100.0, 32.0, 3.0
_WEEKDAYS = {1: "T2", 2: "T3", 3: "T4", 4: "T5", 5: "T6", 6: "T7", 7: "CN"}


@dataclass(frozen=True)
class Spark:
    """A small line: its path, the area under it, where the goal runs, and whether it misses it."""

    line: str
    area: str
    goal: str = ""
    is_bad: bool = False


def spark(values: Sequence[float | None], *, goal: float | None = None) -> Spark | None:
    """Return the line through the known values, None when there are fewer than two."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return None
    numbers = [value for _place, value in known] + ([goal] if goal is not None else [])
    low, high = (
        (min(*numbers, 80.0), 100.0) if goal is not None else (min(*numbers, 0.0), max(numbers))
    )
    first, last = known[0][0], known[-1][0]

    def x(place: int) -> float:
        return WIDTH * (place - first) / (last - first)

    def y(value: float) -> float:
        return HEIGHT - 3 - (HEIGHT - 3 - TOP) * (value - low) / ((high - low) or 1)

    points = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in known)
    return Spark(
        line=f"M{points}",
        area=f"M{points} {WIDTH:.0f},{HEIGHT:.0f} 0,{HEIGHT:.0f}Z",
        goal=f"M0,{y(goal):.1f}H{WIDTH:.0f}" if goal is not None else "",
        is_bad=goal is not None and known[-1][1] < goal,
    )


@dataclass(frozen=True)
class Hour:
    """One cell of the week's hours: how many, how dark (0 to 5), and the way to its dossiers."""

    weekday: int
    hour: int
    count: int
    level: int
    href: str = ""


@dataclass(frozen=True)
class Week:
    """The hours of a week as rows by weekday."""

    hours: list[int]
    rows: list[tuple[str, list[Hour]]]


def week(counts: dict[tuple[int, int], int], way: Callable[[int, int], str]) -> Week:
    """Return the table of hours, from the first to the last hour in which anything happened."""
    hours = sorted({hour for _day, hour in counts})
    days = sorted({day for day, _hour in counts} | {1, 2, 3, 4, 5}) if counts else []
    most = max(counts.values(), default=0)

    def cell(day: int, hour: int) -> Hour:
        count = counts.get((day, hour), 0)
        level = min(5, -(-5 * count // most)) if most and count else 0
        return Hour(day, hour, count, level, way(day, hour) if count else "")

    return Week(hours, [(_WEEKDAYS[day], [cell(day, hour) for hour in hours]) for day in days])


def shade(ratio: Ratio) -> str:
    """Return the shade of a share on time: m1 (from 99 %) to m5 (under 90 %), m0 for none."""
    percent = ratio.percent
    if percent is None:
        return "m0"
    limits = ((99.0, "m1"), (97.0, "m2"), (GOAL, "m3"), (90.0, "m4"))
    return next((name for limit, name in limits if percent >= limit), "m5")


@cache
def cells() -> dict[str, str]:
    """Return the outlines of the communes on the diagram as paths, by code."""
    return {str(code): f"M{points}Z" for code, points in _drawn()["cells"].items()}


def size() -> tuple[int, int]:
    """Return width and height of the diagram."""
    return int(_drawn()["width"]), int(_drawn()["height"])


@cache
def _drawn() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("cells.toml").read_text(encoding="utf-8"))
