"""What the workflow needs from others."""

from datetime import datetime
from typing import Protocol


class WorkingTime(Protocol):
    """The part of a working calendar by which steps are timed (`kernel.worktime.WorkCalendar`)."""

    def add_working_minutes(self, t: datetime, n: int, /) -> datetime:
        """Return the moment `n` working minutes after `t`."""

    def working_minutes_between(self, a: datetime, b: datetime, /) -> int:
        """Return how many working minutes lie between two moments."""
