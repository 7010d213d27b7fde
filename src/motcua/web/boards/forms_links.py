"""The table and the words of a form, each number with the way to the dossiers that it counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from motcua.directory.queries import cards
from motcua.reporting.forms import periods, scoring
from motcua.reporting.forms.sheet import Column, Opens, Row, Section, Sheet, kind_of, shown
from motcua.reporting.queries import forms as queries
from motcua.web.boards.asked import Asked, asked

LEVELS = ("province", "commune")
SHOWN_AT_ZERO = ("score", "share")  # nothing of many dossiers is worth a look, none of none is not


@dataclass(frozen=True)
class Cell:
    """One value of the table: as it is printed, what stands above it, where its dossiers are."""

    text: str
    label: str
    is_number: bool
    href: str = ""
    is_nothing: bool = False


@dataclass(frozen=True)
class Head:
    """One heading of the table, over how many columns and rows."""

    words: str
    across: int
    down: int


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    row: Row
    cells: list[Cell]


def asked_of(
    request: HttpRequest,
    period: periods.FormPeriod,
    agency: cards.AgencyCard | None,
    at: datetime,
) -> Asked:
    """Return the board's question for the same period and agency: it makes the ways to dossiers."""
    span = queries.span_of(period, at=at)
    told = asked(request, at=at)
    return replace(told, period=span, agency=agency, is_live=False)


def tops(sheet: Sheet) -> list[Head]:
    """Return the upper line of headings."""
    down = 2 if any(column.group for column in sheet.columns) else 1
    found, place = [], 0
    for words, count in sheet.groups:
        if words:
            found.append(Head(words, count, 1))
        else:
            own = sheet.columns[place : place + count]
            found += [Head(column.words, 1, down) for column in own]
        place += count
    return found


def lines(sheet: Sheet, wanted: queries.Wanted, told: Asked) -> Iterator[Line]:
    """Give the rows of the table, each number with the way to its dossiers."""
    for row in sheet.rows:
        cells = []
        for place, (column, value) in enumerate(zip(sheet.columns, row.values, strict=True)):
            label = _label(column)
            is_number = kind_of(column, row) != "text"
            is_there = value is not None if kind_of(column, row) in SHOWN_AT_ZERO else bool(value)
            href = _href(row, place, column, wanted, told) if is_there else ""
            is_nothing = is_number and value in (0, None)
            cells.append(Cell(shown(value, column, row), label, is_number, href, is_nothing))
        yield Line(row, cells)


def _label(column: Column) -> str:
    """Return a heading short enough to stand before a value on a narrow screen."""
    group = column.group.removeprefix("Số hồ sơ ")
    if not group or group.startswith("Nguyên nhân"):
        return column.words
    return f"{group[0].upper()}{group[1:]}: {column.words[0].lower()}{column.words[1:]}"


def _href(row: Row, place: int, column: Column, wanted: queries.Wanted, told: Asked) -> str:
    """Return where the dossiers behind a number are, "" for whoever may not open them."""
    if wanted.kind.key == "register":
        return ""
    figure = row.figures[place] if row.figures else column.figure
    kind, key = row.opens
    is_share = bool(row.of) and kind_of(column, row) == "share"
    if is_share or figure == scoring.PARTS or kind == "officer":
        return _parts_href(row, column, wanted)
    if wanted.kind.key == "07b" and not figure and column.kind == "count" and column.key != "all":
        return _reason_href(wanted, column.key, key if kind == "field" else "", told)
    if not figure:
        return ""
    if kind == "field":
        return "" if key == queries.NO_FIELD else told.to(figure, by=None, **_narrow(key))
    level = column.key if column.key in LEVELS else ""
    return _to(figure, kind, key, told) if kind else told.to(figure, cap=level)


def _to(figure: str, kind: str, key: str, told: Asked) -> str:
    """Return the list of an agency's or a level's dossiers, or of the whole province's."""
    if kind == "agency":
        card = cards.card_by_code(key)
        return told.to(figure, by=card) if card is not None else ""
    return told.to(figure, cap=key if kind == "level" else "")


def _parts_href(row: Row, column: Column, wanted: queries.Wanted) -> str:
    """Return where the parts of a score or share are; of an officer's dossiers their list."""
    kind, key = row.opens
    if row.of:
        level = key if kind == "level" else column.key if column.key in LEVELS else ""
        return parts_address(wanted, ty="/".join(row.of), cap=level)
    if column.figure == scoring.PARTS:
        return parts_address(wanted, **{"chi-so": column.key.removeprefix("i"), "cua": key})
    return dossiers_address(wanted, cua=key) if column.figure else ""


def parts_address(wanted: queries.Wanted, **more: str) -> str:
    """Return where the parts of a score or of a share stand."""
    return f"{reverse('boards:form-parts', args=[wanted.kind.key])}?{query_of(wanted, **more)}"


def dossiers_address(wanted: queries.Wanted, **more: str) -> str:
    """Return where the dossiers of a part of a form are."""
    return f"{reverse('boards:form-dossiers', args=[wanted.kind.key])}?{query_of(wanted, **more)}"


def query_of(wanted: queries.Wanted, **more: str) -> str:
    """Return the address's parameters of a form."""
    known = {
        "ky": wanted.period.name,
        "co-quan": wanted.agency.code if wanted.agency else "",
        "theo": "linh-vuc" if wanted.by == "field" else "",
    }
    return urlencode({key: value for key, value in (known | more).items() if value})


def _narrow(field: str) -> dict[str, Any]:
    return {"linh-vuc": field}


def _reason_href(wanted: queries.Wanted, reason: str, field: str, told: Asked) -> str:
    if not told.opens():
        return ""
    return dossiers_address(wanted, **{"ly-do": reason, "linh-vuc": field})


# --- the words of a report ---


@dataclass(frozen=True)
class Piece:
    """A run of words, or one number with the way to its dossiers."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Told:
    """A part of a written report as it is shown: its heading, and paragraphs of pieces."""

    title: str
    paragraphs: list[list[Piece]]


def sections(sheet: Sheet, wanted: queries.Wanted, told: Asked) -> list[Told]:
    """Return the sections of a report with every number linked."""
    return [Told(one.title, list(_paragraphs(one, wanted, told))) for one in sheet.sections]


def _paragraphs(section: Section, wanted: queries.Wanted, told: Asked) -> Iterator[list[Piece]]:
    for place, text in enumerate(section.paragraphs):
        numbers = section.opens[place] if place < len(section.opens) else ()
        pieces, at = [], 0
        for one in numbers:
            found = text.find(one.text, at)
            if found < 0:
                continue
            pieces += [Piece(text[at:found]), Piece(one.text, _number_href(one, wanted, told))]
            at = found + len(one.text)
        yield [*pieces, Piece(text[at:])]


def _number_href(one: Opens, wanted: queries.Wanted, told: Asked) -> str:
    if not one.figure or one.text == "0":
        return ""
    if one.kind == "reason":
        known = replace(wanted, kind=queries.KINDS["07b"])
        return _reason_href(known, one.key, "", told)
    if one.kind == "before":
        before = periods.previous(wanted.period)
        return replace(told, period=queries.span_of(before, at=wanted.at)).to(one.figure)
    return _to(one.figure, one.kind, one.key, told)
