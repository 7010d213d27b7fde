"""A page's picture made small: paper white, ink kept, grey where nothing is coloured.

A page of text has two layers: its black letters as one bit a point (CCITT group 4, sharp at 300
dpi), and everything else (stamps, signatures, photographs, paper) as JPEG under them. No letter is
ever replaced by another one that looks like it, as JBIG2 may do.
"""

import io
from dataclasses import dataclass

import cv2
import numpy as np
import PIL.Image

from motcua.documents.scanning.arrays import Image, as_image, grey

AIM_BYTES = 150_000
_QUALITIES = (62, 50, 40)
_A4_MM = (210.0, 297.0)
_CARD_MM = (85.6, 54.0)
_DPI, _INK_DPI, _GROUND_DPI = 200, 300, 150
_MOST_ENLARGED = 1.6
# A page with more half-tones than this is a photograph, not text.
_HALF_TONES = 0.12


@dataclass(frozen=True)
class Ink:
    """Black letters as one bit a point."""

    ccitt: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """A page as JPEG with its ink over it, and how large it is on paper (points)."""

    jpeg: bytes
    width: int
    height: int
    is_grey: bool
    points: tuple[float, float]
    ink: Ink | None = None

    @property
    def size_bytes(self) -> int:
        """How much of the file the page takes."""
        return len(self.jpeg) + (len(self.ink.ccitt) if self.ink else 0)


def picture_of(image: Image, *, dpi: int = 0) -> Picture:
    """Return the page made small enough to keep for years.

    dpi: of the image where it is known (a drawn PDF); 0: the shape of the page tells its size.
    """
    points = _points(image, dpi)
    white = whitened(_sharp(image, points))
    letters = _letters(white)
    if letters is None:
        kept = _at_most(white, points, _DPI)
        return _picture(kept, points, None)
    ground = _without_letters(white, letters, points)
    return _picture(ground, points, _as_ink(letters))


def thumbnail_of(image: Image, *, longest: int, quality: int = 60) -> bytes:
    """Return a small JPEG of the page for the eye."""
    factor = longest / max(image.shape[:2])
    if factor < 1:
        size = (max(round(image.shape[1] * factor), 1), max(round(image.shape[0] * factor), 1))
        image = as_image(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
    return _jpeg(image, quality)


def preview_of(image: Image, *, longest: int) -> Image:
    """Return the page as the PDF will show it, small enough for the eye."""
    factor = longest / max(image.shape[:2])
    if factor < 1:
        size = (max(round(image.shape[1] * factor), 1), max(round(image.shape[0] * factor), 1))
        image = as_image(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
    return whitened(image)


def whitened(image: Image) -> Image:
    """Return the page with even light and white paper; colours stay as they are to each other."""
    light = grey(image)
    height, width = light.shape
    small = cv2.resize(
        light, (max(width // 6, 1), max(height // 6, 1)), interpolation=cv2.INTER_AREA
    )
    ground = cv2.medianBlur(
        cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), 15
    )
    # A dark photograph is no shadow: it is lightened only so far.
    ground = cv2.resize(np.maximum(ground, 110), (width, height), interpolation=cv2.INTER_LINEAR)
    if image.ndim == 3:
        ground = cv2.cvtColor(ground, cv2.COLOR_GRAY2RGB)
    even = cv2.divide(image, ground, scale=255)
    # What is nearly white is the paper's grain: it costs bytes and says nothing.
    levels = np.clip((np.arange(256, dtype=np.float32) - 8) * 255 / (232 - 8), 0, 255)
    return as_image(cv2.LUT(even, levels.astype(np.uint8)))


def _letters(white: Image) -> Image | None:
    """Return where black ink is (1), None when the page is no page of text."""
    light = grey(white)
    if float(((light > 90) & (light < 215)).mean()) > _HALF_TONES:
        return None
    is_ink = light < 160
    if white.ndim == 3:
        is_ink &= (white.max(axis=2) - white.min(axis=2) < 60) | (light < 60)
    return None if float(is_ink.mean()) > 0.3 else as_image(is_ink)


def _without_letters(white: Image, letters: Image, points: tuple[float, float]) -> Image:
    """Return what lies under the letters, their places filled from beside them."""
    wide = cv2.dilate(letters, np.ones((5, 5), np.uint8))
    return _at_most(
        np.where(wide[..., None] if white.ndim == 3 else wide, 255, white).astype(np.uint8),
        points,
        _GROUND_DPI,
    )


def _as_ink(letters: Image) -> Ink:
    height, width = letters.shape
    out = io.BytesIO()
    # Group 4 calls "black" what is 1; one strip, so that it can be taken out whole.
    PIL.Image.fromarray(letters.astype(bool)).save(
        out, "TIFF", compression="group4", tiffinfo={278: height}
    )
    with PIL.Image.open(io.BytesIO(out.getvalue())) as tiff:
        start, count = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
    return Ink(out.getvalue()[start : start + count], width, height)


def _picture(image: Image, points: tuple[float, float], ink: Ink | None) -> Picture:
    is_grey = not _is_coloured(image)
    room = AIM_BYTES - (len(ink.ccitt) if ink else 0)
    jpeg = _encoded(grey(image) if is_grey else image, room)
    height, width = image.shape[:2]
    return Picture(jpeg, width, height, is_grey, points, ink)


def _is_coloured(image: Image) -> bool:
    """Tell whether a stamp, blue ink or a coloured print is on the page."""
    if image.ndim == 2:
        return False
    small = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    return float((spread > 40).mean()) > 0.0005


def _encoded(image: Image, room: int) -> bytes:
    """Return JPEG as good as fits the room; a page full of pictures may be larger."""
    jpeg = b""
    for quality in _QUALITIES:
        jpeg = _jpeg(image, quality)
        if len(jpeg) <= room:
            break
    return jpeg


def _jpeg(image: Image, quality: int) -> bytes:
    out = io.BytesIO()
    PIL.Image.fromarray(image).save(
        out, "JPEG", quality=quality, optimize=True, subsampling="4:2:0"
    )
    return out.getvalue()


def _points(image: Image, dpi: int) -> tuple[float, float]:
    height, width = image.shape[:2]
    if dpi:
        return width * 72 / dpi, height * 72 / dpi
    ratio = max(height, width) / min(height, width)
    for longest, mm in ((_A4_MM[1], _A4_MM), (_CARD_MM[0], _CARD_MM)):
        if abs(ratio / (max(mm) / min(mm)) - 1) < 0.04:
            factor = longest / 25.4 * 72 / max(height, width)
            return width * factor, height * factor
    factor = min(_A4_MM[1] / max(height, width), _A4_MM[0] / min(height, width)) / 25.4 * 72
    return width * factor, height * factor


def _sharp(image: Image, points: tuple[float, float]) -> Image:
    """Return the image at the points to an inch that letters are kept at."""
    small = _at_most(image, points, _INK_DPI)
    factor = min(points[0] / 72 * _INK_DPI / small.shape[1], _MOST_ENLARGED)
    if factor <= 1:
        return small
    return as_image(cv2.resize(small, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC))


def _at_most(image: Image, points: tuple[float, float], dpi: int) -> Image:
    """Return the image with at most so many points to an inch of paper."""
    width, height = (round(side / 72 * dpi) for side in points)
    # A card is small: its letters need more than those of a page.
    least = 6 * dpi / max(width, height)
    width, height = (round(side * max(least, 1)) for side in (width, height))
    if width >= image.shape[1]:
        return image
    return as_image(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA))
