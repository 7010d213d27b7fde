"""What an image carries beside its picture (place, time, device, owner) left out.

The picture's own bytes are passed on untouched: nothing is decoded and nothing gets worse. What
follows the end of an image is left out too: a second picture or an archive may hide there.
Rule of the house.
"""

import re
import struct
from collections.abc import Iterator

from motcua.documents.rules.unfit import Fault, Unfit

MAX_SCANS = 200
MAX_PIECES = 100_000

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs",
     b"sBIT", b"bKGD", b"cICP"}
)  # fmt: skip
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
_WEBP_TOLD = 0x08 | 0x04  # the flags that promise EXIF and XMP
_ORIENTATION = 0x0112


def stripped(content: memoryview, content_type: str) -> Iterator[bytes | memoryview]:
    """Yield the parts of the image that stay, in order.

    Raises Unfit: the image is cut off, or made of more pieces than an honest one.
    """
    parts = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[content_type]
    try:
        yield from parts(content)
    except (struct.error, IndexError) as error:
        raise Unfit(Fault.DAMAGED) from error


def orientation(content: memoryview, content_type: str) -> int:
    """Return how the picture has to be turned to stand upright, 1 (not at all) to 8."""
    find = {"image/jpeg": _jpeg_exif, "image/png": _png_exif, "image/webp": _webp_exif}
    try:
        turned = _orientation_of(find[content_type](content))
    except (struct.error, IndexError):
        return 1
    return turned if 1 <= turned <= 8 else 1


def _jpeg(content: memoryview) -> Iterator[memoryview]:
    frames = 0
    for marker, start, end in _segments(content):
        frames += marker in _JPEG_FRAMES
        if frames > 1:
            raise Unfit(Fault.DAMAGED)
        if _jpeg_stays(marker, content[start + 4 : start + 16]):
            yield content[start:end]


def _segments(content: memoryview) -> Iterator[tuple[int, int, int]]:
    """Yield (marker, start, end) of each segment; the packed picture belongs to its scan."""
    yield 0xD8, 0, 2
    at, scans = 2, 0
    while True:
        while content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise Unfit(Fault.DAMAGED)
        marker, start = content[at + 1], at
        if marker == _EOI:
            yield marker, start, start + 2
            return
        at += 2 if marker == 0x01 else 2 + struct.unpack_from(">H", content, at + 2)[0]
        if marker == _SOS:
            scans += 1
            found = _SCAN_END.search(content, at)
            if found is None or scans > MAX_SCANS:
                raise Unfit(Fault.DAMAGED)
            at = found.start()
        yield marker, start, at


def _jpeg_stays(marker: int, start: memoryview) -> bool:
    if marker == 0xE0:
        return bytes(start[:4]) == b"JFIF"
    if marker == 0xE2:
        return bytes(start[:12]) == b"ICC_PROFILE\x00"
    if marker == 0xEE:
        return bytes(start[:5]) == b"Adobe"
    return not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def _jpeg_exif(content: memoryview) -> memoryview:
    for marker, start, end in _segments(content):
        if marker == 0xE1 and bytes(content[start + 4 : start + 10]) == b"Exif\x00\x00":
            return content[start + 10 : end]
        if marker == _SOS:
            break
    return content[:0]


def _png(content: memoryview) -> Iterator[memoryview]:
    yield content[:8]
    for kind, start, end in _chunks(content):
        if kind in _PNG_KEPT:
            yield content[start:end]


def _chunks(content: memoryview) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    for _count in range(MAX_PIECES):
        (length,) = struct.unpack_from(">L", content, at)
        kind, end = bytes(content[at + 4 : at + 8]), at + 12 + length
        if end > len(content):
            raise Unfit(Fault.DAMAGED)
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end
    raise Unfit(Fault.DAMAGED)


def _png_exif(content: memoryview) -> memoryview:
    for kind, start, end in _chunks(content):
        if kind == b"eXIf":
            return content[start + 8 : end - 4]
    return content[:0]


def _webp(content: memoryview) -> Iterator[bytes | memoryview]:
    kept = [piece for piece in _pieces(content) if piece[0] in _WEBP_KEPT]
    length = 4 + sum(end - start for _kind, start, end in kept)
    yield b"RIFF" + struct.pack("<L", length) + b"WEBP"
    for kind, start, end in kept:
        if kind == b"VP8X":
            yield bytes(content[start : start + 8])
            yield bytes([content[start + 8] & ~_WEBP_TOLD])
            yield content[start + 9 : end]
        else:
            yield content[start:end]


def _pieces(content: memoryview) -> Iterator[tuple[bytes, int, int]]:
    (riff,) = struct.unpack_from("<L", content, 4)
    at, limit = 12, min(len(content), riff + 8)
    for _count in range(MAX_PIECES):
        if at + 8 > limit:
            return
        (length,) = struct.unpack_from("<L", content, at + 4)
        end = at + 8 + length + length % 2
        if at + 8 + length > limit:
            raise Unfit(Fault.DAMAGED)
        yield bytes(content[at : at + 4]), at, min(end, limit)
        at = end
    raise Unfit(Fault.DAMAGED)


def _webp_exif(content: memoryview) -> memoryview:
    for kind, start, end in _pieces(content):
        if kind == b"EXIF":
            part = content[start + 8 : end]
            return part[6:] if bytes(part[:6]) == b"Exif\x00\x00" else part
    return content[:0]


def _orientation_of(exif: memoryview) -> int:
    """Read the one entry of the first directory that says how the camera was held."""
    order = {b"II": "<", b"MM": ">"}.get(bytes(exif[:2]))
    if order is None:
        return 1
    (first,) = struct.unpack_from(f"{order}L", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, first)
    for entry in range(first + 2, first + 2 + count * 12, 12):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHLH", exif, entry)
        if tag == _ORIENTATION:
            return int(value)
    return 1
