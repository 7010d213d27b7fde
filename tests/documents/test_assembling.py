"""From pages to PDF/A-2b: structure, text under the picture, size; what breaks the standard."""

import io
import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pypdf import PdfReader
from tests.documents import stacks

from motcua.documents import assembling
from motcua.documents.assembling import font
from motcua.documents.assembling.separating import separators
from motcua.documents.assembling.stack import turned
from motcua.documents.reading import Box, PageRead, Word
from motcua.documents.scanning import codes
from motcua.kernel.worktime import VIETNAM

AT = datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
SENTENCE = "Ủy ban nhân dân phường Ngã Bảy, quận Thuận Hoá: Đặng Thị Mỹ Hằng, 16/11/2026"


def read_of(width: int, height: int, *lines: str) -> PageRead:
    """Return lines as if they had been read on a page."""
    words = []
    for number, line in enumerate(lines):
        left = 100
        for text in line.split():
            wide = 18 * len(text)
            words.append(Word(text, 0.97, Box(left, 120 + 60 * number, wide, 34), number))
            left += wide + 14
    return PageRead(1, width, height, tuple(words), confidence=0.97)


def made(path: Path, *pages, about: assembling.About | None = None, marks=()) -> Path:
    with path.open("wb") as out:
        writer = assembling.PdfaWriter(
            out, about=about or assembling.About(title="Tờ khai"), at=AT
        )
        for number, (image, read) in enumerate(pages):
            if number < len(marks):
                writer.mark(marks[number])
            writer.add(assembling.picture_of(image), read)
        writer.finish()
    return path


def white(height: int = 2339, width: int = 1654) -> np.ndarray:
    return np.full((height, width, 3), 250, np.uint8)


@pytest.fixture(scope="module")
def scan() -> np.ndarray:
    return np.asarray(stacks.page("decision", 2, "stamped"))


def test_what_comes_out_keeps_pdf_a(tmp_path, scan):
    path = made(tmp_path / "a.pdf", (scan, read_of(1654, 2339, SENTENCE)), (white(), None))

    assert assembling.faults(path) == ()
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 2


def test_vietnamese_text_comes_back_with_its_marks(tmp_path):
    path = made(tmp_path / "a.pdf", (white(), read_of(1654, 2339, SENTENCE, "Số: 12/QĐ-UBND")))

    text = PdfReader(path).pages[0].extract_text()
    assert " ".join(text.split()) == f"{SENTENCE} Số: 12/QĐ-UBND"


def test_decomposed_text_is_found_composed(tmp_path):
    import unicodedata

    decomposed = unicodedata.normalize("NFD", SENTENCE)
    path = made(tmp_path / "a.pdf", (white(), read_of(1654, 2339, decomposed)))

    assert SENTENCE in " ".join(PdfReader(path).pages[0].extract_text().split())


def test_words_stand_where_they_were_read(tmp_path):
    read = read_of(1654, 2339, SENTENCE)
    path = made(tmp_path / "a.pdf", (white(), read))
    found = []

    def note(text, _cm, matrix, _font, _size):
        if text.strip():
            found.append((text.strip(), matrix[4], matrix[5]))

    page = PdfReader(path).pages[0]
    page.extract_text(visitor_text=note)
    scale = float(page.mediabox.height) / read.height
    assert found
    first = read.words[0]
    assert found[0][1] == pytest.approx(first.box.x * scale, abs=1)
    assert found[0][2] == pytest.approx((read.height - first.box.y - 34) * scale, abs=6)


def test_a_page_of_text_is_small_and_letters_stay_sharp(scan):
    picture = assembling.picture_of(scan)

    assert picture.size_bytes < 150_000
    assert picture.ink is not None
    assert not picture.is_grey  # its stamps are red
    assert picture.points == pytest.approx((595, 842), abs=2)


def test_a_photograph_stays_one_picture():
    chance = np.random.default_rng(3)
    low = chance.integers(0, 255, (30, 40, 3), dtype=np.uint8)
    photo = np.kron(low, np.ones((40, 40, 1), np.uint8))

    assert assembling.picture_of(photo).ink is None


def test_a_card_keeps_its_size_on_paper():
    card = np.full((1080, 1712, 3), 220, np.uint8)

    width, height = assembling.picture_of(card).points
    assert (width / 72 * 25.4, height / 72 * 25.4) == pytest.approx((85.6, 54), abs=0.3)


