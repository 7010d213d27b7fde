"""Questions that are codes: whole, in part, or with the dot forgotten."""

import re

from motcua.catalog.search.entries import Entry
from motcua.catalog.search.index import Index

_WHOLE = re.compile(r"(?<!\d)(\d)[\s.,\-_]?(\d{3})[\s.]?(\d{3})(?!\d)")
_PART = re.compile(r"(?:\D*?)(\d{4,6}|\d[.,]\d{2,5})\D*")


def code_hits(text: str, index: Index) -> list[tuple[Entry, float]]:
    """Return the procedures whose code the text names, [] when it names none."""
    stripped = text.strip()
    whole = [f"{a}.{b}{c}" for a, b, c in _WHOLE.findall(stripped)]
    exact = [entry for code in dict.fromkeys(whole) for entry in _entries(code, index)]
    if exact:
        return [(entry, 1.0) for entry in exact]
    part = _PART.fullmatch(stripped) if len(re.findall(r"[^\W\d_]", stripped)) <= 12 else None
    if part is None:
        return []
    digits = part.group(1).replace(",", ".")
    matches = [code for code in index.by_code if _matches(code, digits)]
    entries = sorted((e for code in matches for e in _entries(code, index)), key=lambda e: e.code)
    entries.sort(key=lambda e: e.standing, reverse=True)
    return [(entry, 0.5) for entry in entries]


def _matches(code: str, digits: str) -> bool:
    if "." in digits:
        return code.startswith(digits)
    bare = code[:8].replace(".", "")
    return code[:8].endswith(digits) or bare.startswith(digits)


def _entries(code: str, index: Index) -> list[Entry]:
    family = index.by_code.get(code)
    if family is None:
        return []
    return [entry for entry in index.families[family].variants if entry.code == code]
