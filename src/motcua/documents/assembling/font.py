"""The font of invisible text: one empty glyph, half an em wide, that stands for every letter.

A PDF/A embeds every font and refers to no missing glyph. With a font that draws nothing the whole
of Vietnamese takes a kilobyte, and what a letter means comes from its ToUnicode table.
"""

import struct
from functools import cache

UNITS = 1000
ADVANCE = 500
_ASCENT, _DESCENT = 800, -200
NAME = "MCVOHI+KhongHinh"


@cache
def program() -> bytes:
    """Return the font as a TrueType file: glyph 0 is .notdef, glyph 1 stands for every letter."""
    tables = {
        b"cmap": _cmap(),
        b"glyf": bytes(4),
        b"head": _head(),
        b"hhea": _hhea(),
        b"hmtx": struct.pack(">HhHh", ADVANCE, 0, ADVANCE, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IH13H", 0x00010000, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 1, 0, 0, 0, 0),
    }
    whole = bytearray(_file(tables))
    adjustment = (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF
    place = whole.index(b"\x5f\x0f\x3c\xf5") - 4
    whole[place : place + 4] = struct.pack(">I", adjustment)
    return bytes(whole)


def glyph_of_every_code() -> bytes:
    """Return the map from each of the 65,536 codes to glyph 1."""
    return b"\x00\x01" * 65536


def to_unicode() -> bytes:
    """Return the map from codes to letters: a code is the letter's own UTF-16 number."""
    ranges = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256))
    blocks = ranges.split("\n")
    parts = []
    for first in range(0, len(blocks), 100):
        some = blocks[first : first + 100]
        parts.append(f"{len(some)} beginbfrange\n" + "\n".join(some) + "\nendbfrange")
    body = "\n".join(parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _cmap() -> bytes:
    sub = struct.pack(
        ">HHHHHHHHHHHHHHH", 4, 32, 0, 4, 4, 1, 0, 0x20, 0xFFFF, 0, 0x20, 0xFFFF, 0xFFE1, 1, 0
    ) + struct.pack(">H", 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + sub


def _head() -> bytes:
    return struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x000B, UNITS, 0, 0,
        0, _DESCENT, ADVANCE, _ASCENT, 0, 8, 2, 0, 0,
    )  # fmt: skip


def _hhea() -> bytes:
    return struct.pack(
        ">IhhhHhhhhhhhhhhhH",
        0x00010000, _ASCENT, _DESCENT, 0, ADVANCE, 0, 0, ADVANCE, 1, 0, 0, 0, 0, 0, 0, 0, 2,
    )  # fmt: skip


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(
        ">IHHHH", 0x00010000, count, 16 << power, power, (count - (1 << power)) * 16
    )
    offset, directory, bodies = 12 + 16 * count, b"", b""
    for tag, body in sorted(tables.items()):
        padded = body + bytes(-len(body) % 4)
        directory += struct.pack(">4sIII", tag, _checksum(body), offset, len(body))
        offset += len(padded)
        bodies += padded
    return head + directory + bodies


def _checksum(body: bytes) -> int:
    padded = body + bytes(-len(body) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
