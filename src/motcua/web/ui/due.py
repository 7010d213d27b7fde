"""The strip of days that proves a due date: what was counted, what was skipped, and why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.web.ui import words

if TYPE_CHECKING:
    from motcua.kernel.worktime import Proof, ProofDay

LONGEST = 62  # a strip of more days than two months is told in words only
WIDEST = 12  # a longer strip becomes calendar weeks
MOST_LATE = 14  # days after the due day that are still drawn


@dataclass(frozen=True)
class Cell:
    """One day. kind: start, past, todo, off, end or over."""

    kind: str
    weekday: str
    mark: str
    label: str
    reason: str
    is_today: bool


@dataclass(frozen=True)
class Strip:
    """A strip ready to be drawn; first_column is the weekday (1 to 7) of its first cell."""

    due_at: datetime
    cells: tuple[Cell, ...]
    first_column: int
    is_in_weeks: bool
    sentences: tuple[str, ...]


def strip(proof: "Proof", now: datetime) -> Strip:
    """Return the strip of a proof as it looks at a moment: days gone by are filled."""
    today = words.local_date(now)
    due_day = words.local_date(proof.due_at)
    cells = [_drawn(day, due_day, today) for day in proof.days if day.date <= due_day]
    if len(cells) > LONGEST:
        cells = []
    if cells:
        cells += _late_days(proof, due_day, today)
    return Strip(
        due_at=proof.due_at,
        cells=tuple(cells),
        first_column=proof.days[0].date.isoweekday() if proof.days else 1,
        is_in_weeks=len(cells) > WIDEST,
        sentences=tuple(proof.words(lang=words.language())),
    )


def _drawn(day: "ProofDay", due_day: date, today: date) -> Cell:
    reason = day.reason_en if words.language() == "en" and day.reason_en else day.reason
    if day.date == due_day:
        mark = str(day.number) if day.number else _("hạn")
        return _cell("end", day.date, mark, reason, today)
    if day.kind == "start":
        return _cell("start", day.date, _("nhận"), reason, today)
    if day.kind == "counted":
        kind = "past" if day.date < today else "todo"
        return _cell(kind, day.date, str(day.number), reason, today)
    is_weekly = day.date.weekday() >= 5 and "hằng tuần" in day.reason
    return _cell("off", day.date, _("nghỉ") if is_weekly else _off_word(day), reason, today)


def _off_word(day: "ProofDay") -> str:
    return {"paused": _("dừng"), "extended": _("thêm")}.get(day.kind, _("lễ"))


def _late_days(proof: "Proof", due_day: date, today: date) -> list[Cell]:
    """The days since the due day, numbered where the desk worked."""
    cells: list[Cell] = []
    late = 0
    for ahead in range(1, min(MOST_LATE, (today - due_day).days) + 1):
        day = due_day + timedelta(days=ahead)
        if proof.calendar.is_working_day(day):
            late += 1
            cells.append(_cell("over", day, f"+{late}", "", today))
        else:
            cells.append(_cell("off", day, _("nghỉ"), proof.calendar.reason_off(day) or "", today))
    return cells


def _cell(kind: str, day: date, mark: str, reason: str, today: date) -> Cell:
    shows_month = kind in ("start", "end") or day.day == 1
    return Cell(
        kind=kind,
        weekday=words.short_weekday(day),
        mark=mark,
        label=words.day_month(day) if shows_month else str(day.day),
        reason=reason,
        is_today=day == today,
    )
