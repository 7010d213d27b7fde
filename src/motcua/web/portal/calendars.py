"""Opening hours and days off as the portal tells them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from motcua.directory.queries.calendars import DEFAULT_CALENDAR, calendar_for
from motcua.kernel.worktime import WorkCalendar
from motcua.kernel.worktime.week import week_words
from motcua.web.ui import words

_LOOK_AHEAD_DAYS = 7


@dataclass(frozen=True)
class DayOff:
    """A day on which desks are closed though it is not the weekly rest."""

    day: date
    title: str


@dataclass(frozen=True)
class Opening:
    """Whether a desk works now, until when or from when, and its hours of the week."""

    is_open: bool
    now: str
    week: str


def known(key: str = DEFAULT_CALENDAR) -> WorkCalendar | None:
    """Return the calendar of that key, None before any calendar has been loaded."""
    try:
        return calendar_for(key)
    except LookupError:
        return None


def coming_day_off(now: datetime) -> DayOff | None:
    """Return the next day off of the coming week that is not the weekly rest."""
    calendar = known()
    if calendar is None:
        return None
    today = calendar.local(now).date()
    for ahead in range(_LOOK_AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        exception = calendar.exception_on(day)
        if exception is not None and exception.kind == "off":
            reason = calendar.reason_off(day, lang=words.language())
            reason = reason.removeprefix("nghỉ ").removeprefix("Nghỉ ")
            title = _("%(day)s các quầy nghỉ: %(reason)s.")
            return DayOff(day, title % {"day": words.full_day(day), "reason": reason})
    return None


def opening(key: str, now: datetime) -> Opening | None:
    """Return whether the desks of a calendar work at that moment, and their hours."""
    calendar = known(key)
    if calendar is None:
        return None
    here = calendar.local(now)
    following = calendar.next_working_moment(here)
    if following == here:
        closes = next(end for start, end in calendar.shifts(here.date()) if here.time() <= end)
        state = _("Đang mở cửa, đến %(clock)s") % {"clock": f"{closes:%H:%M}"}
    elif following.date() == here.date():
        state = _("Mở lại lúc %(clock)s hôm nay") % {"clock": f"{following:%H:%M}"}
    else:
        said = {"clock": f"{following:%H:%M}", "day": words.in_day(following)}
        state = _("Mở lại lúc %(clock)s %(day)s") % said
    return Opening(following == here, state, week_words(calendar, here.date(), words.language()))
