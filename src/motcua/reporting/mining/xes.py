"""Logs as XES (IEEE 1849): read by expat, safe against what an attack would use, in bounded memory.

Most files are plain: each event is a flat list of `<string key="…" value="…"/>`. There expat only
watches that the XML is sound, and the values are cut out of the bytes. Whatever is not plain
(nested attributes, comments, prefixes, other quotes) is read once more, element by element.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

import numpy as np

from motcua.reporting.mining import times
from motcua.reporting.mining.log import BATCH, NONE, Columns, Gathering, Ids, Log, NotALog
from motcua.reporting.mining.xeshead import MOST_DEPTH, Head, Keys, local

Open = Callable[[Path], AbstractContextManager[BinaryIO]]

_BLOCK = 1 << 22
_MOST_WAITING = 1 << 26  # bytes of one trace, or of one element
_OTHER_QUOTES = re.compile(rb"=\s*'")
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|amp|lt|gt|quot|apos);")
_WRONG = {
    3: "tệp dừng giữa chừng",
    4: "có ký tự không được phép",
    7: "thẻ đóng không khớp thẻ mở",
    8: "một thuộc tính ghi hai lần",
    9: "có chữ sau phần tử cuối",
    11: "dùng thực thể chưa khai báo",
}
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _NotPlainError(Exception):
    """The bytes must be read element by element."""


def read_xes(path: Path, opened: Open, columns: Columns) -> Log:
    """Return the log of a XES file.

    Raises NotALog: not sound XML, with the line; no log; a document type; no event.
    """
    try:
        return _Plain(columns).read(path, opened)
    except _NotPlainError:
        return _Whole(columns).read(path, opened)


class _Reading:
    """What both ways share: the parser that watches, the head, and the columns that grow."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.gathering = Gathering(columns)
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self.head = Head(columns)

    def fed(self, path: Path, opened: Open) -> Iterator[bytes]:
        """Give the file block by block, each after the parser has seen it."""
        done = 0
        try:
            with opened(path) as file:
                while block := file.read(_BLOCK):
                    self.parser.Parse(block)
                    done += len(block)
                    if done - self.parser.CurrentByteIndex > _MOST_WAITING:
                        raise NotALog("Tệp XES có một phần tử quá lớn.")
                    yield block
                self.parser.Parse(b"", True)  # noqa: FBT003  expat takes no keywords
        except expat.ExpatError as error:
            why = _WRONG.get(error.code, "viết sai cú pháp")
            raise NotALog(f"Dòng {error.lineno} không phải XML hợp lệ: {why}.") from error
        except (UnicodeError, LookupError, ValueError) as error:
            line = self.parser.CurrentLineNumber
            raise NotALog(f"Không đọc được bảng mã của tệp XML (dòng {line}).") from error


def _refuse(*_args: object) -> None:
    raise NotALog("Tệp có khai báo DOCTYPE hoặc thực thể; vì an toàn, tệp không được đọc.")


