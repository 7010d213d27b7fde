"""Phrases kept as data: written with their marks, looked for in folded questions."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from motcua.kernel.text import fold

_GAP = r"(?: \S+){0,4}? "
_NOT_A_WORD = (r"(?<![^\W_])", r"(?![^\W_])")


@cache
def table(name: str) -> dict[str, Any]:
    """Return one TOML file of this package's data."""
    folder = resources.files("motcua.assistant.answering.data")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def group(name: str, *keys: str, marked: bool = False) -> re.Pattern[str]:
    """Return the phrases under these keys of a file as one pattern.

    marked: over text with its marks, else over folded text.
    """
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return pattern(tuple(found), marked=marked)


@cache
def pattern(phrases: tuple[str, ...], *, marked: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words; " … " leaves out up to four.

    A phrase may hold alternatives in the manner of regular expressions: "(ở|tại) đâu".
    """
    written = (phrase if marked else _folded(phrase) for phrase in phrases)
    parts = sorted((_gaps(phrase) for phrase in written), key=len, reverse=True)
    before, after = _NOT_A_WORD
    return re.compile(f"{before}(?:{'|'.join(parts)}){after}" if parts else r"(?!)")


def _folded(phrase: str) -> str:
    """The phrase without marks; its `\\S` stays what it is."""
    return fold(phrase.replace("\\S", "\x00")).replace("\x00", "\\S")


def _gaps(phrase: str) -> str:
    """Gaps between words made patterns; a trailing gap means nothing."""
    return phrase.replace("( …)?", "").replace(" … ", _GAP).removesuffix(" …").rstrip()
