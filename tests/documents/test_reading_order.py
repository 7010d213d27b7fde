"""Columns are read one after the other; syllables are parted; a PDF's own letters must be seen."""

import pytest

from motcua.documents.reading import Box, Word, printed
from motcua.documents.reading.ordering import in_reading_order
from motcua.documents.reading.splitting import taken_apart


def _line(number, *words, top=None):
    """Words at given places: (x, text), 20 pixels high, 10 a letter."""
    y = 40 * number if top is None else top
    return [
        Word(text, 0.9, Box(x + 10 * start, y, 10 * len(word), 20), number)
        for x, text in words
        for word, start in _starts(text)
        for text in [word]
    ]


def _starts(text):
    at = 0
    for word in text.split():
        yield word, at
        at += len(word) + 1


def _text(words):
    lines = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]


def test_the_agency_is_read_before_the_name_of_the_state():
    words = [
        *_line(0, (0, "ỦY BAN NHÂN DÂN"), (400, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        *_line(1, (0, "XÃ SƠN LÂM"), (450, "Độc lập - Tự do - Hạnh phúc")),
        *_line(2, (0, "Số: 12/UBND"), (450, "Sơn Lâm, ngày 12 tháng 5 năm 2026")),
        *_line(3, (250, "TỜ KHAI"), top=200),
        *_line(4, (0, "Tôi tên là Nguyễn Văn A, sinh ngày 01 tháng 01 năm 1990")),
    ]

    read = _text(in_reading_order(words, page_height=1000))

    assert read[:3] == ["ỦY BAN NHÂN DÂN", "XÃ SƠN LÂM", "Số: 12/UBND"]
    assert read[3] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert read[5].startswith("Sơn Lâm, ngày")
    assert read[6:] == ["TỜ KHAI", "Tôi tên là Nguyễn Văn A, sinh ngày 01 tháng 01 năm 1990"]


def test_recipients_are_read_before_the_signer():
    words = [
        *_line(0, (0, "Quyết định này có hiệu lực kể từ ngày ký.")),
        *_line(1, (0, "Nơi nhận:"), (500, "KT. CHỦ TỊCH")),
        *_line(2, (0, "- Như trên;"), (500, "PHÓ CHỦ TỊCH")),
        *_line(3, (0, "- Lưu: VT.")),
        *_line(4, (500, "Lê Thị B")),
    ]

    read = _text(in_reading_order(words, page_height=1000))

    assert read[1:] == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị B"
    ]  # fmt: skip


def test_a_table_keeps_its_rows():
    words = [
        *_line(0, (0, "Giấy khai sinh"), (400, "01 bản")),
        *_line(1, (0, "Tờ khai"), (400, "02 bản")),
    ]

    assert _text(in_reading_order(words, page_height=1000)) == [
        "Giấy khai sinh 01 bản",
        "Tờ khai 02 bản",
    ]


@pytest.mark.parametrize(
    ("read", "parts"),
    [
        ("DÂNTỈNH", ["DÂN", "TỈNH"]),
        ("(quyđịnh", ["(quy", "định"]),
        ("nghĩa", ["nghĩa"]),
        ("UBND", ["UBND"]),
    ],
)
def test_syllables_run_together_are_parted(read, parts):
    words = taken_apart([Word(read, 0.9, Box(5, 5, 70, 20))])

    assert [word.text for word in words] == parts
    assert sum(word.box.w for word in words) == 70


def test_a_pdf_that_draws_other_letters_than_it_says_is_believed_as_seen():
    said = _line(0, (0, "Số tiền: 90.000.000 đồng nộp tại quầy thu của phường"))
    seen = _line(0, (0, "Số tiền: 10.000.000 đồng nộp tai quầy thu của phường"))

    words = printed.agreed(seen, said)

    assert _text(words) == ["Số tiền: 10.000.000 đồng nộp tại quầy thu của phường"]
    assert words[2].confidence < 0.6


def test_a_pdf_whose_letters_are_elsewhere_is_read_from_its_pixels():
    said = _line(0, (0, "một văn bản hoàn toàn khác hẳn"))
    seen = _line(0, (0, "đơn đề nghị cấp giấy phép xây"))

    assert printed.agreed(seen, said) == tuple(seen)
