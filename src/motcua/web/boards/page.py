"""What the boards show, put together from the figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting import definitions as declared
from motcua.reporting import queries
from motcua.reporting.queries import Board, Day, Figures, keeping
from motcua.reporting.rules import GOAL, Ratio
from motcua.web.boards import charts
from motcua.web.boards.asked import EVERYWHERE, Asked
from motcua.web.boards.charts import Cell, Spark
from motcua.web.ui import words
from motcua.web.ui.parts import Tab

T = TypeVar("T")
SHOWN_LINES, ALL_LINES, WALL_LINES, MULTIPLES, LOWEST = 12, 400, 8, 12, 3
TREND_DAYS, TREND_WEEKS = 30, 12
LEAST_FOR_LOWEST = 5
COLUMNS = ("received", "carried", "settled", "on_time", "late", "ended", "open", "in_time",
           "overdue", "waiting")  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A figure and where its dossiers are ("" when this person may not open them)."""

    key: str
    value: int
    href: str = ""


@dataclass(frozen=True)
class Kpi:
    """One of the large figures on top: its words, what it is made of, how it moved."""

    label: str
    value: str
    href: str
    parts: list[tuple[Number, str]]
    spark: Spark | None = None


@dataclass(frozen=True)
class Line:
    """One agency or field of the tables."""

    name: str
    href: str
    numbers: list[Number]
    on_time: Ratio
    is_low: bool


@dataclass(frozen=True)
class Multiple:
    """One agency's share on time and how it moved by week."""

    name: str
    title: str
    ratio: Ratio
    href: str
    spark: Spark
    is_low: bool


@dataclass(frozen=True)
class Province:
    """The diagram of the communes and those that are lowest."""

    width: int
    height: int
    cells: list[Cell] = field(default_factory=list)
    island: Cell | None = None
    lowest: list[tuple[Cell, str]] = field(default_factory=list)


def context_of(asked: Asked, *, lines: int = SHOWN_LINES) -> dict[str, Any]:
    """Return everything that the board of a period shows."""
    board = queries.board(asked.period, agency=asked.agency)
    days = _days(asked)
    late = _kept("holders", asked, queries.holders) if asked.period.is_current else []
    return {
        "asked": asked,
        "place": "boards",
        "total": board.total,
        "tabs": tabs(asked),
        "kpis": kpis(board.total, days, asked),
        "multiples": multiples(board, asked),
        "ages": ages(board.total, asked),
        "week": charts.week(_kept("hours", asked, queries.busy_hours)),
        "holders": [(one, asked.to("overdue", giu=one.agency.code)) for one in late],
        "province": province(board, asked) if asked.agency is None else None,
        "columns": [declared.BY_KEY[key] for key in COLUMNS],
        "agencies": _agency_lines(board, asked, limit=lines),
        "agencies_left": len(board.agencies) - lines,
        "fields": _field_lines(board, asked, limit=lines),
        "fields_left": len(board.fields) - lines,
        "sum": _numbers(board.total, asked, keys=COLUMNS),
        "online": _numbers(board.total, asked, keys=("online",))[0],
        "goal": GOAL,
    }


def wall_of(asked: Asked) -> dict[str, Any]:
    """Return what the screen on the wall shows."""
    board = queries.board(asked.period, agency=asked.agency)
    days = _days(asked)
    return {
        "asked": asked,
        "total": board.total,
        "kpis": kpis(board.total, days, asked)[:4],
        "days": [day for day in days if day.received or day.settled][-14:],
        "most": max([max(day.received, day.settled) for day in days] + [1]),
        "lines": _agency_lines(board, asked, limit=WALL_LINES),
        "province": province(board, asked) if asked.agency is None else None,
        "goal": GOAL,
    }


def _days(asked: Asked) -> list[Day]:
    where = asked.agency.id if asked.agency else 0
    return keeping.kept(
        f"days:{asked.at.timestamp()}:{where}",
        lambda: queries.days_of(at=asked.at, count=TREND_DAYS, agency=asked.agency),
    )


def _kept(what: str, asked: Asked, read: Callable[..., T]) -> T:
    """Return what was read for this period and agency, read when it is not at hand."""
    period, where = asked.period, asked.agency.id if asked.agency else 0
    name = f"{what}:{period.start.timestamp()}:{period.until.timestamp()}:{where}"
    return keeping.kept(name, lambda: read(period, agency=asked.agency))


def tabs(asked: Asked) -> list[Tab]:
    """Return the periods that can be asked for."""
    names = (("today", _("Hôm nay")), ("week", _("Tuần này")), ("month", _("Tháng này")))
    agency = asked.agency.code if asked.agency else EVERYWHERE
    return [
        Tab(name, f"?ky={kind}&co-quan={agency}", is_current=asked.period.kind == kind)
        for kind, name in names
    ]


def percent(ratio: Ratio) -> str:
    """Return "96,2%", a dash of nothing."""
    return "–" if ratio.percent is None else f"{words.number(ratio.percent, 1)}%"


