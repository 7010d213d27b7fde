"""Uploads in pieces: begun, continued after every break of the line, finished, or given up.

Each piece goes to the storage under a name of its own and gets a row; the row of the upload says how
much is there. A server that dies in between leaves either a piece without a row, which is swept, or
a piece that counts: the sender asks how far it came and goes on from there.
"""

import hashlib
import io
import uuid as uuids
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.documents import rules
from motcua.documents.models import INCOMING, File, Upload, UploadPiece
from motcua.documents.services import disk, receiving
from motcua.documents.services.receiving import TooLarge
from motcua.kernel.refused import Refused

MOST_OPEN = 20
MOST_PIECE_BYTES = 1024 * 1024
LEAST_PIECE_BYTES = 4 * 1024
LIFETIME = timedelta(days=1)
_MOST_SWEPT = 1000


class NoSuchUpload(Refused):
    """Nobody with this key began it, or it was given up or forgotten."""


class TooManyUploads(Refused):
    """This person has as many unfinished uploads as are kept."""


class OffsetDoesNotFit(Refused):
    """The piece does not begin where the upload ends; `received_bytes` says where that is."""

    def __init__(self, message: str, *, received_bytes: int) -> None:
        super().__init__(message, field="file")
        self.received_bytes = received_bytes


class PieceDamaged(Refused):
    """The piece is not what its sender says, or of a size that is not taken."""


class NotAllThere(Refused):
    """Pieces are still missing."""


_NO_SUCH = _("Không còn lần tải lên này. Hãy chọn lại tệp.")
_TOO_MANY = _("Đang có %d tệp tải dở. Hãy chờ các tệp đó xong rồi gửi tiếp.")
_TOO_LARGE = _("Tệp lớn hơn 20 MB. Hãy quét với độ phân giải thấp hơn hoặc tách làm nhiều tệp.")
_EMPTY = _("Tệp không có nội dung. Hãy chọn lại tệp.")
_NO_FIT = _("Phần vừa gửi không nối tiếp phần đã nhận; sẽ gửi lại từ chỗ đã nhận.")
_DAMAGED = _("Phần vừa gửi bị lỗi trên đường truyền; sẽ gửi lại.")
_MISSING = _("Tệp chưa gửi hết. Hãy chờ gửi xong.")


@transaction.atomic
def begin(
    *,
    name: str,
    size_bytes: int,
    by_key: str,
    scope: str,
    at: datetime,
    about: receiving.About,
    fingerprint: str = "",
) -> Upload:
    """Begin an upload, or return the one that this sender left unfinished for the same file.

    scope: where the file goes, so that the same file may go to two places. fingerprint: what the
    sender knows it by; an upload is only continued where it is given and the same.
    Raises TooLarge, EmptyFile: the size says so already. Raises TooManyUploads.
    """
    if size_bytes > rules.MAX_BYTES:
        raise TooLarge(str(_TOO_LARGE), field="file")
    if size_bytes <= 0:
        raise receiving.EmptyFile(str(_EMPTY), field="file")
    unfinished = Upload.objects.filter(by_key=by_key, file=None)
    if fingerprint and (
        left := unfinished.filter(
            scope=scope[:120], fingerprint=fingerprint[:80], size_bytes=size_bytes
        ).first()
    ):
        return left
    if unfinished.count() >= MOST_OPEN:
        raise TooManyUploads(str(_TOO_MANY) % MOST_OPEN, field="file")
    return Upload.objects.create(
        by_key=by_key,
        scope=scope[:120],
        name=name[-255:],
        fingerprint=fingerprint[:80],
        about=dict(about),
        size_bytes=size_bytes,
        begun_at=at,
        touched_at=at,
    )


def append(
    *, uuid: UUID, by_key: str, start: int, content: bytes, sha256: str = "", at: datetime
) -> Upload:
    """Add the piece that begins at `start`, and return the upload.

    Raises NoSuchUpload. Raises OffsetDoesNotFit: it overlaps or leaves a gap. Raises PieceDamaged:
    it is not of this digest, empty, too small to be counted (but for the last), or too large.
    """
    upload = _of(uuid, by_key)
    _check_piece(upload, start, content, sha256)
    path = f"{INCOMING}/{upload.uuid.hex}-{start}-{uuids.uuid4().hex[:8]}"
    disk.put(io.BytesIO(content), path)
    try:
        return _counted(uuid, by_key, start, len(content), path, at)
    except Refused:
        disk.remove(path)
        raise


