"""Understanding a page from its words alone: labels, shapes, codes, metadata. No pixels."""

from datetime import date, datetime

import pytest

from motcua.documents.papers import qr
from motcua.documents.papers.words import HERE
from motcua.documents.reading import Box, PageRead, Word
from motcua.documents.scanning import Code
from motcua.documents.synthetic.kinds import mrz as printed
from motcua.documents.understanding import kinds, understand
from motcua.documents.understanding.calibrating import Judged, thresholds
from motcua.documents.understanding.mrz import check_digit, read_zone
from motcua.documents.understanding.shapes import normal, shaped
from motcua.documents.understanding.spec import Field

NOTICE = """
SỞ Y TẾ KHÁNH HÒA
BỆNH VIỆN ĐA KHOA TỈNH KHÁNH HÒA
Số: 440/2026
GIẤY CHỨNG SINH
Họ và tên mẹ/người nuôi dưỡng: TRƯƠNG NGỌC HẠNH
Nơi đăng ký thường trú: 179 đường Mẫu Một, phường Cam Ranh, tỉnh Khánh Hòa
Số định danh cá nhân/CCCD: 099161375640
Đã sinh con vào lúc: 23 giờ 33 phút, ngày 29 tháng 4 năm 2026
Giới tính của con: Nam
Cân nặng: 4150 gam
Dự định đặt tên con là: LÊ QUỐC THỊNH
Bắc Ninh Hòa, ngày 01 tháng 5 năm 2026
"""


def page(text: str, *, codes: tuple[Code, ...] = (), sure: float = 0.96) -> PageRead:
    words = []
    for row, line in enumerate(text.strip().splitlines()):
        x = 220
        for word in line.split():
            words.append(Word(word, sure, Box(x, 100 + 52 * row, 14 * len(word), 28), row))
            x += 14 * len(word) + 9
    return PageRead(1, 1654, 2339, tuple(words), text, sure, codes)


def test_r11_a_birth_notice_is_told_and_its_fields_are_read():
    found = understand([page(NOTICE)])

    assert found.kind == "birth_notice"
    assert found.value("mother_name") == "Trương Ngọc Hạnh"
    assert found.value("mother_id") == "099161375640"
    assert found.value("birth_date") == "2026-04-29"
    assert found.value("child_name") == "Lê Quốc Thịnh"
    assert found.value("weight_grams") == "4150"
    assert found.value("issued_on") == "2026-05-01"
    assert found.metadata
    assert found.metadata.owner_id == "099161375640"
    assert (
        found.metadata.abstract
        == "Giấy chứng sinh: con của Trương Ngọc Hạnh, sinh ngày 29/04/2026"
    )
    assert found.metadata.names_owner


def test_every_field_says_where_it_was_read_and_how_surely():
    found = understand([page(NOTICE)])

    name = next(one for one in found.fields if one.key == "mother_name")
    assert name.page == 1
    assert name.box is not None
    assert name.box.y == 100 + 52 * 4
    assert 0.8 < name.confidence < 1


def test_doubtful_words_make_a_doubtful_field():
    sure = understand([page(NOTICE)], kind="birth_notice")
    doubtful = understand([page(NOTICE, sure=0.4)], kind="birth_notice")

    assert doubtful.fields[1].confidence < sure.fields[1].confidence / 2


def test_an_unknown_paper_is_other_and_has_no_fields():
    found = understand([page("Danh sách lớp 5A\nSTT Tên Điểm")])

    assert (found.kind, found.fields, found.metadata) == ("other", (), None)


def test_a_paper_that_shows_a_name_in_two_spellings_is_doubted():
    twice = NOTICE + "\nTrương Ngọc Hạnh"
    spelled = NOTICE + "\nTrương Ngọc Hanh"

    agreed, differing = (
        understand([page(text)]).fields[1].confidence for text in (twice, spelled)
    )

    assert differing < 0.6 < agreed


def test_the_qr_of_an_identity_card_is_read_exactly():
    text = "099190123456||Nguyễn Thị Mẫu|01021990|Nữ|12 đường Mẫu Một, xã Vạn Hưng|05072022"

    found = understand([page("CĂN CƯỚC CÔNG DÂN", codes=(Code(text, "QRCode", (9, 9, 99, 99)),))])

    assert found.kind == "identity_card"
    assert found.value("name") == "Nguyễn Thị Mẫu"
    assert found.value("birth_date") == "1990-02-01"
    assert found.value("issued_on") == "2022-07-05"
    assert {one.confidence for one in found.fields if one.value} == {0.999}


def test_our_own_paper_names_its_dossier():
    payload = qr.Payload(
        dossier_code="H32.66-20261116-0000001", procedure_code="1.004222", owner_id="",
        paper="Giấy hẹn", agency_code="H32.66", at=datetime(2026, 11, 16, 9, tzinfo=HERE),
    )  # fmt: skip

    found = understand(
        [page("GIẤY HẸN", codes=(Code(qr.encode(payload), "QRCode", (0, 0, 9, 9)),))]
    )

    assert found.dossier_code == "H32.66-20261116-0000001"


