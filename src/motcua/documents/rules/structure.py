"""The pages of a PDF, walked as a reader walks them: a page named twice counts twice.

qpdf's bounds are set here for the whole process: a hostile array, tree or stream ends as a refusal
instead of filling the memory. Rule of the house.
"""

import io
from typing import TYPE_CHECKING

import pikepdf

from motcua.documents.rules.unfit import Fault, Unfit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_DEPTH = 64

pikepdf.settings.set_qpdf_limits(
    doc_max_warnings=2_000,
    parser_max_container_size=200_000,
    parser_max_container_size_damaged=20_000,
    flate_max_memory=256 * 1024 * 1024,
    png_max_memory=256 * 1024 * 1024,
    tiff_max_memory=256 * 1024 * 1024,
    run_length_max_memory=256 * 1024 * 1024,
    dct_max_memory=256 * 1024 * 1024,
    dct_max_progressive_scans=200,
)


def pages(content: bytes | memoryview, *, most: int) -> int:
    """Return how many pages a reader shows.

    Raises Unfit: more than `most`, none, encrypted, or the tree of pages cannot be followed.
    """
    try:
        with pikepdf.open(
            _Window(content),
            access_mode=pikepdf.AccessMode.stream,
            suppress_warnings=True,
        ) as document:
            found = _count(document.Root.Pages, most=most)
    except pikepdf.PasswordError as error:
        raise Unfit(Fault.ENCRYPTED) from error
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unfit(Fault.DAMAGED) from error
    except (MemoryError, RuntimeError) as error:
        raise Unfit(Fault.TOO_DENSE) from error
    if not found:
        raise Unfit(Fault.DAMAGED)
    return found


def _count(root: pikepdf.Object, *, most: int) -> int:
    """Count the leaves, giving up when there are too many or a branch leads into itself."""
    found, waiting = 0, [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise Unfit(Fault.DAMAGED)
        kids = node.get("/Kids")
        if kids is None:
            found += 1
        elif len(kids) + len(waiting) > most * 4:
            raise Unfit(Fault.TOO_MANY_PAGES, f"hơn {most}")
        else:
            waiting += [(kid, depth + 1) for kid in kids]
        if found > most:
            raise Unfit(Fault.TOO_MANY_PAGES, f"hơn {most}")
    return found


class _Window(io.RawIOBase):
    """Bytes that lie elsewhere (a mapped file), read without copying them all."""

    def __init__(self, content: bytes | memoryview) -> None:
        self._view = memoryview(content)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._view)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, into: "WriteableBuffer") -> int:
        place = memoryview(into).cast("B")
        part = self._view[self._at : self._at + len(place)]
        place[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._view = memoryview(b"")  # a mapped file cannot be closed while somebody looks
        super().close()
