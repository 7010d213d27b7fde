"""The hours of an ordinary week in words."""

from datetime import date, timedelta

from motcua.kernel.worktime.calendar import WorkCalendar
from motcua.kernel.worktime.words import WEEKDAYS

_LOOK_WEEKS = 4


def week_words(calendar: WorkCalendar, day: date, lang: str = "vi") -> str:
    """Return "thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00" for the week of that day.

    A weekday that is a holiday then is told as in the next week in which it is ordinary.
    """
    monday = day - timedelta(days=day.weekday())
    runs: list[tuple[int, int, str]] = []
    for weekday in range(7):
        hours = _ordinary_hours(calendar, monday, weekday)
        if runs and hours and runs[-1][1] == weekday - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], weekday, hours)
        elif hours:
            runs.append((weekday, weekday, hours))
    names, joint = WEEKDAYS[lang], " đến " if lang == "vi" else " to "
    return "; ".join(
        f"{names[first]}{joint + names[last] if last > first else ''} {hours}"
        for first, last, hours in runs
    )


def _ordinary_hours(calendar: WorkCalendar, monday: date, weekday: int) -> str:
    """The hours of that weekday in the first week in which it is not exceptional."""
    for week in range(_LOOK_WEEKS):
        day = monday + timedelta(weeks=week, days=weekday)
        if calendar.exception_on(day) is None:
            return ", ".join(f"{a:%H:%M}–{b:%H:%M}" for a, b in calendar.shifts(day))
    return ""
