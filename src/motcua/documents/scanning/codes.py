"""QR and barcodes on a page."""

from dataclasses import dataclass

import zxingcpp

from motcua.documents.scanning.arrays import Image, grey

_SMALLEST_CODE = 10


@dataclass(frozen=True)
class Code:
    """One code read exactly; `box` is (x, y, width, height) in pixels of the image."""

    text: str
    format: str
    box: tuple[int, int, int, int]


def codes(image: Image) -> tuple[Code, ...]:
    """Return the codes on the page from top to bottom; codes that fail their checksum are left out."""
    if min(image.shape[:2]) < _SMALLEST_CODE:
        return ()
    found = zxingcpp.read_barcodes(grey(image))
    read = [Code(one.text, one.format.name, _box(one.position)) for one in found if one.valid]
    return tuple(sorted(read, key=lambda code: (code.box[1], code.box[0])))


def _box(position: zxingcpp.Position) -> tuple[int, int, int, int]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    left, top = min(c.x for c in corners), min(c.y for c in corners)
    return left, top, max(c.x for c in corners) - left, max(c.y for c in corners) - top
