"""Bytes on disk: received aside, moved into place whole, taken away when nobody wants them."""

import hashlib
import os
import uuid
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.core.files.storage import default_storage
from django.db import transaction

from motcua.documents.models import INCOMING

_CHUNK_BYTES = 256 * 1024


class Readable(Protocol):
    """Anything bytes can be read from: an upload, an open file, io.BytesIO."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        ...


class Overflow(Exception):
    """More bytes came than are taken."""


@dataclass(frozen=True)
class Received:
    """Bytes that stand aside: where, how many and their digest."""

    path: Path
    size_bytes: int
    sha256: str


def receive(stream: Readable, *, limit: int) -> Received:
    """Write the stream aside, flushed to the disk.

    Raises Overflow: it has more than `limit` bytes; nothing is kept.
    """
    folder = Path(default_storage.path(INCOMING))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in _chunks(stream):
                size += len(chunk)
                if size > limit:
                    raise Overflow
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path, size, digest.hexdigest())


def place(received: Received, storage_path: str) -> None:
    """Move the bytes to their place; a rolled back transaction takes them away again."""
    final = Path(default_storage.path(storage_path))
    final.parent.mkdir(parents=True, exist_ok=True)
    received.path.replace(final)
    _flush_folder(final.parent)
    guest = _Guest()
    leaving = weakref.finalize(guest, final.unlink, missing_ok=True)
    transaction.on_commit(lambda: guest.stay(leaving))


class _Guest:
    """Held only by the on-commit hook: on rollback Django drops the hook, and the bytes go."""

    __slots__ = ("__weakref__",)

    def stay(self, leaving: "weakref.finalize[[], _Guest]") -> None:
        leaving.detach()


def remove(storage_path: str) -> None:
    """Take the bytes away at once: no row knows them."""
    Path(default_storage.path(storage_path)).unlink(missing_ok=True)


def remove_after_commit(storage_path: str) -> None:
    """Take the bytes away once the transaction that forgot them is certain."""
    path = Path(default_storage.path(storage_path))
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _chunks(stream: Readable) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
