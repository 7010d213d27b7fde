"""Dates as legal texts write them."""

import re
from datetime import date

_FIGURES = re.compile(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")


def date_in(text: str) -> date | None:
    """Return the first date in the text ("01/07/2025", "01 tháng 7 năm 2025"), None without one."""
    found = [m for m in (_FIGURES.search(text), _WORDS.search(text)) if m is not None]
    if not found:
        return None
    day, month, year = (int(part) for part in min(found, key=lambda m: m.start()).groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
