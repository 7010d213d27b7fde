"""Working minutes between many moments at once, by the calendar of an agency."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from motcua.kernel.worktime import VIETNAM, WorkCalendar
from motcua.reporting.mining.log import Ints

Minutes = NDArray[np.float64]
_SECOND, _MINUTE = 1_000_000, 60_000_000


class WorkClock:
    """Working minutes up to a moment: a line between the ends of shifts, so many are read at once."""

    def __init__(self, calendar: WorkCalendar, first: int, last: int) -> None:
        """Prepare for moments between two, in microseconds since 1970."""
        moments, worked, total = [0.0], [0.0], 0.0
        day = datetime.fromtimestamp(first / _SECOND, UTC).date() - timedelta(days=1)
        end = datetime.fromtimestamp(last / _SECOND, UTC).date() + timedelta(days=2)
        while day <= end:
            for opens, closes in calendar.shifts(day):
                start, stop = (_micros(day, clock) for clock in (opens, closes))
                moments += [start, stop]
                worked += [total, total + (stop - start) / _MINUTE]
                total = worked[-1]
            day += timedelta(days=1)
        self._moments, self._worked = np.array(moments), np.array(worked)

    def upto(self, moments: Ints) -> Minutes:
        """Return the working minutes up to each moment."""
        return np.asarray(np.interp(moments.astype(np.float64), self._moments, self._worked))

    def between(self, first: Ints, last: Ints) -> Minutes:
        """Return the working minutes from each moment to the other, none less than 0."""
        return np.asarray(np.maximum(self.upto(last) - self.upto(first), 0.0))


def _micros(day: date, clock: time) -> float:
    return datetime.combine(day, clock, VIETNAM).timestamp() * _SECOND
