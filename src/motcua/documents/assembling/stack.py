"""A stack of files as sheets: straightened one at a time, with what is seen on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from motcua.documents import scanning
from motcua.documents.assembling.picture import Picture, picture_of
from motcua.documents.assembling.writer import PdfaWriter
from motcua.documents.reading import PageRead, Unavailable, read_page
from motcua.documents.scanning import Straightened
from motcua.documents.scanning.arrays import Image

PDF = "application/pdf"
# A scan in a PDF is drawn as finely as Tesseract reads best.
DRAWN_DPI = 300


@dataclass(frozen=True)
class Scanned:
    """One sheet of a stack: file and page count from 0; codes are texts."""

    file: int
    page: int
    straight: Straightened
    is_blank: bool
    codes: tuple[str, ...]
    dpi: int


def sheets_of(path: str | Path, content_type: str, *, file: int = 0) -> Iterator[Scanned]:
    """Iterate over the sheets of one file; one is in memory at a time.

    Raises Unreadable: the file cannot be read (from there on).
    """
    dpi = DRAWN_DPI if content_type == PDF else 0
    for page, image in enumerate(scanning.pages_of(path, content_type, dpi=DRAWN_DPI)):
        is_blank = scanning.is_blank(image)
        straight = Straightened(image) if is_blank else scanning.straighten(image)
        codes = () if is_blank else tuple(c.text for c in scanning.codes(straight.image))
        yield Scanned(file, page, straight, is_blank, codes, 0 if straight.found_page else dpi)


def turned(image: Image, degrees: int) -> Image:
    """Return the image turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(image, -(degrees // 90) % 4)) if degrees % 360 else image


class Reader:
    """Reads sheets until the machine cannot; then says why once, and reads no more."""

    def __init__(self, engine: str = "tesseract") -> None:
        self._engine = engine
        self.problem = ""

    def read(self, image: Image, *, number: int = 1) -> PageRead | None:
        """Return what is on the page, None when it cannot be read by machine."""
        if self.problem:
            return None
        try:
            return read_page(Straightened(image), engine=self._engine, number=number)
        except Unavailable as why:
            self.problem = str(why)
            return None


def put(writer: PdfaWriter, image: Image, *, dpi: int, read: PageRead | None) -> Picture:
    """Add one page to the PDF and return its picture."""
    picture = picture_of(image, dpi=dpi)
    writer.add(picture, read)
    return picture


def confidence(reads: Sequence[PageRead]) -> float | None:
    """Return the mean confidence over the words of all pages, None when nothing was read."""
    words = [word.confidence for read in reads for word in read.words]
    return sum(words) / len(words) if words else None
