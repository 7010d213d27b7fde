"""What any act may be given: text that can be kept, moments with a zone, JSON of a sane size.

A rule of the house: what a person or a program sends is refused in words before anything is
written, never by the database in the middle of an act. Pure.
"""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from motcua.kernel.refused import Refused

MAX_CHARS = 20_000
MAX_ITEMS = 1_000
MAX_DEPTH = 8
MAX_NUMBER = 10**15
YEARS = range(1900, 2101)
_LINE_ENDS = frozenset("\n\r\t")


class Unkeepable(Refused):
    """What was sent cannot be kept: unreadable signs, no sane size, a moment without its zone."""


def check(*, field: str, value: object) -> None:
    """Look through a value, and through what it holds; `field` names it in the refusal.

    Raises Unkeepable: see the message. Source: rule of the house, no decree.
    """
    _look(field, value, 0)


def is_keepable(text: str) -> bool:
    """Tell whether a text has no sign that tables and papers cannot hold.

    Source: rule of the house, no decree.
    """
    return text.isprintable() or not any(
        _is_unkeepable(sign) for sign in text if sign not in _LINE_ENDS
    )


def _look(field: str, value: object, depth: int) -> None:
    if isinstance(value, str):
        _look_at_text(field, value)
    elif isinstance(value, int | float):
        _look_at_number(field, value)
    elif isinstance(value, date):
        _look_at_moment(field, value)
    elif isinstance(value, Mapping | list | tuple) or is_dataclass(value):
        _look_inside(field, value, depth)


def _look_at_text(field: str, text: str) -> None:
    if len(text) > MAX_CHARS:
        raise Unkeepable(
            f"Nội dung quá dài: {len(text)} ký tự, tối đa {MAX_CHARS} ký tự.", field=field
        )
    if not is_keepable(text):
        raise Unkeepable(
            "Nội dung có ký tự điều khiển không đọc được; hãy xóa và nhập lại.", field=field
        )


def _is_unkeepable(sign: str) -> bool:
    """Control signs and halves of a surrogate pair: no column and no paper can hold them."""
    code = ord(sign)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or code == 0xFFFE


def _look_at_number(field: str, number: float | int) -> None:
    if (isinstance(number, float) and not math.isfinite(number)) or abs(number) > MAX_NUMBER:
        raise Unkeepable("Con số này không hợp lệ hoặc quá lớn.", field=field)


def _look_at_moment(field: str, moment: date) -> None:
    if moment.year not in YEARS:
        raise Unkeepable("Ngày này không hợp lệ.", field=field)
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise Unkeepable("Thời điểm phải kèm múi giờ, ví dụ 2026-11-20T17:00+07:00.", field=field)


def _look_inside(field: str, whole: object, depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise Unkeepable("Dữ liệu lồng nhau quá nhiều lớp.", field=field)
    if isinstance(whole, Mapping):
        for key in whole:
            _look(field, key, depth + 1)
        parts = [(field, part) for part in whole.values()]
    elif isinstance(whole, list | tuple):
        parts = [(field, part) for part in whole]
    else:
        parts = [(f.name, getattr(whole, f.name)) for f in fields(whole)]  # type: ignore[arg-type]
    if len(parts) > MAX_ITEMS:
        raise Unkeepable(f"Quá nhiều mục: {len(parts)}, tối đa {MAX_ITEMS}.", field=field)
    for name, part in parts:
        _look(name, part, depth + 1)
