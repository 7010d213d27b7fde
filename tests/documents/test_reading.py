"""Pages read: bounds on errors, the port of engines, and what happens without a model."""

import pytest

from motcua.documents import reading
from motcua.documents.reading import tesseract
from motcua.documents.reading.correcting import settle
from motcua.documents.scanning import straighten
from motcua.documents.synthetic import compare, letters, wear

try:
    tesseract.model_folder()
except reading.Unavailable as missing:
    pytest.skip(str(missing), allow_module_level=True)


def _scan(kind, worn, seed):
    paper = letters.letter(kind, seed=seed)
    return paper, wear.worn(letters.drawn(paper), wear.chosen(worn, seed=seed), seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "worn", "most"),
    [
        ("letter", "scan", 0.005),
        ("decree", "shadow", 0.005),
        ("decision", "stamped", 0.012),
        ("form", "fax", 0.008),
        ("letter", "photo", 0.008),
    ],
)
def test_few_characters_are_misread(kind, worn, most):
    paper, scan = _scan(kind, worn, seed=21)

    page = reading.read_page(scan)

    assert compare.error_rate(paper.body, page.text) <= most


@pytest.fixture(scope="module")
def page():
    paper, scan = _scan("form", "scan", seed=22)
    straight = straighten(scan)
    return paper, straight, reading.read_page(straight, number=4)


def test_words_lie_on_the_straightened_page_with_confidences(page):
    _paper, straight, read = page

    assert (read.height, read.width) == straight.image.shape[:2]
    assert read.number == 4
    for word in read.words:
        assert 0 <= word.confidence <= 1
        assert 0 <= word.box.x < word.box.x + word.box.w <= read.width
        assert 0 <= word.box.y < word.box.y + word.box.h <= read.height


def test_lines_run_down_and_words_are_in_the_text(page):
    _paper, _straight, read = page

    assert " ".join(word.text for word in read.words) == " ".join(read.text.split())
    assert [word.line for word in read.words] == sorted(word.line for word in read.words)
    assert read.confidence > 0.8


def test_a_blank_page_has_no_words():
    blank = letters.drawn(letters.with_body("x", seed=1)) | 255

    read = reading.read_page(wear.worn(blank, wear.Wear(), seed=1))

    assert read.words == ()
    assert read.text == ""


def test_another_engine_can_be_registered_and_is_corrected_too(page):
    class Parrot:
        def read(self, image, *, timeout_seconds):  # noqa: ARG002 (the port's signature)
            said = ["cơ", "quan", "cố", "thẩm", "quyền"]
            return tuple(
                reading.Word(word, 0.9, reading.Box(9 * i, 0, 8, 8)) for i, word in enumerate(said)
            )

    reading.engines.register("parrot")(Parrot())

    read = reading.read_page(page[1], engine="parrot")

    assert read.text == "cơ quan có thẩm quyền"


def test_an_engine_that_nobody_registered_is_an_error(page):
    with pytest.raises(LookupError):
        reading.read_page(page[1], engine="clairvoyant")


def test_without_the_vietnamese_model_reading_is_refused_in_words(monkeypatch, tmp_path, page):
    monkeypatch.setenv("MOTCUA_TESSDATA", str(tmp_path))
    tesseract.close()
    tesseract.model_folder.cache_clear()
    try:
        with pytest.raises(reading.Unavailable, match="tesseract-ocr-vie"):
            reading.read_page(page[1])
    finally:
        tesseract.model_folder.cache_clear()


def test_a_page_that_takes_too_long_is_given_up(monkeypatch, page):
    monkeypatch.setattr("motcua.documents.reading.page.TIMEOUT_SECONDS", 0.001)

    with pytest.raises(reading.Unavailable):
        reading.read_page(page[1])


def test_a_page_read_upside_down_is_turned_over(monkeypatch):
    paper = letters.with_body("Ủy ban nhân dân phường xác nhận tờ giấy này là đúng. " * 8, seed=24)
    scan = wear.worn(letters.drawn(paper), wear.chosen("clean", seed=24), seed=24)
    name = "motcua.documents.scanning.straightening.quarter_turns"
    monkeypatch.setattr(name, lambda _page: 0)

    page, read = reading.read_scan(scan[::-1, ::-1].copy())

    assert page.turned == 2
    assert compare.error_rate(paper.body, read.text) < 0.01


def test_correcting_never_makes_a_page_worse_than_it_was_read():
    paper, scan = _scan("decree", "copy", seed=23)
    raw = tesseract.Tesseract().read(straighten(scan).image, timeout_seconds=60)
    words = settle(_doubts(raw))

    before = compare.errors(paper.body, " ".join(word.text for word in raw))
    after = compare.errors(paper.body, " ".join(words))

    assert after <= before


def _doubts(words):
    from motcua.documents.reading.correcting import Doubt

    return [Doubt(word.text, word.confidence, word.others) for word in words]
