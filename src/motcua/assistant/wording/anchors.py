"""Anchors: the parts of a sentence that no rewording may move, drop or add. Pure.

Numbers, dates, codes, marks of hidden data, units, negations, conditions, limits, permission and
duty: in this order a sentence of the law says them, and in this order it is said again.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from motcua.kernel.text import fold_tone, nfc

_MARK = r"\[[A-ZĐÀ-Ỵ_]+_\d+\]"
_CODE = r"\d[\w.,:/%\-]*"
_TOKEN = re.compile(rf"{_MARK}|{_CODE}|[^\W\d_]+(?:['’][^\W\d_]+)?|%")
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")


@cache
def words(group: str, language: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases of a group ("guarded" or "free") in a language, each as its words."""
    listed = _table()[group]
    phrases = listed.get(language, listed["vi"])
    return frozenset(tuple(map(fold_tone, phrase.split())) for phrase in phrases)


@cache
def same(language: str) -> dict[str, str]:
    """Return for each word that may stand for another the one that stands for both."""
    listed = _table()["same"]
    groups = listed.get(language, listed["vi"])
    return {fold_tone(word): fold_tone(group[0]) for group in groups for word in group}


@cache
def _table() -> dict[str, dict[str, list[Any]]]:
    folder = resources.files("motcua.assistant.wording.data")
    return tomllib.loads(folder.joinpath("words.toml").read_text("utf-8"))


_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A text taken apart. names: words with a capital that no sentence begins with."""

    anchors: tuple[str, ...]
    words: tuple[str, ...]
    names: frozenset[str]


def read(text: str) -> Read:
    """Return the anchors of a text in order, its other words, and its names.

    What is guarded in one language is guarded in all: an English answer may hold a Vietnamese row.
    """
    guarded = words("guarded", "vi") | words("guarded", "en")
    tokens = list(_TOKEN.finditer(nfc(text)))
    plain = [_plain(token.group()) for token in tokens]
    anchors: list[str] = []
    others: list[str] = []
    at = 0
    while at < len(tokens):
        length = _guarded_length(plain, at, guarded)
        if length:
            anchors.append(" ".join(plain[at : at + length]))
        elif not plain[at][0].isalpha():
            anchors.append(plain[at])
        else:
            others.append(plain[at])
        at += length or 1
    names = frozenset(
        plain[at]
        for at, token in enumerate(tokens)
        if token.group()[0].isupper() and not _begins(text, token.start())
    )
    return Read(tuple(anchors), tuple(others), names)


def _plain(token: str) -> str:
    if token.startswith("["):
        return token
    if not token[0].isdigit():
        return fold_tone(token)
    bare = token.rstrip(".,:/-")
    if _GROUPED.match(bare):
        return re.sub(r"[.,]", "", bare)
    return "/".join(part.lstrip("0") or "0" for part in bare.lower().split("/"))


def _guarded_length(plain: list[str], at: int, guarded: frozenset[tuple[str, ...]]) -> int:
    for length in range(min(_LONGEST, len(plain) - at), 0, -1):
        if tuple(plain[at : at + length]) in guarded:
            return length
    return 0


def _begins(text: str, at: int) -> bool:
    before = nfc(text)[:at].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:;…\n•–-"
