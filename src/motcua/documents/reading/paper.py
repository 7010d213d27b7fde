"""A whole file, page by page."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2

from motcua.documents.reading.engine import TookTooLong
from motcua.documents.reading.ordering import in_reading_order
from motcua.documents.reading.page import read_scan
from motcua.documents.reading.printed import agreed, printed_words
from motcua.documents.reading.words import PageRead, confidence_of, text_of
from motcua.documents.scanning import Straightened, pages_of
from motcua.documents.scanning.arrays import Image
from motcua.documents.scanning.pages import PDF


def read_file(
    path: str | Path, content_type: str, *, engine: str = "tesseract"
) -> Iterator[PageRead]:
    """Iterate over the pages as read. Raises Unreadable, Unavailable."""
    for _page, read in read_images(path, content_type, engine=engine):
        yield read


def read_images(
    path: str | Path, content_type: str, *, engine: str = "tesseract"
) -> Iterator[tuple[Straightened, PageRead]]:
    """Iterate over the pages straightened, with what is read there; one in memory at a time."""
    with _letters(path, content_type) as letters:
        for number, image in enumerate(pages_of(path, content_type, dpi=None), start=1):
            page, read = _read_or_left(image, engine, number)
            yield page, _with_its_own_words(read, page, letters)


def _read_or_left(image: Image, engine: str, number: int) -> tuple[Straightened, PageRead]:
    """Return the page as read; one that takes too long (a map, a photograph) is left without words."""
    try:
        return read_scan(image, engine=engine, number=number)
    except TookTooLong:
        height, width = image.shape[:2]
        return Straightened(image), PageRead(number, width, height)


@contextmanager
def _letters(path: str | Path, content_type: str) -> Iterator[pypdfium2.PdfDocument | None]:
    if content_type != PDF:
        yield None
        return
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError:
        yield None  # pages_of says why
        return
    with closing(document):
        yield document


def _with_its_own_words(
    read: PageRead, page: Straightened, letters: pypdfium2.PdfDocument | None
) -> PageRead:
    """Return the reading with the page's own letters where the two agree."""
    if letters is None or page.turned or page.found_page or page.angle:
        return read
    sheet = letters[read.number - 1]
    try:
        said = printed_words(sheet, width=read.width, height=read.height)
    finally:
        sheet.close()
    if not said:
        return read
    words = agreed(read.words, in_reading_order(said, page_height=read.height))
    return replace(read, words=words, text=text_of(words), confidence=confidence_of(words))
