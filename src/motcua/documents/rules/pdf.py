"""A PDF looked through without a PDF library: bounded in time and memory, whatever it holds.

Every name that can start something (scripts, programs, attached files) is looked for in the raw
bytes and in every object stream, escapes undone. An object stream that cannot be looked into is
refused. Streams that would swell to many times what they weigh, and pictures beyond the bounds,
are refused before anything opens them. Rule of the house.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

from motcua.documents.rules.unfit import Fault, Unfit

ACTIVE = {
    b"JavaScript": "JavaScript",
    b"Launch": "lệnh chạy chương trình",
    b"EmbeddedFile": "tệp đính kèm bên trong",
    b"EmbeddedFiles": "tệp đính kèm bên trong",
    b"RichMedia": "nội dung đa phương tiện",
    b"Rendition": "nội dung đa phương tiện",
    b"SubmitForm": "lệnh gửi dữ liệu ra ngoài",
    b"ImportData": "lệnh nạp dữ liệu",
    b"GoToE": "liên kết tới tệp đính kèm",
    b"XFA": "biểu mẫu XFA",
}
MAX_INFLATED_BYTES = 64 * 1024 * 1024
MAX_SWOLLEN_BYTES = 256 * 1024 * 1024
MAX_LZW_BYTES = 1024 * 1024
MAX_WORDS = 2_500_000
MAX_STREAMS = 200_000
MAX_ESCAPED = 100_000

_END = rb"(?=[\x00\s/\[\]()<>{}%]|\Z)"
_SUSPECT = re.compile(rb"/(" + b"|".join(ACTIVE) + rb")" + _END)
_ENCRYPT = re.compile(rb"/Encrypt" + _END)
_ESCAPED = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,40}")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm" + _END)
_PACKED_PERHAPS = re.compile(rb"/First" + _END)
_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/([A-Za-z0-9]+Decode|DecodeParms)" + _END)
_IMAGE = re.compile(rb"/Subtype[\x00\s]*/Image" + _END)
_SIDES = re.compile(rb"/(?:Width|Height)[\x00\s]*(\d{1,9})([\x00\s]+\d+[\x00\s]+R)?")
_HEADER_BYTES = 65_536
# Each byte as what it does between words: " " ends one, "." is one by itself, "x" is inside.
_SORTS = bytes(
    ord(" ") if one in b"\x00\t\n\x0c\r " else ord(".") if one in b"[]<>/(" else ord("x")
    for one in range(256)
)
_SIP_BYTES = 64 * 1024
_HIDDEN = frozenset(
    {b"ObjStm", b"First", b"Filter", b"FlateDecode", b"LZWDecode", b"Width", b"Height", b"Image"}
)


def check(content: bytes | memoryview, *, max_pixels: int) -> None:
    """Look through the whole file.

    Raises Unfit: cut off, encrypted, able to act by itself, or made to swell.
    """
    _check_frame(content)
    _look(content)
    _check_streams(memoryview(content), max_pixels)


def _check_frame(content: bytes | memoryview) -> None:
    tail = bytes(content[-2048:])
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Unfit(Fault.DAMAGED)
    if b"PK\x05\x06" in bytes(content[-66_000:]):
        raise Unfit(Fault.ACTIVE, "tệp nén ẩn ở cuối")


def _look(part: bytes | memoryview) -> None:
    """Refuse what the part holds."""
    if _ENCRYPT.search(part):
        raise Unfit(Fault.ENCRYPTED)
    suspect = _SUSPECT.search(part)
    if suspect:
        raise Unfit(Fault.ACTIVE, ACTIVE[suspect[1]])
    for count, escaped in enumerate(_ESCAPED.finditer(part)):
        if count > MAX_ESCAPED:
            raise Unfit(Fault.DAMAGED)
        _check_escaped(_HEX.sub(lambda match: bytes([int(match[1], 16)]), escaped[0]))


def _check_escaped(name: bytes) -> None:
    """Refuse a name that hides behind escapes; an honest writer never escapes letters."""
    plain = name[1:]
    if plain in ACTIVE:
        raise Unfit(Fault.ACTIVE, ACTIVE[plain])
    if plain == b"Encrypt":
        raise Unfit(Fault.ENCRYPTED)
    if plain in _HIDDEN:
        raise Unfit(Fault.DAMAGED)


def _check_streams(content: memoryview, max_pixels: int) -> None:
    """Look at every stream by its header, and into those that hold objects.

    What stands between two streams is taken as the header of the second: no string or comment can
    then hide where a header begins. /First alone may be an outline's, so it obliges to nothing.
    """
    left, last = _Left(), 0
    for count, stream in enumerate(_STREAM.finditer(content)):
        if count > MAX_STREAMS:
            raise Unfit(Fault.DAMAGED)
        between, last = bytes(content[last : stream.start()]), stream.end()
        left.read(between)
        header = between[-_HEADER_BYTES:]
        filters = [name for name in _FILTER.findall(header) if name != b"DecodeParms"]
        is_plain = filters == [b"FlateDecode"] and b"DecodeParms" not in header
        if _PACKED.search(between):
            left.look_into(content, last, is_sure=True, is_plain=is_plain)
        elif _PACKED_PERHAPS.search(between) and is_plain:
            left.look_into(content, last, is_sure=False, is_plain=is_plain)
        elif _IMAGE.search(header):
            _check_image(header, max_pixels)
        else:
            left.weigh(content, last, filters)
    left.read(bytes(content[last:]))


class _Left:
    """How much more the file may unpack to, and how many more words its objects may have."""

    def __init__(self) -> None:
        self.inflated, self.swollen, self.words = MAX_INFLATED_BYTES, MAX_SWOLLEN_BYTES, MAX_WORDS

    def read(self, objects: bytes) -> None:
        """Count words: whoever opens the file keeps more than a hundred bytes for each."""
        seen = objects.translate(_SORTS)
        self.words -= seen.count(b".") + seen.count(b"x ")
        if self.words < 0:
            raise Unfit(Fault.TOO_DENSE)

    def look_into(self, content: memoryview, start: int, *, is_sure: bool, is_plain: bool) -> None:
        """Refuse what an object stream holds; one that cannot be looked into is refused."""
        if not is_plain:
            raise Unfit(Fault.DAMAGED)
        try:
            inflated = b"".join(_inflated(content, start, self.inflated))
        except zlib.error:
            if is_sure:
                raise Unfit(Fault.DAMAGED) from None
            return
        _look(inflated)
        self.read(inflated)
        self.inflated -= len(inflated)

    def weigh(self, content: memoryview, start: int, filters: list[bytes]) -> None:
        """Refuse a stream that swells; packed twice it is refused unopened."""
        packings = [name for name in filters if name in {b"FlateDecode", b"LZWDecode"}]
        if len(packings) > 1 and len(filters) < 8:
            raise Unfit(Fault.TOO_DENSE)
        if packings == [b"LZWDecode"] and _extent(content, start) > MAX_LZW_BYTES:
            raise Unfit(Fault.TOO_DENSE)
        if filters[:1] != [b"FlateDecode"]:
            return
        with suppress(zlib.error):
            for part in _inflated(content, start, self.swollen):
                self.swollen -= len(part)


def _check_image(header: bytes, max_pixels: int) -> None:
    """Refuse a picture beyond the bounds, or one whose sides are told elsewhere."""
    sides = [(int(match[1]), bool(match[2])) for match in _SIDES.finditer(header)]
    if len(sides) < 2 or any(elsewhere for _side, elsewhere in sides):
        raise Unfit(Fault.DAMAGED)
    *_rest, one, other = sorted(side for side, _elsewhere in sides)
    if one * other > max_pixels:
        raise Unfit(Fault.TOO_MANY_PIXELS, f"{one} × {other}")


def _extent(content: memoryview, start: int) -> int:
    end = re.compile(rb"endstream").search(content, start)
    return (end.start() if end else len(content)) - start


def _inflated(content: memoryview, start: int, limit: int) -> Iterator[bytes]:
    """Yield what a stream unpacks to, in sips.

    Raises Unfit: it is more than `limit`. Raises zlib.error: it is not packed that way.
    """
    unpacker = zlib.decompressobj()
    for at in range(start, len(content), _SIP_BYTES):
        sip: bytes | memoryview = content[at : at + _SIP_BYTES]
        while sip and not unpacker.eof:
            part = unpacker.decompress(sip, 1024 * 1024)
            limit -= len(part)
            if limit <= 0:
                raise Unfit(Fault.TOO_DENSE)
            yield part
            sip = unpacker.unconsumed_tail
        if unpacker.eof:
            return
