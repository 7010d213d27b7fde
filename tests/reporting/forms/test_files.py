"""Forms as files, read back: workbook, paper, CSV."""

import csv
import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from motcua.reporting.forms import settlement, writing
from motcua.reporting.forms.pdf import as_pdf
from motcua.reporting.forms.settlement import Counts, Part
from motcua.reporting.forms.sheet import Sheet
from motcua.reporting.forms.xlsx import as_xlsx
from tests.factories.world import VN
from tests.reporting.forms.test_settlement import HEAD, unhurried

AT = datetime(2025, 10, 3, 9, 0, tzinfo=VN)
ATTACK = "=cmd|' /C calc'!A0"
FIELDS = {
    "Hộ tịch": Counts(
        online=7, direct=2, carried=1, early=4, in_term=2, late=1, in_time=2, overdue=1
    ),
    ATTACK: Counts(online=1200, early=1200),
}


@pytest.fixture
def sheet() -> Sheet:
    return settlement.one_agency(HEAD, FIELDS)


def _cells(sheet: Sheet) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_the_workbook_has_the_official_head_and_live_sums(sheet: Sheet):
    rows = _cells(sheet)
    text = "\n".join(str(value) for row in rows for value in row if value is not None)

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "SỞ TƯ PHÁP" in text
    assert "Biểu II.06a/VPCP/KSTT" in text
    assert "Quý III/2025" in text
    assert "Đơn vị tính: Số hồ sơ" in text
    assert "THỦ TRƯỞNG ĐƠN VỊ" in text
    line = next(row for row in rows if row[1] == "Hộ tịch")
    place = rows.index(line) + 1
    assert line[2] == f"=D{place}+E{place}+F{place}"
    assert line[3:6] == [7, 2, 1]
    total = next(row for row in rows if row[1] == "Tổng số")
    assert total[3] == f"=SUM(D{place - 1}:D{place})"


def test_the_values_of_the_formulas_are_there_too(sheet: Sheet):
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet)), data_only=True)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert next(row for row in rows if row[1] == "Tổng số")[2:13] == list(sheet.rows[-1].values)


def test_sums_of_levels_skip_the_lines_between():
    parts = [
        Part(
            code=f"H{n}", name=f"Cơ quan {n}", level=level, fields={"x": Counts(online=n, early=n)}
        )
        for n, level in enumerate(("province", "province", "commune"), start=1)
    ]

    rows = _cells(settlement.by_agency(HEAD, parts))

    place = next(n for n, row in enumerate(rows, start=1) if row[0] == "A")
    assert rows[-1] is not None
    total = next(row for row in rows if row[1] == "Tổng số")
    assert total[3] == f"=SUM(D{place},D{place + 3})"


def test_the_same_form_gives_the_same_bytes(sheet: Sheet):
    assert as_xlsx(sheet) == as_xlsx(sheet)
    assert writing.as_csv(sheet) == writing.as_csv(sheet)


def test_no_name_becomes_a_formula(sheet: Sheet):
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet)))
    cells = [cell for row in book.active.iter_rows() for cell in row]

    assert next(cell for cell in cells if cell.value == ATTACK).data_type == "s"
    assert all(cell.value.startswith(("=SUM(", "=D", "=I", "=M")) or cell.value[1] in "DIMHLG"
               for cell in cells if cell.data_type == "f")  # fmt: skip
    assert f"'{ATTACK}" in writing.as_csv(sheet).decode()


@unhurried
@given(st.text(max_size=30))
def test_no_cell_of_the_csv_begins_like_a_formula(name: str):
    content = writing.as_csv(settlement.one_agency(HEAD, {name: Counts(online=1, early=1)}))

    assert content.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_csv_is_read_by_a_spreadsheet(sheet: Sheet):
    rows = list(csv.reader(io.StringIO(writing.as_csv(sheet).decode("utf-8-sig"))))

    assert ["1", "Hộ tịch", "10", "7", "2", "1", "7", "4", "2", "1", "3", "2", "1"] in [
        ["1", *row[1:]] for row in rows if len(row) > 1 and row[1] == "Hộ tịch"
    ]


@pytest.mark.django_db
def test_the_paper_says_the_same(sheet: Sheet):
    reader = PdfReader(io.BytesIO(as_pdf(sheet, at=AT)))
    text = "\n".join(page.extract_text() for page in reader.pages)

    box = reader.pages[0].mediabox
    assert box.width > box.height
    for words in ("SỞ TƯ PHÁP", "Độc lập - Tự do - Hạnh phúc", "Biểu II.06a/VPCP/KSTT",
                  "Quý III/2025", "1.200", "3 = 4 + 5 + 6 khớp", "NGƯỜI LẬP BIỂU"):  # fmt: skip
        assert words in text
