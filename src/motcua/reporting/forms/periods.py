"""Reporting periods by their names: "2025Q3", "2025-09", "2025"; and what is due, when, from whom.

On which days a quarter begins and ends, and who reports what, is laid down in schedule.toml by date.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_NAME = re.compile(r"(?P<year>20\d\d)(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")
_ROMAN = ("I", "II", "III", "IV")
_FILE = Path(__file__).parent / "schedule.toml"


@dataclass(frozen=True)
class FormPeriod:
    """A reporting period: its name, its days, and its kind ("quarter", "month" or "year")."""

    name: str
    kind: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """Return "Quý III/2025", "Tháng 9/2025" or "Năm 2025"."""
        year = self.name[:4]
        if self.kind == "quarter":
            return f"Quý {_ROMAN[int(self.name[5]) - 1]}/{year}"
        return f"Tháng {int(self.name[5:])}/{year}" if self.kind == "month" else f"Năm {year}"


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """From when periods close on the day `closing_day` of their last month (0: its last day)."""

    since: date
    closing_day: int
    source: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One line of the schedule: a form, for whom, how often, due so many days after the end.

    `whom`: "province", "departments" or "communes".
    """

    form: str
    whom: str
    every: str
    days: int
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether it is laid down on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def period(name: str) -> FormPeriod | None:
    """Return the period of that name, None of a name that says none."""
    found = _NAME.fullmatch(name.strip().upper())
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        last_month = 3 * int(found["quarter"])
        return _span(found[0], "quarter", year, last_month - 2, last_month)
    if found["month"]:
        return _span(found[0], "month", year, int(found["month"]), int(found["month"]))
    return _span(found[0], "year", year, 1, 12)


def _span(name: str, kind: str, year: int, from_month: int, to_month: int) -> FormPeriod:
    last = _closing(year, to_month)
    before = (year, from_month - 1) if from_month > 1 else (year - 1, 12)
    return FormPeriod(name, kind, _closing(*before) + timedelta(days=1), last)


def _closing(year: int, month: int) -> date:
    """Return the day on which a period that ends in a month closes."""
    last = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
    calendar = [one for one in calendars() if one.since <= last][-1:]
    day = calendar[0].closing_day if calendar else 0
    return last.replace(day=day) if day else last


def previous(of: FormPeriod) -> FormPeriod:
    """Return the period of the same kind before it."""
    year, number = int(of.name[:4]), int(of.name[5:] or 1)
    if of.kind == "year":
        name = str(year - 1)
    elif of.kind == "quarter":
        name = f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"
    else:
        name = f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"
    found = period(name)
    if found is None:
        raise ValueError(name)
    return found


def latest(kind: str, on: date) -> FormPeriod:
    """Return the last period of a kind that is over on a day."""
    at = containing(kind, on)
    while at.last >= on:
        at = previous(at)
    return at


def containing(kind: str, on: date) -> FormPeriod:
    """Return the period of a kind that a day lies in."""
    names = {
        "year": (f"{on.year}", f"{on.year + 1}"),
        "quarter": (
            f"{on.year}Q{(on.month + 2) // 3}",
            f"{on.year}Q{(on.month + 2) // 3 + 1}" if on.month < 10 else f"{on.year + 1}Q1",
        ),
        "month": (
            f"{on:%Y-%m}",
            f"{on.year}-{on.month + 1:02}" if on.month < 12 else f"{on.year + 1}-01",
        ),
    }[kind]
    found = [one for one in map(period, names) if one is not None]
    return next((one for one in found if one.first <= on <= one.last), found[0])


def recent(on: date, *, quarters: int = 8, months: int = 6, years: int = 2) -> list[FormPeriod]:
    """Return the last periods of each kind, the newest first, the running ones too."""
    found = []
    for kind, count in (("quarter", quarters), ("month", months), ("year", years)):
        at = containing(kind, on)
        for _step in range(count):
            found.append(at)
            at = previous(at)
    return found


@dataclass(frozen=True)
class Due:
    """One form that is to be made: which, for whom, of which period, until when."""

    duty: Duty
    period: FormPeriod
    day: date


def due(on: date, *, back: int = 1) -> Iterator[Due]:
    """Give the forms of the last `back` periods that were over on a day, by the schedule then."""
    for duty in duties():
        at = latest(duty.every, on)
        for _step in range(back):
            if duty.holds(at.last):
                yield Due(duty, at, at.last + timedelta(days=duty.days))
            at = previous(at)


@cache
def calendars() -> tuple[Calendar, ...]:
    """Return on which day periods close, the earliest rule first."""
    entries = tomllib.loads(_FILE.read_text("utf-8"))["calendar"]
    return tuple(sorted((Calendar(**one) for one in entries), key=lambda one: one.since))


@cache
def duties() -> tuple[Duty, ...]:
    """Return who reports what."""
    entries = tomllib.loads(_FILE.read_text("utf-8"))["due"]
    return tuple(Duty(**one) for one in entries)
