"""Saturday mornings at the counters that are open then, by the calendar of each receiving agency.

The working week of those who settle has no Saturday: what comes then lies there as Monday begins.
"""

from datetime import date, datetime, timedelta

import numpy as np

from motcua.config.simulation.plan import COUNTER, Floats, Plan
from motcua.config.simulation.timing import Timing
from motcua.config.simulation.world import World
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.queries.cards import AgencyCard
from motcua.reporting.simulating import arrivals
from motcua.reporting.simulating.queues import serve
from motcua.reporting.simulating.setting import DAY_MINUTES, SATURDAY

OPENING = 0.01  # of the first minute: what lies there as the day begins comes before all else
_WEEKDAY = 5


def before(day: date) -> date:
    """Return the last Saturday before a working day."""
    return day - timedelta(days=(day.weekday() - _WEEKDAY - 1) % 7 + 1)


def moment(card: AgencyCard, day: date, minute: float) -> datetime:
    """Return a moment of the Saturday before a working day, so long after the counter opens."""
    opens = calendar_for(card.calendar_key).opening(before(day))
    return opens + timedelta(seconds=round(minute * 60))


def come(world: World, timing: Timing, plan: Plan, random: np.random.Generator) -> None:
    """Let a share of the visitors of a week come on its Saturday, where the counter is open."""
    week = plan.accepted // DAY_MINUTES
    dice, hours = random.random(len(plan)), arrivals.hours(random, len(plan)) / 2
    for agency_id in world.in_order(np.unique(plan.receiving).tolist()):
        behind = _days_behind(world, timing, world.by_id[agency_id])
        mine = np.flatnonzero(
            (plan.receiving == agency_id) & (plan.channel == COUNTER) & (dice < SATURDAY)
        )
        day = behind[week[mine].astype(np.int64)]
        comes = day > 0
        plan.accepted[mine[comes]] = day[comes] * float(DAY_MINUTES) + OPENING
        plan.saturday[mine[comes]] = 6 + hours[mine[comes]]


def queue(plan: Plan, agency_id: int, minutes: Floats, *, people: int) -> None:
    """Let the visitors of each Saturday wait; half of those at the counters are there then."""
    here = np.flatnonzero((plan.receiving == agency_id) & (plan.saturday > 0))
    for accepted in np.unique(plan.accepted[here]).tolist():
        mine = here[plan.accepted[here] == accepted]
        served = serve(plan.saturday[mine], minutes[mine], servers=max(1, people // 2))
        plan.saturday[mine] = np.minimum(served.done, arrivals.PEAKS[0][1] * DAY_MINUTES + 25)
        plan.clerk[mine] = served.who


def _days_behind(
    world: World, timing: Timing, card: AgencyCard
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return for each working day the number of the first one behind its Saturday; 0: closed then."""
    calendar, found = calendar_for(card.calendar_key), []
    for day in world.days:
        saturday = day + timedelta(days=_WEEKDAY - day.weekday())
        number = next((n for n, later in enumerate(world.days) if later > saturday), 0)
        is_open = calendar.is_working_day(saturday) and not timing.calendar.is_working_day(
            saturday
        )
        found.append(number if is_open else 0)
    return np.asarray(found, dtype=np.int64)
