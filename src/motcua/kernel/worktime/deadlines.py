"""due(): when a limit that starts at a moment ends.

Source: BLDS2015 art. 147, 148 (a period of days begins the day after; one that would end on a day
off ends with the next working day); ND118/2025 art. 17, 18.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil

from motcua.kernel.worktime.calendar import END_OF_DAY, MINUTE_US, WorkCalendar
from motcua.kernel.worktime.units import Limit, Number, Unit

_FIRST_HOUR = 60  # "đầu giờ": the decree gives no minute, so the first working hour


def due(calendar: WorkCalendar, start: datetime, limit: Limit) -> datetime:
    """Return the last moment that is still in time.

    start: when the dossier was received; outside working hours it counts from the next opening.
    """
    return _BY_UNIT[limit.unit](calendar, calendar.next_working_moment(start), limit.value)


def hand_over_by(calendar: WorkCalendar, received_at: datetime) -> datetime:
    """Return by when the paper dossier must have left the desk that received it.

    Source: ND118/2025 art. 18 cl. 2 (the same working day; after 15:00 early on the next one).
    """
    start = calendar.next_working_moment(received_at)
    close = calendar.end_of_day(start.date())
    if not calendar.after_cut_off(start):
        return close
    return calendar.add_working_minutes(close, _FIRST_HOUR)


def _working_hours(calendar: WorkCalendar, start: datetime, hours: Number) -> datetime:
    if hours == 0:
        return calendar.end_of_day(start.date())
    return calendar.moment_of(calendar.worked(start) + round(hours * 60 * MINUTE_US))


def _working_days(calendar: WorkCalendar, start: datetime, days: Number) -> datetime:
    if days == 0:
        return calendar.nth_close(start, 1 if calendar.after_cut_off(start) else 0)
    if not calendar.is_day_end and calendar.day_rule(start.date()) != END_OF_DAY:
        return _same_time(calendar, start, days)
    if days.__class__ is int:
        return calendar.nth_close(start, int(days))
    last = calendar.nth_close(start, int(days) + 1).date()
    share = day_share(calendar, last, days)
    return calendar.add_working_minutes(calendar.opening(last), share)


def day_share(calendar: WorkCalendar, day: date, days: Number) -> int:
    """Return the minutes that the fraction of `days` (7.5: a half) takes of that working day."""
    return int((Decimal(days) % 1) * calendar.minutes_on(day))


def _same_time(calendar: WorkCalendar, start: datetime, days: Number) -> datetime:
    # The practice of older systems: N days are N times 8 working hours from the moment of receipt.
    moment = _at_same_time(calendar, start, int(days))
    if days == int(days):
        return moment
    share = day_share(calendar, moment.date(), days)
    return min(
        calendar.add_working_minutes(moment, share), _at_same_time(calendar, start, int(days) + 1)
    )


def _at_same_time(calendar: WorkCalendar, start: datetime, days: int) -> datetime:
    if days == 0:
        return start
    close = calendar.nth_close(start, days)
    moment = datetime.combine(close.date(), start.time(), start.tzinfo)
    return min(calendar.next_working_moment(moment), close)


def _days(calendar: WorkCalendar, start: datetime, days: Number) -> datetime:
    if days == 0:
        return _working_days(calendar, start, 0)
    return calendar.end_of_day(start.date() + timedelta(days=ceil(days)))


def _months(calendar: WorkCalendar, start: datetime, months: Number) -> datetime:
    return calendar.end_of_day(months_after(start.date(), months))


def months_after(day: date, months: Number) -> date:
    """Return the day of the same number that many months later, or the last of that month.

    A fraction of a month is that fraction of 30 days.
    """
    whole = int(months)
    year, month = divmod(day.year * 12 + day.month - 1 + whole, 12)
    last = monthrange(year, month + 1)[1]
    same = date(year, month + 1, min(day.day, last))
    return same + timedelta(days=round((months - whole) * 30))


def _hours(calendar: WorkCalendar, start: datetime, hours: Number) -> datetime:
    if hours == 0:
        return calendar.end_of_day(start.date())
    return calendar.next_working_moment(start + timedelta(hours=float(hours)))


_BY_UNIT: dict[Unit, Callable[[WorkCalendar, datetime, Number], datetime]] = {
    Unit.WORKING_HOUR: _working_hours,
    Unit.WORKING_DAY: _working_days,
    Unit.DAY: _days,
    Unit.MONTH: _months,
    Unit.HOUR: _hours,
}
