"""Points in time as many logs write them, read by the column: microseconds since 1970 UTC.

Texts of one shape ("0000-00-00T00:00:00.000+00:00") are read together as a matrix of bytes.
A time without an offset is taken as it stands, as UTC: durations are the same.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

NAT = int(np.iinfo(np.int64).min)
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_MOST_SHAPES = 64
_ZERO, _NINE = ord("0"), ord("9")
_CLOCK = (
    r"(?:(?:[T ]| {2})(?P<h>0{1,2}):(?P<mi>00)(?::(?P<s>00)(?:[.,](?P<f>0{1,9}))?)?"
    r"(?: ?(?P<half>AM|PM|am|pm))?)?"
)
_OFFSET = r"(?: ?(?:Z|z|UTC|GMT)| ?(?P<sign>[+-])(?P<oh>00):?(?P<om>00)?)?$"
_DATES = (
    r"^(?P<y>0000)[-/.](?P<m>0{1,2})[-/.](?P<d>0{1,2})",
    r"^(?P<a>0{1,2})[-/.](?P<b>0{1,2})[-/.](?P<y>0000)",
    r"^(?P<a>0{1,2})/(?P<b>0{1,2})/(?P<yy>00)",
)
_COMPACT = r"^(?P<y>0000)(?P<m>00)(?P<d>00)(?:[T ]?(?P<h>00)(?P<mi>00)(?:(?P<s>00))?)?"
_SHAPES = tuple(
    re.compile(form + _OFFSET) for form in (*(date + _CLOCK for date in _DATES), _COMPACT)
)
_EPOCHS = {10: _SECOND, 13: 1000, 16: 1}
_FORMATS = (
    "%d-%b-%Y %H:%M:%S", "%d %b %Y %H:%M:%S", "%d-%b-%y %H:%M:%S", "%b %d, %Y %I:%M:%S %p",
    "%d-%b-%Y %H:%M", "%d %b %Y", "%d-%b-%Y", "%a %b %d %H:%M:%S %Y", "%H:%M:%S %d/%m/%Y",
    "%H:%M %d/%m/%Y",
)  # fmt: skip
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_FIELDS = ("y", "yy", "m", "d", "a", "b", "h", "mi", "s", "oh", "om")


def read(texts: Sequence[str] | Sequence[bytes], *, day_first: bool = True) -> Ints:
    """Return the moments of texts; NAT where a text is no moment."""
    found = np.full(len(texts), NAT, dtype=np.int64)
    if not len(texts):
        return found
    table = _matrix(texts)
    if table is None:
        return _one_by_one(texts, np.arange(len(texts)), found, day_first=day_first)
    lengths = (table != 0).sum(axis=1)
    rest = np.flatnonzero(lengths)
    for _turn in range(_MOST_SHAPES):
        if not len(rest):
            return found
        first = table[rest[0]]
        length = int(lengths[rest[0]])
        alike = (lengths[rest] == length) & _of_shape(table[rest], first, length)
        rows = rest[alike]
        shape = "".join("0" if _is_digit(c) else chr(c) for c in first[:length])
        moments = _of_rows(table[rows][:, :length], shape, day_first=day_first)
        if moments is None:
            _one_by_one(texts, rows, found, day_first=day_first)
        else:
            found[rows] = moments
        rest = rest[~alike]
    return _one_by_one(texts, rest, found, day_first=day_first)


def day_comes_first(texts: Sequence[str]) -> bool:
    """Tell from many dates whether the day stands before the month (our way, where both could be)."""
    for text in texts:
        match = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b", text)
        if match and int(match.group(1)) > 12:
            return True
        if match and int(match.group(2)) > 12:
            return False
    return True


def _matrix(texts: Sequence[str] | Sequence[bytes]) -> Bytes | None:
    """The texts as rows of bytes, None when one of them is not ASCII or too long to be a time."""
    try:
        array = np.array(texts, dtype="S")
    except UnicodeEncodeError:
        return None
    width = array.dtype.itemsize
    if width > 64:
        return None
    return array.view(np.uint8).reshape(len(texts), width)


def _is_digit(char: int) -> bool:
    return _ZERO <= char <= _NINE


def _of_shape(table: Bytes, first: Bytes, length: int) -> NDArray[np.bool_]:
    """Which rows have digits and other signs where the first one has them."""
    alike = np.ones(len(table), dtype=bool)
    for place in range(length):
        column = table[:, place]
        if _is_digit(int(first[place])):
            alike &= (column >= _ZERO) & (column <= _NINE)
        else:
            alike &= column == first[place]
    return alike


def _of_rows(table: Bytes, shape: str, *, day_first: bool) -> Ints | None:
    """The moments of rows of one shape; None: no shape that is read by the column."""
    if set(shape) == {"0"} and len(shape) in _EPOCHS:
        return _number(table, 0, len(shape)) * _EPOCHS[len(shape)]
    match = next((found for form in _SHAPES if (found := form.match(shape))), None)
    if match is None:
        return None
    groups = match.groupdict()
    n = {
        name: _number(table, *match.span(name)) for name in _FIELDS if groups.get(name) is not None
    }
    zero = np.zeros(len(table), dtype=np.int64)
    year = n["y"] if "y" in n else n["yy"] + 2000
    if "a" in n:
        day, month = (n["a"], n["b"]) if day_first else (n["b"], n["a"])
    else:
        day, month = n["d"], n["m"]
    hour, minute, second = n.get("h", zero), n.get("mi", zero), n.get("s", zero)
    hour = _of_half(hour, groups.get("half"))
    good = _possible(year, month, day) & (hour < 24) & (minute < 60) & (second < 60)
    days = _days(np.where(good, year, 1970), np.where(good, month, 1), np.where(good, day, 1))
    moments = days * _DAY + (hour * 3600 + minute * 60 + second) * _SECOND
    if groups.get("f"):
        start, end = match.span("f")
        digits = min(end - start, 6)
        moments += _number(table, start, start + digits) * 10 ** (6 - digits)
    if groups.get("sign"):
        offset = (n["oh"] * 60 + n.get("om", zero)) * 60 * _SECOND
        moments += offset if groups["sign"] == "-" else -offset
    return np.where(good, moments, NAT)


def _of_half(hour: Ints, half: str | None) -> Ints:
    """The hour of the day from one of twelve (12 AM is midnight)."""
    if half is None:
        return hour
    return np.asarray(hour % 12 + (12 if half.lower() == "pm" else 0))


def _number(table: Bytes, start: int, end: int) -> Ints:
    value = np.zeros(len(table), dtype=np.int64)
    for place in range(start, end):
        value = value * 10 + (table[:, place].astype(np.int64) - _ZERO)
    return value


def _possible(year: Ints, month: Ints, day: Ints) -> NDArray[np.bool_]:
    good = (month >= 1) & (month <= 12) & (day >= 1) & (year >= 1)
    good &= day <= _MONTH_DAYS[np.where(good, month, 1)]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return np.asarray(good & ((month != 2) | (day <= 28) | leap))


def _days(year: Ints, month: Ints, day: Ints) -> Ints:
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]").astype(np.int64) + day - 1)


def _one_by_one(
    texts: Sequence[str] | Sequence[bytes], rows: Ints, found: Ints, *, day_first: bool
) -> Ints:
    """Read what has no common shape, each by itself."""
    for row in rows:
        text = texts[int(row)]
        word = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        found[int(row)] = _one(" ".join(word.split()), day_first=day_first)
    return found


def _one(text: str, *, day_first: bool) -> int:
    if text.isascii() and 0 < len(text) <= 40 and any(c.isdigit() for c in text):
        row = np.frombuffer(text.encode(), dtype=np.uint8).reshape(1, -1)
        shape = "".join("0" if c.isdigit() else c for c in text)
        moments = _of_rows(row, shape, day_first=day_first)
        if moments is not None:
            return int(moments[0])
        return _by_words(text)
    return NAT


def _by_words(text: str) -> int:
    try:
        return _micros(datetime.fromisoformat(text))
    except ValueError:
        pass
    for form in _FORMATS:
        try:
            return _micros(datetime.strptime(text, form))  # noqa: DTZ007  as it stands, as UTC
        except ValueError:
            continue
    return NAT


def _micros(moment: datetime) -> int:
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
