"""The note of a codified article: since when it holds, and who changed it afterwards."""

import re
from dataclasses import dataclass
from datetime import date

from motcua.assistant.knowledge.legal.dates import date_in
from motcua.assistant.knowledge.legal.numbers import NUMBER, tidy_number

_SINCE = re.compile(r"có hiệu lực thi hành kể từ ngày\s+([\d/]+)")
_CHANGE = re.compile(
    r"(?:Điều|Khoản)[^;]*?số\s+(" + NUMBER + r")[^;]*?có hiệu lực thi hành kể từ ngày\s+([\d/]+)"
)
_CHANGED = re.compile(
    r"(?:có nội dung |được |bị )(?:được |bị )?(?:sửa đổi|bổ sung|bãi bỏ|thay thế)"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A later document that changed the article, and the day it did."""

    by: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says: since when the article holds, and its changes, oldest first."""

    since: date | None
    changes: tuple[Change, ...] = ()


def read_note(text: str) -> Note:
    """Return what the note of a codified article says."""
    begun = _SINCE.search(text)
    since = date_in(begun.group(1)) if begun else None
    mark = _CHANGED.search(text)
    if mark is None:
        return Note(since)
    later = _CHANGE.findall(text[mark.start() :])
    return Note(since, tuple(Change(tidy_number(by), date_in(day)) for by, day in later))
