"""A whole file, page by page."""

from collections.abc import Iterator
from pathlib import Path

from motcua.documents.reading.page import read_page
from motcua.documents.reading.words import PageRead
from motcua.documents.scanning import Straightened, pages_of, straighten

_DPI = 300


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
    for number, image in enumerate(pages_of(path, content_type, dpi=_DPI), start=1):
        page = straighten(image)
        yield page, read_page(page, engine=engine, number=number)
