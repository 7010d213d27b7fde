"""A form as a workbook: official head, numbers as numbers, sums and identities as live formulas.

Texts are always written as text, so that no name becomes a formula.
"""

import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from motcua.reporting.forms.sheet import Column, Row, Sheet, Value, kind_of, shown

FIRST = 2  # the columns before the figures: order, name
_NATION, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_FONT = {"font_name": "Times New Roman", "font_size": 11}
_BOX = _FONT | {"border": 1, "valign": "vcenter"}
_LOOKS = {
    "plain": _FONT,
    "bold": _FONT | {"bold": True},
    "centre": _FONT | {"align": "center"},
    "strong": _FONT | {"align": "center", "bold": True},
    "title": _FONT | {"align": "center", "bold": True, "font_size": 14},
    "italic": _FONT | {"align": "center", "italic": True},
    "wrap": _FONT | {"text_wrap": True, "valign": "top"},
    "head": _BOX | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8F0F2"},
    "text": _BOX | {"text_wrap": True},
    "text_sum": _BOX | {"text_wrap": True, "bold": True},
    "mark": _BOX | {"align": "center"},
    "count": _BOX | {"num_format": "#,##0"},
    "count_sum": _BOX | {"num_format": "#,##0", "bold": True},
    "share": _BOX | {"num_format": "0.00"},
    "score": _BOX | {"num_format": "0.0"},
}