def test_a_marital_status_paper_counts_for_six_months():
    text = """GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
Họ và tên: ĐOÀN MỸ MAI
Số CCCD: 099190123456
Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai
Giấy này được cấp để: làm thủ tục đăng ký kết hôn
Nơi cấp: Ủy ban nhân dân xã Vạn Hưng
Ngày cấp: 31/08/2026"""

    found = understand([page(text)]).metadata

    assert found
    assert (found.valid_from, found.valid_until) == ("2026-08-31", "2027-02-28")
    assert found.scope == "làm thủ tục đăng ký kết hôn"


ZONE = {
    "number": "099190123456", "name": "Nguyễn Thị Mẫu", "birth_date": date(1990, 2, 1), "sex": "Nữ",
    "valid_until": date(2030, 2, 1),
}  # fmt: skip


def test_check_digits_are_those_of_the_standard():
    assert [check_digit(text) for text in ("520727", "D23145890", "740812")] == ["3", "7", "2"]


def test_a_zone_is_read_and_what_machines_mix_up_is_put_right():
    lines = printed.lines(**ZONE)
    mixed = "\n".join((lines[0].replace("0", "O"), lines[1], lines[2]))

    found = read_zone(mixed, on=date(2026, 11, 16))

    assert found
    assert (found.number, found.birth_date, found.sex) == ("099190123456", date(1990, 2, 1), "Nữ")
    assert (found.valid_until, found.name) == (date(2030, 2, 1), "NGUYEN THI MAU")


def test_looks_that_differ_are_settled_by_the_check_digits():
    first, second, third = printed.lines(**ZONE)
    one = "\n".join((first, second.replace("900201", "960201"), third))
    other = "\n".join((first.replace("190123456", "196123456"), second, third))

    found = read_zone(one, other, on=date(2026, 11, 16))

    assert found
    assert (found.number, found.birth_date) == ("099190123456", date(1990, 2, 1))


def test_a_zone_whose_digits_do_not_fit_is_not_read():
    first, second, third = printed.lines(**ZONE)

    assert read_zone("\n".join((first.replace("190123456", "196123456"), second, third))) is None


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        ("date", "Sinh ngày 05/02/1990", "1990-02-05"),
        ("date", "ngày 05 tháng 02 năm 1990", "1990-02-05"),
        ("date", "31/02/1990", None),
        ("id", "0991 9012 3456", "099190123456"),
        ("money", "1.250.000 đồng", "1250000"),
        ("name", "NGUYỄN VĂN AN, sinh năm", "Nguyễn Văn An"),
        ("name", "NGUYÊN VĂN AN", "Nguyễn Văn An"),
        ("name", "số 12", None),
        ("sex", "Nữ Dân tộc", "Nữ"),
        ("office", "ỦY BAN NHÂN DÂN PHƯỜNG TÂY NHA TRANG", "Ủy ban nhân dân phường Tây Nha Trang"),
    ],
)
def test_words_become_values_of_a_shape(shape, text, value):
    words = [Word(word, 0.9, Box(0, 0, 9, 9)) for word in text.split()]

    found = shaped(words, Field("", "", shape))

    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("shape", "typed", "kept"),
    [
        ("date", "2/3/2026", "2026-03-02"),
        ("date", "2026-03-02", "2026-03-02"),
        ("date", "30/02/2026", None),
        ("name", "Lê Bảo Ngọc", "Lê Bảo Ngọc"),
        ("id", "12345", None),
        ("text", "bất kỳ", "bất kỳ"),
    ],
)
def test_what_a_person_types_is_kept_in_the_shapes_form(shape, typed, kept):
    assert normal(typed, shape) == kept


def judged(confidence: float, *, right: bool) -> Judged:
    return Judged(
        kind="receipt", variant="a", wear="scan", key="amount", label="Số tiền", shape="money",
        confidence=confidence, is_right=right, is_found=True,
    )  # fmt: skip


def test_a_threshold_stands_above_what_was_wrong():
    rows = [judged(0.9 + n / 1000, right=True) for n in range(50)] + [judged(0.7, right=False)]

    assert 0.9 <= thresholds(rows)["money"] < 0.92


def test_a_shape_that_is_never_right_holds_nothing_by_itself():
    rows = [judged(0.99, right=False) for _ in range(30)]

    assert thresholds(rows)["money"] == 1.0


def test_the_fifteen_kinds_have_fields_that_answer_r11():
    for kind in kinds().values():
        keys = {field.key for field in kind.fields}
        named = {kind.owner, kind.owner_id, kind.owner_birth, kind.issued_on, kind.issuer}
        assert named - {""} <= keys, kind.key
        assert len(kinds()) == 15
