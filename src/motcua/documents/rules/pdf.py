"""A PDF looked through without a PDF library: bounded in time and memory, whatever it holds.

Every name that can start something (scripts, programs, attached files) is looked for in the raw
bytes and in every object stream, escapes undone. An object stream that cannot be looked into is
refused. Rule of the house.
"""

import re
import zlib
from collections.abc import Iterator

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
MAX_STREAMS = 200_000
MAX_ESCAPED = 100_000

_END = rb"(?=[\x00\s/\[\]()<>{}%]|\Z)"
_SUSPECT = re.compile(rb"/(" + b"|".join(ACTIVE) + rb")" + _END)
_ENCRYPT = re.compile(rb"/Encrypt" + _END)
_ESCAPED = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,40}")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAGE = re.compile(rb"/Type[\x00\s]*/Page" + _END)
_PACKED = re.compile(rb"/ObjStm" + _END)
_PACKED_PERHAPS = re.compile(rb"/First" + _END)
_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/([A-Za-z0-9]+Decode|DecodeParms)" + _END)
_HEADER_BYTES = 65_536


def pages(content: bytes | memoryview) -> int:
    """Return how many pages there are.

    Raises Unfit: damaged, encrypted, or able to act by itself.
    """
    _check_frame(content)
    found = _look(content)
    for packed in _object_streams(memoryview(content)):
        found += _look(packed)
    if not found:
        raise Unfit(Fault.DAMAGED)
    return found


def _check_frame(content: bytes | memoryview) -> None:
    tail = bytes(content[-2048:])
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Unfit(Fault.DAMAGED)
    if b"PK\x05\x06" in bytes(content[-66_000:]):
        raise Unfit(Fault.ACTIVE, "tệp nén ẩn ở cuối")


def _look(part: bytes | memoryview) -> int:
    """Refuse what the part holds, or return the number of page objects in it."""
    if _ENCRYPT.search(part):
        raise Unfit(Fault.ENCRYPTED)
    suspect = _SUSPECT.search(part)
    if suspect:
        raise Unfit(Fault.ACTIVE, ACTIVE[suspect[1]])
    for count, escaped in enumerate(_ESCAPED.finditer(part)):
        if count > MAX_ESCAPED:
            raise Unfit(Fault.DAMAGED)
        _check_escaped(_HEX.sub(lambda match: bytes([int(match[1], 16)]), escaped[0]))
    return sum(1 for _ in _PAGE.finditer(part))


def _check_escaped(name: bytes) -> None:
    """Refuse a name that hides behind escapes; an honest writer never escapes letters."""
    plain = name[1:]
    if plain in ACTIVE:
        raise Unfit(Fault.ACTIVE, ACTIVE[plain])
    if plain == b"Encrypt":
        raise Unfit(Fault.ENCRYPTED)
    if plain in {b"ObjStm", b"First", b"Filter", b"FlateDecode"}:
        raise Unfit(Fault.DAMAGED)


def _object_streams(content: bytes | memoryview) -> Iterator[bytes]:
    """Yield every object stream inflated.

    What stands between two streams is taken as the header of the second: no string or comment can
    then hide where a header begins. /First alone may be an outline's, so it obliges to nothing.
    """
    budget, last = MAX_INFLATED_BYTES, 0
    for count, stream in enumerate(_STREAM.finditer(content)):
        if count > MAX_STREAMS:
            raise Unfit(Fault.DAMAGED)
        between, last = (last, stream.start()), stream.end()
        is_packed = bool(_PACKED.search(content, *between))
        if not is_packed and not _PACKED_PERHAPS.search(content, *between):
            continue
        filters = _FILTER.findall(content, max(between[0], between[1] - _HEADER_BYTES), between[1])
        inflated = _inflated(content[last:], budget) if filters == [b"FlateDecode"] else None
        if inflated is None and is_packed:
            raise Unfit(Fault.DAMAGED)
        budget -= len(inflated or b"")
        yield inflated or b""


def _inflated(packed: bytes | memoryview, limit: int) -> bytes | None:
    try:
        inflated = zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return None
    if len(inflated) >= limit:
        raise Unfit(Fault.DAMAGED)
    return inflated
