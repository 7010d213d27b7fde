"""The kind of a file told by its first bytes, and the bounds of each kind.

Rule of the house: no decree says what a portal may take in.
"""

from dataclasses import dataclass
from pathlib import Path

from motcua.documents.rules import images, pdf, structure
from motcua.documents.rules.names import ENDINGS, ending_of
from motcua.documents.rules.unfit import Fault, Unfit

MAX_BYTES = 20 * 1024 * 1024
MAX_PAGES = 500
MAX_PIXELS = 40_000_000

_OTHERS = (
    (b"PK\x03\x04", "tệp nén hoặc tệp Word, Excel"),
    (b"\xd0\xcf\x11\xe0", "tệp Word, Excel đời cũ"),
    (b"Rar!", "tệp nén"),
    (b"7z\xbc\xaf", "tệp nén"),
    (b"\x1f\x8b", "tệp nén"),
    (b"MZ", "chương trình"),
    (b"\x7fELF", "chương trình"),
    (b"#!", "chương trình"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"BM", "ảnh BMP"),
    (b"{\\rtf", "tệp RTF"),
)


_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})


@dataclass(frozen=True)
class Examined:
    """What a file was found to be; `pages` is 1 for an image."""

    content_type: str
    pages: int
    width: int = 0
    height: int = 0


def examine(content: bytes | memoryview, *, name: str, path: Path | None = None) -> Examined:
    """Return what the file is.

    path: where the same bytes lie, if they do.
    Raises Unfit: it is not a PDF, JPEG, PNG, WebP or HEIC that we can take, or its name says
    another kind than its content.
    """
    if not len(content):
        raise Unfit(Fault.EMPTY)
    content_type = _kind(bytes(content[:512]))
    _check_name(name, content_type)
    if content_type == "application/pdf":
        return Examined(content_type, _checked_pages(content, path))
    width, height = images.size(content, content_type)
    if width * height > MAX_PIXELS:
        raise Unfit(Fault.TOO_MANY_PIXELS, f"{width} × {height}")
    return Examined(content_type, 1, width, height)


def _kind(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "image/heic"
    raise Unfit(Fault.UNKNOWN_KIND, _describe(head))


def _describe(head: bytes) -> str:
    """Return what else it seems to be, so that the person knows what to convert."""
    for magic, kind in _OTHERS:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp":
        return "ảnh AVIF" if head[8:12] in {b"avif", b"avis"} else "video"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "ảnh SVG hoặc XML"
    return "trang HTML" if text.startswith(b"<") else ""


def _check_name(name: str, content_type: str) -> None:
    ending = ending_of(name)
    if ending and ending not in ENDINGS[content_type] and not ending[1:].isdigit():
        raise Unfit(Fault.NAME_LIES, ending)


def _checked_pages(content: bytes | memoryview, path: Path | None) -> int:
    pdf.check(content, max_pixels=MAX_PIXELS)
    return structure.pages(content, most=MAX_PAGES, path=path)
