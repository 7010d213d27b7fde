"""Working time for many moments at once: a table of the minutes worked up to every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from motcua.kernel.worktime import VIETNAM, WorkCalendar

DAY = 86_400
DAY_MINUTES = 1440
Moments = np.ndarray


class Hours:
    """The working minutes of a calendar between two days, looked up by array.

    Moments are whole seconds since 1970 (UTC); what lies outside counts as the nearest edge.
    """

    def __init__(self, calendar: WorkCalendar, first: date, last: date) -> None:
        """Compute the table of the days from first to last (one byte-sized step per minute)."""
        self.first, self.last = first, last
        self.start = seconds(datetime.combine(first, time.min, VIETNAM))
        days = (last - first).days + 1
        open_ = np.zeros(days * DAY_MINUTES + 1, dtype=np.int64)
        self.is_open = np.zeros(days, dtype=bool)
        for number in range(days):
            for begin, end in calendar.shifts(first + timedelta(days=number)):
                at = number * DAY_MINUTES + 1
                open_[at + _minute(begin) : at + (_minute(end) or DAY_MINUTES)] = 1
                self.is_open[number] = True
        self._worked = np.cumsum(open_)
        self._workdays = np.concatenate([[0], np.cumsum(self.is_open)])
        self.day_minutes = max(1, calendar.day_minutes)

    def worked(self, moments: Moments) -> np.ndarray:
        """Return the working minutes up to each moment."""
        place = (np.asarray(moments, dtype=np.int64) - self.start) // 60
        return np.asarray(self._worked[np.clip(place, 0, len(self._worked) - 1)])

    def between(self, first: Moments, last: Moments) -> np.ndarray:
        """Return the working minutes from each first to each last moment."""
        return np.asarray(self.worked(last) - self.worked(first))

    def day_of(self, moments: Moments) -> np.ndarray:
        """Return how many days each moment lies after the first day."""
        place = (np.asarray(moments, dtype=np.int64) - self.start) // DAY
        return np.asarray(np.clip(place, 0, len(self.is_open) - 1))

    def closed_weekdays(self, first: Moments, last: Moments) -> np.ndarray:
        """Return how many days from Monday to Friday between two moments nobody works."""
        begin, end = self.day_of(first), self.day_of(last)
        weekday = (np.arange(len(self.is_open)) + self.first.weekday()) % 7
        closed = np.concatenate([[0], np.cumsum(~self.is_open & (weekday < 5))])
        return np.asarray(np.maximum(0, closed[end] - closed[begin]))

    def weekday(self, moments: Moments) -> np.ndarray:
        """Return the weekday of each moment, Monday 0."""
        return np.asarray((self.day_of(moments) + self.first.weekday()) % 7)


def seconds(moment: datetime) -> int:
    """Return a moment as whole seconds since 1970 (UTC)."""
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    """Return whole seconds as a moment (undoes `seconds`)."""
    return datetime.fromtimestamp(at, tz=UTC)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
