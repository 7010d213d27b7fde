"""Every paper: renders, is PDF/A-2a and PDF/UA-1, reads back, and survives any text."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta

import pypdf
import pypdfium2
import pytest
import zxingcpp

from motcua.documents import papers
from motcua.documents.papers import data, glyphs, manifest, qr, samples, words

HOSTILE = '#panic("x") *đậm* _nghiêng_ $x^2$ `mã` <nhãn> @tham // ghi "ngoặc" \\ [a] {b} = - + ~ '
STRANGE = "Ngọc 😀 漢字 \u0000\u202e\ufeff\ue000 e\u0302\u0301 " + "W" * 300


@pytest.fixture(scope="module")
def pdfs():
    return {key: papers.render(key, paper, samples.AT) for key, paper in samples.ALL.items()}


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(text.split())


def test_there_is_a_sample_and_a_template_of_every_paper():
    assert set(samples.ALL) == set(papers.keys())


@pytest.mark.parametrize("key", samples.ALL)
def test_a_paper_is_archivable_and_accessible(key, pdfs):
    reader = read(pdfs[key])
    catalog = reader.trailer["/Root"]
    xmp = catalog["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert catalog["/Lang"].startswith("vi")
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("key", samples.ALL)
def test_a_paper_names_itself_and_its_author(key, pdfs):
    information = read(pdfs[key]).metadata

    assert information.title
    assert information.author == samples.ALL[key].issuer.name
    assert information.creation_date == samples.AT.astimezone(UTC)


@pytest.mark.parametrize("key", samples.ALL)
def test_every_font_is_embedded(key, pdfs):
    for page in read(pdfs[key]).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert descendant["/FontDescriptor"].keys() & {"/FontFile2", "/FontFile3"}


@pytest.mark.parametrize("key", samples.ALL)
def test_the_qr_has_a_description_and_the_page_a_heading(key, pdfs):
    nodes = list(structure(read(pdfs[key]).trailer["/Root"]["/StructTreeRoot"]))

    assert any(node.get("/Alt", "").startswith("Mã QR của") for node in nodes)
    assert [node["/S"] for node in nodes if node.get("/S") == "/H1"] == ["/H1"]


def structure(node):
    """Walk the tags of a PDF."""
    children = node.get("/K", [])
    listed = children if isinstance(children, list) else [children]
    for child in (entry.get_object() for entry in listed):
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from structure(child)


@pytest.mark.parametrize("key", samples.ALL)
def test_the_printed_qr_is_read_by_a_scanner_top_left(key, pdfs):
    with pypdfium2.PdfDocument(pdfs[key]) as document:
        picture = document[0].render(scale=300 / 72).to_pil()

    (found,) = zxingcpp.read_barcodes(picture)
    payload = qr.decode(found.text)

    assert payload.paper == read(pdfs[key]).metadata.title
    assert payload.agency_code == samples.ALL[key].issuer.code
    assert payload.at == samples.AT
    dossier = getattr(samples.ALL[key], "dossier", None)
    assert payload.dossier_code == (dossier.code if dossier else "")
    assert payload.owner_id == (dossier.owner_id if dossier else "")
    assert found.position.top_left.x < picture.width / 4
    assert found.position.top_left.y < picture.height / 4


@pytest.mark.parametrize(
    ("key", "phrases"),
    [
        (
            "01",
            [
                "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "Tây Nha Trang, ngày 16 tháng 11 năm 2026",
                "NGUYỄN THỊ LÀNH",
                "17 giờ 00 phút, ngày 26 tháng 11 năm 2026",
                "28.000 ₫",
                "Mẫu số 01",
            ],
        ),
        ("02", ["PHIẾU YÊU CẦU BỔ SUNG", "chưa chứng thực", "01 tháng 12 năm 2026"]),
        ("03", ["PHIẾU TỪ CHỐI", "không giải quyết", "thông báo thu hồi đất"]),
        ("04", ["VĂN BẢN XIN LỖI", "03 tháng 12 năm 2026", "một lần"]),
        ("05", ["THÔNG BÁO DỪNG", "Thẩm định; chưa có quyết định", "hoàn lại lệ phí"]),
        ("06", ["PHIẾU KIỂM SOÁT", "Quá hạn", "Phạm Đức Thịnh"]),
        ("07", ["SỔ THEO DÕI HỒ SƠ", "60 hồ sơ", "Bưu chính công ích"]),
        ("handover", ["PHIẾU BÀN GIAO HỒ SƠ", "Bên nhận", "Cấp giấy phép xây dựng"]),
        ("checklist", ["DANH MỤC GIẤY TỜ CẦN CHUẨN BỊ", "Không phải mang", "CT01"]),
        ("result", ["QUYẾT ĐỊNH", "Điều 3.", "Nơi nhận"]),
    ],
)
def test_the_text_reads_back_with_its_marks(key, phrases, pdfs):
    text = text_of(pdfs[key])

    assert [phrase for phrase in phrases if phrase not in text] == []


def hostile(value: object, text: str) -> object:
    """Return the same data with `text` after every string."""
    if isinstance(value, str):
        return value + " " + text
    if isinstance(value, tuple):
        return tuple(hostile(item, text) for item in value)
    if is_dataclass(value):
        kept = {"stage", "cause", "outcome", "code"}
        return replace(
            value,
            **{
                field.name: hostile(getattr(value, field.name), text)
                for field in fields(value)
                if field.name not in kept
            },
        )
    return value


@pytest.mark.parametrize("text", [HOSTILE, STRANGE], ids=["markup", "strange"])
@pytest.mark.parametrize("key", [key for key in samples.ALL if key != "07"])
def test_any_text_stays_text(key, text):
    paper = hostile(samples.ALL[key], text)

    read_back = text_of(papers.render(key, paper, samples.AT))

    assert {HOSTILE: '#panic("x") *đậm*', STRANGE: "Ngọc □ □□ ế"}[text] in read_back


@pytest.mark.parametrize("key", samples.ALL)
def test_nothing_optional_is_needed(key):
    bare = _bare(samples.ALL[key])

    assert papers.render(key, bare, samples.AT).startswith(b"%PDF")


def _bare(paper: data.Paper) -> data.Paper:
    """Return the paper with nothing but what its class demands, lists empty."""
    demanded = {f.name: getattr(paper, f.name) for f in fields(paper) if f.default is MISSING}
    return type(paper)(
        **{name: () if isinstance(value, tuple) else value for name, value in demanded.items()}
    )


def test_long_lists_run_over_pages_with_the_code_on_each():
    many = replace(samples.RECEIPT, papers=samples.RECEIPT.papers * 40)

    pages = read(papers.render("01", many, samples.AT)).pages

    assert len(pages) > 3
    assert all(samples.LAND.code in page.extract_text() for page in pages)


def test_a_register_of_many_rows_repeats_its_head():
    many = replace(samples.REGISTER, rows=samples.REGISTER.rows * 10)

    pages = read(papers.render("07", many, samples.AT)).pages

    assert all("Mã hồ sơ" in page.extract_text() for page in pages[:-1])
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_sizes_are_those_of_the_manifest(pdfs):
    def millimetres(key: str) -> tuple[int, int]:
        box = read(pdfs[key]).pages[0].mediabox
        return round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)

    assert millimetres("01") == (148, 210)
    assert millimetres("04") == (210, 297)
    assert millimetres("07") == (297, 210)


def test_a_paper_uses_the_version_in_force_on_its_day():
    old = datetime(2020, 5, 4, 8, 0, tzinfo=words.HERE)

    assert manifest.in_force("06", old.date()).form == "Mẫu số 05"
    assert manifest.in_force("06", samples.AT.date()).form == "Mẫu số 06"
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI" in text_of(papers.render("04", samples.EXTENSION, old))


def test_no_template_before_the_first():
    with pytest.raises(papers.NoTemplateInForce):
        papers.render("01", samples.RECEIPT, datetime(2010, 1, 1, tzinfo=UTC))


def test_data_of_another_paper_are_an_error():
    with pytest.raises(TypeError):
        papers.render("02", samples.RECEIPT, samples.AT)


def test_the_same_data_make_the_same_bytes():
    assert papers.render("01", samples.RECEIPT, samples.AT) == papers.render(
        "01", samples.RECEIPT, samples.AT
    )


def test_threads_may_print_at_once():
    def print_one(number: int) -> str:
        dossier = replace(samples.LAND, code=f"H32.18-20261116-{number:07}")
        paper = replace(samples.RECEIPT, dossier=dossier)
        return text_of(papers.render("01", paper, samples.AT))

    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(print_one, range(24)))

    assert all(f"H32.18-20261116-{n:07}" in text for n, text in enumerate(texts))


def test_a_receipt_without_a_due_date_says_when_it_will_be_known():
    paper = replace(samples.RECEIPT, due_at=None, due_proof="")

    assert "tính từ khi cơ quan có thẩm quyền nhận được hồ sơ" in text_of(
        papers.render("01", paper, samples.AT)
    )


def test_text_is_made_drawable():
    assert glyphs.safe("Ế\u0301😀") == "Ế\u0301□"
    assert glyphs.safe("e\u0302\u0301") == "ế"
    assert glyphs.safe("a\u202eb\u0007c\td\r\ne") == "abc d\ne"
    assert all(len(run) <= 10 for run in glyphs.safe("x" * 90).split("\u200b"))


def test_days_are_written_as_the_decree_says():
    assert words.day(samples.AT.date().replace(day=5, month=2)) == "ngày 05 tháng 02 năm 2026"
    assert words.day(samples.AT.date().replace(day=5, month=3)) == "ngày 05 tháng 3 năm 2026"
    assert words.stamp(samples.AT) == "16/11/2026 09:12:40 +07:00"
    assert words.moment(samples.AT.astimezone(UTC)) == "09 giờ 12 phút, ngày 16 tháng 11 năm 2026"


def test_a_payload_comes_back_from_its_text():
    payload = qr.Payload(
        dossier_code="H32.18-20261116-0000147",
        procedure_code="1.013992",
        owner_id="056161000103",
        paper="GIẤY | TIẾP NHẬN",
        agency_code="H32.118",
        at=samples.AT,
    )

    assert qr.decode(qr.encode(payload)) == payload
    assert qr.decode("H32.18|1.01|0561|GIẤY|H32.118|2026-11-16T09:12:40+07:00").owner_id == "0561"
    assert qr.decode("a|b|c") is None
    assert qr.decode("a|b|c|d|e|f") is None
    assert qr.decode("a|b|c|d|e|2026-01-01T00:00:00") is None


def test_moments_are_printed_in_local_time():
    late = replace(samples.RECEIPT, received_at=datetime(2026, 11, 16, 17, 30, tzinfo=UTC))

    assert "00 giờ 30 phút, ngày 17 tháng 11 năm 2026" in text_of(
        papers.render("01", late, samples.AT + timedelta(days=1))
    )
