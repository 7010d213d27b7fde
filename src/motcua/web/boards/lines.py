"""The tables of a board: a line for each agency or field, and how each moved by week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from motcua.directory.queries import cards
from motcua.reporting import definitions as declared
from motcua.reporting.queries import Figures
from motcua.reporting.rules import GOAL, Ratio
from motcua.web.boards import charts
from motcua.web.boards.asked import Asked
from motcua.web.boards.charts import Spark
from motcua.web.boards.numbers import Number, numbers

COLUMNS = ("received", "carried", "settled", "on_time", "late", "ended", "open", "in_time",
           "overdue", "waiting")  # fmt: skip
MULTIPLES = 12


@dataclass(frozen=True)
class Line:
    """One agency or field of the tables."""

    name: str
    href: str
    numbers: list[Number]
    on_time: Ratio
    is_low: bool
    spark: Spark | None = None


@dataclass(frozen=True)
class Multiple:
    """One agency's share on time and how it moved by week; `href` leads to its own board."""

    name: str
    title: str
    ratio: Ratio
    href: str
    list_href: str
    spark: Spark
    is_low: bool


def agency_lines(rows: Sequence[Figures], asked: Asked, *, limit: int) -> list[Line]:
    """Return a line for each agency; its name leads to its own board."""
    lines = []
    for row in rows[:limit]:
        card = cards.card_by_code(row.key)
        href = board_of(card, asked) if card and card != asked.agency else ""
        lines.append(_line(row, href, numbers(row, asked, keys=COLUMNS, by=card)))
    return lines


def field_lines(rows: Sequence[Figures], asked: Asked, *, limit: int) -> list[Line]:
    """Return a line for each field; its name leads to its own board where that shows no less."""
    lines = []
    for row in rows[:limit]:
        narrow = {"linh-vuc": row.key}
        href = f"{reverse('boards:fields')}?{asked.in_period(ten=row.key)}"
        way = href if asked.is_whole else ""
        lines.append(_line(row, way, numbers(row, asked, keys=COLUMNS, narrow=narrow)))
    return lines


def board_of(card: cards.AgencyCard, asked: Asked) -> str:
    """Return the address of an agency's own board in the same period."""
    return f"{reverse('boards:agency', args=[card.code])}?{asked.in_period()}"


def _line(row: Figures, href: str, shown: list[Number]) -> Line:
    return Line(row.name, href, shown, row.on_time, is_low(row.on_time))


def is_low(ratio: Ratio) -> bool:
    """Tell whether a share misses the goal."""
    return ratio.percent is not None and ratio.percent < GOAL


def multiples(
    rows: Sequence[Figures],
    weeks: Mapping[int, Sequence[Ratio]],
    asked: Asked,
    *,
    level: str,
    limit: int = MULTIPLES,
) -> list[Multiple]:
    """Return the agencies of a level with most results, each with its weeks."""
    found: list[Multiple] = []
    for row in rows:
        card = cards.card_by_code(row.key)
        if card is None or card.level != level or row.on_time.percent is None:
            continue
        if level == "province" and card.kind not in ("department", "sector"):
            continue
        line = charts.spark([one.percent for one in weeks.get(card.id, [])], goal=GOAL)
        if line is None:
            continue
        found.append(
            Multiple(card.short_name, card.name, row.on_time, board_of(card, asked),
                     asked.to("on_time", by=card), replace(line, is_bad=is_low(row.on_time)),
                     is_low(row.on_time))
        )  # fmt: skip
        if len(found) == limit:
            break
    return found


def ages(total: Figures, asked: Asked) -> list[tuple[Any, Number, float]]:
    """Return what is in progress by how far its due time is: definition, number, share of the most."""
    shown = numbers(total, asked, keys=declared.AGES)
    most = max([number.value for number in shown] + [1])
    return [
        (declared.BY_KEY[number.key], number, 100 * number.value / most)
        for number in shown
        if number.value or number.key not in ("far_over", "unlimited")
    ]
