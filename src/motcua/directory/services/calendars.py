"""Verbs on calendars: load them from a file, correct a day."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory import events
from motcua.directory.actor import Actor
from motcua.directory.models.calendars import CalendarVersion, WorkingCalendar
from motcua.directory.queries import calendars as queries
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import CalendarDefinition, DayException
from motcua.ledger import services as ledger

STREAM = "directory"
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "calendars.toml"


class UnreadableCalendar(Refused):
    """The file is not a calendar file."""

    field = "file"


class ReasonMissing(Refused):
    """A calendar is corrected with a reason: deadlines of citizens move by it."""

    field = "reason"


class NothingCorrected(Refused):
    """The correction leaves the calendar as it is."""

    field = "days"


class UnknownCalendar(Refused):
    """No calendar has that key."""

    field = "calendar"


@dataclass(frozen=True)
class LoadedCalendars:
    """What a load did: keys that got a new version, and keys that were the same already."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def load_calendars(*, path: Path = SHIPPED, by: Actor, at: datetime) -> LoadedCalendars:
    """Load calendars from a TOML file; a calendar that differs gets a new version.

    A later load of the same file changes nothing, but one after corrections made here would undo
    them, so exceptional days that were corrected by hand are kept unless the file names the day.
    Raises UnreadableCalendar: the file cannot be read as calendars.
    """
    changed, unchanged = [], []
    for key, entry in _entries(path).items():
        calendar = _named(key, entry)
        definition = _with_corrections(calendar, entry.definition)
        reason = _("Nạp từ tệp %(file)s") % {"file": path.name}
        version = _append(calendar, definition, CalendarVersion.Origin.LOADED, reason, by, at)
        if version is None:
            unchanged.append(key)
            continue
        changed.append(key)
        fact = events.CalendarLoaded(
            calendar_key=key, version=version.number, checksum=version.checksum
        )
        _record(fact, by=by, at=at)
    queries.forget()
    return LoadedCalendars(tuple(changed), tuple(unchanged))


@transaction.atomic
def correct_calendar(
    *,
    key: str,
    add: Iterable[DayException] = (),
    remove: Iterable[date] = (),
    reason: str,
    by: Actor,
    at: datetime,
) -> list[CalendarVersion]:
    """Add, replace or remove exceptional days; calendars based on this one follow.

    Returns the new versions, that of `key` first. Open dossiers are recomputed by whoever hears
    the facts. Raises UnknownCalendar, ReasonMissing, NothingCorrected: see the message.
    """
    add, remove = tuple(add), tuple(remove)
    if not reason.strip():
        raise ReasonMissing(_("Cần ghi rõ lý do điều chỉnh lịch làm việc."))
    made = []
    for calendar in _family(key):
        old = _current(calendar).data
        definition = old.corrected(add=add, remove=remove)
        version = _append(
            calendar, definition, CalendarVersion.Origin.CORRECTED, reason.strip(), by, at
        )
        if version is not None:
            made.append(version)
            _record(_correction(version, old, definition, reason), by=by, at=at)
    if not made:
        raise NothingCorrected(_("Lịch làm việc đã đúng như vậy, không có gì thay đổi."))
    queries.forget()
    return made


@dataclass(frozen=True)
class _Entry:
    name: str
    name_en: str
    based_on: str
    definition: CalendarDefinition


def _entries(path: Path) -> dict[str, _Entry]:
    """Read the file: the days are shared by every calendar in it."""
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
        days = [{**day, "source": day.get("source", "")} for day in stored.get("days", [])]
        return {
            key: _entry(entry, days, stored["calendars"]) for key, entry in stored["calendars"].items()
        }
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableCalendar(_("Không đọc được tệp lịch làm việc: %s") % error) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableCalendar(_("Tệp lịch làm việc thiếu hoặc sai mục: %s") % error) from error


def _entry(entry: dict[str, Any], days: list[dict[str, Any]], known: dict[str, Any]) -> _Entry:
    based_on = entry.get("based_on", "")
    if based_on and based_on not in known:
        raise ValueError(based_on)
    definition = CalendarDefinition.from_dict({**entry, "days": [*days, *entry.get("days", [])]})
    definition.compile("check", 0)  # hours that overlap or end before they start are found here
    return _Entry(entry["name"], entry.get("name_en", ""), based_on, definition)


def _named(key: str, entry: _Entry) -> WorkingCalendar:
    calendar, _made = WorkingCalendar.objects.update_or_create(
        key=key,
        defaults={
            "name": entry.name,
            "name_en": entry.name_en,
            "based_on_id": entry.based_on or None,
        },
    )
    return calendar


def _with_corrections(
    calendar: WorkingCalendar, definition: CalendarDefinition
) -> CalendarDefinition:
    """Keep the days that were corrected by hand and that the file does not name."""
    versions = list(calendar.versions.order_by("number"))
    if not versions or versions[-1].origin == CalendarVersion.Origin.LOADED:
        return definition
    loaded = [v for v in versions if v.origin == CalendarVersion.Origin.LOADED]
    from_file = {day.date for day in loaded[-1].data.exceptions} if loaded else set()
    named = {day.date for day in definition.exceptions}
    current = {day.date: day for day in versions[-1].data.exceptions}
    added = [day for when, day in current.items() if when not in named | from_file]
    dropped = [when for when in from_file & named if when not in current]
    return definition.corrected(add=added, remove=dropped)


def _append(
    calendar: WorkingCalendar,
    definition: CalendarDefinition,
    origin: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> CalendarVersion | None:
    """Make the next version current; None when nothing differs."""
    stored = definition.as_dict()
    checksum = sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()
    current = calendar.versions.select_for_update().filter(is_current=True).first()
    if current is not None and current.checksum == checksum:
        return None
    calendar.versions.filter(is_current=True).update(is_current=False)
    return CalendarVersion.objects.create(
        calendar=calendar,
        number=current.number + 1 if current else 1,
        definition=stored,
        checksum=checksum,
        origin=origin,
        reason=reason,
        made_at=at,
        made_by=by.key,
    )


def _family(key: str) -> list[WorkingCalendar]:
    """Return the calendar and, after it, those that follow its holidays; all locked."""
    rows = WorkingCalendar.objects.select_for_update().order_by("key")
    first = rows.filter(key=key).first()
    if first is None:
        raise UnknownCalendar(_("Không có lịch làm việc “%s”.") % key)
    return [first, *rows.filter(based_on_id=key)]


def _current(calendar: WorkingCalendar) -> CalendarVersion:
    return calendar.versions.get(is_current=True)


def _correction(
    version: CalendarVersion, old: CalendarDefinition, new: CalendarDefinition, reason: str
) -> events.CalendarCorrected:
    before = {day.date: day for day in old.exceptions}
    after = {day.date: day for day in new.exceptions}
    added = [f"{d.date.isoformat()} {d.kind}" for d in new.exceptions if before.get(d.date) != d]
    removed = [d.date.isoformat() for d in old.exceptions if d.date not in after]
    return events.CalendarCorrected(
        calendar_key=version.calendar_id,
        version=version.number,
        added=tuple(added),
        removed=tuple(removed),
        reason=reason.strip(),
    )


def _record(
    fact: events.CalendarLoaded | events.CalendarCorrected, *, by: Actor, at: datetime
) -> None:
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
