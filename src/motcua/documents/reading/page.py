"""One page: straightened, read, corrected."""

from motcua.documents.reading import tesseract as _tesseract  # noqa: F401 (registers itself)
from motcua.documents.reading.engine import engines
from motcua.documents.reading.words import PageRead, confidence_of, text_of
from motcua.documents.scanning import Straightened, codes, straighten
from motcua.documents.scanning.arrays import Image

TIMEOUT_SECONDS = 30.0


def read_page(
    image: Image | Straightened, *, engine: str = "tesseract", number: int = 1
) -> PageRead:
    """Return the page as read; boxes are in pixels of the straightened page.

    image: a page as scanned, or already straightened (then it is not straightened again).
    Raises Unavailable: the engine cannot read. Raises LookupError: no such engine.
    """
    page = image if isinstance(image, Straightened) else straighten(image)
    words = engines.get(engine).read(page.image, timeout_seconds=TIMEOUT_SECONDS)
    height, width = page.image.shape[:2]
    return PageRead(
        number=number,
        width=width,
        height=height,
        words=words,
        text=text_of(words),
        confidence=confidence_of(words),
        codes=codes(page.image),
        angle=page.angle,
    )
