"""Bytes in the storage: received aside, put into place whole, taken away when nobody wants them.

The storage is Django's: a folder of this machine, or whatever `STORAGES` names (an S3-compatible
store). What is received stands on the local disk either way until it is known to be fit.
"""

import hashlib
import os
import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from django.conf import settings
from django.core.files import File as Wrapped
from django.core.files.storage import default_storage
from django.db import transaction

from motcua.documents.models import INCOMING

CHUNK_BYTES = 256 * 1024


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
    return write(_bounded(chunks(stream), limit))


def write(parts: Iterable[bytes | memoryview]) -> Received:
    """Write the parts aside, flushed to the disk."""
    digest, size = hashlib.sha256(), 0
    path = _aside()
    try:
        with _opened(path) as out:
            for part in parts:
                size += len(part)
                digest.update(part)
                out.write(part)
            _flush(out)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path, size, digest.hexdigest())


def written_by(save: Callable[[IO[bytes]], None]) -> Received:
    """Let somebody else write aside, and take the digest of what that became."""
    path = _aside()
    try:
        with _opened(path) as out:
            save(out)
            _flush(out)
        with path.open("rb") as written:
            digest, size = digest_of(written)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path, size, digest)


def digest_of(stream: Readable) -> tuple[str, int]:
    """Return the SHA-256 and the length of a stream, read piece by piece."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(stream):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def chunks(stream: Readable) -> Iterator[bytes]:
    """Yield a stream in pieces of moderate size."""
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def place(received: Received, storage_path: str) -> None:
    """Put the bytes in their place; a rolled back transaction takes them away again."""
    final = local(storage_path)
    if final is None:
        with received.path.open("rb") as content:
            put(content, storage_path)
        received.path.unlink(missing_ok=True)
    else:
        final.parent.mkdir(parents=True, exist_ok=True)
        received.path.replace(final)
        _flush_folder(final.parent)
    guest = _Guest()
    leaving = weakref.finalize(guest, remove, storage_path)
    transaction.on_commit(lambda: guest.stay(leaving))


class _Guest:
    """Held only by the on-commit hook: on rollback Django drops the hook, and the bytes go."""

    __slots__ = ("__weakref__",)

    def stay(self, leaving: "weakref.finalize[[str], _Guest]") -> None:
        leaving.detach()


def put(content: IO[bytes], storage_path: str) -> None:
    """Write a stream to its place in the storage.

    Raises FileExistsError: another name was given, because this one is taken.
    """
    given = default_storage.save(storage_path, Wrapped(content))
    if given != storage_path:
        default_storage.delete(given)
        raise FileExistsError(storage_path)


def opened(storage_path: str) -> BinaryIO:
    """Return the stored bytes, open for reading; the caller closes them.

    Raises FileNotFoundError: the storage has nothing there.
    """
    return cast("BinaryIO", default_storage.open(storage_path, "rb"))


def remove(storage_path: str) -> None:
    """Take the bytes away at once: no row knows them."""
    default_storage.delete(storage_path)


def remove_after_commit(storage_path: str) -> None:
    """Take the bytes away once the transaction that forgot them is certain.

    What cannot be removed then is a stray, and swept.
    """
    transaction.on_commit(lambda: remove(storage_path), robust=True)


def listed(folder: str = "") -> Iterator[str]:
    """Yield the place of everything that is stored."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        if name:  # some stores list the folder itself
            yield f"{folder}/{name}" if folder else name
    for inner in folders:
        if inner:
            yield from listed(f"{folder}/{inner}" if folder else inner)


def is_older(storage_path: str, border: datetime) -> bool:
    """Tell whether what lies there was last written before that moment."""
    try:
        return default_storage.get_modified_time(storage_path) < border
    except FileNotFoundError:
        return False


def forget_aside(border: datetime) -> int:
    """Remove what was received aside and left there; return how many."""
    gone = 0
    for path in _incoming().iterdir() if _incoming().is_dir() else ():
        if path.is_file() and path.stat().st_mtime < border.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def local(storage_path: str) -> Path | None:
    """Return where this machine keeps it, None when the storage is elsewhere."""
    try:
        return Path(default_storage.path(storage_path))
    except NotImplementedError:
        return None


def _bounded(parts: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise Overflow
        yield part


def _incoming() -> Path:
    return local(INCOMING) or Path(settings.MOTCUA_VAR) / INCOMING


def _aside() -> Path:
    folder = _incoming()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / uuid.uuid4().hex


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _flush(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
