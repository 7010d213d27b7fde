"""Logs as CSV: delimiter, encoding and columns are found from the first lines."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np

from motcua.kernel.text import fold
from motcua.reporting.mining import times
from motcua.reporting.mining.log import BATCH, Columns, Gathering, Log, NotALog
from motcua.reporting.mining.xeshead import START

Open = Callable[[Path], AbstractContextManager[BinaryIO]]
Rows = Iterator[list[str]]

_HEAD = 1 << 20
_MOST_LINE = 1 << 20  # signs; a longer one is no line of a table
_DELIMITERS = ",;\t|"
_END = "\x00end\x00"  # a line of our own after the last; a quote left open swallows it
# Names of columns as logs in the field have them, ours last; compared by letters and digits alone.
_NAMES: dict[str, tuple[str, ...]] = {
    "case": (
        "case:concept:name", "case id", "case", "trace concept:name", "trace id", "trace",
        "case number", "case name", "process instance", "ma ho so", "ma vu viec", "ho so",
        "vu viec",
    ),
    "activity": (
        "concept:name", "event concept:name", "activity", "activity name", "activity id", "event",
        "event name", "task", "task name", "action", "hoat dong", "ten hoat dong", "buoc",
        "cong viec", "viec",
    ),
    "time": (
        "time:timestamp", "event time:timestamp", "timestamp", "complete timestamp",
        "complete time", "completion time", "end timestamp", "end time", "time", "event time",
        "datetime", "date", "start timestamp", "start time", "thoi diem", "thoi gian",
        "ngay gio", "ngay", "luc",
    ),
    "resource": (
        "org:resource", "event org:resource", "resource", "user", "originator", "performer",
        "nguoi thuc hien", "can bo", "nguoi lam",
    ),
    "transition": (
        "lifecycle:transition", "event lifecycle:transition", "lifecycle", "transition",
        "event type", "trang thai",
    ),
}  # fmt: skip
# What tables write where there is nothing; a name like these is none unless asked for.
_NOTHING = (
    "NA", "N/A", "n/a", "#N/A", "#NA", "#N/A N/A", "<NA>", "NULL", "null", "NaN", "nan", "-NaN",
    "-nan", "None", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN",
)  # fmt: skip
_WORDS = {
    "case": "mã vụ việc (--case)",
    "activity": "tên hoạt động (--activity)",
    "time": "thời điểm (--time)",
    "resource": "người thực hiện (--resource)",
    "transition": "chuyển trạng thái",
    "start": "lúc bắt đầu (--start)",
}


def read_csv(path: Path, opened: Open, columns: Columns) -> Log:
    """Return the log of a CSV file.

    Raises NotALog: no line of headings, a column that is missing, or times that are none.
    """
    with opened(path) as file:
        head = file.read(_HEAD)
    encoding = _encoding(head)
    try:
        return _read(path, opened, columns, encoding)
    except UnicodeDecodeError:  # an old encoding that shows late in the file
        return _read(path, opened, columns, "cp1252")


def _read(path: Path, opened: Open, columns: Columns, encoding: str) -> Log:
    with opened(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="", errors=_on_error(encoding))
        try:
            lines = iter(partial(text.readline, _MOST_LINE), "")
            first = _first_line(lines)
            rows = csv.reader(chain([first], lines, [_END]), delimiter=_delimiter(first))
            places = _places(next(_safely(rows), []), columns)
            return _gathered(_safely(rows), places, columns)
        finally:
            text.detach()


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8-sig" if error.start > len(head) - 4 else "cp1252"
    return "utf-8-sig"


def _on_error(encoding: str) -> str:
    return "replace" if encoding == "cp1252" else "strict"


def _first_line(lines: Iterator[str]) -> str:
    """The first line that says something; Excel's own "sep=" line is passed over."""
    found = (one for one in lines if one.strip() and not one.lower().startswith("sep="))
    first = next(found, "")
    if len(first) >= _MOST_LINE:
        raise NotALog("Dòng 1 quá dài, không phải dòng tiêu đề của một bảng CSV.")
    return first


def _delimiter(line: str) -> str:
    """The sign by which the headings fall apart into most known names, else into most parts."""

    def fitting(sign: str) -> tuple[int, int]:
        parts = line.split(sign) if '"' not in line else _cells(line, sign)
        names = {_plain(part) for part in parts}
        known = sum(any(_plain(one) in names for one in many) for many in _NAMES.values())
        return known, len(parts)

    return max(_DELIMITERS, key=fitting)


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:  # a cell too long to be a heading
        return []


