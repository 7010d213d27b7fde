"""Reading calendars: compiled once per version, looked up without a query on most acts."""

from datetime import date, datetime
from functools import lru_cache
from time import monotonic

from django.conf import settings

from motcua.directory.models.calendars import CalendarVersion, WorkingCalendar
from motcua.kernel.worktime import CalendarDefinition, DayException, WorkCalendar

DEFAULT_CALENDAR = "hanh-chinh"

# Which version is current is remembered for a moment, so that an act costs no query. Another
# process sees a correction that many seconds later; open dossiers are recomputed in any case.
_SECONDS = 5.0
_current: dict[str, tuple[float, WorkCalendar]] = {}


def calendar_for(key: str) -> WorkCalendar:
    """Return the calendar of that key in its current version, compiled.

    Raises LookupError: no such calendar has been loaded.
    """
    key = key or DEFAULT_CALENDAR
    known = _current.get(key)
    if known is not None and monotonic() - known[0] < _seconds():
        return known[1]
    version = CalendarVersion.objects.filter(calendar_id=key, is_current=True).first()
    if version is None:
        raise LookupError(
            f"no working calendar {key!r}: services.calendars.load_calendars() loads them"
        )
    calendar = _compiled(key, version.number, version.checksum)
    _current[key] = (monotonic(), calendar)
    return calendar


def calendar_at(key: str, number: int) -> WorkCalendar:
    """Return an older version of a calendar, to prove a date as it was computed then."""
    version = CalendarVersion.objects.only("checksum").get(calendar_id=key, number=number)
    return _compiled(key, number, version.checksum)


def calendars() -> list[WorkingCalendar]:
    """Return every calendar, by key."""
    return list(WorkingCalendar.objects.select_related("based_on"))


def versions_of(key: str) -> list[CalendarVersion]:
    """Return the versions of a calendar, the latest first, without their definitions."""
    return list(CalendarVersion.objects.filter(calendar_id=key).defer("definition"))


def current_definition(key: str) -> CalendarDefinition:
    """Return the current definition of a calendar, for showing and correcting it."""
    return CalendarVersion.objects.get(calendar_id=key, is_current=True).data


def exceptional_days(key: str, year: int) -> list[DayException]:
    """Return the days of that year that differ from the weekly pattern, in order."""
    days = current_definition(key).exceptions
    return [d for d in days if date(year, 1, 1) <= d.date <= date(year, 12, 31)]


def forget() -> None:
    """Forget which versions are current (after a correction; between tests)."""
    _current.clear()


@lru_cache(maxsize=32)
def _compiled(key: str, number: int, checksum: str) -> WorkCalendar:
    """Compile once per content: the checksum tells apart versions that share a number."""
    version = CalendarVersion.objects.get(calendar_id=key, number=number, checksum=checksum)
    return version.data.compile(key, number)


def _seconds() -> float:
    return float(getattr(settings, "MOTCUA_CALENDAR_SECONDS", _SECONDS))


def corrected_since(moment: datetime) -> list[tuple[str, str]]:
    """Return the calendars corrected since a moment, each with the reason."""
    rows = CalendarVersion.objects.filter(
        origin=CalendarVersion.Origin.CORRECTED, made_at__gte=moment, is_current=True
    )
    return list(rows.values_list("calendar_id", "reason"))