class _Plain(_Reading):
    """Cuts the values out of the bytes; raises _NotPlainError as soon as that is not safe."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(columns)
        self._traces = 0
        self._names: dict[str, _ByteIds] = {
            "activity": _ByteIds(self.gathering.activities),
            "transition": _ByteIds(self.gathering.transitions),
            "resource": _ByteIds(self.gathering.resources),
        }
        self._cases = _ByteIds(self.gathering.cases)
        self._body_at = NONE
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self.head.end
        self.parser.CommentHandler = self._odd
        self.parser.StartCdataSectionHandler = self._odd
        self.parser.ProcessingInstructionHandler = self._odd

    def read(self, path: Path, opened: Open) -> Log:
        """Return the log of the file."""
        waiting, keys = b"", None
        for block in self.fed(path, opened):
            waiting += block
            if keys is None and self._body_at != NONE:
                keys, waiting = self._keys(), waiting[self._body_at :]
            if keys is not None:
                waiting = self._cut(waiting, keys)
            if len(waiting) > _MOST_WAITING:
                raise _NotPlainError
        if waiting.strip() != b"</log>" or self._body_at == NONE:
            raise _NotPlainError
        return self.gathering.finish(self.head.defaults)

    def _keys(self) -> Keys:
        keys = Keys.of(self.columns, self.head.classifiers)
        if len(keys.activity) != 1:
            raise _NotPlainError
        return keys

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            raise _NotPlainError

    def _odd(self, *_args: object) -> None:
        if self._body_at != NONE:
            raise _NotPlainError

    def _start(self, name: str, attributes: list[str]) -> None:
        if name != "trace" or self.head.depth != 1:
            self.head.start(name, attributes)
            return
        self._body_at = self.parser.CurrentByteIndex
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None

    def _cut(self, waiting: bytes, keys: Keys) -> bytes:
        """Take in the whole traces, and return the bytes of the one that has only begun."""
        end = waiting.rfind(b"</trace>")
        if end < 0:
            return waiting
        end += len(b"</trace>")
        block = waiting[:end]
        if b"'" in block and _OTHER_QUOTES.search(block):
            raise _NotPlainError
        traces = block.split(b"</trace>")[:-1]
        pieces: list[bytes] = []
        cases, counts = [], []
        for trace in traces:
            head, *events = _parted(trace)
            pieces += events[:-1]
            cases.append(self._case(head, events[-1], keys) if events else NONE)
            counts.append(max(len(events) - 1, 0))
        self.gathering.empty_cases += counts.count(0)
        if block.count(b"</") != len(traces) + len(pieces):
            raise _NotPlainError
        if pieces:
            self._add(pieces, np.repeat(np.array(cases, dtype=np.int64), counts), keys)
        return waiting[end:]

    def _case(self, head: bytes, tail: bytes, keys: Keys) -> int:
        """The number of a trace; one without a name is a case of its own."""
        self._traces += 1
        named = _value(head, keys.case) or _value(tail, keys.case)
        return self._cases[named or b"\x00#%d" % self._traces]

    def _add(self, pieces: list[bytes], cases: times.Ints, keys: Keys) -> None:
        def numbers(part: str, key: str) -> times.Ints:
            many = self._names[part]
            found = map(many.__getitem__, _values(pieces, key))
            return np.fromiter(found, dtype=np.int64, count=len(pieces))

        self.gathering.add(
            cases, numbers("activity", keys.activity[0]), times.read(_values(pieces, keys.time)),
            numbers("transition", keys.transition), numbers("resource", keys.resource),
        )  # fmt: skip


def _parted(trace: bytes) -> list[bytes]:
    """The head of a trace, then its events one by one, and what follows (no events: the head)."""
    first, *rest = trace.split(b"</event>")
    if not rest:
        head, event = first, b""
    else:
        head, tag, event = first.partition(b"<event>")
        if not tag or b"<event" in rest[-1]:
            raise _NotPlainError
    if not head.lstrip().startswith(b"<trace>") or b"<event" in head:
        raise _NotPlainError
    for piece in rest[:-1]:
        if not piece.lstrip().startswith(b"<event>"):
            raise _NotPlainError
    return [head, event, *rest] if rest else [head]


def _value(piece: bytes, key: str) -> bytes:
    return _values([piece], key)[0] if key.encode() in piece else b""


def _values(pieces: list[bytes], key: str) -> list[bytes]:
    """The value of one key in each event, b"" where it is not said."""
    bare = b'"%s"' % key.encode()
    mark = b'key=%s value="' % bare
    skip, found = len(mark), []
    for piece in pieces:
        at = piece.find(mark)
        if at < 0:
            if bare in piece:
                raise _NotPlainError
            found.append(b"")
        else:
            at += skip
            found.append(piece[at : piece.find(b'"', at)])
    return found


class _ByteIds(dict[bytes, int]):
    """Numbers for values as they stand in the file."""

    def __init__(self, ids: Ids) -> None:
        super().__init__()
        self._ids = ids

    def __missing__(self, raw: bytes) -> int:
        self[raw] = number = self._ids[_unescaped(raw.decode("utf-8"))]
        return number


def _unescaped(text: str) -> str:
    """The text of an attribute as XML means it (white space first, then references)."""
    flat = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return _REFERENCE.sub(_meant, flat) if "&" in flat else flat


def _meant(match: re.Match[str]) -> str:
    name = match.group(1)
    if name.startswith("#"):
        return chr(int(name[1:].replace("x", "0x"), 0 if "x" in name else 10))
    return _ENTITIES[name]


class _Whole(_Reading):
    """Reads element by element: nested attributes, prefixes, comments, any encoding."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(columns)
        self._keys = Keys.of(columns, ())
        self._wanted: frozenset[str] = frozenset()
        self._rows: list[tuple[int, str, str, str, str]] = []
        self._event: dict[str, str] | None = None
        self._case, self._case_rows, self._trace_depth, self._traces = "", 0, 0, 0
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._depth = 0

    def read(self, path: Path, opened: Open) -> Log:
        """Return the log of the file."""
        for _block in self.fed(path, opened):
            if len(self._rows) >= BATCH and self._trace_depth == 0:
                self._flush()
        self._flush()
        return self.gathering.finish(self.head.defaults)

    def _start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotALog("Tệp XES lồng quá sâu.")
        if self._trace_depth:
            depth = self._depth - self._trace_depth
            if self._event is not None and depth == 2:
                self._note(self._event, attributes)
            elif depth == 1 and local(name) == "event":
                self._event = {}
            elif depth == 1 and not self._case and self._value(attributes)[0] == self._keys.case:
                self._case = self._value(attributes)[1]
            return
        if self._depth == 2 and local(name) == "trace":
            self._begin()
        else:
            self.head.start(name, attributes)

    def _begin(self) -> None:
        if not self._wanted:
            self._keys = Keys.of(self.columns, self.head.classifiers)
            self._wanted = self._keys.wanted
        self._trace_depth, self._case, self._case_rows = self._depth, "", len(self._rows)
        self._traces += 1

    def _end(self, name: str) -> None:
        depth = self._depth - self._trace_depth
        self._depth -= 1
        if not self._trace_depth:
            self.head.end(name)
        elif depth == 0:
            self._close()
        elif depth == 1 and self._event is not None:
            keys, said = self._keys, self._event
            names = [said[key] for key in keys.activity if said.get(key)]
            self._rows.append(
                (NONE, "+".join(names), said.get(keys.time, ""), said.get(keys.transition, ""),
                 said.get(keys.resource, ""))
            )  # fmt: skip
            self._event = None

    def _note(self, event: dict[str, str], attributes: list[str]) -> None:
        key, value = self._value(attributes)
        if key in self._wanted:
            event.setdefault(key, value)

    @staticmethod
    def _value(attributes: list[str]) -> tuple[str, str]:
        if len(attributes) == 4 and attributes[0] == "key" and attributes[2] == "value":
            return attributes[1], attributes[3]
        said = dict(zip(attributes[::2], attributes[1::2], strict=True))
        return said.get("key", ""), said.get("value", "")

    def _close(self) -> None:
        if len(self._rows) == self._case_rows:
            self.gathering.empty_cases += 1
        else:
            number = self.gathering.cases[self._case or f"\x00#{self._traces}"]
            self._rows[self._case_rows :] = [
                (number, *row[1:]) for row in self._rows[self._case_rows :]
            ]
        self._trace_depth = 0

    def _flush(self) -> None:
        if not self._rows:
            return
        case, activity, moment, transition, resource = zip(*self._rows, strict=True)
        self._rows, self._case_rows = [], 0
        into = self.gathering
        into.add(
            np.array(case, dtype=np.int64), into.activities.of(list(activity)),
            times.read([_ascii(text) for text in moment]), into.transitions.of(list(transition)),
            into.resources.of(list(resource)),
        )  # fmt: skip


def _ascii(text: str) -> str:
    return text if text.isascii() else ""
