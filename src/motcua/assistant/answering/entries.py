"""Entries of the digest weighed against a question: the kind of number asked for, the words said."""

import re
from dataclasses import dataclass

from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.wording import plain_words, telling
from motcua.assistant.knowledge import Found
from motcua.kernel.text import fold

# Rules of the house, chosen on the questions to learn from.
_NUMBER, _PROCEDURE, _SHARE = 0.15, 0.1, 0.15
_STRANGE, _GENERAL, _PAPERS = 0.15, 0.1, 0.15
_SURE, _LIKELY, _HALF = 0.9, 0.5, 0.5
_OF_PAPERS = frozenset(("bring", "where", "form", "how", "result", "hours", "online"))
_TIME = r"\d+ ?(?:\([^)]*\) )?(?:gio|ngay|thang|nam|tuan|phut)\b"
_MANY = r"(?:may|bao nhieu|nhieu|nhiu) "
_MONEY = (
    rf"{_MANY}(?:tien|dong|nghin|ngan)|nguong|\b(?:phi|ton|dong|nop) (?:bao nhieu|bn)"
    r"|co ton|mat tien|\bphi\b|\bthu bao nhieu"
)
# What kind of number is asked for, and how such a number is written, both folded.
_KINDS = tuple(
    (re.compile(asked), re.compile(written))
    for asked, written in (
        (rf"{_MANY}tuoi|khoang cach tuoi|tuoi nao", r"\d+ (?:thang )?tuoi"),
        (rf"{_MANY}gio|gio nao|luc nao", r"\d+ ?gio"),
        (rf"{_MANY}(?:ngay|bua|hom)", r"\d+ ?ngay"),
        (rf"{_MANY}thang\b", r"\d+ ?thang"),
        (rf"{_MANY}nam\b", r"\d+ ?nam"),
        (r"bao lau|thoi han|han la|khi nao", _TIME),
        (r"tu hoi nao|ngay nao|den bao gio", rf"\d+ thang \d+ nam|\d+/\d+/\d+|{_TIME}"),
        (r"met vuong|dien tich|\bm2\b", r"\d+ ?(?:m2|m²|met)"),
        (rf"{_MANY}tang\b", r"\d+ tang"),
        (
            _MONEY,
            r"\d[\d.,]* ?(?:dong|trieu|ty|%)|\bmien|khong (?:mat|phai tra)",
        ),
        (rf"{_MANY}lan\b", r"\b(?:mot|hai|ba|\d+) lan"),
        (r"\bmien\b|mien giam|khoi (?:dong|nop|tra)", r"\bmien|khong (?:mat|phai tra)|, tru"),
        (r"(?:bi|muc|xu) phat|phat (?:bao|may|gi|sao|khong)", r"\bphat"),
    )
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An entry and what it is worth to the question; share: of its telling words."""

    found: Found
    worth: float
    share: float


def as_found(one: Found) -> Weighed:
    """Return an entry for what the index makes of it: no words of its own to be held against."""
    return Weighed(one, one.score, 1.0)


def weigh(draft: Draft, found: list[Found]) -> list[Weighed]:
    """Return the entries, those first that hold the number asked for and the words said."""
    asked = _asked(draft)
    wanted = numbers(draft)
    weighed = [_weigh(draft, one, asked, wanted) for one in found]
    return sorted(weighed, key=lambda one: -one.worth)


def numbers(draft: Draft) -> list[re.Pattern[str]]:
    """Return how the numbers, or the exemption, that the question asks for are written."""
    return [written for asked, written in _KINDS if asked.search(draft.text.folded)]


def _asked(draft: Draft) -> tuple[str, ...]:
    said = plain_words(draft.text.marked, is_marked=draft.text.is_marked)
    return tuple(word for word in dict.fromkeys(telling(fold(said))) if not word[0].isdigit())


def _weigh(
    draft: Draft, one: Found, asked: tuple[str, ...], wanted: list[re.Pattern[str]]
) -> Weighed:
    if one.passage.kind == "answer":  # held to the question that it was written for
        return as_found(one)
    text = fold(f"{one.passage.title} {one.passage.text}")
    known = set(telling(text))
    share = sum(word in known for word in asked) / len(asked) if asked else _HALF
    worth = one.score + _SHARE * (share - _HALF) + _by_procedure(draft, one)
    if wanted:
        worth += _NUMBER if any(number.search(text) for number in wanted) else -_NUMBER
    elif draft.asked and set(draft.asked) <= _OF_PAPERS and _first(draft) > _SURE:
        worth -= _PAPERS
    return Weighed(one, worth, share)


def _by_procedure(draft: Draft, one: Found) -> float:
    """Of the same procedure speaks for an entry; of another one, where ours is sure, against it."""
    of = one.passage.facts.get("procedures") or []
    if isinstance(of, list) and draft.code in of and _first(draft) > _LIKELY:
        return _PROCEDURE
    if _first(draft) > _SURE:
        return -_STRANGE if of else -_GENERAL
    return 0.0


def _first(draft: Draft) -> float:
    return draft.features.get("first", 0.0)
