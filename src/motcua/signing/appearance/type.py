"""A few lines of Tinos in a PDF: the glyphs needed, cut out of the font once and kept."""

import io
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from motcua.documents import papers

# Whatever the moment, its digits are there: the time changes, the font does not.
_TIME = "0123456789/:+ "
_FONT = Path(papers.__file__).parent / "fonts" / "Tinos-Regular.ttf"
_NAME = "MCKYSO+Tinos"


@dataclass(frozen=True)
class Type:
    """A font cut to what is written, with the widths and codes of its glyphs."""

    program: bytes
    program_bytes: int
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    to_unicode: bytes

    def width(self, text: str, *, size: float) -> float:
        """Return how long the text is, in points."""
        return sum(self.widths[self.glyphs[char]] for char in text) * size / 1000

    def shown(self, text: str) -> bytes:
        """Return the text as the operand of Tj."""
        return b"<%s>" % "".join(f"{self.glyphs[char]:04X}" for char in text).encode()

    def written_to(self, writer: BasePdfFileWriter) -> generic.IndirectObject:
        """Put the font into a PDF and return its reference."""
        descendant = writer.add_object(
            _dictionary(
                Type=pdf_name("/Font"),
                Subtype=pdf_name("/CIDFontType2"),
                BaseFont=pdf_name(f"/{_NAME}"),
                CIDSystemInfo=_dictionary(
                    Registry=generic.TextStringObject("Adobe"),
                    Ordering=generic.TextStringObject("Identity"),
                    Supplement=generic.NumberObject(0),
                ),
                FontDescriptor=self._descriptor(writer),
                W=generic.ArrayObject([generic.NumberObject(0), _numbers(*self.widths)]),
                CIDToGIDMap=pdf_name("/Identity"),
            )
        )
        return writer.add_object(
            _dictionary(
                Type=pdf_name("/Font"),
                Subtype=pdf_name("/Type0"),
                BaseFont=pdf_name(f"/{_NAME}"),
                Encoding=pdf_name("/Identity-H"),
                DescendantFonts=generic.ArrayObject([descendant]),
                ToUnicode=writer.add_object(_stream(self.to_unicode)),
            )
        )

    def _descriptor(self, writer: BasePdfFileWriter) -> generic.IndirectObject:
        length = generic.NumberObject(self.program_bytes)
        return writer.add_object(
            _dictionary(
                Type=pdf_name("/FontDescriptor"),
                FontName=pdf_name(f"/{_NAME}"),
                Flags=generic.NumberObject(4),
                FontBBox=_numbers(-180, -303, 1000, 981),
                ItalicAngle=generic.NumberObject(0),
                Ascent=generic.NumberObject(891),
                Descent=generic.NumberObject(-216),
                CapHeight=generic.NumberObject(662),
                StemV=generic.NumberObject(80),
                FontFile2=writer.add_object(_stream(self.program, Length1=length)),
            )
        )


@lru_cache(maxsize=256)
def cut(text: str) -> Type:
    """Return the font cut to the characters of the text, the digits of a time and a space."""
    font = TTFont(io.BytesIO(_source()), lazy=True)
    options = subset.Options(
        layout_features=[], hinting=False, name_IDs=[], notdef_outline=True, glyph_names=False
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={ord(char) for char in text + _TIME})
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    characters = {chr(code): name for code, name in font.getBestCmap().items()}
    scale = 1000 / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    place = {name: number for number, name in enumerate(order)}
    glyphs = {char: place[name] for char, name in characters.items()}
    for char in set(text) - set(glyphs):
        glyphs[char] = glyphs[" "]  # the font cannot draw it
    return Type(
        program=zlib.compress(out.getvalue(), 9),
        program_bytes=len(out.getvalue()),
        glyphs=glyphs,
        widths=tuple(round(font["hmtx"][name][0] * scale) for name in order),
        to_unicode=zlib.compress(_to_unicode(glyphs), 9),
    )


@cache
def _source() -> bytes:
    return _FONT.read_bytes()


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    rows = [f"<{gid:04X}> <{char.encode('utf-16-be').hex()}>" for char, gid in glyphs.items()]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    maps = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _dictionary(**entries: generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


def _stream(encoded: bytes, **entries: generic.PdfObject) -> generic.StreamObject:
    return generic.StreamObject(
        _dictionary(Filter=pdf_name("/FlateDecode"), **entries), encoded_data=encoded
    )


def _numbers(*values: int) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(value) for value in values])
