"""The quarter's calendar in working minutes: when limits and silence end, when couriers leave."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np

from motcua.config.simulation.plan import Floats, Ints
from motcua.config.simulation.world import World
from motcua.dossiers.rules import guards
from motcua.kernel.worktime import Limit, Unit, due
from motcua.kernel.worktime.calendar import MINUTE_US
from motcua.reporting.simulating.setting import DAY_MINUTES

NEVER = 1e9
_HOURS = frozenset({Unit.HOUR, Unit.WORKING_HOUR})
COURIERS = (time(11, 5), time(16, 35))
RIDE = 35.0
OPINION_DAYS = 2


class Timing:
    """Working minutes of the quarter and of the weeks after it."""

    def __init__(self, world: World, *, spare_days: int = 90) -> None:
        self.calendar, self.days = world.calendar, list(world.days)
        self.count = len(self.days)
        while len(self.days) < self.count + spare_days:
            self.days.append(self.calendar.add_working_days(self.days[-1], 1))
        self._worked = self.calendar.worked(world.opens_at)
        self._tables: dict[Limit | None, tuple[Floats, Floats]] = {}

    @cached_property
    def total(self) -> float:
        """The last working minute of the quarter."""
        return float(self.count * DAY_MINUTES)

    def moment(self, minute: float) -> datetime:
        """Return the moment at which so much has been worked, to the second."""
        return self.calendar.moment_of(self._worked + round(minute * 60) * 1_000_000)

    def day(self, minute: float) -> date:
        """Return the working day of a minute."""
        return self.days[min(int(minute // DAY_MINUTES), len(self.days) - 1)]

    def minute(self, moment: datetime) -> float:
        """Return how much has been worked at a moment."""
        return (self.calendar.worked(moment) - self._worked) / MINUTE_US

    def due(self, limit: Limit | None, base: Floats) -> Floats:
        """Return when a limit that begins at each of these minutes ends."""
        if limit is not None and limit.value and limit.unit in _HOURS:
            ends = (due(self.calendar, self.moment(one), limit) for one in base.tolist())
            return np.asarray([self.minute(one) for one in ends], dtype=np.float64)
        early, late = self._table(limit)
        day, within = np.divmod(base, DAY_MINUTES)
        place = np.minimum(day.astype(np.int64), len(early) - 1)
        return np.where(within > self.cut_off, late[place], early[place])

    @cached_property
    def cut_off(self) -> float:
        """The minute of the day after which "trong ngày" means the next one."""
        day = self.days[0]
        at = datetime.combine(day, self.calendar.cut_off(day), self.moment(0).tzinfo)
        return self.minute(at) % DAY_MINUTES

    def closing(self, asked: Floats) -> Floats:
        """Return the opening of the working day on which a silent supplement is closed."""
        day = np.minimum((asked // DAY_MINUTES).astype(np.int64), len(self._closings) - 1)
        return self._closings[day]

    @cached_property
    def _closings(self) -> Floats:
        return self._by_day(
            lambda at: self.calendar.opening(
                guards.supplement_answer_by(self.calendar, at).date() + timedelta(days=1)
            )
        )

    def silence(self, asked: Floats) -> Floats:
        """Return when an agency asked at each of these minutes has no more time: the end of a day.

        It has OPINION_DAYS working days behind the one on which it is asked.
        """
        return np.asarray((asked // DAY_MINUTES + OPINION_DAYS + 1) * DAY_MINUTES, np.float64)

    def runs(self, accepted: Floats) -> tuple[Ints, Floats]:
        """Return the next courier's number and hour for papers accepted at each of these minutes."""
        day, within = np.divmod(accepted, DAY_MINUTES)
        number = np.searchsorted(self._couriers, within, side="left")
        run = (day * len(COURIERS) + number).astype(np.int32)
        return run, self.run_at(run)

    def run_at(self, run: Ints) -> Floats:
        """Return the minute at which a courier leaves."""
        day, number = np.divmod(run, len(COURIERS))
        return np.asarray(day * float(DAY_MINUTES) + self._couriers[number], dtype=np.float64)

    @cached_property
    def _couriers(self) -> Floats:
        tz = self.moment(0).tzinfo
        hours = [self.minute(datetime.combine(self.days[0], one, tz)) for one in COURIERS]
        return np.asarray(hours, dtype=np.float64)

    def _table(self, limit: Limit | None) -> tuple[Floats, Floats]:
        """Return when the limit ends that begins on each day, before and after the cut-off hour."""
        if limit not in self._tables:
            if limit is None:
                never = np.full(len(self.days), NEVER)
                self._tables[limit] = (never, never)
            else:
                self._tables[limit] = (
                    self._by_day(lambda at: due(self.calendar, at, limit)),
                    self._by_day(
                        lambda at: due(self.calendar, self.calendar.end_of_day(at.date()), limit)
                    ),
                )
        return self._tables[limit]

    def _by_day(self, ends: Callable[[datetime], datetime]) -> Floats:
        opening = (self.calendar.opening(day) for day in self.days)
        return np.asarray(
            [self.minute(ends(at + timedelta(minutes=1))) for at in opening], dtype=np.float64
        )