def test_what_r11_wants_known_and_strange_letters_are_kept(tmp_path):
    about = assembling.About(
        title='Giấy khai sinh <b> & "con"',
        kind="birth_certificate",
        owner="Lê Thị Ánh",
        abstract="Trích yếu",
        valid_until=AT.date(),
        dossier="H32",
    )
    path = made(tmp_path / "a.pdf", (white(), None), about=about)

    assert assembling.faults(path) == ()
    with pikepdf.open(path) as pdf, pdf.open_metadata() as told:
        space = "{urn:motcua:so-hoa:1}"
        assert told["dc:title"] == about.title
        assert told[f"{space}ChuSoHuu"] == "Lê Thị Ánh"
        assert told[f"{space}HieuLucDen"] == "2026-11-16"
        assert told["dc:description"] == "Trích yếu"


def test_new_words_leave_the_pages_and_the_standard(tmp_path):
    path = made(tmp_path / "a.pdf", (white(), read_of(1654, 2339, SENTENCE)))
    out = io.BytesIO()

    with path.open("rb") as before:
        assembling.retitle(before, out, about=assembling.About(title="Tên mới"), at=AT)
    (tmp_path / "b.pdf").write_bytes(out.getvalue())

    assert assembling.faults(tmp_path / "b.pdf") == ()
    again = PdfReader(tmp_path / "b.pdf")
    assert again.metadata.title == "Tên mới"
    assert SENTENCE in " ".join(again.pages[0].extract_text().split())


def test_papers_in_one_file_are_found_by_the_outline(tmp_path):
    pages = [(white(), None), (white(), None)]
    path = made(tmp_path / "a.pdf", *pages, marks=("Giấy tờ 1", "Giấy tờ 2"))

    assert [one.title for one in PdfReader(path).outline] == ["Giấy tờ 1", "Giấy tờ 2"]
    assert assembling.faults(path) == ()


def test_a_pdf_without_pages_is_not_made():
    writer = assembling.PdfaWriter(io.BytesIO(), about=assembling.About(title="x"), at=AT)

    with pytest.raises(ValueError, match="at least one page"):
        writer.finish()


def _encrypted(pdf: pikepdf.Pdf, path: Path) -> None:
    pdf.save(path, encryption=pikepdf.Encryption(owner="x", user=""))


def _broken(change):
    def apply(pdf: pikepdf.Pdf, path: Path) -> None:
        change(pdf)
        pdf.save(path)

    return apply


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _soft_mask(pdf: pikepdf.Pdf) -> None:
    image = pdf.pages[0].Resources.XObject.I
    image.SMask = pdf.make_stream(b"x", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)


def _no_font(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.T.DescendantFonts[0].FontDescriptor["/FontFile2"]


def _no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def _no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


def _other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Tên khác"


def _attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = b"x"


def _see_through(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
    pdf.pages[0].Resources.ExtGState = pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5))
    pdf.pages[0].AA = pikepdf.Dictionary()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_encrypted, "mã hóa"),
        (_broken(_script), "tự làm việc"),
        (_broken(_soft_mask), "trong suốt"),
        (_broken(_no_font), "không nhúng"),
        (_broken(_no_intent), "không gian màu"),
        (_broken(_no_metadata), "XMP"),
        (_broken(_other_title), "hai nơi khác nhau"),
        (_broken(_attached), "EmbeddedFile"),
        (_broken(_see_through), "trong suốt"),
    ],
)
def test_what_breaks_the_standard_is_found(tmp_path, spoil, words):
    made(tmp_path / "a.pdf", (white(), read_of(1654, 2339, SENTENCE)))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        spoil(pdf, tmp_path / "b.pdf")

    assert any(words in fault for fault in assembling.faults(tmp_path / "b.pdf"))


def test_what_is_no_pdf_has_a_fault(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"khong phai")

    assert "không mở được" in assembling.faults(tmp_path / "x.pdf")[0]


def test_the_font_is_whole():
    program = font.program()
    count = struct.unpack(">H", program[4:6])[0]
    tags = {program[12 + 16 * n : 16 + 16 * n] for n in range(count)}

    assert {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"} <= tags
    padded = program + bytes(-len(program) % 4)
    assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_a_sheet_is_turned_by_quarters():
    image = np.arange(6, dtype=np.uint8).reshape(2, 3)

    assert turned(image, 90).tolist() == [[3, 0], [4, 1], [5, 2]]
    assert turned(image, 360) is image


def test_separator_sheets_are_read_again():
    import pypdfium2

    pdf = separators(code="H32.66-20261109-0000001", components=[("ct01", "Tờ khai CT01")])
    page = pypdfium2.PdfDocument(pdf)[0]
    image = np.ascontiguousarray(
        page.render(scale=150 / 72, rev_byteorder=True).to_numpy()[..., :3]
    )

    assert [code.text for code in codes(image)] == ["MCTACH|H32.66-20261109-0000001|ct01"]
