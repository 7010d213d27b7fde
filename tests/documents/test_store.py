"""Storing files: one query, whole or not at all, gone with a rolled back transaction."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, transaction
from tests.documents import samples

from motcua.documents import queries, services
from motcua.documents.models import File
from motcua.kernel.refused import Refused

AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
PDF = samples.pdf()

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shelf(tmp_path, settings):
    """Give each test a storage of its own, and return its folder."""
    storages = {**settings.STORAGES}
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600},
    }
    settings.STORAGES = storages
    return tmp_path


def on_disk(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def bytes_of(file: File) -> bytes:
    with services.open_file(file) as opened:
        return opened.read()


def store(content: bytes = PDF, *, name: str = "đơn.pdf", **about) -> File:
    return services.store(io.BytesIO(content), name=name, by_key="account:1", at=AT, **about)


def test_a_file_is_stored_in_one_query(shelf, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        file = store(case_id=7, component_key="don", source="scan")

    assert bytes_of(file) == PDF
    assert (file.name, file.content_type, file.pages) == ("đơn.pdf", "application/pdf", 1)
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert file.size_bytes == len(PDF)
    assert file.uploaded_by == "account:1"
    assert queries.files_of_case(case_id=7) == [file]


def test_bytes_are_private(shelf):
    store()

    (path,) = on_disk(shelf)
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_upload_of_django_is_read_too(shelf):
    upload = SimpleUploadedFile("ảnh.png", samples.png())

    file = services.store(upload, name=upload.name, by_key="account:1", at=AT, draft_key="k")

    assert file.content_type == "image/png"
    assert file.source == "upload"


def test_rollback_leaves_nothing(shelf):
    with transaction.atomic():
        store()
        assert len(on_disk(shelf)) == 1
        transaction.set_rollback(True)

    assert on_disk(shelf) == []
    assert not File.objects.exists()


def test_rollback_of_a_savepoint_leaves_nothing_of_it(shelf):
    with transaction.atomic():
        kept = store(name="giữ.pdf")
        with transaction.atomic():
            store(name="bỏ.pdf")
            transaction.set_rollback(True)

    assert len(on_disk(shelf)) == 1
    assert bytes_of(kept) == PDF


def test_a_failed_row_leaves_no_bytes(shelf):
    with pytest.raises(DataError):
        store(source="một nguồn quá dài")

    assert on_disk(shelf) == []


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.pdf", services.EmptyFile),
        (b"PK\x03\x04", "a.docx", services.KindNotTaken),
        (b"???", "a.pdf", services.KindNotTaken),
        (samples.png(), "a.pdf", services.NameLies),
        (samples.pdf(b"<< /JavaScript 1 >>"), "a.pdf", services.ActiveContent),
        (samples.pdf(trailer=b"/Encrypt 9 0 R"), "a.pdf", services.Encrypted),
        (PDF[:-60], "a.pdf", services.Damaged),
        (samples.pdf(pages=501), "a.pdf", services.TooManyPages),
        (samples.png(99_999, 99_999), "a.png", services.TooManyPixels),
        (PDF + bytes(20 * 1024 * 1024), "a.pdf", services.TooLarge),
    ],
)
def test_a_refused_file_leaves_nothing_and_says_why(shelf, content, name, refusal):
    with pytest.raises(refusal) as refused:
        store(content, name=name)

    assert isinstance(refused.value, Refused)
    assert refused.value.field == "file"
    assert len(str(refused.value)) > 20
    assert "%(" not in str(refused.value)
    assert on_disk(shelf) == []


def test_a_stream_that_breaks_leaves_nothing(shelf):
    class Broken(io.BytesIO):
        def read(self, *_):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        services.store(Broken(), name="a.pdf", by_key="account:1", at=AT)

    assert on_disk(shelf) == []


def test_a_file_is_read_only_within_its_case():
    file = store(case_id=7)

    assert queries.file_within(uuid=file.uuid, case_ids=[7]) == file
    assert queries.file_within(uuid=file.uuid, case_ids=[8]) is None
    assert queries.file_within(uuid=uuid4(), case_ids=[7]) is None


def test_files_of_a_draft_join_its_case():
    file, other = store(draft_key="k"), store(draft_key="khác")

    assert queries.files_of_draft(draft_key="k") == [file]
    assert queries.file_of_draft(uuid=file.uuid, draft_key="k") == file
    assert services.attach(uuids=[file.uuid, other.uuid], draft_key="k", case_id=9) == 1

    assert queries.files_of_case(case_id=9) == [file]
    assert queries.files_of_draft(draft_key="k") == []
    assert queries.file_of_draft(uuid=file.uuid, draft_key="k") is None


def test_no_draft_key_reaches_nothing():
    file = store()

    assert queries.files_of_draft(draft_key="") == []
    assert queries.file_of_draft(uuid=file.uuid, draft_key="") is None
    assert services.attach(uuids=[file.uuid], draft_key="", case_id=9) == 0
    assert not services.discard(uuid=file.uuid, draft_key="")


def test_a_draft_file_can_be_taken_back(shelf):
    file = store(draft_key="k")

    assert services.discard(uuid=file.uuid, draft_key="k")
    assert not services.discard(uuid=file.uuid, draft_key="k")
    assert on_disk(shelf) == []


def test_a_file_of_a_case_cannot_be_taken_back(shelf):
    file = store(draft_key="k")
    services.attach(uuids=[file.uuid], draft_key="k", case_id=9)

    assert not services.discard(uuid=file.uuid, draft_key="k")
    assert len(on_disk(shelf)) == 1


def test_a_sweep_takes_strays_and_forgotten_drafts_only(shelf):
    kept = store(case_id=7)
    forgotten = store(draft_key="k")
    (shelf / "2026").mkdir(exist_ok=True)
    stray, fresh = shelf / "2026" / "stray.pdf", shelf / "2026" / "fresh.pdf"
    for path in (stray, fresh):
        path.write_bytes(PDF)
    later = AT + timedelta(days=31)
    for path in on_disk(shelf):
        os.utime(path, times=(AT.timestamp(), AT.timestamp()))
    os.utime(fresh, times=(later.timestamp(), later.timestamp()))

    assert services.sweep(at=later) == 2

    assert set(on_disk(shelf)) == {fresh, Path(default_storage.path(kept.storage_path))}
    assert not File.objects.filter(pk=forgotten.pk).exists()


def test_headers_make_a_browser_save_and_not_guess():
    file = store(name='Đơn "xin".pdf', case_id=7)

    saved, shown = queries.download_headers(file=file), queries.viewing_headers(file=file)

    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''%C4%90")
    assert shown["Content-Disposition"].startswith("inline; ")
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert saved["Content-Type"] == "application/pdf"
    assert "default-src 'none'" in saved["Content-Security-Policy"]
    assert saved["Cache-Control"] == "private, no-store"
