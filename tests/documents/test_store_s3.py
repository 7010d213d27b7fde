"""The same verbs on a real S3-compatible store: OpenStack Swift on loopback."""

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from tests.documents import objects, samples
from tests.documents.test_store import PDF, bytes_of, store

from motcua.config import object_store
from motcua.documents import queries, services
from motcua.documents.models import File, UploadPiece

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not objects.is_here(), reason="Swift is missing (apt: swift-proxy …)"),
]
PLAIN_CALLS = {
    "PutObject", "GetObject", "HeadObject", "DeleteObject", "ListObjects", "ListObjectsV2",
    "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload",
}  # fmt: skip
LARGE = samples.pdf(b"<< /Length 18000000 >>\nstream\n" + bytes(18_000_000) + b"\nendstream")


@pytest.fixture(scope="module")
def address():
    with (
        tempfile.TemporaryDirectory(prefix="swift-") as folder,
        objects.swift(Path(folder)) as found,
    ):
        client_of(found).create_bucket(Bucket=objects.BUCKET)
        yield found


def client_of(address: str):
    options = object_store.storage(address)["OPTIONS"]
    return boto3.client(
        "s3",
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
        region_name=options["region_name"],
        config=options["client_config"],
    )


@pytest.fixture(autouse=True)
def bucket(address, settings, tmp_path):
    """Every test has the bucket to itself, empty; return what was asked of it, call by call."""
    settings.MOTCUA_VAR = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": object_store.storage(address)}
    for key in keys():
        default_storage.delete(key)
    asked: list[str] = []
    default_storage.connection.meta.client.meta.events.register(
        "before-call.s3", lambda model, **_more: asked.append(model.name)
    )
    return asked


def keys() -> list[str]:
    return [found.key for found in default_storage.bucket.objects.all()]


def test_a_file_stands_in_the_store_and_nowhere_else(bucket, tmp_path):
    file = store(case_id=7)

    assert keys() == [file.storage_path]
    assert bytes_of(file) == PDF
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert queries.files_of_case(case_id=7) == [file]


def test_a_large_file_is_not_held_in_memory():
    file = store(LARGE, case_id=7)

    with services.open_file(file) as opened:
        assert hashlib.sha256(opened.read(1000)).digest()
        assert opened.file._rolled
        opened.seek(0)
        assert services.inspect(at=timezone.now()).is_whole
        assert hashlib.sha256(opened.read()).hexdigest() == file.sha256


def test_only_plain_calls_are_made(bucket):
    file = store(LARGE, draft_key="k")
    bytes_of(file)
    services.inspect(at=timezone.now())
    services.discard(uuid=file.uuid, draft_key="k")
    services.sweep(at=timezone.now())

    assert bucket
    assert set(bucket) <= PLAIN_CALLS


def test_rollback_and_refusal_leave_nothing():
    with transaction.atomic():
        store()
        assert len(keys()) == 1
        transaction.set_rollback(True)
    with pytest.raises(services.ActiveContent):
        store(samples.pdf(b"<< /S/Launch >>"))

    assert keys() == []


def test_what_a_draft_drops_goes_from_the_store():
    file = store(draft_key="k")

    assert services.discard(uuid=file.uuid, draft_key="k")

    assert keys() == []


def test_a_sweep_takes_strays_and_leaves_the_rest(tmp_path):
    kept = store(case_id=7)
    default_storage.bucket.put_object(Key="2026/lạ.pdf", Body=PDF)
    (tmp_path / "incoming").mkdir(exist_ok=True)
    (tmp_path / "incoming" / "left").write_bytes(b"x")
    now = timezone.now()

    assert services.sweep(at=now) == 0
    assert services.sweep(at=now + timedelta(days=2)) == 2

    assert keys() == [kept.storage_path]


def test_an_upload_in_pieces_goes_through_the_store():
    about = services.About(draft_key="k", component_key="don")
    now, half = timezone.now(), len(LARGE) // 40
    upload = services.begin(
        name="a.pdf", size_bytes=len(LARGE), by_key="account:1", scope="k", about=about, at=now
    )
    for start in range(0, len(LARGE), half):
        piece = LARGE[start : start + half]
        services.append(uuid=upload.uuid, by_key="account:1", start=start, content=piece, at=now)
    assert len(keys()) == UploadPiece.objects.count() > 20

    file = services.finish(uuid=upload.uuid, by_key="account:1", at=now)

    assert file.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert keys() == [file.storage_path]


def test_what_changes_or_goes_is_found():
    changed, lost = store(), store()
    default_storage.bucket.put_object(Key=changed.storage_path, Body=PDF[:-1] + b"?")
    default_storage.delete(lost.storage_path)

    found = services.inspect(at=timezone.now())

    assert (found.changed, found.missing) == (1, 1)
    with pytest.raises(services.Lost):
        services.open_file(File.objects.get(pk=lost.pk))


@pytest.mark.parametrize("wrong", ["https://k:s@host", "https:///papers", "https://h/a/b", "x"])
def test_an_address_that_names_no_bucket_is_refused(wrong):
    with pytest.raises(ValueError, match="MOTCUA_S3"):
        object_store.storage(wrong)


def test_keys_with_odd_characters_are_read():
    options = object_store.storage(
        "https://AK%2FID:s%3Aec%40ret@s3.example.vn:8443/papers?region=vn-1&prefix=tep"
    )["OPTIONS"]

    assert (options["access_key"], options["secret_key"]) == ("AK/ID", "s:ec@ret")
    assert options["endpoint_url"] == "https://s3.example.vn:8443"
    assert (options["region_name"], options["location"]) == ("vn-1", "tep")
