"""What the boards show, put together from the figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting import definitions as declared
from motcua.reporting import queries
from motcua.reporting.queries import Figures
from motcua.reporting.rules import GOAL
from motcua.web.boards import charts, flow, lines, maps, nav, periods, reads, visitors
from motcua.web.boards.asked import EVERYWHERE, Asked
from motcua.web.boards.kpis import kpis
from motcua.web.boards.numbers import Number, numbers, percent
from motcua.web.boards.overdue import causes
from motcua.web.boards.reads import Seen
from motcua.web.ui import words
from motcua.web.ui.parts import Tab

__all__ = ["context_of", "digitisation_lines", "percent", "tabs"]
SHOWN_LINES, ALL_LINES, LEAST_ON_MAP = 12, 400, 10


def context_of(asked: Asked, *, limit: int = SHOWN_LINES) -> dict[str, Any]:
    """Return everything that the board of a period shows."""
    seen = reads.seen(asked)
    board, asked = seen.board, as_seen(asked, seen)
    parts = _parts(seen, asked, limit) if asked.sees_parts else published_of(asked)
    return frame_of(asked) | parts | {
        "total": board.total,
        "kpis": kpis(seen, asked),
        "against": periods.told_before(seen.before_period, asked.period),
        "ages": lines.ages(board.total, asked),
        "week": charts.week(seen.hours, lambda day, hour: asked.to("received", thu=day, gio=hour)),
        "flow": flow.flow_of(seen.days, asked),
        "due": flow.due_days(seen.due, asked) if asked.period.is_current else [],
        "causes": causes(seen.holds, asked),
        "sum": numbers(board.total, asked, keys=lines.COLUMNS),
        "online": numbers(board.total, asked, keys=("online",))[0],
    }  # fmt: skip


def _parts(seen: Seen, asked: Asked, limit: int) -> dict[str, Any]:
    """Return what officers see of agencies, fields and communes."""
    board = seen.board
    return {
        "multiples": _multiples(seen, asked),
        "province": _map(seen, asked),
        "columns": [declared.BY_KEY[key] for key in lines.COLUMNS],
        "agencies": lines.agency_lines(board.agencies, asked, limit=limit),
        "agencies_left": len(board.agencies) - limit,
        "fields": lines.field_lines(board.fields, asked, limit=limit),
        "fields_left": len(board.fields) - limit,
    }


def published_of(asked: Asked) -> dict[str, Any]:
    """Return what visitors see instead: the map of the month published last, if it says enough."""
    month = visitors.published()
    if month is None or month.places < LEAST_ON_MAP:
        return {"published": month, "province": None}

    def way(code: str) -> str:
        return visitors.of_one(cards.committee_at(code), month)

    drawn = maps.province(month.communes, asked, way=way)
    return {"published": month, "province": drawn}


def as_seen(asked: Asked, seen: Seen) -> Asked:
    """Return what was asked for as of the moment of the figures: their lists are of that moment."""
    return replace(asked, upto=seen.upto, at=seen.at)


def frame_of(asked: Asked) -> dict[str, Any]:
    """Return what every board shows around its figures."""
    return {
        "asked": asked,
        "place": "boards",
        "tabs": tabs(asked),
        "earlier": _neighbour(asked, -1),
        "later": _neighbour(asked, 1),
        "quarters": periods.quarters(at=asked.at),
        "current_token": periods.token(asked.period),
        "goal": GOAL,
        "duty_address": nav.address_for("desk:duty-new", asked.actor),
    }


def agencies_of(asked: Asked) -> dict[str, Any]:
    """Return the agencies of the province and its communes, each with its weeks and its figures."""
    seen = reads.seen(asked)
    asked = as_seen(asked, seen)
    rows = seen.board.agencies
    return _tables(asked, seen) | {
        "multiples": lines.multiples(rows, seen.weeks, asked, level="province", limit=ALL_LINES),
        "levels": [
            _level(_("Sở, ban, ngành"), "province", rows, asked),
            _level(_("Cơ quan ở xã, phường"), "commune", rows, asked),
        ],
    }


def _level(name: str, level: str, rows: Sequence[Figures], asked: Asked) -> dict[str, Any]:
    """Return the table of the agencies of a level, with the sum of its own lines."""
    mine = [row for row in rows if _level_of(row) == level]
    sums = {key: sum(row.counts[key] for row in mine) for key in (mine[0].counts if mine else ())}
    total = Figures("", "", sums)
    return {
        "name": name,
        "key": level,
        "lines": lines.agency_lines(mine, asked, limit=ALL_LINES),
        "total": total,
        "sum": numbers(total, asked, keys=lines.COLUMNS, narrow={"cap": level}) if mine else [],
    }


def communes_of(asked: Asked) -> dict[str, Any]:
    """Return the map of the communes, each with its weeks and its figures."""
    seen = reads.seen(asked)
    asked = as_seen(asked, seen)
    rows = seen.board.agencies
    return _tables(asked, seen) | {
        "multiples": lines.multiples(rows, seen.weeks, asked, level="commune", limit=ALL_LINES),
        "province": maps.province(rows, asked),
    }


def fields_of(asked: Asked) -> dict[str, Any]:
    """Return a line for each field, with how much of all it is."""
    seen = reads.seen(asked)
    asked = as_seen(asked, seen)
    found = lines.field_lines(seen.board.fields, asked, limit=ALL_LINES)
    most = max([line.numbers[0].value + line.numbers[1].value for line in found] + [1])
    bars = [(line, 100 * (line.numbers[0].value + line.numbers[1].value) / most) for line in found]
    return _tables(asked, seen) | {"fields": found, "bars": bars[:SHOWN_LINES]}


def _tables(asked: Asked, seen: Seen) -> dict[str, Any]:
    total = seen.board.total
    return frame_of(asked) | {
        "total": total,
        "columns": [declared.BY_KEY[key] for key in lines.COLUMNS],
        "sum": numbers(total, asked, keys=lines.COLUMNS),
    }


def _level_of(row: Figures) -> str:
    card = cards.card_by_code(row.key)
    return card.level if card else ""


def _multiples(seen: Seen, asked: Asked) -> list[lines.Multiple]:
    if asked.agency is not None:
        return []
    level = "commune" if asked.place else "province"
    return lines.multiples(seen.board.agencies, seen.weeks, asked, level=level)


def _map(seen: Seen, asked: Asked) -> maps.Province | None:
    """Return the map where more than one commune can be on it."""
    if asked.agency is not None or asked.place:
        return None
    return maps.province(seen.board.agencies, asked)


def _neighbour(asked: Asked, step: int) -> str:
    word = periods.neighbour(asked.period, step)
    return asked.query(ky=word, tu="", den="") if word else ""


def tabs(asked: Asked) -> list[Tab]:
    """Return the periods that can be asked for."""
    names = (
        ("today", _("Hôm nay")), ("week", _("Tuần")), ("month", _("Tháng")),
        ("quarter", _("Quý")), ("year", _("Năm")),
    )  # fmt: skip
    agency = asked.agency.code if asked.agency else EVERYWHERE
    return [
        Tab(name, "?" + asked.query(**{"ky": kind, "tu": "", "den": "", "co-quan": agency}),
            is_current=asked.period.kind == kind)
        for kind, name in names
    ]  # fmt: skip


@dataclass(frozen=True)
class ShareLine:
    """One figure of digitisation: its definition, its value in words, numerator and denominator."""

    definition: declared.Definition
    value: str
    parts: tuple[Number, Number]


def digitisation_lines(asked: Asked) -> list[ShareLine]:
    """Return the four figures of digitisation (766/QĐ-TTg 4.1 to 4.4)."""
    found = []
    for one in queries.digitisation_shares(asked.period, agency=asked.agency):
        counts = (one.numerator, one.ratio.numerator), (one.denominator, one.ratio.denominator)
        over, under = (Number(key, n, asked.to(key) if n else "") for key, n in counts)
        found.append(ShareLine(declared.BY_KEY[one.key], percent(one.ratio), (over, under)))
    return found


@dataclass(frozen=True)
class Explained:
    """A declaration as the page of definitions shows it."""

    key: str
    name: str
    numerator: str
    denominator: str
    exclusions: str
    law: str
    reading: str


def explained() -> list[tuple[str, list[Explained]]]:
    """Return every indicator under the title of its group."""
    return [(title, [_explained(one) for one in group]) for title, group in declared.GROUPS]


def _explained(one: declared.Indicator) -> Explained:
    parts = [_(declared.UNITS[one.unit]), _(declared.PERIODS[one.period])]
    if one.good:
        parts.append(_(declared.GOOD[one.good]))
    if one.threshold is not None:
        parts.append(_("đủ điểm từ %s%%") % words.number(one.threshold, 0))
    return Explained(
        one.key,
        one.name,
        one.numerator,
        one.denominator,
        one.exclusions,
        one.law,
        ", ".join(parts),
    )
