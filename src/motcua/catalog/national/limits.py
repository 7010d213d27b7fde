"""Time limits as published: value and unit, or only prose, several by channel."""

import re
from typing import Any

from motcua.catalog.content import LimitRule
from motcua.catalog.national.cleaning import is_nothing
from motcua.kernel.text import fold, squeeze
from motcua.kernel.worktime import Limit, Unit
from motcua.kernel.worktime.prose import read_limit

Row = dict[str, Any]
_UNITS = {
    "WORKING_DAY": Unit.WORKING_DAY,
    "ngày làm việc": Unit.WORKING_DAY,
    "DAY": Unit.DAY,
    "ngày": Unit.DAY,
    "HOUR": Unit.HOUR,
    "giờ": Unit.HOUR,
    "MONTH": Unit.MONTH,
    "tháng": Unit.MONTH,
}
_HOURS = {Unit.WORKING_DAY: (8, Unit.WORKING_HOUR), Unit.DAY: (24, Unit.HOUR)}
_AT_ONCE = re.compile(
    r"(?:ngay )?trong ngay(?: lam viec)?(?! \d)[^.]{0,220}(?:15 gio|15h)"
    r"|sau 15 gio ma khong giai quyet duoc ngay|giai quyet ngay khi"
)
_TEXT_MAX = 600


def limit_rule(method: Row, row: Row) -> LimitRule | None:
    """Return the limit of one published way of filing, None when nothing at all is published."""
    words = squeeze(
        " ".join(
            part for part in (method.get("time"), method.get("note")) if isinstance(part, str)
        )
    )
    text = "" if is_nothing(words) else words[:_TEXT_MAX]
    limit = _numbered(method, row) or _from_prose(method, row)
    if limit is None:
        return LimitRule(text=text) if text else None
    return LimitRule(value=int(limit.value), unit=limit.unit, text=text)


def _numbered(method: Row, row: Row) -> Limit | None:
    value, unit = method.get("time_value"), _UNITS.get(method.get("time_unit") or "")
    if not isinstance(value, int | float) or value < 0:
        return None
    if value == 15 and unit is Unit.HOUR and _says_at_once(method, row):
        return Limit(0, Unit.WORKING_DAY)  # "15 giờ" is the cut-off, not a length
    if unit is None:
        unit = next(
            (
                _UNITS[case["time_unit"]]
                for case in row.get("cases") or []
                if case.get("time_value") == value and case.get("time_unit") in _UNITS
            ),
            None,
        )
    return whole(value, unit) if unit is not None else None


def whole(value: float, unit: Unit) -> Limit | None:
    """Return the limit in whole units: 6.25 working days are 50 working hours.

    Working days have 8 hours; half calendar days are counted in hours of the clock.
    """
    if value == int(value):
        return Limit(int(value), unit)
    factor, smaller = _HOURS.get(unit, (0, unit))
    if not factor:
        return Limit(max(1, round(value)), unit)
    return Limit(round(value * factor), smaller)


def _from_prose(method: Row, row: Row) -> Limit | None:
    """Prose of the method, then a case's limit, then the summary, then what the steps say of today."""
    candidates = [method.get("time"), method.get("time_value"), method.get("note")]
    for text in candidates:
        limit = read_limit(text) if isinstance(text, str) and text else None
        if limit is not None:
            return limit
    for case in row.get("cases") or []:
        if isinstance(case.get("time_value"), int | float) and case.get("time_unit") in _UNITS:
            return whole(case["time_value"], _UNITS[case["time_unit"]])
    summary = read_limit(row.get("time_limit") or "") if row.get("time_limit") else None
    if summary is not None:
        return summary
    return Limit(0, Unit.WORKING_DAY) if _says_at_once(method, row) else None


def _says_at_once(method: Row, row: Row) -> bool:
    words = [method.get("note"), row.get("time_limit"), row.get("steps"), row.get("description")]
    return any(_AT_ONCE.search(fold(text)) for text in words if isinstance(text, str) and text)
