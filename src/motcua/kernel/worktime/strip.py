"""The due strip: the days of a proof as the cells that a page draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.kernel.worktime.calendar import WorkCalendar
from motcua.kernel.worktime.proof import PAUSED, START, ProofDay, off_day
from motcua.kernel.worktime.words import SHORT_WEEKDAYS, WEEKLY_REST

_CELLS = 14
_WORDS = {
    "vi": {"start": "nhận", "rest": "nghỉ", "holiday": "lễ", "paused": "dừng"},
    "en": {"start": "in", "rest": "off", "holiday": "hol.", "paused": "pause"},
}


@dataclass(frozen=True)
class StripDay:
    """One cell. kind: start, past, todo, off, paused, end or over; title says why (a tooltip)."""

    date: date
    kind: str
    dow: str
    cell: str
    dom: str
    title: str
    is_today: bool

    @property
    def css(self) -> str:
        """Return the classes of the list item."""
        return f"{self.kind} today" if self.is_today else self.kind


@dataclass(frozen=True)
class Strip:
    """Cells in order; `first` is the ISO weekday of the first one (the column it starts in)."""

    cells: tuple[StripDay, ...]
    is_late: bool

    @property
    def first(self) -> int:
        """Return 1 for Monday to 7 for Sunday; 1 for an empty strip."""
        return self.cells[0].date.isoweekday() if self.cells else 1


def due_strip(
    calendar: WorkCalendar,
    days: Sequence[ProofDay],
    due_at: datetime,
    now: datetime,
    lang: str = "vi",
) -> Strip:
    """Return the strip for the days of a Proof or ClockProof, with the days late after the end."""
    today, end = calendar.local(now).date(), calendar.local(due_at).date()
    is_late = now > due_at
    late = _late_days(calendar, end, today) if is_late else []
    window = _window([*days, *late], today)
    cells = tuple(
        _cell(day, _kind(day, end, today), i, today, lang) for i, day in enumerate(window)
    )
    return Strip(cells, is_late)


def _late_days(calendar: WorkCalendar, end: date, today: date) -> list[ProofDay]:
    days, day, number = [], end + timedelta(days=1), 0
    while day <= today:
        if calendar.is_working_day(day):
            number += 1
            days.append(ProofDay(day, "over", number))
        else:
            days.append(off_day(calendar, day))
        day += timedelta(days=1)
    return days


def _window(days: list[ProofDay], today: date) -> list[ProofDay]:
    """Keep about two weeks: the end always, today where it fits, the beginning last."""
    if len(days) <= _CELLS:
        return days
    here = next((i for i, day in enumerate(days) if day.date >= today), len(days) - 1)
    return days[max(0, min(here - 3, len(days) - _CELLS)) :]


def _kind(day: ProofDay, end: date, today: date) -> str:
    if day.date == end and day.kind != START:
        return "end"
    if day.kind in {START, PAUSED, "over"}:
        return day.kind
    if day.kind == "skipped":
        return "off"
    return "past" if day.date < today else "todo"


def _cell(day: ProofDay, kind: str, place: int, today: date, lang: str) -> StripDay:
    said = _WORDS[lang]
    text = {"start": said["start"], "paused": said["paused"], "over": f"+{day.number}"}.get(
        kind, str(day.number or "")
    )
    if kind == "off":
        rest = day.reason in {"", *WEEKLY_REST.values()}
        text = said["rest"] if rest else said["holiday"]
    full = place == 0 or kind == "end" or day.date.day == 1
    return StripDay(
        date=day.date,
        kind=kind,
        dow=SHORT_WEEKDAYS[lang][day.date.weekday()],
        cell=text,
        dom=f"{day.date.day}/{day.date.month}" if full else str(day.date.day),
        title=day.reason_en if lang == "en" and day.reason_en else day.reason,
        is_today=day.date == today,
    )
