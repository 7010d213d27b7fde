"""How many due dates one core computes in a second."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from time import perf_counter

from motcua.kernel.worktime.calendar import VIETNAM, DayException, WorkCalendar
from motcua.kernel.worktime.deadlines import due
from motcua.kernel.worktime.units import Limit, Unit

_OFFICE = ((time(7), time(11, 30)), (time(13, 30), time(17)))
_LIMITS = (
    Limit(7, Unit.WORKING_DAY),
    Limit(3, Unit.WORKING_DAY),
    Limit(8, Unit.WORKING_HOUR),
    Limit(15, Unit.DAY),
    Limit(1, Unit.MONTH),
    Limit.same_day(),
)


def due_per_second(calendar: WorkCalendar | None = None, count: int = 200_000) -> float:
    """Return due dates per second over a year of moments and the limits in common use."""
    calendar = calendar or office_calendar()
    first = datetime(2026, 1, 5, 7, 3, tzinfo=VIETNAM)
    starts = [first + timedelta(minutes=523 * step) for step in range(1000)]
    jobs = [(start, limit) for start in starts for limit in _LIMITS]
    rounds = max(1, count // len(jobs))
    began = perf_counter()
    for _ in range(rounds):
        for start, limit in jobs:
            due(calendar, start, limit)
    return rounds * len(jobs) / (perf_counter() - began)


def office_calendar(exceptions: Iterable[DayException] = ()) -> WorkCalendar:
    """Return the plain office week without holidays, for measuring."""
    week = dict.fromkeys(range(5), _OFFICE)
    return WorkCalendar.build("bench", 1, patterns=[(None, None, week)], exceptions=exceptions)
