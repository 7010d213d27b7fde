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
from motcua.kernel.worktime import CalendarDefinition, DayException, day_as_dict, day_from_dict
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

    Days that were corrected by hand stay as they were corrected, whatever the file says of them.
    Raises UnreadableCalendar: the file cannot be read as calendars.
    """
    changed, unchanged = [], []
    for key, entry in _entries(path).items():
        calendar = _named(key, entry)
        corrections = _corrections(calendar)
        made = _Made(
            origin=CalendarVersion.Origin.LOADED,
            reason=_("Nạp từ tệp %(file)s") % {"file": path.name},
            corrections=corrections,
            by=by,
            at=at,
        )
        version = _append(calendar, _corrected(entry.definition, corrections), made)
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
    if not reason.strip():
        raise ReasonMissing(_("Cần ghi rõ lý do điều chỉnh lịch làm việc."))
    wanted: dict[str, Any] = {day.isoformat(): None for day in remove}
    wanted |= {day.date.isoformat(): day_as_dict(day) for day in add}
    versions = []
    for calendar in _family(key):
        old = calendar.versions.get(is_current=True).data
        made = _Made(
            origin=CalendarVersion.Origin.CORRECTED,
            reason=reason.strip(),
            corrections=_corrections(calendar) | wanted,
            by=by,
            at=at,
        )
        version = _append(calendar, _corrected(old, wanted), made)
        if version is not None:
            versions.append(version)
            _record(_correction(version, old), by=by, at=at)
    if not versions:
        raise NothingCorrected(_("Lịch làm việc đã đúng như vậy, không có gì thay đổi."))
    queries.forget()
    return versions


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
            key: _entry(entry, days, stored["calendars"])
            for key, entry in stored["calendars"].items()
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


def _corrections(calendar: WorkingCalendar) -> dict[str, Any]:
    """Return the days corrected by hand so far: they outlive the next load of the file."""
    current = calendar.versions.filter(is_current=True).only("corrections").first()
    return dict(current.corrections) if current else {}


def _corrected(definition: CalendarDefinition, corrections: dict[str, Any]) -> CalendarDefinition:
    return definition.corrected(
        add=[day_from_dict(day) for day in corrections.values() if day is not None],
        remove=[date.fromisoformat(when) for when, day in corrections.items() if day is None],
    )


@dataclass(frozen=True)
class _Made:
    origin: str
    reason: str
    corrections: dict[str, Any]
    by: Actor
    at: datetime


def _append(
    calendar: WorkingCalendar, definition: CalendarDefinition, made: _Made
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
        corrections=made.corrections,
        origin=made.origin,
        reason=made.reason,
        made_at=made.at,
        made_by=made.by.key,
    )


def _family(key: str) -> list[WorkingCalendar]:
    """Return the calendar and, after it, those that follow its holidays; all locked."""
    rows = WorkingCalendar.objects.select_for_update().order_by("key")
    first = rows.filter(key=key).first()
    if first is None:
        raise UnknownCalendar(_("Không có lịch làm việc “%s”.") % key)
    return [first, *rows.filter(based_on_id=key)]


def _correction(version: CalendarVersion, old: CalendarDefinition) -> events.CalendarCorrected:
    new = version.data
    before = {day.date: day for day in old.exceptions}
    after = {day.date for day in new.exceptions}
    added = [f"{d.date.isoformat()} {d.kind}" for d in new.exceptions if before.get(d.date) != d]
    removed = [when.isoformat() for when in before if when not in after]
    return events.CalendarCorrected(
        calendar_key=version.calendar_id,
        version=version.number,
        added=tuple(added),
        removed=tuple(removed),
        reason=version.reason,
    )


def _record(
    fact: events.CalendarLoaded | events.CalendarCorrected, *, by: Actor, at: datetime
) -> None:
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
