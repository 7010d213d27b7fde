"""A PDF looked through without a PDF library: bounded in time and memory, whatever it holds.

Every name that can start something (scripts, programs, attached files) is looked for in the raw
bytes and in every object stream, escapes undone. What cannot be looked into is refused.
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

_END = rb"(?=[\x00\s/\[\]()<>{}%]|\Z)"
_SUSPECT = re.compile(rb"/(" + b"|".join(ACTIVE) + rb")" + _END)
_ENCRYPT = re.compile(rb"/Encrypt" + _END)
_ESCAPED = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,40}")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAGE = re.compile(rb"/Type[\x00\s]*/Page" + _END)
_PACKED = re.compile(rb"/(?:ObjStm|First)" + _END)
_STREAM = re.compile(rb"stream\r?\n")
_NOT_CODE = re.compile(rb"\\.|[()]|%[^\r\n]*", re.DOTALL)
_DICT_REACH = 65_536
_FILTER = re.compile(rb"/([A-Za-z0-9]+Decode|AHx|A85|LZW|RL|Fl|DecodeParms|DP)" + _END)
_PLAIN_FLATE: tuple[list[bytes], ...] = ([], [b"FlateDecode"], [b"Fl"])


def pages(content: bytes | memoryview) -> int:
    """Return how many pages there are.

    Raises Unfit: damaged, encrypted, or able to act by itself.
    """
    _check_frame(content)
    found = _look(content)
    for packed in _object_streams(content):
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
    for escaped in _ESCAPED.finditer(part):
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
    """Yield every object stream inflated; a reader may take one without its /Type, by /First."""
    budget = MAX_INFLATED_BYTES
    done: set[int] = set()
    for packed in _PACKED.finditer(content):
        stream = _stream_after(content, packed.end())
        if stream is None or stream.end() in done:
            continue
        done.add(stream.end())
        header = bytes(content[max(0, packed.start() - _DICT_REACH) : stream.start()])
        filters = _FILTER.findall(header[header.rfind(b" obj") + 1 :])
        if filters not in _PLAIN_FLATE:
            raise Unfit(Fault.DAMAGED)
        inflated = _inflated(content, stream.end(), budget, is_optional=not filters)
        budget -= len(inflated)
        yield inflated


def _stream_after(content: bytes | memoryview, start: int) -> "re.Match[bytes] | None":
    """Return where the stream of the dictionary around `start` begins, if it has one."""
    stream = _STREAM.search(content, start)
    between = bytes(content[start : min(stream.start() if stream else start, start + _DICT_REACH)])
    if b"endobj" in _code(between):
        return None
    if stream and stream.start() - start > _DICT_REACH:
        raise Unfit(Fault.DAMAGED)
    return stream


def _code(text: bytes) -> bytes:
    """Return the text without strings and comments, where anything may be written."""
    kept, depth, last = [], 0, 0
    for match in _NOT_CODE.finditer(text):
        if depth == 0:
            kept.append(text[last : match.start()])
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth = max(0, depth - 1)
        last = match.end()
    return b"".join(kept) + (text[last:] if depth == 0 else b"")


def _inflated(content: bytes | memoryview, start: int, limit: int, *, is_optional: bool) -> bytes:
    try:
        inflated = zlib.decompressobj().decompress(content[start:], limit)
    except zlib.error as error:
        if is_optional:
            return b""
        raise Unfit(Fault.DAMAGED) from error
    if len(inflated) >= limit:
        raise Unfit(Fault.DAMAGED)
    return inflated
