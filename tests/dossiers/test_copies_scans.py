"""Scans for certified copies: straightened, cleaned, PDF/A; each page stays, broken ones are told."""

import io

import pikepdf
import pytest

from motcua.documents import queries as stored
from motcua.documents.assembling import faults
from motcua.documents.models import File
from motcua.documents.scanning import Unreadable
from motcua.documents.services import disk, tidying
from motcua.dossiers.models import CertifiedCopy
from motcua.dossiers.queries import copies as register
from tests.documents import stacks
from tests.documents.samples import pdf as drawn
from tests.dossiers.test_copies import made, scan, wish
from tests.factories.world import MONDAY_8AM, World


def tidied(content: bytes, name: str) -> File:
    return tidying.tidy(file=scan(content, name=name), at=MONDAY_8AM)


def path_of(file: File) -> str:
    path = disk.local(file.storage_path)
    assert path is not None
    return str(path)


def test_a_photograph_becomes_straight_pdf_a(db: None):
    file = tidied(stacks.jpeg(stacks.page(worn="photo")), "bang.jpg")

    assert (file.content_type, file.pages, file.name) == ("application/pdf", 1, "bang.pdf")
    assert not faults(path_of(file))
    assert [one.version for one in stored.versions_of(file)] == [2, 1]


def test_every_page_of_a_scanned_pdf_stays_also_a_blank_one(db: None):
    file = tidied(stacks.pdf(stacks.page(), stacks.blank()), "hoc-ba.pdf")
    assert (file.version, file.pages) == (2, 2)


def test_a_pdf_that_is_no_scan_stays_as_it_is(db: None):
    assert tidied(drawn(pages=2), "viet.pdf").version == 1


def test_many_pages_are_left_to_the_worker(db: None):
    file = tidied(stacks.pdf(*[stacks.blank(620, 877)] * 6, dpi=75), "so.pdf")
    assert file.version == 1
    assert tidying.make(file=file, at=MONDAY_8AM).version == 2
    assert tidying.make(file=file, at=MONDAY_8AM).version == 2, "made once"


def test_the_copy_is_made_of_the_straight_scan_and_keeps_both(world: World):
    raw = scan(stacks.jpeg(stacks.page(worn="photo")), name="bang.jpg")
    straight = tidying.tidy(file=raw, at=MONDAY_8AM)

    copy = made(world, wish(file=str(raw.uuid)))[0].copy

    assert copy is not None
    assert copy.original == straight
    files = stored.files_of_case(case_id=copy.result.dossier_id)
    assert {raw.pk, straight.pk} < {one.pk for one in files}
    with pikepdf.open(io.BytesIO(register.sheet(copy))) as document:
        assert (copy.pages, len(document.pages)) == (1, 2)
        assert b"pdfaid:part>2" in bytes(document.Root.Metadata.read_bytes())
    assert CertifiedCopy.objects.count() == 1


def test_a_scan_broken_inside_is_refused_in_words(db: None, monkeypatch):
    file = scan(stacks.pdf(stacks.page()), name="hong.pdf")
    monkeypatch.setattr(tidying, "sheets_of", _broken)
    with pytest.raises(Unreadable, match="hỏng"):
        tidying.tidy(file=file, at=MONDAY_8AM)


def _broken(*_args: object, **_named: object) -> None:
    raise Unreadable("Trang 1 của tệp PDF hỏng, không mở được.")
