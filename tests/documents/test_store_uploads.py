"""Uploads in pieces: continued after a break, finished once, bounded, forgotten."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from tests.documents import samples
from tests.documents.test_store import AT, on_disk, shelf  # noqa: F401

from motcua.documents import queries, services
from motcua.documents.models import File, Upload, UploadPiece
from motcua.documents.services import uploading

pytestmark = pytest.mark.django_db(transaction=True)
PDF = samples.pdf(b"<< /Length 300000 >>\nstream\n" + b"x" * 300_000 + b"\nendstream")
STEP = 64 * 1024
ABOUT = services.About(draft_key="k", component_key="don", source="portal")


@pytest.fixture(autouse=True)
def _own_shelf(shelf):  # noqa: F811
    """Every test has a storage of its own."""


def begin(content: bytes = PDF, **more) -> Upload:
    wished = {"name": "đơn.pdf", "by_key": "account:1", "scope": "k|don", "about": ABOUT, **more}
    return services.begin(size_bytes=len(content), at=AT, **wished)


def send(upload: Upload, content: bytes = PDF, *, upto: int | None = None) -> Upload:
    """Send what is missing, up to a point."""
    end = len(content) if upto is None else upto
    while upload.received_bytes < end:
        start = upload.received_bytes
        piece = content[start : min(start + STEP, end)]
        upload = append(upload, start, piece)
    return upload


def append(upload: Upload, start: int, piece: bytes, **more) -> Upload:
    digest = hashlib.sha256(piece).hexdigest()
    wished = {"by_key": "account:1", "sha256": digest, "at": AT, **more}
    return services.append(uuid=upload.uuid, start=start, content=piece, **wished)


def finish(upload: Upload, **more) -> File:
    return services.finish(uuid=upload.uuid, **{"by_key": "account:1", "at": AT, **more})


def test_pieces_become_one_file(shelf):  # noqa: F811
    upload = send(begin())

    file = finish(upload, sha256=hashlib.sha256(PDF).hexdigest())

    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (file.component_key, file.source, file.name) == ("don", "portal", "đơn.pdf")
    assert queries.files_of_draft(draft_key="k") == [file]
    assert len(on_disk(shelf)) == 1
    assert not UploadPiece.objects.exists()


def test_a_lost_answer_can_be_asked_for_again():
    upload = send(begin())

    assert finish(upload) == finish(upload)

    assert File.objects.count() == 1


def test_after_a_break_the_sender_goes_on_where_it_was():
    upload = send(begin(fingerprint="đơn.pdf:300k"), upto=2 * STEP)

    again = begin(fingerprint="đơn.pdf:300k")

    assert again == upload
    assert again.received_bytes == 2 * STEP
    assert finish(send(again)).size_bytes == len(PDF)


@pytest.mark.parametrize(
    "more", [{"by_key": "account:2"}, {"scope": "k|khác"}, {"fingerprint": ""}]
)
def test_nobody_continues_what_is_not_theirs(more):
    upload = begin(fingerprint="f")

    assert begin(**{"fingerprint": "f", **more}) != upload


@pytest.mark.parametrize("start", [0, STEP - 1, STEP + 1, 5 * STEP])
def test_a_piece_that_does_not_fit_is_refused_with_where_it_would(shelf, start):  # noqa: F811
    upload = send(begin(), upto=STEP)

    with pytest.raises(services.OffsetDoesNotFit) as refused:
        append(upload, start, PDF[start : start + STEP])

    assert refused.value.received_bytes == STEP
    assert len(on_disk(shelf)) == 1


def test_two_at_once_count_once(shelf, monkeypatch):  # noqa: F811
    upload, put = begin(), uploading.disk.put

    def slowly(content, path):
        put(content, path)
        monkeypatch.setattr(uploading.disk, "put", put)
        append(upload, 0, PDF[:STEP])

    monkeypatch.setattr(uploading.disk, "put", slowly)
    with pytest.raises(services.OffsetDoesNotFit):
        append(upload, 0, PDF[:STEP])

    assert UploadPiece.objects.count() == len(on_disk(shelf)) == 1


@pytest.mark.parametrize(
    "piece", [b"", PDF[:100], bytes(1024 * 1024 + 1)], ids=["empty", "tiny", "huge"]
)
def test_a_piece_of_an_odd_size_is_refused(piece):
    upload = begin(bytes(5_000_000))

    with pytest.raises(services.PieceDamaged):
        append(upload, 0, piece)


def test_a_piece_beyond_the_end_or_changed_on_the_way_is_refused(shelf):  # noqa: F811
    upload = begin()

    with pytest.raises(services.PieceDamaged):
        append(upload, 0, PDF[:STEP], sha256="0" * 64)
    with pytest.raises(services.PieceDamaged):
        append(send(upload, upto=len(PDF) - 100), len(PDF) - 100, bytes(5_000))


def test_an_unfinished_upload_is_no_file():
    upload = send(begin(), upto=STEP)

    with pytest.raises(services.NotAllThere):
        finish(upload)

    assert finish(send(Upload.objects.get())) is not None


def test_what_is_not_taken_is_given_up(shelf):  # noqa: F811
    rubbish = b"PK\x03\x04" + bytes(20_000)
    upload = send(begin(rubbish, name="a.zip"), rubbish)

    with pytest.raises(services.KindNotTaken):
        finish(upload)

    assert not Upload.objects.exists()
    assert on_disk(shelf) == []
    with pytest.raises(services.NoSuchUpload):
        finish(upload)


def test_a_whole_of_another_digest_is_given_up(shelf):  # noqa: F811
    upload = send(begin())

    with pytest.raises(services.PieceDamaged):
        finish(upload, sha256="0" * 64)

    assert on_disk(shelf) == []


def test_a_piece_lost_with_its_machine_asks_for_the_file_again():
    upload = send(begin())
    default_storage.delete(UploadPiece.objects.last().storage_path)

    with pytest.raises(services.PieceDamaged):
        finish(upload)

    assert not Upload.objects.exists()


def test_uploads_are_bounded(monkeypatch):
    monkeypatch.setattr(uploading, "MOST_OPEN", 2)
    begin(), begin()

    with pytest.raises(services.TooManyUploads):
        begin()
    with pytest.raises(services.TooLarge):
        begin(bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(services.EmptyFile):
        begin(b"")
    assert begin(by_key="account:2")


@pytest.mark.parametrize("who", ["account:2", ""])
def test_others_reach_nothing(who):
    upload = send(begin(), upto=STEP)

    with pytest.raises(services.NoSuchUpload):
        append(upload, STEP, PDF[STEP : 2 * STEP], by_key=who)
    with pytest.raises(services.NoSuchUpload):
        finish(upload, by_key=who)
    assert not services.abandon(uuid=upload.uuid, by_key=who)
    assert queries.upload_of(uuid=upload.uuid, by_key=who) is None
    assert queries.upload_of(uuid=upload.uuid, by_key="account:1") == upload


def test_giving_up_leaves_nothing(shelf):  # noqa: F811
    upload = send(begin(), upto=STEP)

    assert services.abandon(uuid=upload.uuid, by_key="account:1")
    assert not services.abandon(uuid=upload.uuid, by_key="account:1")
    assert not services.abandon(uuid=uuid4(), by_key="account:1")

    assert on_disk(shelf) == []


def test_a_finished_upload_is_not_given_up():
    upload = send(begin())
    finish(upload)

    assert not services.abandon(uuid=upload.uuid, by_key="account:1")


def test_forgotten_uploads_are_swept_and_open_ones_stay(shelf):  # noqa: F811
    send(begin(), upto=STEP)
    finished = finish(send(begin()))

    assert services.sweep(at=AT + timedelta(hours=23)) == 0
    assert services.sweep(at=AT + timedelta(hours=25)) == 2

    assert not Upload.objects.exists()
    assert [path.name for path in on_disk(shelf)] == [finished.storage_path.split("/")[-1]]


def test_a_discarded_file_takes_its_upload_along():
    file = finish(send(begin()))

    assert services.discard(uuid=file.uuid, draft_key="k")

    assert not Upload.objects.exists()
