"""Text of flattened tables, made readable: bullets, glued counts, empty answers."""

import re

from motcua.kernel.text import fold, squeeze

_BULLET = re.compile(
    r"^(?:[\s\-–—*+•·.\uf0d8\uf0b7:;]+|\(?(?:[0-9]{1,2}|[a-zđ]{1,2}|[ivx]{1,4})\)\s*|[0-9]{1,2}(?:\.[0-9]{1,2})*\.\s+)+"
)
_NEXT = r"[a-zđ]{1,2}\)|[-+*]\s|[A-ZĐÂÊÔƠƯĂÁÀẢÃẠ]"  # how a name that was glued on begins
_GLUE = re.compile(
    rf"\s?(\d{{1,3}}) bản chính(?:, ?(\d{{1,3}}) bản sao)?(?={_NEXT}|$)"
    rf"|\s?(\d{{1,3}}) bản sao(?={_NEXT})"
)
_COUNTS = re.compile(r"\s*bản chính\s*:\s*\d+\s*(?:[,;]?\s*bản sao\s*:\s*\d+)?\s*$", re.IGNORECASE)
_NOTHING = {"", "khong", "khong co", "khong co thong tin", "khong quy dinh", "khong co."}


def clean(text: str) -> str:
    """Return the text without leading bullets, trailing separators and doubled spaces."""
    bare = _BULLET.sub("", squeeze(text))
    bare = _COUNTS.sub("", bare)
    return bare.strip(" ;:,\t")


def is_nothing(text: str) -> bool:
    """Return whether the source only says that there is nothing."""
    return fold(text).strip(" .-") in _NOTHING


def unglue(text: str, originals: int, copies: int) -> list[tuple[str, int, int]]:
    """Return (name, originals, copies) of each paper that the flattened table ran together.

    The count that follows a name belongs to it; the row's own count belongs to the last name.
    """
    pieces, start = [], 0
    for match in _GLUE.finditer(text):
        name = clean(text[start : match.start()])
        counts = match.group(1), match.group(2) or match.group(3)
        if name:
            pieces.append((name, int(counts[0] or 0), int(counts[1] or 0)))
        start = match.end()
    rest = clean(text[start:])
    if rest:
        pieces.append((rest, originals, copies))
    return pieces


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of the text, each cleaned."""
    return tuple(
        p for p in (clean(part) for part in re.split(r"\n+", text)) if p and not is_nothing(p)
    )
