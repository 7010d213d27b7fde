"""How long is left, or how late it is, in working time and in words."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.worktime.calendar import WorkCalendar
from motcua.kernel.worktime.words import span_words

SOON_WORKING_DAYS = 2


@dataclass(frozen=True)
class Remaining:
    """Working minutes left (negative: late), with the tone the pages show them in.

    tone: "ok", "soon" (two working days or less), "today" or "late".
    """

    minutes: int
    tone: str
    day_minutes: int = 480

    def words(self, lang: str = "vi") -> str:
        """Return "Còn 1 ngày 5 giờ" or "Trễ 3 giờ"."""
        if self.tone == "late" and not self.minutes:
            return "Vừa quá hạn" if lang == "vi" else "Just late"
        span = span_words(abs(self.minutes), self.day_minutes, lang)
        if lang == "vi":
            return f"Trễ {span}" if self.tone == "late" else f"Còn {span}"
        return f"{span} late" if self.tone == "late" else f"{span} left"

    def __str__(self) -> str:
        return self.words()


def remaining(calendar: WorkCalendar, now: datetime, due_at: datetime) -> Remaining:
    """Return what is left of the time until `due_at`, counted in working time."""
    minutes = calendar.working_minutes_between(now, due_at)
    return Remaining(minutes, _tone(calendar, now, due_at, minutes), calendar.day_minutes)


def _tone(calendar: WorkCalendar, now: datetime, due_at: datetime, minutes: int) -> str:
    if now > due_at:
        return "late"
    if calendar.local(due_at).date() == calendar.local(now).date():
        return "today"
    return "soon" if minutes <= SOON_WORKING_DAYS * calendar.day_minutes else "ok"


def share_used(
    calendar: WorkCalendar, started_at: datetime, now: datetime, due_at: datetime
) -> int:
    """Return the per cent of the working time used, 0 to 100 (the meter of the inbox)."""
    whole = calendar.working_minutes_between(started_at, due_at)
    used = calendar.working_minutes_between(started_at, now)
    return 100 if whole <= 0 else max(0, min(100, round(100 * used / whole)))
