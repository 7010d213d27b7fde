"""What the closing article of a text says of itself and of the documents that end with it."""

import re
from dataclasses import dataclass
from datetime import date

from motcua.assistant.knowledge.legal.dates import date_in
from motcua.assistant.knowledge.legal.numbers import NUMBER, tidy_number

_KIND = (
    r"(?:Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết"
    r"|(?:Bộ luật|Luật|Pháp lệnh)[^.;\n]{0,60}?)"
)
_NAMED = rf"{_KIND} số\s+({NUMBER})"
# "thay thế Nghị định số X": the whole document, since a part of it would be named before "của".
_REPLACES = re.compile(rf"(?:thay thế|bãi bỏ)\s*:?\s+{_NAMED}")
# "Nghị định số X … hết hiệu lực": a sentence that begins with the document, so no article of it.
_ENDS = re.compile(
    rf"(?:^|[\n;.]\s*(?:\d+\.|[a-zđ]\))?\s*){_NAMED}([^.;\n]{{0,400}}?)hết\s+(?:hiệu|liệu) lực"
)
_UNTIL = re.compile(r"(?:đến|trước|cho tới)(?: hết)? ngày[^.;\n]{0,20}$")
_BEGINS = re.compile(
    r"(?:n[àảạ]y|Luật|Nghị định|Thông tư) có hiệu lực(?: thi hành)?(?: kể)? từ(.{0,60})"
)
_CLOSING = re.compile(r"hiệu lực|thi hành", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Closing:
    """Since when a text applies by its own words, and the documents that end that day."""

    begins: date | None
    ends: tuple[str, ...]


def closing_of(title: str, text: str) -> Closing | None:
    """Return what a closing article says; None when the article is another one."""
    if not _CLOSING.search(title):
        return None
    begun = _BEGINS.search(text)
    ended = [m.group(1) for m in _REPLACES.finditer(text)]
    for found in _ENDS.finditer(text):
        before = text[: found.start(1)]
        if not _UNTIL.search(before.rsplit("số", 1)[0]):
            ended.append(found.group(1))
    return Closing(
        date_in(begun.group(1)) if begun else None,
        tuple(dict.fromkeys(tidy_number(number) for number in ended)),
    )
