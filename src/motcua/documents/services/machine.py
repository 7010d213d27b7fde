"""From a file's path to everything that is kept of its reading; no rows here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import cv2

from motcua.documents.reading import PageRead, read_images
from motcua.documents.scanning.arrays import as_image
from motcua.documents.understanding import FieldRead, Understood, accepts, understand

if TYPE_CHECKING:
    from motcua.documents.scanning.arrays import Image

# What a paper says of itself stands on its first pages; the rest is read when it is digitised.
MOST_PAGES, _WITH_PIXELS = 30, 2
_WIDEST, _ENOUGH, _QUALITY = 1100, 620, 82


@dataclass
class Made:
    """One reading: what was understood, the text and condition of each page, the values."""

    understood: Understood
    text: list[str] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)


def read(path: str, *, content_type: str, kind: str = "", engine: str = "tesseract") -> Made:
    """Read a file and understand it; the pixels of at most two pages are in memory.

    Raises Unreadable, Unavailable: see the reading.
    """
    pages: list[PageRead] = []
    images: list[Image] = []
    for image, page in _pages(path, content_type, engine):
        pages.append(page)
        if len(images) < _WITH_PIXELS:
            images.append(image)
    understood = understand(pages, images, kind=kind)
    return Made(
        understood,
        [page.text for page in pages],
        [_condition(page) for page in pages],
        [_value(one, images) for one in understood.fields],
    )


def _pages(path: str, content_type: str, engine: str) -> "Iterator[tuple[Image, PageRead]]":
    for straight, page in islice(read_images(path, content_type, engine=engine), MOST_PAGES):
        yield straight.image, page


def _condition(page: PageRead) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "confidence": page.confidence,
        "words": len(page.words),
    }


def _value(one: FieldRead, images: "list[Image]") -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "value": one.value,
        "read": one.value,
        "raw": one.raw[:500],
        "confidence": one.confidence,
        "needs_person": not accepts(one.shape, one.confidence),
        "page": one.page,
        "box": [one.box.x, one.box.y, one.box.w, one.box.h] if one.box else [],
        "crop": _crop(one, images),
    }


def _crop(one: FieldRead, images: "list[Image]") -> bytes:
    """Return the piece of the page around a value as JPEG, with a line above and below."""
    if one.box is None or not 0 < one.page <= len(images):
        return b""
    image = images[one.page - 1]
    around = max(12, min(one.box.h, 60))
    before = max(2 * around, min(12 * around, _ENOUGH - one.box.w))
    left, top = max(0, one.box.x - before), max(0, one.box.y - around)
    right, bottom = one.box.x + one.box.w + 4 * around, one.box.y + one.box.h + around
    cut = image[top:bottom, left:right]
    if cut.shape[1] > _WIDEST:
        tall = round(cut.shape[0] * _WIDEST / cut.shape[1])
        cut = as_image(cv2.resize(cut, (_WIDEST, tall), interpolation=cv2.INTER_AREA))
    done, packed = cv2.imencode(".jpg", cut[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return packed.tobytes() if done else b""
