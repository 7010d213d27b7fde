"""Codes of the state, with the vectors of the law and of real numbers."""

from datetime import date

import pytest

from motcua.kernel import codes
from motcua.payments import rules


@pytest.mark.parametrize(
    ("agency", "day", "number", "code"),
    [
        ("H32.19", date(2025, 6, 30), 1, "000.00.19.H32-250630-0001"),
        ("H32.19", date(2025, 7, 1), 1, "H32.19-20250701-0000001"),
        ("G09.20", date(2026, 6, 9), 92637, "G09.20-20260609-0092637"),
    ],
)
def test_dossier_codes(agency: str, day: date, number: int, code: str) -> None:
    assert codes.dossier_code(agency=agency, day=day, number=number) == code
    assert codes.DOSSIER.match(code)


def test_a_sequence_that_outgrows_its_digits_is_not_cut() -> None:
    with pytest.raises(ValueError, match="digits"):
        codes.dossier_code(agency="H32.19", day=date(2024, 1, 2), number=10_000)


@pytest.mark.parametrize(
    ("new", "old"),
    [("H32.19", "000.00.19.H32"), ("H32", "000.00.00.H32"), ("H32.18.07", "000.07.18.H32")],
)
def test_agency_codes_both_ways(new: str, old: str) -> None:
    assert codes.legacy_agency(new) == old
    assert codes.modern_agency(old) == new
    assert codes.modern_agency(new) == new


def test_a_personal_number_tells_place_sex_and_year() -> None:
    read = codes.read_personal_id("056201001234")
    assert read is not None
    assert (read.province, read.sex, read.birth_year) == ("056", "nam", 2001)
    assert codes.read_personal_id("56201001234") is None


def test_the_text_of_a_card() -> None:
    text = "056201001234|225000111|Nguyễn Văn Mẫu|04032001|Nam|Tổ 5, phường Mẫu|01012022|thêm"
    card = codes.read_card(text)
    assert card is not None
    assert (card.name, card.birth_date, card.sex) == ("Nguyễn Văn Mẫu", date(2001, 3, 4), "nam")
    assert card.issued_on == date(2022, 1, 1)
    assert codes.read_card("056201001234||Mẫu|99999999|Nam|x|") is not None


@pytest.mark.parametrize("text", ["", "hello", "05620100123||Mẫu|04032001|Nam|x", "1|2|3"])
def test_what_is_no_card(text: str) -> None:
    assert codes.read_card(text) is None


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("0100109106", True),
        ("0300588569", True),
        ("4200237973", True),
        ("4200237973-001", True),
        ("0200588888", False),
        ("056201001234", True),
        ("12", False),
    ],
)
def test_tax_codes(code: str, fits: bool) -> None:  # noqa: FBT001  the expected answer
    assert codes.tax_code_is_plausible(code) is fits


@pytest.mark.parametrize("text", ["0905222318", "+84 905 222 318", "84905222318", "0905.222.318"])
def test_phones(text: str) -> None:
    assert codes.normal_phone(text) == "0905222318"


def test_crc_vectors() -> None:
    assert codes.crc16("123456789") == "29B1"
    sample = (
        "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA"
        "53037045802VN6304"
    )
    assert codes.crc16(sample) == "F4E5"


def test_vietqr_is_the_text_that_banks_read() -> None:
    text = rules.vietqr(
        bin_code="970436", account="1234567890", amount_vnd=500000, purpose="H32250701 0001"
    )
    assert text[-8:-4] == "6304"
    assert codes.crc16(text[:-4]) == text[-4:]
    assert "5406500000" in text
