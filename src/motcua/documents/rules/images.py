"""Width and height of an image from its header; the pixels are never decoded.

Rule of the house.
"""

import io
import struct

import pi_heif  # type: ignore[import-untyped]

from motcua.documents.rules.unfit import Fault, Unfit

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ANIMATED = 0x02
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def size(content: bytes | memoryview, content_type: str) -> tuple[int, int]:
    """Return (width, height) as the header says.

    Raises Unfit: the header is cut off or makes no sense.
    """
    read = _READERS[content_type]
    try:
        width, height = read(content)
    except (struct.error, IndexError) as error:
        raise Unfit(Fault.DAMAGED) from error
    if not width or not height:
        raise Unfit(Fault.DAMAGED)
    return width, height


def _png(content: bytes | memoryview) -> tuple[int, int]:
    if bytes(content[12:16]) != b"IHDR" or b"IEND" not in bytes(content[-64:]):
        raise Unfit(Fault.DAMAGED)
    width, height = struct.unpack_from(">LL", content, 16)
    return width, height


def _jpeg(content: bytes | memoryview) -> tuple[int, int]:
    """Walk the segments up to the frame header."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise Unfit(Fault.DAMAGED)
        marker = content[at + 1]
        if marker == 0xFF or marker in _JPEG_BARE:
            at += 1 if marker == 0xFF else 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]


def _webp(content: bytes | memoryview) -> tuple[int, int]:
    (riff,) = struct.unpack_from("<L", content, 4)
    if riff + 8 > len(content) + 1:
        raise Unfit(Fault.DAMAGED)
    kind = bytes(content[12:16])
    if kind == b"VP8X":
        if content[20] & _ANIMATED:
            raise Unfit(Fault.ANIMATED)
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<L", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise Unfit(Fault.DAMAGED)


def _heic(content: bytes | memoryview) -> tuple[int, int]:
    """Ask libheif, which reads the boxes and leaves the picture packed."""
    try:
        width, height = pi_heif.open_heif(io.BytesIO(content)).size
    except (ValueError, OSError, RuntimeError, EOFError, SyntaxError) as error:
        raise Unfit(Fault.DAMAGED) from error
    return int(width), int(height)


_READERS = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp, "image/heic": _heic}
