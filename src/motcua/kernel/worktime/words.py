"""Words for days, moments and spans of working time, in Vietnamese and English."""

from datetime import date, datetime

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS = {
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}
WEEKLY_REST = {"vi": "nghỉ hằng tuần", "en": "weekly rest"}


def day_words(day: date, lang: str = "vi") -> str:
    """Return "thứ Sáu 24/04/2026"."""
    return f"{WEEKDAYS[lang][day.weekday()]} {day:%d/%m/%Y}"


def moment_words(moment: datetime, lang: str = "vi") -> str:
    """Return "15:30 thứ Sáu 24/04/2026" (the moment is taken as it is: convert it first)."""
    return f"{moment:%H:%M} {day_words(moment.date(), lang)}"


def days_words(days: list[date], lang: str = "vi") -> str:
    """Return one day, two days or a run of days; they are consecutive."""
    if len(days) == 1:
        return day_words(days[0], lang)
    joint = ", " if len(days) == 2 else (" đến " if lang == "vi" else " to ")
    return joint.join((day_words(days[0], lang), day_words(days[-1], lang)))


def span_words(minutes: int, day_minutes: int = 480, lang: str = "vi") -> str:
    """Return working minutes as "1 ngày 5 giờ", "5 giờ 20 phút" or "35 phút".

    day_minutes: what one working day is worth (8 hours).
    """
    days, rest = divmod(max(minutes, 0), day_minutes)
    hours, rest = divmod(rest, 60)
    names = ("ngày", "giờ", "phút") if lang == "vi" else ("day", "hour", "minute")
    parts = [(days, names[0]), (hours, names[1]), (0 if days else rest, names[2])]
    said = [_counted(count, name, lang) for count, name in parts if count]
    return " ".join(said) or _counted(0, names[2], lang)


def _counted(count: int, name: str, lang: str) -> str:
    return f"{count} {name}" + ("s" if lang == "en" and count != 1 else "")