def kpis(total: Figures, days: Sequence[Day], asked: Asked) -> list[Kpi]:
    """Return the five large figures."""
    n = {number.key: number for number in _numbers(total, asked, keys=tuple(total.counts))}
    working = [day for day in days if day.received or day.settled]
    decided = n["on_time"].value + n["late"].value
    return [
        Kpi(
            _("Đúng hẹn (mục tiêu %d%%)") % GOAL,
            percent(total.on_time),
            n["on_time"].href,
            [(n["on_time"], _("/ %s đã xong") % words.number(decided)), (n["late"], _("trễ"))],
            charts.spark([day.on_time.percent for day in working], goal=GOAL),
        ),
        Kpi(
            _("Nhận trong kỳ và tồn đầu kỳ"),
            words.number(total.whole),
            "",
            [(n["received"], _("nhận")), (n["carried"], _("tồn"))],
            charts.spark([float(day.received) for day in working]),
        ),
        Kpi(
            _("Đã giải quyết trong kỳ"),
            words.number(n["settled"].value),
            n["settled"].href,
            [(n["early"], _("trước hạn")), (n["ended"], _("dừng, rút"))],
            charts.spark([float(day.settled) for day in working]),
        ),
        Kpi(
            _("Đang làm cuối kỳ"),
            words.number(n["open"].value),
            n["open"].href,
            [(n["overdue"], _("quá hạn")), (n["waiting"], _("chờ người dân"))],
            charts.spark([float(day.open) for day in working]),
        ),
        Kpi(
            _("Bị yêu cầu bổ sung"),
            percent(total.supplemented),
            n["supplemented"].href,
            [(n["supplemented"], _("trên %s nhận") % words.number(n["received"].value))],
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class ShareLine:
    """One figure of digitisation: its definition, its value in words, numerator and denominator."""

    definition: declared.Definition
    value: str
    parts: tuple[Number, Number]


def digitisation_lines(asked: Asked) -> list[ShareLine]:
    """Return the four figures of digitisation (766/QĐ-TTg 4.1 to 4.4)."""
    lines = []
    for one in queries.digitisation_shares(asked.period, agency=asked.agency):
        counts = (one.numerator, one.ratio.numerator), (one.denominator, one.ratio.denominator)
        over, under = (Number(key, n, asked.to(key) if n else "") for key, n in counts)
        lines.append(ShareLine(declared.BY_KEY[one.key], percent(one.ratio), (over, under)))
    return lines


def _numbers(
    figures: Figures,
    asked: Asked,
    *,
    keys: Sequence[str],
    by: cards.AgencyCard | None = None,
    narrow: Mapping[str, str] | None = None,
) -> list[Number]:
    return [
        Number(
            key,
            figures.counts[key],
            asked.to(key, by=by, **(narrow or {})) if figures.counts[key] else "",
        )
        for key in keys
    ]


def _agency_lines(board: Board, asked: Asked, *, limit: int) -> list[Line]:
    lines = []
    for row in board.agencies[:limit]:
        card = cards.card_by_code(row.key)
        href = "?" + asked.query(**{"co-quan": row.key}) if asked.agency is None else ""
        lines.append(_line(row, href, _numbers(row, asked, keys=COLUMNS, by=card)))
    return lines


def _field_lines(board: Board, asked: Asked, *, limit: int) -> list[Line]:
    return [
        _line(row, "", _numbers(row, asked, keys=COLUMNS, narrow={"linh-vuc": row.key}))
        for row in board.fields[:limit]
    ]


def _line(row: Figures, href: str, numbers: list[Number]) -> Line:
    share = row.on_time.percent
    return Line(row.name, href, numbers, row.on_time, share is not None and share < GOAL)


def multiples(board: Board, asked: Asked) -> list[Multiple]:
    """Return the provincial agencies with most results, each with its weeks."""
    found: list[Multiple] = []
    weeks = keeping.kept(
        f"weeks:{asked.at.timestamp()}",
        lambda: queries.weeks_by_agency(at=asked.at, weeks=TREND_WEEKS),
    )
    for row in board.agencies:
        card = cards.card_by_code(row.key)
        if card is None or (asked.agency is None and card.kind not in ("department", "sector")):
            continue
        if asked.agency is None and card.level != "province":
            continue
        line = charts.spark([ratio.percent for ratio in weeks.get(card.id, [])], goal=GOAL)
        if line is None or row.on_time.percent is None or len(found) == MULTIPLES:
            continue
        href = asked.to("on_time", by=card)
        low = row.on_time.percent < GOAL
        found.append(Multiple(card.short_name, card.name, row.on_time, href, line, low))
    return found


def ages(total: Figures, asked: Asked) -> list[tuple[Any, Number, float]]:
    """Return what is in progress by how far its due time is: definition, number, share of the most."""
    numbers = _numbers(total, asked, keys=declared.AGES)
    most = max([number.value for number in numbers] + [1])
    return [
        (declared.BY_KEY[number.key], number, 100 * number.value / most)
        for number in numbers
        if number.value or number.key not in ("far_over", "unlimited")
    ]


def province(board: Board, asked: Asked) -> Province:
    """Return the communes by their share on time; all agencies of a commune count for it."""
    counts: dict[str, list[int]] = {}
    for row in board.agencies:
        card = cards.card_by_code(row.key)
        if card is not None and card.level == "commune":
            sums = counts.setdefault(card.place_code, [0, 0])
            sums[0] += row.on_time.numerator
            sums[1] += row.on_time.denominator
    drawn = charts.cells()
    made = [
        _cell(code, points, counts.get(code, [0, 0])) for code, points in sorted(drawn.items())
    ]
    apart = [code for code in counts if code not in drawn]
    island = _cell(apart[0], "", counts[apart[0]]) if apart else None
    low = sorted(
        (cell for cell in made if cell.ratio.denominator >= LEAST_FOR_LOWEST),
        key=lambda cell: (cell.ratio.percent or 0, cell.name),
    )
    lowest = [
        (cell, asked.to("late", xa=cell.code))
        for cell in low[:LOWEST]
        if (cell.ratio.percent or 0) < GOAL
    ]
    width, height = charts.size()
    return Province(width, height, made, island, lowest)


def _cell(code: str, points: str, sums: list[int]) -> Cell:
    ratio = Ratio(sums[0], sums[1])
    committee = cards.committee_at(code)
    name = committee.short_name.removeprefix("UBND ") if committee else code
    return Cell(code, points, name[:1].upper() + name[1:], ratio, charts.shade(ratio))
