"""Opening a log: XES or CSV, packed by gzip or not, told apart by what stands in the file."""

import gc
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from motcua.reporting.mining.csvlog import read_csv
from motcua.reporting.mining.log import Columns, Log, NotALog
from motcua.reporting.mining.xes import read_xes

_KEPT = 1 << 24  # bytes
_GZIP = b"\x1f\x8b"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_log(path: Path, *, columns: Columns | None = None) -> Log:
    """Return the log of a file.

    Raises NotALog: there is no such file, or it is neither XES nor CSV, with the line.
    """
    if not path.is_file():
        raise NotALog(f"Không có tệp {path}.")
    asked = columns or Columns()
    try:
        with opened(path) as file:
            start = file.read(4096)
        if not start.strip():
            raise NotALog("Tệp rỗng.")
        _keep_memory()
        with _without_collector():
            return (read_xes if _is_xml(start) else read_csv)(path, opened, asked)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotALog("Tệp nén bị hỏng hoặc bị cắt cụt.") from error


def _keep_memory() -> None:
    """Let the allocator keep what blocks give back: it does so up to the size of what it once gave.

    Else every block takes its pages from the system anew, a fifth of the whole time.
    """
    bytearray(_KEPT)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Read without the collector of cycles: rows are none, and it would look at millions of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, unpacked where it is packed."""
    with path.open("rb") as raw:
        is_packed = raw.read(2) == _GZIP
        raw.seek(0)
        if is_packed:
            with gzip.open(raw) as unpacked:
                yield unpacked  # type: ignore[misc]  # GzipFile reads as a BinaryIO does
        else:
            yield raw


def _is_xml(start: bytes) -> bool:
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\x00", b"").lstrip()[:1] == b"<"
