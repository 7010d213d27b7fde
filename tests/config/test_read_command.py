"""`motcua documents read`: text, confidence, kind and fields; a clear refusal otherwise."""

import json

import PIL.Image
import pytest

from motcua.config.cli.main import main
from motcua.documents import reading
from motcua.documents.reading import tesseract
from motcua.documents.synthetic import compare, letters, wear

try:
    tesseract.model_folder()
except reading.Unavailable as missing:
    pytest.skip(str(missing), allow_module_level=True)


def _told(capsys, *words):
    code = main(["documents", "read", *words, "--json", "--quiet"])
    return code, json.loads(capsys.readouterr().out)


def test_a_scan_is_told_as_text_with_pages(capsys, tmp_path):
    paper = letters.letter("decision", seed=31)
    scan = wear.worn(letters.drawn(paper), wear.chosen("scan", seed=31), seed=31)
    PIL.Image.fromarray(scan).save(tmp_path / "scan.png")

    code, document = _told(capsys, str(tmp_path / "scan.png"))

    assert code == 0
    (page,) = document["pages"]
    assert {"text", "confidence", "kind", "fields"} <= page.keys()
    assert page["text"] == document["text"]
    assert page["confidence"] > 0.8
    assert compare.error_rate(paper.body, document["text"]) < 0.01


def test_a_pdf_with_letters_is_told_exactly(capsys, tmp_path):
    paper = letters.letter("letter", seed=32)
    (tmp_path / "letter.pdf").write_bytes(letters.as_pdf(paper))

    _code, document = _told(capsys, str(tmp_path / "letter.pdf"))

    assert compare.error_rate(paper.body, document["text"]) < 0.003


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(90), b"%PDF-1.4 damaged"])
def test_what_cannot_be_read_is_refused_in_words(capsys, tmp_path, content):
    (tmp_path / "a.pdf").write_bytes(content)

    code, document = _told(capsys, str(tmp_path / "a.pdf"))

    assert code == 1
    assert document["error"]["message"]


def test_a_file_that_is_not_there_is_refused_in_words(capsys, tmp_path):
    code, document = _told(capsys, str(tmp_path / "none.pdf"))

    assert code == 1
    assert document["error"]["message"]
