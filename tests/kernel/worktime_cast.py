"""The calendars that the tests of working time share: the shipped ones, without a table."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

import motcua
from motcua.kernel.worktime import VIETNAM, CalendarDefinition, WorkCalendar

FILE = Path(motcua.__path__[0]) / "directory" / "data" / "calendars.toml"


@cache
def shipped(key: str = "hanh-chinh", day_rule: str = "") -> WorkCalendar:
    stored = tomllib.loads(FILE.read_text(encoding="utf-8"))
    entry = {**stored["calendars"][key], "days": stored["days"]}
    if day_rule:
        entry["day_rule"] = [{"value": day_rule}]
    return CalendarDefinition.from_dict(entry).compile(key, 1)


def at(text: str) -> datetime:
    """Read "2026-04-24 15:30" as a moment in Việt Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
