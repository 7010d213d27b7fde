"""Files made to hurt: each costs a bounded share of time and memory, and gets its sentence."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.signing.verifying import child, documents, process
from motcua.signing.verifying.report import Verdict
from tests.signing import forgeries
from tests.signing.letters import decision

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GIB = 1 << 30


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (forgeries.bomb(), {"damaged", "too_heavy"}),
        (forgeries.pages(2000), {"too_many_pages"}),
        (
            b"%PDF-1.7\n" + b"1 0 obj\n" * 200_000 + b"startxref\n9\n%%EOF",
            {"damaged", "too_heavy"},
        ),
        (b"%PDF-1.7\n" + b"[" * 3_000_000, {"damaged", "too_heavy"}),
        (b"\x89PNG\r\n\x1a\n" + bytes(10_000), {"image"}),
    ],
    ids=["bomb", "pages", "objects", "brackets", "no-image"],
)
def test_a_file_made_to_hurt_costs_little(content: bytes, faults: set[str]) -> None:
    looked = process.look(content, name="hai.pdf", at=AT)

    assert looked.report.fault in faults
    assert looked.report.verdict in {Verdict.UNREADABLE, Verdict.UNSIGNED}


def test_the_child_may_never_take_a_gibibyte() -> None:
    assert child.MEMORY_BYTES < GIB
    assert child.CPU_SECONDS < process.SECONDS


def test_a_file_larger_than_is_taken_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(3 * GIB)

    looked = process.look(path, name="lon.pdf", at=AT)

    assert looked.report.fault == "too_large"
    assert not looked.report.sha256


def test_an_honest_file_is_looked_into() -> None:
    looked = process.look(decision(), name="thuong.pdf", at=AT)

    assert looked.report.verdict is Verdict.UNSIGNED
    assert looked.report.pages == 1


def test_a_process_that_dies_leaves_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.01)

    looked = process.look(decision(), name="thuong.pdf", at=AT)

    assert looked.report.fault == "too_heavy"


def test_more_signatures_than_are_read_are_refused() -> None:
    looked = process.look(forgeries.signed_often(documents.MAX_SIGNATURES + 1), name="x", at=AT)

    assert looked.report.fault == "too_many_signatures"


def test_more_revisions_than_are_read_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "MAX_REVISIONS", 3)
    path = tmp_path / "nhieu-lan.pdf"
    path.write_bytes(forgeries.revised_often(3))

    terms = documents.Terms(trusted=(), now=AT)
    report = asyncio.run(documents.inspect(path, name=path.name, terms=terms))

    assert report.fault == "too_many_revisions"


def test_a_crowd_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.01)
    monkeypatch.setattr(process, "_SLOTS", threading.BoundedSemaphore(1))

    with process._SLOTS:
        looked = process.look(decision(), name="thuong.pdf", at=AT)

    assert looked.report.fault == "busy"
