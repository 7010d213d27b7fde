"""Logs as XES (IEEE 1849), safe against what an attack would use, in bounded memory.

Nearly all files are plain: double quotes, the key before its value, no comments between traces.
There the values are cut out of the bytes, by `xesplain`. Whatever is not plain (prefixes, other
quotes, comments), and whatever is broken, is read by expat element by element: slower, and able
to say in which line something is wrong.
"""

from pathlib import Path
from xml.parsers import expat

import numpy as np

from motcua.reporting.mining import times
from motcua.reporting.mining.log import BATCH, EMPTY, NONE, Columns, Gathering, Log, NotALog
from motcua.reporting.mining.xeshead import MOST_DEPTH, Head, Keys, local
from motcua.reporting.mining.xesplain import BLOCK, MOST_WAITING, NotPlainError, Open, Plain

_WRONG = {
    3: "tệp dừng giữa chừng",
    4: "có ký tự không được phép",
    5: "tệp dừng giữa chừng",
    7: "thẻ đóng không khớp thẻ mở",
    8: "một thuộc tính ghi hai lần",
    9: "có chữ sau phần tử cuối",
    11: "dùng thực thể chưa khai báo",
}


def read_xes(path: Path, opened: Open, columns: Columns) -> Log:
    """Return the log of a XES file.

    Raises NotALog: not sound XML, with the line; no log; a document type; no event.
    """
    try:
        return Plain(columns).read(path, opened)
    except NotPlainError:
        return _Whole(columns).read(path, opened)


def _refuse(*_args: object) -> None:
    raise NotALog("Tệp có khai báo DOCTYPE hoặc thực thể; vì an toàn, tệp không được đọc.")


class _Whole:
    """Reads element by element: prefixes, comments, any quotes, any encoding."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.gathering = Gathering(columns)
        self.head = Head(columns)
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self._keys = Keys.of(columns, ())
        self._wanted: frozenset[str] = frozenset()
        self._rows: list[tuple[int, str, str, str, str, str]] = []
        self._has_starts = False
        self._event: dict[str, str] | None = None
        self._case, self._case_rows, self._trace_depth, self._traces = "", 0, 0, 0
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._depth = 0

    def read(self, path: Path, opened: Open) -> Log:
        """Return the log of the file."""
        done = 0
        try:
            with opened(path) as file:
                while block := file.read(BLOCK):
                    self.parser.Parse(block)
                    done += len(block)
                    if done - self.parser.CurrentByteIndex > MOST_WAITING:
                        raise NotALog("Tệp XES có một phần tử quá lớn.")
                    if len(self._rows) >= BATCH and self._trace_depth == 0:
                        self._flush()
                self.parser.Parse(b"", True)  # noqa: FBT003  expat takes no keywords
        except expat.ExpatError as error:
            why = _WRONG.get(error.code, "viết sai cú pháp")
            raise NotALog(f"Dòng {error.lineno} không phải XML hợp lệ: {why}.") from error
        except (UnicodeError, LookupError, ValueError) as error:
            line = self.parser.CurrentLineNumber
            raise NotALog(f"Không đọc được bảng mã của tệp XML (dòng {line}).") from error
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
            elif depth == 1 and self._value(attributes)[0] == self._keys.case:
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
            names = [said[key] for key in keys.activity if key in said]
            self._rows.append(
                (NONE, ("+".join(names) or EMPTY) if names else "", said.get(keys.time, ""),
                 said.get(keys.transition, ""), said.get(keys.resource, ""),
                 said.get(keys.start, ""))
            )  # fmt: skip
            self._has_starts |= keys.start in said
            self._event = None

    def _note(self, event: dict[str, str], attributes: list[str]) -> None:
        key, value = self._value(attributes)
        if key in self._wanted:
            event[key] = value

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
        case, activity, moment, transition, resource, start = zip(*self._rows, strict=True)
        self._rows, self._case_rows = [], 0
        into, starts = self.gathering, None
        if self._has_starts:
            starts = times.read([_ascii(text) for text in start])
        into.add(
            np.array(case, dtype=np.int64), into.activities.of(list(activity)),
            times.read([_ascii(text) for text in moment]), into.transitions.of(list(transition)),
            into.resources.of(list(resource)), starts,
        )  # fmt: skip


def _ascii(text: str) -> str:
    return text if text.isascii() else ""
