"""S5 to S9 and S12: time that passes with nothing done, and dates that move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Idle:
    """A stretch without any act, in working minutes, beside all the time the dossier has.

    used_minutes: how much of that time was used when the stretch ended.
    """

    minutes: int
    whole_minutes: int
    used_minutes: int = 0
    day_minutes: int = 480
    is_unassigned: bool = False


def idle_reason(found: Idle, table: Mapping[str, Any]) -> str:
    """Return "unassigned" or "idle": given to nobody for a day, or left lying half of its time.

    A step that takes long while the dossier stays in time is nothing to look at.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm g, Điều 19 khoản 1.
    """
    if found.is_unassigned:
        is_long = found.minutes > table["unassigned_days"] * found.day_minutes
        return "unassigned" if is_long else ""
    is_long = found.minutes > table["least_days"] * found.day_minutes
    is_over = found.used_minutes >= table["used_share"] * found.whole_minutes
    is_half = found.minutes > table["idle_share"] * found.whole_minutes
    return "idle" if is_long and is_half and is_over else ""


@dataclass(frozen=True)
class DueChange:
    """One extension: the how-manieth, when, of which date; and how late it was written down.

    delay_hours: between what the fact says and when it was recorded; filed_delay_hours: the same of
    the filing. A history that was taken over is late as a whole and hides nothing.
    """

    number: int
    at: datetime
    due_before: datetime | None = None
    delay_hours: float = 0.0
    filed_delay_hours: float = 0.0


def due_change_reason(found: DueChange, table: Mapping[str, Any]) -> str:
    """Return "twice", "after_expiry" or "backdated" (R16).

    Source: 118/2025/NĐ-CP Điều 19 khoản 6, Điều 21 khoản 3.
    """
    if found.number > table["most_changes"]:
        return "twice"
    if found.due_before is not None and found.at > found.due_before:
        return "after_expiry"
    most = table["backdated_hours"]
    return "backdated" if found.delay_hours > most >= found.filed_delay_hours else ""


@dataclass(frozen=True)
class Pause:
    """A clock that was stopped: the share of its time used by then, and how long it has in all."""

    share: float
    whole_minutes: int
    day_minutes: int = 480


def pause_reason(found: Pause, table: Mapping[str, Any]) -> str:
    """Return "just_before" where a clock was stopped with hardly any time left.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ; rule of the house.
    """
    is_long = found.whole_minutes >= table["least_days"] * found.day_minutes
    return "just_before" if is_long and table["share"] <= found.share <= 1 else ""


@dataclass(frozen=True)
class Ready:
    """A result that waits: working days since it was issued, and whether somebody fetches it."""

    days: float
    is_fetched: bool


def ready_reason(found: Ready, table: Mapping[str, Any]) -> str:
    """Return "unsent" or "unfetched" where a result has not reached its person.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ, Điều 22 khoản 3.
    """
    if found.is_fetched:
        return "unfetched" if found.days > table["counter_days"] else ""
    return "unsent" if found.days > table["sent_days"] else ""


@dataclass(frozen=True)
class Online:
    """An online filing: working minutes until it was answered, hours until the officer was told.

    told_hours None: whether officers are told is not known here.
    """

    answer_minutes: int
    told_hours: float | None = None


def online_reason(found: Online, table: Mapping[str, Any]) -> str:
    """Return "unanswered" or "untold" (R5).

    Source: 118/2025/NĐ-CP Điều 17 khoản 2, khoản 2 điểm c.
    """
    if found.answer_minutes > 60 * table["answer_hours"]:
        return "unanswered"
    is_untold = found.told_hours is not None and found.told_hours > table["told_hours"]
    return "untold" if is_untold else ""


@dataclass(frozen=True)
class Papers:
    """A paper dossier that left: when, and until when it had to."""

    left_at: datetime
    until: datetime


def papers_reason(found: Papers, table: Mapping[str, Any]) -> str:
    """Return "late" where papers left the counter after their hour (R10).

    Source: 118/2025/NĐ-CP Điều 18 khoản 2, Điều 20 khoản 1 điểm a.
    """
    minutes = (found.left_at - found.until).total_seconds() / 60
    return "late" if minutes > table["late_minutes"] else ""
