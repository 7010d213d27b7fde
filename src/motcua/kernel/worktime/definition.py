"""CalendarDefinition: a calendar as plain data, as it is stored, corrected and compiled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from motcua.kernel.worktime.calendar import (
    CUT_OFF,
    END_OF_DAY,
    DayException,
    Pattern,
    Shifts,
    WorkCalendar,
)


@dataclass(frozen=True)
class CalendarDefinition:
    """Everything a WorkCalendar is compiled from; equal data gives equal calendars."""

    patterns: tuple[Pattern, ...]
    exceptions: tuple[DayException, ...] = ()
    cut_offs: tuple[tuple[date | None, time], ...] = field(default=((None, CUT_OFF),))
    day_rules: tuple[tuple[date | None, str], ...] = ((None, END_OF_DAY),)

    def compile(self, key: str, version: int) -> WorkCalendar:
        """Return the calendar, ready to count with."""
        return WorkCalendar.build(
            key,
            version,
            patterns=self.patterns,
            exceptions=self.exceptions,
            cut_off=self.cut_offs,
            day_rule=self.day_rules,
        )

    def corrected(
        self, *, add: Iterable[DayException] = (), remove: Iterable[date] = ()
    ) -> "CalendarDefinition":
        """Return the definition with exceptional days added (or replaced) and removed."""
        days = {day.date: day for day in self.exceptions}
        for gone in remove:
            days.pop(gone, None)
        days.update({day.date: day for day in add})
        return replace(self, exceptions=tuple(days[key] for key in sorted(days)))

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready data; the same shape is read from the calendar file."""
        return {
            "patterns": [_pattern_dict(pattern) for pattern in self.patterns],
            "days": [day_as_dict(day) for day in sorted(self.exceptions, key=lambda d: d.date)],
            "cut_off": [_dated_dict(since, f"{at:%H:%M}") for since, at in self.cut_offs],
            "day_rule": [_dated_dict(since, rule) for since, rule in self.day_rules],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "CalendarDefinition":
        """Return the definition that `as_dict` or a calendar file wrote.

        Raises ValueError or KeyError: the data is not a calendar.
        """
        cut_offs = tuple(
            (_date(d.get("valid_from")), _time(d["value"])) for d in stored["cut_off"]
        )
        rules = tuple((_date(d.get("valid_from")), str(d["value"])) for d in stored["day_rule"])
        return cls(
            patterns=tuple(_pattern(item) for item in stored["patterns"]),
            exceptions=tuple(day_from_dict(item) for item in stored.get("days", ())),
            cut_offs=cut_offs,
            day_rules=rules,
        )


def day_from_dict(stored: Mapping[str, Any]) -> DayException:
    """Return an exceptional day from stored or typed data.

    Raises ValueError: the kind is neither off nor work, or the date is none.
    """
    day = _date(stored["date"])
    if day is None or stored["kind"] not in {"off", "work"}:
        raise ValueError(f"not an exceptional day: {dict(stored)}")
    return DayException(
        date=day,
        kind=stored["kind"],
        reason=stored["reason"],
        reason_en=stored.get("reason_en", ""),
        status=stored.get("status", "confirmed"),
        source=stored.get("source", ""),
        shifts=_shifts(stored.get("shifts", ())),
    )


def _pattern(stored: Mapping[str, Any]) -> Pattern:
    week: dict[int, Shifts] = {}
    for hours in stored["week"]:
        for weekday in hours["weekdays"]:
            week[int(weekday)] = _shifts(hours["shifts"])
    return _date(stored.get("valid_from")), _date(stored.get("valid_to")), week


def _pattern_dict(pattern: Pattern) -> dict[str, Any]:
    valid_from, valid_to, week = pattern
    return {
        "valid_from": _iso(valid_from),
        "valid_to": _iso(valid_to),
        "week": [
            {"weekdays": [weekday], "shifts": _shift_texts(tuple(shifts))}
            for weekday, shifts in sorted(week.items())
        ],
    }


def day_as_dict(day: DayException) -> dict[str, Any]:
    """Return an exceptional day as JSON-ready data."""
    return {
        "date": day.date.isoformat(),
        "kind": day.kind,
        "reason": day.reason,
        "reason_en": day.reason_en,
        "status": day.status,
        "source": day.source,
        "shifts": _shift_texts(day.shifts),
    }


def _dated_dict(since: date | None, value: str) -> dict[str, Any]:
    return {"valid_from": _iso(since), "value": value}


def _shifts(texts: Iterable[Iterable[Any]]) -> Shifts:
    return tuple((_time(start), _time(end)) for start, end in texts)


def _shift_texts(shifts: Shifts) -> list[list[str]]:
    return [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in shifts]


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _time(value: object) -> time:
    return value if isinstance(value, time) else time.fromisoformat(str(value))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