def _plain(name: str) -> str:
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _places(headings: Sequence[str], columns: Columns) -> dict[str, int]:
    """Where each column stands; resource and transition may be missing."""
    if len(headings) < 2:
        raise NotALog("Dòng 1 không phải dòng tiêu đề của một bảng CSV: chỉ có một cột.")
    found: dict[str, int] = {}
    for part, names in _NAMES.items():
        asked = getattr(columns, part)
        place = _asked(headings, asked) if asked else _usual(headings, names, found)
        if place is None and (asked or part in ("case", "activity", "time")):
            shown = ", ".join(_shown(heading) for heading in headings[:12])
            what = f"“{asked}”" if asked else _WORDS[part]
            raise NotALog(f"Dòng 1 không có cột {what}. Các cột có trong tệp: {shown}.")
        if place is not None:
            found[part] = place
    start = _asked(headings, columns.start or START)
    if columns.start and start is None:
        raise NotALog(f"Dòng 1 không có cột “{columns.start}”.")
    is_named = bool(columns.start) or (start is not None and headings[start].strip() == START)
    if start is not None and is_named and start != found["time"]:
        found["start"] = start
    return found


def _shown(text: str) -> str:
    """Words of a file, as much of them as fits, without signs that a screen would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in text.strip()[:40])


def _asked(headings: Sequence[str], asked: str) -> int | None:
    same = [n for n, heading in enumerate(headings) if heading.strip() == asked]
    alike = [n for n, heading in enumerate(headings) if _plain(heading) == _plain(asked)]
    return next(iter(same + alike), None)


def _usual(headings: Sequence[str], names: Sequence[str], taken: dict[str, int]) -> int | None:
    plain = [_plain(heading) for heading in headings]
    places = (plain.index(_plain(name)) for name in names if _plain(name) in plain)
    return next((place for place in places if place not in taken.values()), None)


class _Reader(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class _Line(Iterator[list[str]]):
    """Rows with the line they stand on; what csv cannot read becomes a sentence."""

    def __init__(self, rows: _Reader) -> None:
        self._rows = rows

    def __next__(self) -> list[str]:
        try:
            return next(self._rows)
        except csv.Error as error:
            raise NotALog(_unread(self.number)) from error

    @property
    def number(self) -> int:
        """The line last read."""
        return self._rows.line_num

    def many(self, count: int) -> list[list[str]]:
        """Return the next rows, quicker than one by one; a quote left open ends no file."""
        try:
            rows = list(islice(self._rows, count))
        except csv.Error as error:
            raise NotALog(_unread(self.number)) from error
        if rows and rows[-1] and rows[-1][-1].endswith(_END):
            open_cell = rows.pop()[-1].removesuffix(_END)
            if open_cell:
                raise NotALog(_unread(self.number - len(open_cell.splitlines())))
        return rows


def _unread(line: int) -> str:
    return f"Dòng {line} của tệp CSV không đọc được: ô quá dài, hoặc dấu ngoặc kép không đóng."


def _safely(rows: _Reader) -> _Line:
    return _Line(rows)


def _gathered(rows: _Line, places: dict[str, int], columns: Columns) -> Log:
    gathering = Gathering(columns, nameless=() if columns.literal else _NOTHING)
    wanted = [places[part] for part in ("case", "activity", "time")]
    more = [places.get(part) for part in ("transition", "resource")]
    while True:
        line = rows.number + 1
        batch = [row for row in rows.many(BATCH) if row]
        if not batch:
            if rows.number < line:
                return gathering.finish()
            continue
        case, activity, moment = (_column(batch, place) for place in wanted)
        transition, resource = (
            [""] * len(batch) if place is None else _column(batch, place) for place in more
        )
        if gathering.day_first is None:
            gathering.day_first = times.day_comes_first(moment)
        moments = times.read(moment, day_first=gathering.day_first)
        _check_times(moments, moment, line)
        starts = None
        if "start" in places:
            starts = times.read(_column(batch, places["start"]), day_first=gathering.day_first)
        gathering.add(
            gathering.cases.of(case), gathering.activities.of(activity), moments,
            gathering.transitions.of(transition), gathering.resources.of(resource), starts,
        )  # fmt: skip


def _column(batch: list[list[str]], place: int) -> list[str]:
    try:
        return list(map(itemgetter(place), batch))
    except IndexError:
        return [row[place] if place < len(row) else "" for row in batch]


def _check_times(moments: times.Ints, texts: list[str], line: int) -> None:
    """Refuse a column that is no column of times."""
    wrong = [n for n in np.flatnonzero(moments == times.NAT) if texts[int(n)].strip()]
    if 2 * len(wrong) > len(texts):
        first = int(wrong[0])
        shown = _shown(texts[first])
        raise NotALog(f"Dòng {line + first}: “{shown}” không phải một thời điểm đọc được.")
