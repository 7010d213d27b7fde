"""From a file to its pages, one at a time, within bounds."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pi_heif  # type: ignore[import-untyped]
import PIL.Image
import PIL.ImageOps
import PIL.ImageSequence
import pypdfium2

from motcua.documents.rules import MAX_PAGES, MAX_PIXELS
from motcua.documents.scanning.arrays import Image
from motcua.kernel.refused import Refused

PDF = "application/pdf"
# A4 at 350 dpi: more pixels cost time and memory and read no better.
_LONGEST = 4100
_MAX_SIDE = 30_000
# A picture that covers so much of a page is the page.
_FILLS = 0.6
_STRIP = 0.02
_LEAST_DPI, _USUAL_DPI, _MOST_DPI = 150.0, 200.0, 300.0

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"RIFF", "image/webp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")

pi_heif.register_heif_opener()


class Unreadable(Refused):
    """The file is damaged, locked or larger than anything a scanner gives."""


def pages_of(
    path: str | Path, content_type: str, *, dpi: int | None = 200, limit: int = MAX_PAGES
) -> Iterator[Image]:
    """Iterate over the pages as red, green, blue; one page is in memory at a time.

    dpi: at which a PDF is drawn; None takes that of the scan it holds, from 150 to 300, so that
    pixels are not drawn anew. An image keeps its pixels up to those of A4 at 350 dpi.
    Raises Unreadable: damaged, locked with a password, more than `limit` pages, too many pixels.
    """
    if content_type == PDF:
        return _of_pdf(path, dpi, limit)
    return _of_image(path, limit)


def content_type_of(path: str | Path) -> str:
    """Return what the file is by its first bytes; its name is not asked.

    Raises Unreadable: it is neither a PDF nor a picture that we can open, or is not there.
    """
    try:
        with Path(path).open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError:
        raise Unreadable("Không có tệp này.") from None
    except OSError:
        raise Unreadable("Không mở được tệp.") from None
    if not head:
        raise Unreadable("Tệp không có nội dung.")
    if b"%PDF-" in head:
        return PDF
    for magic, content_type in _MAGIC:
        if head.startswith(magic):
            return content_type
    if head[4:8] == b"ftyp" and head[8:11] in {b"hei", b"mif", b"msf"}:
        return "image/heic"
    raise Unreadable("Tệp không phải PDF hay ảnh JPEG, PNG, WebP, TIFF, HEIC.")


def _of_pdf(path: str | Path, dpi: int | None, limit: int) -> Iterator[Image]:
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_why(error)) from None
    try:
        count = len(document)
        if count > limit:
            raise Unreadable(f"Tệp có {count} trang; tối đa {limit} trang.")
        for number in range(count):
            yield _drawn(document, number, dpi)
    finally:
        document.close()


def _why(error: pypdfium2.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
    return "Tệp PDF hỏng, không mở được. Hãy quét lại."


def _drawn(document: pypdfium2.PdfDocument, number: int, dpi: int | None) -> Image:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        raise Unreadable(f"Trang {number + 1} của tệp PDF hỏng, không mở được.") from None
    try:
        width, height = page.get_size()
        drawn_at = _own_dpi(page, width, height) if dpi is None else dpi
        scale = min(drawn_at / 72, _LONGEST / max(width, height, 1))
        bitmap = page.render(scale=scale, rev_byteorder=True)
        pixels = bitmap.to_numpy()
        return np.ascontiguousarray(pixels[:, :, :3] if pixels.ndim == 3 else _three(pixels))
    finally:
        page.close()


def _own_dpi(page: pypdfium2.PdfPage, width: float, height: float) -> float:
    """Return the finest resolution among the pictures that together fill the page, within bounds.

    Scanners cut a page into strips, or lay a fine mask of letters over a coarse background.
    """
    filled, finest = 0.0, 0.0
    for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        area = (right - left) * (top - bottom)
        if area < _STRIP * width * height:  # a seal or a logo
            continue
        across, down = thing.get_px_size()
        filled += area
        finest = max(finest, 72 * math.sqrt(across * down / area))
    if filled <= _FILLS * width * height:
        return _USUAL_DPI
    return float(min(max(finest, _LEAST_DPI), _MOST_DPI))


def _three(pixels: Image) -> Image:
    return np.stack([pixels] * 3, axis=-1)


def _of_image(path: str | Path, limit: int) -> Iterator[Image]:
    try:
        with PIL.Image.open(path, formats=_FORMATS) as opened:
            count = getattr(opened, "n_frames", 1)
            if count > limit:
                raise Unreadable(f"Tệp có {count} trang; tối đa {limit} trang.")
            for frame in PIL.ImageSequence.Iterator(opened):
                yield _pixels(frame)
    except PIL.Image.DecompressionBombError:
        raise Unreadable("Ảnh quá lớn; tối đa 40 triệu điểm ảnh.") from None
    except (OSError, SyntaxError, ValueError):
        raise Unreadable("Tệp ảnh hỏng, không mở được. Hãy chụp hoặc quét lại.") from None


def _pixels(frame: PIL.Image.Image) -> Image:
    width, height = frame.size
    if width * height > MAX_PIXELS or max(width, height) > _MAX_SIDE:
        raise Unreadable(f"Ảnh {width} × {height} điểm là quá lớn; tối đa 40 triệu điểm ảnh.")
    if max(width, height) > _LONGEST:
        frame.draft("RGB", (_LONGEST, _LONGEST))
    upright = PIL.ImageOps.exif_transpose(frame).convert("RGB")
    upright.thumbnail((_LONGEST, _LONGEST), PIL.Image.Resampling.BOX)
    return np.asarray(upright).copy()
