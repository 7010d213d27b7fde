"""Which characters the shipped font can draw, and text made safe for it.

PDF/A and PDF/UA forbid characters without a glyph, so one emoji in a citizen's name would cost the
whole paper. What the font lacks is printed as □, which shows that something stood there.
"""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FACES = ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic")
MISSING = "□"

_BREAKABLE = re.compile(r"[^\s\-\u200b]{25,}")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_ZERO_WIDTH_SPACE = "\u200b"


def safe(text: str) -> str:
    """Return the text with every character drawable and every line breakable."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    if not drawable().issuperset(text):
        text = "".join(_drawn(char) for char in text)
    return _BREAKABLE.sub(_loosened, text)


@cache
def drawable() -> frozenset[str]:
    """Return the characters present in every shipped face."""
    faces = [_characters(FONTS / f"{face}.ttf") for face in FACES]
    common = frozenset.intersection(*faces)
    return frozenset(char for char in common if unicodedata.category(char) not in _INVISIBLE) | {
        "\n"
    }


def _drawn(char: str) -> str:
    if char in drawable():
        return char
    return "" if unicodedata.category(char) in _INVISIBLE else MISSING


def _loosened(match: re.Match[str]) -> str:
    run = match[0]
    return _ZERO_WIDTH_SPACE.join(run[at : at + 10] for at in range(0, len(run), 10))


def _characters(path: Path) -> frozenset[str]:
    font = path.read_bytes()
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * index)
        (kind,) = struct.unpack_from(">H", font, cmap + offset)
        if platform == 3 and kind == 4:
            return frozenset(map(chr, _segments(font, cmap + offset)))
    raise ValueError(f"{path.name} has no Unicode character map of format 4")


def _table(font: bytes, wanted: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == wanted:
            return int(offset)
    raise ValueError(f"the font has no {wanted.decode()} table")


def _segments(font: bytes, start: int) -> set[int]:
    """Return the code points of a format 4 map that lead to a glyph other than .notdef."""
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    row = struct.Struct(f">{count}H")
    last = row.unpack_from(font, start + 14)
    first = row.unpack_from(font, start + 16 + 2 * count)
    delta = row.unpack_from(font, start + 16 + 4 * count)
    ranges = start + 16 + 6 * count
    found = set()
    for index in range(count):
        (jump,) = struct.unpack_from(">H", font, ranges + 2 * index)
        for point in range(first[index], min(last[index], 0xFFFE) + 1):
            glyph = point
            if jump:
                place = ranges + 2 * index + jump + 2 * (point - first[index])
                (glyph,) = struct.unpack_from(">H", font, place)
            if (glyph + delta[index]) % 0x10000 and (glyph or not jump):
                found.add(point)
    return found