def finish(*, uuid: UUID, by_key: str, at: datetime, sha256: str = "") -> File:
    """Make a file of the pieces and return it; asked twice, it answers the same.

    Raises NoSuchUpload, NotAllThere; PieceDamaged: the whole is not of this digest. Raises what
    `store` raises. But for the first two the upload is given up.
    """
    try:
        return _finished(uuid, by_key, at, sha256)
    except (NoSuchUpload, NotAllThere):
        raise
    except FileNotFoundError:  # a piece was lost with the machine that had just written it
        abandon(uuid=uuid, by_key=by_key)
        raise PieceDamaged(str(_DAMAGED), field="file") from None
    except Refused:
        abandon(uuid=uuid, by_key=by_key)
        raise


@transaction.atomic
def abandon(*, uuid: UUID, by_key: str) -> bool:
    """Give an unfinished upload up; tell whether there was one."""
    upload = Upload.objects.filter(uuid=uuid, by_key=by_key, file=None).first()
    if upload is None:
        return False
    _drop(upload)
    return True


def sweep_uploads(*, at: datetime) -> int:
    """Forget uploads that nobody touched for a day; return how many."""
    old = list(Upload.objects.filter(touched_at__lt=at - LIFETIME)[:_MOST_SWEPT])
    for upload in old:
        with transaction.atomic():
            _drop(upload)
    return len(old)


def _of(uuid: UUID, by_key: str) -> Upload:
    upload = Upload.objects.filter(uuid=uuid, by_key=by_key).first() if by_key else None
    if upload is None:
        raise NoSuchUpload(str(_NO_SUCH), field="file")
    return upload


def _locked(uuid: UUID, by_key: str) -> Upload:
    found = Upload.objects.select_for_update().filter(uuid=uuid, by_key=by_key).first()
    if found is None or not by_key:
        raise NoSuchUpload(str(_NO_SUCH), field="file")
    return found


def _check_piece(upload: Upload, start: int, content: bytes, sha256: str) -> None:
    _check_offset(upload, start)
    size = len(content)
    is_last = start + size == upload.size_bytes
    if not (size >= LEAST_PIECE_BYTES or is_last) or not 0 < size <= MOST_PIECE_BYTES:
        raise PieceDamaged(str(_DAMAGED), field="file")
    if start + size > upload.size_bytes:
        raise PieceDamaged(str(_DAMAGED), field="file")
    if sha256 and hashlib.sha256(content).hexdigest() != sha256.lower():
        raise PieceDamaged(str(_DAMAGED), field="file")


def _check_offset(upload: Upload, start: int) -> None:
    if start != upload.received_bytes:
        raise OffsetDoesNotFit(str(_NO_FIT), received_bytes=upload.received_bytes)


@transaction.atomic
def _counted(uuid: UUID, by_key: str, start: int, size: int, path: str, at: datetime) -> Upload:
    """Give the piece its row, if no other came first while its bytes were written."""
    upload = _locked(uuid, by_key)
    _check_offset(upload, start)
    UploadPiece.objects.create(upload=upload, start=start, size_bytes=size, storage_path=path)
    upload.received_bytes, upload.touched_at = start + size, at
    upload.save(update_fields=["received_bytes", "touched_at"])
    return upload


@transaction.atomic
def _finished(uuid: UUID, by_key: str, at: datetime, sha256: str) -> File:
    upload = _locked(uuid, by_key)
    if upload.file is not None:
        return upload.file
    if upload.received_bytes < upload.size_bytes:
        raise NotAllThere(str(_MISSING), field="file")
    pieces = list(upload.pieces.order_by("start"))
    if sha256 and disk.digest_of(_Joined(pieces))[0] != sha256.lower():
        raise PieceDamaged(str(_DAMAGED), field="file")
    about = cast("receiving.About", upload.about)
    upload.file = receiving.store(_Joined(pieces), name=upload.name, by_key=by_key, at=at, **about)
    upload.touched_at = at
    upload.save(update_fields=["file", "touched_at"])
    _drop_pieces(pieces)
    return upload.file


def _drop(upload: Upload) -> None:
    _drop_pieces(list(upload.pieces.all()))
    Upload.objects.filter(pk=upload.pk).delete()


def _drop_pieces(pieces: list[UploadPiece]) -> None:
    for piece in pieces:
        disk.remove_after_commit(piece.storage_path)
    UploadPiece.objects.filter(pk__in=[piece.pk for piece in pieces]).delete()


class _Joined:
    """Pieces read one after the other, as if they were one stream."""

    def __init__(self, pieces: list[UploadPiece]) -> None:
        self._parts = self._read(pieces)

    def read(self, _size: int = -1, /) -> bytes:
        """Return the next part, none at the end."""
        return next(self._parts, b"")

    def _read(self, pieces: list[UploadPiece]) -> Iterator[bytes]:
        for piece in pieces:
            with disk.opened(piece.storage_path) as opened:
                yield from disk.chunks(opened)
