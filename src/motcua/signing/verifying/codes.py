"""The codes on the first page of a document, or on a photograph of it."""

from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from motcua.documents.rules import MAX_PIXELS
from motcua.signing.verifying.report import Report, Verdict

_DPI = 200
_MOST_PIXELS = 12_000_000
_MOST_CODES = 8


def on_first_page(path: Path, report: Report) -> list[str]:
    """Return the texts of the codes that are there; none where the page cannot be drawn."""
    try:
        if report.content_type == "application/pdf":
            picture = _drawn(path) if report.verdict is not Verdict.UNREADABLE else None
        else:
            picture = _photograph(path) if report.content_type.startswith("image/") else None
    except (OSError, ValueError, Image.DecompressionBombError, pypdfium2.PdfiumError):
        return []
    if picture is None:
        return []
    return [code.text for code in zxingcpp.read_barcodes(picture)][:_MOST_CODES]


def _drawn(path: Path) -> Image.Image | None:
    with pypdfium2.PdfDocument(path) as document:
        if not len(document):
            return None
        page = document[0]
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def _photograph(path: Path) -> Image.Image | None:
    with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            return None
        picture.draft("L", (3000, 3000))
        return ImageOps.exif_transpose(picture).convert("L")