@dataclass
class _Page:
    """The sheet being written, the looks of its cells, and where the writing is."""

    sheet: Any
    looks: dict[str, Any]
    width: int
    at: int = 0
    top: int = 0

    def across(self, text: str, look: str) -> None:
        self.sheet.merge_range(self.at, 0, self.at, self.width - 1, "", self.looks[look])
        self.sheet.write_string(self.at, 0, text, self.looks[look])
        self.at += 1

    def pair(self, left: str, right: str, look: str) -> None:
        middle = max(1, self.width // 2)
        for first, last, text in ((0, middle - 1, left), (middle, self.width - 1, right)):
            if last > first:
                self.sheet.merge_range(self.at, first, self.at, last, "", self.looks[look])
            self.sheet.write_string(self.at, first, text, self.looks[look])
        self.at += 1


def as_xlsx(sheet: Sheet) -> bytes:
    """Return the form as a workbook; the same form gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {"title": sheet.title, "author": sheet.issuer.name, "comments": sheet.number,
         "created": sheet.until.replace(tzinfo=None)}
    )  # fmt: skip
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    width = max(FIRST + len(sheet.columns), 6)
    page = _Page(book.add_worksheet(_tab(sheet)), looks, width)
    _shape(page, sheet)
    _head(page, sheet)
    for section in sheet.sections:
        page.across(section.title, "bold")
        for paragraph in section.paragraphs:
            page.sheet.set_row(page.at, 15 * (1 + len(paragraph) // 100))
            page.across(paragraph, "wrap")
    if sheet.columns:
        _table(page, sheet)
    _foot(page, sheet)
    book.close()
    return out.getvalue()


def _tab(sheet: Sheet) -> str:
    return "".join(letter if letter not in "[]:*?/\\'" else " " for letter in sheet.form)[:31]


def _shape(page: _Page, sheet: Sheet) -> None:
    if sheet.size == "a4-landscape":
        page.sheet.set_landscape()
    page.sheet.set_paper(9)
    page.sheet.fit_to_pages(1, 0)
    page.sheet.set_footer("&C&P/&N")
    page.sheet.set_column(0, 0, 5, page.looks["plain"])
    page.sheet.set_column(1, 1, 38, page.looks["plain"])
    for place, column in enumerate(sheet.columns, start=FIRST):
        wide = 34 if column.kind == "text" else 11
        page.sheet.set_column(place, place, wide, page.looks["plain"])


def _head(page: _Page, sheet: Sheet) -> None:
    page.pair(sheet.issuer.parent.upper(), _NATION, "strong")
    page.pair(sheet.issuer.name.upper(), _MOTTO, "strong")
    page.at += 1
    page.across(sheet.number + (f" (ban hành theo {sheet.law})" if sheet.law else ""), "italic")
    page.across(sheet.title.upper(), "title")
    page.across(f"Kỳ báo cáo: {sheet.period}", "centre")
    page.across(f"(Từ ngày {sheet.first:%d/%m/%Y} đến ngày {sheet.last:%d/%m/%Y})", "italic")
    page.across(f"Đơn vị báo cáo: {sheet.issuer.name}", "plain")
    if sheet.receiver:
        page.across(f"Đơn vị nhận báo cáo: {sheet.receiver}", "plain")
    if sheet.unit:
        page.across(f"Đơn vị tính: {sheet.unit}", "plain")


def _table(page: _Page, sheet: Sheet) -> None:
    put, head = page.sheet, page.looks["head"]
    first = page.at
    for place, words in ((0, "STT"), (1, sheet.first_head)):
        put.merge_range(first, place, first + 1, place, "", head)
        put.write_string(first, place, words, head)
        put.write_string(first + 2, place, f"({place + 1})", head)
    place = FIRST
    for group, count in sheet.groups:
        if group and count > 1:
            put.merge_range(first, place, first, place + count - 1, "", head)
        if group:
            put.write_string(first, place, group, head)
        place += count
    for place, column in enumerate(sheet.columns, start=FIRST):
        if column.group:
            put.write_string(first + 1, place, column.words, head)
        else:
            put.merge_range(first, place, first + 1, place, "", head)
            put.write_string(first, place, column.words, head)
        put.write_string(first + 2, place, _number(column, place), head)
    put.set_row(first, 30, None)
    put.set_row(first + 1, 45, None)
    page.at = page.top = first + 3
    put.freeze_panes(page.top, FIRST)
    put.repeat_rows(first, first + 2)
    for row in sheet.rows:
        _row(page, sheet, row)


def _number(column: Column, place: int) -> str:
    return column.number or f"({place + 1})"


def _row(page: _Page, sheet: Sheet, row: Row) -> None:
    text = page.looks["text_sum" if row.is_sum else "text"]
    page.sheet.write_string(page.at, 0, row.mark, page.looks["mark"])
    page.sheet.write_string(page.at, 1, row.name, text)
    for place, value in enumerate(row.values):
        column = sheet.columns[place]
        formula = _formula(page, sheet, row, place)
        _cell(page, FIRST + place, value, (column, row), formula)
    page.at += 1


def _cell(page: _Page, place: int, value: Value, of: tuple[Column, Row], formula: str) -> None:
    column, row = of
    if not isinstance(value, int | float):
        page.sheet.write_string(page.at, place, shown(value, column, row), page.looks["text"])
        return
    kind = kind_of(column, row)
    look = page.looks["count_sum" if row.is_sum and kind == "count" else kind]
    if formula:
        page.sheet.write_formula(page.at, place, formula, look, value)
    else:
        page.sheet.write_number(page.at, place, value, look)


def _formula(page: _Page, sheet: Sheet, row: Row, place: int) -> str:
    """Return the sum as the form defines it: of columns within a row, of rows within a column."""
    column = sheet.columns[place]
    if kind_of(column, row) != "count":
        return ""
    if column.sum_of:
        keys = [one.key for one in sheet.columns]
        cells = [xl_rowcol_to_cell(page.at, FIRST + keys.index(key)) for key in column.sum_of]
        return "=" + "+".join(cells)
    if row.sums:
        return f"=SUM({','.join(_runs(page, row, FIRST + place))})"
    return ""


def _runs(page: _Page, row: Row, place: int) -> list[str]:
    """Return the cells that are added up, neighbours joined into ranges."""
    runs: list[list[int]] = []
    for one in row.sums:
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return [
        xl_rowcol_to_cell(page.top + first, place)
        + (f":{xl_rowcol_to_cell(page.top + last, place)}" if last > first else "")
        for first, last in runs
    ]


def _foot(page: _Page, sheet: Sheet) -> None:
    page.at += 1
    for check in sheet.checks:
        verdict = "khớp" if check.holds else "LỆCH: " + "; ".join(check.broken[:5])
        page.across(f"Kiểm tra {check.words}: {verdict}", "plain")
    for note in sheet.notes:
        page.sheet.set_row(page.at, 15 * (1 + len(note) // 130))
        page.across(note, "wrap")
    page.at += 1
    if any(sheet.signers):
        page.pair(sheet.signers[0].upper(), sheet.signers[1].upper(), "strong")
        page.pair("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên, đóng dấu)", "italic")
