"""PDF/A-2b written page by page: what is written is forgotten, so a long stack costs no memory."""

import hashlib
import zlib
from datetime import datetime
from functools import cache
from typing import BinaryIO

import PIL.ImageCms

from motcua.documents.assembling import font
from motcua.documents.assembling.layer import operators
from motcua.documents.assembling.metadata import PRODUCER, About, xmp
from motcua.documents.assembling.picture import Ink, Picture
from motcua.documents.reading.words import PageRead

_CATALOG, _PAGES, _METADATA, _INFO, _INTENT, _PROFILE = 1, 2, 3, 4, 5, 6
_FONT, _DESCENDANT, _DESCRIPTOR, _PROGRAM, _GLYPHS, _UNICODE, _OUTLINES = 7, 8, 9, 10, 11, 12, 13
_FIRST_FREE = 14
_BOM = "\ufeff"


class PdfaWriter:
    """Writes one PDF/A-2b to an open file; `add` a page at a time, then `finish`."""

    def __init__(self, out: BinaryIO, *, about: About, at: datetime) -> None:
        self._out = out
        self._about, self._at = about, at
        self._offsets: dict[int, int] = {}
        self._pages: list[int] = []
        self._marks: list[tuple[str, int]] = []
        self._next = _FIRST_FREE
        self._place = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._common()

    def mark(self, title: str) -> None:
        """Let the next page be found by this title in the outline."""
        self._marks.append((title, len(self._pages)))

    def add(self, picture: Picture, read: PageRead | None) -> None:
        """Write one page; without `read` it cannot be searched."""
        width, height = picture.points
        content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /I Do Q\n".encode()
        drawn = f"/I {self._image(picture)} 0 R"
        if picture.ink is not None:
            content = content.replace(b"/I Do", b"/I Do 0 g /K Do")
            drawn += f" /K {self._ink(picture.ink)} 0 R"
        if read is not None and read.words:
            content += operators(read.words, height=read.height, scale=height / read.height)
        text = self._deflated("", content)
        page = self._object(
            f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {width:.3f} {height:.3f}]"
            f" /Contents {text} 0 R /Resources << /XObject << {drawn} >>"
            f" /Font << /T {_FONT} 0 R >> >> >>"
        )
        self._pages.append(page)

    def finish(self) -> None:
        """Write what ties the pages together. Raises ValueError: there is no page."""
        if not self._pages:
            raise ValueError("a PDF has at least one page")
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(f"<< /Type /Pages /Kids [{kids}] /Count {len(self._pages)} >>", number=_PAGES)
        self._outline()
        outlines = f" /Outlines {_OUTLINES} 0 R /PageMode /UseOutlines" if self._marks else ""
        self._object(
            f"<< /Type /Catalog /Pages {_PAGES} 0 R /Metadata {_METADATA} 0 R"
            f" /OutputIntents [{_INTENT} 0 R] /Lang (vi) /MarkInfo << /Marked false >>"
            f" /ViewerPreferences << /DisplayDocTitle true >>{outlines} >>",
            number=_CATALOG,
        )
        self._table()

    def _image(self, picture: Picture) -> int:
        space = "DeviceGray" if picture.is_grey else "DeviceRGB"
        return self._stream(
            f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
            f" /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode",
            picture.jpeg,
        )

    def _ink(self, ink: Ink) -> int:
        return self._stream(
            f"/Type /XObject /Subtype /Image /Width {ink.width} /Height {ink.height}"
            " /ImageMask true /BitsPerComponent 1 /Filter /CCITTFaxDecode"
            f" /DecodeParms << /K -1 /Columns {ink.width} /Rows {ink.height} >>",
            ink.ccitt,
        )

    def _common(self) -> None:
        """The objects that every page leans on, and those that describe the file."""
        self._stream("/Type /Metadata /Subtype /XML", xmp(self._about, at=self._at), _METADATA)
        when = f"({pdf_date(self._at)})"
        self._object(
            f"<< /Title {_text(self._about.title)} /Producer {_text(PRODUCER)}"
            f" /Creator {_text(PRODUCER)} /CreationDate {when} /ModDate {when} >>",
            number=_INFO,
        )
        self._object(
            "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)"
            " /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org)"
            f" /DestOutputProfile {_PROFILE} 0 R >>",
            number=_INTENT,
        )
        self._deflated("/N 3", srgb(), _PROFILE)
        self._font()

    def _font(self) -> None:
        self._object(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.NAME} /Encoding /Identity-H"
            f" /DescendantFonts [{_DESCENDANT} 0 R] /ToUnicode {_UNICODE} 0 R >>",
            number=_FONT,
        )
        self._object(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font.NAME}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {_DESCRIPTOR} 0 R /DW {font.ADVANCE}"
            f" /CIDToGIDMap {_GLYPHS} 0 R >>",
            number=_DESCENDANT,
        )
        self._object(
            f"<< /Type /FontDescriptor /FontName /{font.NAME} /Flags 5 /ItalicAngle 0"
            f" /FontBBox [0 -200 {font.ADVANCE} 800] /Ascent 800 /Descent -200 /CapHeight 800"
            f" /StemV 80 /FontFile2 {_PROGRAM} 0 R >>",
            number=_DESCRIPTOR,
        )
        program = font.program()
        self._deflated(f"/Length1 {len(program)}", program, _PROGRAM)
        self._deflated("", font.glyph_of_every_code(), _GLYPHS)
        self._deflated("", font.to_unicode(), _UNICODE)

    def _outline(self) -> None:
        if not self._marks:
            self._offsets[_OUTLINES] = -1
            return
        first = self._next
        last = first + len(self._marks) - 1
        for place, (title, page) in enumerate(self._marks):
            before = f" /Prev {first + place - 1} 0 R" if place else ""
            after = f" /Next {first + place + 1} 0 R" if first + place < last else ""
            target = self._pages[min(page, len(self._pages) - 1)]
            self._object(
                f"<< /Title {_text(title)} /Parent {_OUTLINES} 0 R"
                f" /Dest [{target} 0 R /Fit]{before}{after} >>"
            )
        self._object(
            f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(self._marks)} >>",
            number=_OUTLINES,
        )

    def _deflated(self, entries: str, body: bytes, number: int | None = None) -> int:
        return self._stream(f"{entries} /Filter /FlateDecode", zlib.compress(body, 9), number)

    def _stream(self, entries: str, body: bytes, number: int | None = None) -> int:
        number = self._open(number)
        self._write(f"<< {entries} /Length {len(body)} >>\nstream\n".encode())
        self._write(body)
        self._write(b"\nendstream\nendobj\n")
        return number

    def _object(self, text: str, *, number: int | None = None) -> int:
        number = self._open(number)
        self._write(f"{text}\nendobj\n".encode())
        return number

    def _open(self, number: int | None) -> int:
        if number is None:
            number, self._next = self._next, self._next + 1
        self._offsets[number] = self._place
        self._write(f"{number} 0 obj\n".encode())
        return number

    def _table(self) -> None:
        start, count = self._place, self._next
        rows = [b"0000000000 65535 f \n"]
        for number in range(1, count):
            offset = self._offsets[number]
            rows.append(b"0000000000 65535 f \n" if offset < 0 else b"%010d 00000 n \n" % offset)
        self._write(b"xref\n0 %d\n" % count + b"".join(rows))
        key = self._digest.hexdigest().upper()
        self._write(
            f"trailer\n<< /Size {count} /Root {_CATALOG} 0 R /Info {_INFO} 0 R"
            f" /ID [<{key}> <{key}>] >>\nstartxref\n{start}\n%%EOF\n".encode()
        )

    def _write(self, body: bytes) -> None:
        self._out.write(body)
        self._digest.update(body)
        self._place += len(body)


@cache
def srgb() -> bytes:
    """Return the colour profile, the same bytes on every day (its own date is of no use)."""
    profile = bytearray(PIL.ImageCms.ImageCmsProfile(PIL.ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 228, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    profile[84:100] = bytes(16)
    return bytes(profile)


def _text(value: str) -> str:
    return f"<{(_BOM + value).encode('utf-16-be').hex().upper()}>"


def pdf_date(at: datetime) -> str:
    """Return a moment as a PDF writes it."""
    offset = at.strftime("%z") or "+0000"
    return f"D:{at:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
