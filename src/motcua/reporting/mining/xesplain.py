"""XES whose values are cut out of the bytes: the head by expat, the traces by their marks.

What `xesflat` finds sound (tags that open and close in order, quotes in pairs) needs no parser:
the text between the marks of a key and its closing quote is the value.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

import numpy as np

from motcua.reporting.mining import times
from motcua.reporting.mining.log import EMPTY, NONE, Columns, Gathering, Ids, Log
from motcua.reporting.mining.xesflat import NotPlainError, flattened
from motcua.reporting.mining.xeshead import Head, Keys

Open = Callable[[Path], AbstractContextManager[BinaryIO]]

BLOCK = 1 << 20
MOST_WAITING = 1 << 26  # bytes of one trace, or of one element
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_END = b"</trace>"

__all__ = ["BLOCK", "MOST_WAITING", "NotPlainError", "Open", "Plain"]


class Plain:
    """Reads the file once; raises NotPlainError as soon as cutting is not safe."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.gathering = Gathering(columns)
        self.head = Head(columns)
        self._traces = 0
        self._body_at = NONE
        self._cases = _ByteIds(self.gathering.cases)
        self._activities = _ByteIds(self.gathering.activities, empty=EMPTY)
        self._transitions = _ByteIds(self.gathering.transitions)
        self._resources = _ByteIds(self.gathering.resources)

    def read(self, path: Path, opened: Open) -> Log:
        """Return the log of the file.

        Raises NotPlainError: it must be read element by element.
        """
        waiting, keys = b"", None
        with opened(path) as file:
            while block := file.read(BLOCK):
                waiting += block
                if keys is None and self._begun(waiting):
                    keys = Keys.of(self.columns, self.head.classifiers)
                    waiting = waiting[self._body_at :]
                if keys is not None and (end := waiting.rfind(_END)) >= 0:
                    end += len(_END)
                    self._cut(waiting[:end], keys)
                    waiting = waiting[end:]
                if len(waiting) > MOST_WAITING:
                    raise NotPlainError
        if waiting.strip() != b"</log>" or keys is None:
            raise NotPlainError
        return self.gathering.finish(self.head.defaults)

    def _begun(self, start: bytes) -> bool:
        """Read the head; whether the first trace has been met."""
        if b"<trace" not in start:
            return False
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = _not_plain
        parser.XmlDeclHandler = _declared
        head = self.head = Head(self.columns)

        def begins(name: str, attributes: list[str]) -> None:
            if self._body_at == NONE and name == "trace" and head.depth == 1:
                self._body_at = parser.CurrentByteIndex
                parser.StartElementHandler = parser.EndElementHandler = None
            else:
                head.start(name, attributes)

        parser.StartElementHandler, parser.EndElementHandler = begins, head.end
        try:
            parser.Parse(start)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise NotPlainError from error
        return self._body_at != NONE

    def _cut(self, block: bytes, keys: Keys) -> None:
        """Take in whole traces."""
        traces = flattened(block).split(_END)[:-1]
        pieces: list[bytes] = []
        cases, counts = [], []
        for trace in traces:
            head, *events = _parted(trace)
            pieces += events[:-1]
            cases.append(self._case(head, events[-1], keys) if events else NONE)
            counts.append(max(len(events) - 1, 0))
        self.gathering.empty_cases += counts.count(0)
        if pieces:
            try:
                numbers = np.repeat(np.array(cases, dtype=np.int64), counts)
                self._add(pieces, numbers, keys, with_starts=keys.start.encode() in block)
            except UnicodeDecodeError as error:
                raise NotPlainError from error

    def _case(self, head: bytes, tail: bytes, keys: Keys) -> int:
        """The number of a trace; one without a name is a case of its own."""
        self._traces += 1
        named = _value(tail, keys.case) or _value(head, keys.case)
        return self._cases[named or b"\x00#%d" % self._traces]

    def _add(
        self, pieces: list[bytes], cases: times.Ints, keys: Keys, *, with_starts: bool
    ) -> None:
        starts = _values(pieces, keys.start) if with_starts else []
        self.gathering.add(
            cases,
            self._activities.of(_names(pieces, keys.activity)),
            times.read([value or b"" for value in _values(pieces, keys.time)]),
            self._transitions.of(_values(pieces, keys.transition)),
            self._resources.of(_values(pieces, keys.resource)),
            times.read([value or b"" for value in starts]) if any(starts) else None,
        )


def _not_plain(*_args: object) -> None:
    raise NotPlainError


def _declared(_version: str, encoding: str | None, _alone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
        raise NotPlainError


def _parted(trace: bytes) -> list[bytes]:
    """The head of a trace, then its events one by one, and what follows (no events: the head)."""
    first, *rest = trace.split(b"</event>")
    if not rest:
        head, event = first, b""
    else:
        head, tag, event = first.partition(b"<event>")
        if not tag or b"<event" in rest[-1]:
            raise NotPlainError
    if not head.lstrip().startswith(b"<trace>") or b"<event" in head:
        raise NotPlainError
    for piece in rest[:-1]:
        if not piece.lstrip().startswith(b"<event>"):
            raise NotPlainError
    return [head, event, *rest] if rest else [head]


def _value(piece: bytes, key: str) -> bytes | None:
    return _values([piece], key)[0] if key.encode() in piece else None


def _names(pieces: list[bytes], keys: tuple[str, ...]) -> list[bytes | None]:
    """The name of each event: the value of one key, or those of several with "+" between."""
    if len(keys) == 1:
        return _values(pieces, keys[0])
    said = zip(*(_values(pieces, key) for key in keys), strict=True)
    known = ([value for value in values if value is not None] for values in said)
    return [b"+".join(values) if values else None for values in known]


def _values(pieces: list[bytes], key: str) -> list[bytes | None]:
    """The value of one key in each event (the last where it is said twice), None: not said."""
    bare = b'"%s"' % key.encode()
    mark = b'key=%s value="' % bare
    skip = len(mark)
    found: list[bytes | None] = []
    for piece in pieces:
        at = piece.rfind(mark)
        if at < 0:
            if bare in piece:
                raise NotPlainError
            found.append(None)
        else:
            at += skip
            found.append(piece[at : piece.find(b'"', at)])
    return found


class _ByteIds(dict[bytes | None, int]):
    """Numbers for values as they stand in the file; None has NONE."""

    def __init__(self, ids: Ids, *, empty: str = "") -> None:
        super().__init__({None: NONE})
        self._ids, self._empty = ids, empty

    def __missing__(self, raw: bytes | None) -> int:
        self[raw] = number = self._ids[_unescaped((raw or b"").decode("utf-8")) or self._empty]
        return number

    def of(self, values: list[bytes | None]) -> times.Ints:
        """Return the numbers of many values."""
        return np.fromiter(map(self.__getitem__, values), dtype=np.int64, count=len(values))


def _unescaped(text: str) -> str:
    """The text of an attribute as XML means it (white space first, then references)."""
    flat = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if "&" not in flat:
        return flat
    if flat.count("&") != len(_REFERENCE.findall(flat)):
        raise NotPlainError
    return _REFERENCE.sub(_meant, flat)


def _meant(match: re.Match[str]) -> str:
    name = match.group(1)
    if name.startswith("#"):
        return chr(int(name[1:].replace("x", "0x"), 0 if "x" in name else 10))
    return _ENTITIES[name]
