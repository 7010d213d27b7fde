"""`motcua documents digitise`: what comes out, what is refused, and how much memory it takes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.documents import stacks

from motcua.config.cli.main import main
from motcua.documents import assembling


@pytest.fixture(scope="module")
def scans(tmp_path_factory) -> Path:
    """A folder of scans: a stack of two papers, a photograph, and files that cannot be read."""
    folder = tmp_path_factory.mktemp("scans")
    small = stacks.page("letter", 1).resize((827, 1169))
    (folder / "chồng.pdf").write_bytes(stacks.pdf(small, stacks.blank(), small, dpi=100))
    (folder / "ảnh.jpg").write_bytes(stacks.jpeg(small))
    (folder / "trang.pdf").write_bytes(stacks.pdf(stacks.page("letter", 1), dpi=200))
    (folder / "trắng.jpg").write_bytes(stacks.jpeg(stacks.blank()))
    (folder / "nén.pdf").write_bytes(b"PK\x03\x04" + bytes(60))
    (folder / "rỗng.pdf").write_bytes(b"")
    (folder / "hỏng.jpg").write_bytes(stacks.jpeg(small)[:2000])
    return folder


def told(capsys, *words: str) -> dict[str, object]:
    code = main(["documents", "digitise", *words, "--json", "--quiet"])
    document = json.loads(capsys.readouterr().out)
    assert (code == 0) == ("error" not in document)
    return document


def test_a_stack_becomes_one_searchable_pdf_a(capsys, scans, tmp_path):
    out = tmp_path / "ra.pdf"
    document = told(capsys, str(scans / "trang.pdf"), "-o", str(out), "--title", "Công văn")

    assert (document["pages"], document["papers"], document["has_text"]) == (1, 1, True)
    assert document["faults"] == []
    assert document["size_bytes"] == out.stat().st_size < 150_000
    reader = PdfReader(out)
    assert reader.metadata.title == "Công văn"
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in reader.pages[0].extract_text()


def test_blank_sheets_part_papers_and_are_left_out(capsys, scans, tmp_path):
    out = tmp_path / "ra.pdf"
    words = (str(scans / "chồng.pdf"), str(scans / "ảnh.jpg"), "-o", str(out), "--no-text")

    document = told(capsys, *words)

    assert (document["pages"], document["papers"], document["dropped_blanks"]) == (3, 2, 1)
    assert document["first_pages"] == [1, 2]
    assert not document["has_text"]
    assert assembling.faults(out) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nén.pdf", "đuôi|không phải PDF"),
        ("rỗng.pdf", "không có nội dung"),
        ("hỏng.jpg", "hỏng"),
        ("trắng.jpg", "trắng"),
        ("không-có.pdf", "không có tệp"),
    ],
)
def test_what_cannot_be_digitised_is_said_and_leaves_nothing(capsys, scans, tmp_path, name, words):
    document = told(capsys, str(scans / name), "-o", str(tmp_path / "ra.pdf"))

    message = document["error"]["message"]
    assert any(word in message for word in words.split("|")), message
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said(capsys, scans, tmp_path):
    document = told(capsys, str(scans / "ảnh.jpg"), "-o", str(tmp_path / "không-có" / "ra.pdf"))

    assert "không ghi được" in document["error"]["message"]


# VmHWM: ru_maxrss begins with the peak of the process that started this one.
_MEASURED = """
import sys
from pathlib import Path
from motcua.config.cli.main import main
code = main(sys.argv[1:])
status = Path("/proc/self/status").read_text()
print(status.partition("VmHWM:")[2].split()[0], file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
def test_thirty_pages_take_no_more_memory_than_a_few(scans, tmp_path):
    page = stacks.page("decision", 2, "stamped")
    (tmp_path / "dày.pdf").write_bytes(stacks.pdf(*[page] * 30, dpi=200))
    words = [
        sys.executable, "-c", _MEASURED, "documents", "digitise", "dày.pdf", "-o", "ra.pdf",
        "--no-text", "--json", "--quiet",
    ]  # fmt: skip
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout)["pages"] == 30
    assert int(done.stderr.splitlines()[-1]) < 700 * 1024  # in KiB


def test_the_scan_itself_is_never_written_over(capsys, scans):
    before = (scans / "ảnh.jpg").read_bytes()
    document = told(capsys, str(scans / "ảnh.jpg"), "-o", str(scans / "ảnh.jpg"), "--no-text")

    assert "trùng với bản quét" in str(document["error"])
    assert (scans / "ảnh.jpg").read_bytes() == before


def test_a_folder_that_is_not_there_is_named_in_words(capsys, scans, tmp_path):
    out = tmp_path / "nowhere" / "ra.pdf"
    document = told(capsys, str(scans / "ảnh.jpg"), "-o", str(out), "--no-text")

    assert "không có thư mục này" in str(document["error"])
