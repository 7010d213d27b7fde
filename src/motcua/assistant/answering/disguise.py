"""What a question hides: coded, reversed, spelt-out or styled words, made readable again."""

import base64
import binascii
import codecs
import html
import re
import urllib.parse
from collections.abc import Iterable, Iterator

from motcua.kernel.text import fold

_CODED = re.compile(r"(?<![\w/+])[A-Za-z0-9+/]{12,}={0,2}(?![\w/+])")
_HEX = re.compile(r"(?<!\w)(?:[0-9a-fA-F]{2}[ :]?){8,}(?!\w)")
_MIXED = re.compile(
    r"\S*(?:[A-Za-z][0-9@$!|]+[A-Za-z]|[0-9@$!|]+[A-Za-z]{2}|[A-Za-z]{2}[0-9@$!|])\S*"
)
_SPELT = re.compile(r"(?:(?<!\w)\w[\s.\-_*+]+){4,}\w(?!\w)")
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_ALIKE = str.maketrans("аеорсухіѕјԁһкмтвнАЕОРСУХІЅЈКМТВН", "aeopcyxisjdhkmtbhAEOPCYXISJKMTBH")
_READABLE = 0.85
_LONGEST = 2000


def readings(question: str) -> list[str]:
    """Return the folded readings of coded, styled and spelt-out signs in a text."""
    return _folded(question, _near(question[:_LONGEST]))


def turned(question: str) -> list[str]:
    """Return the folded readings of the whole text turned round; by chance they say anything."""
    question = question[:_LONGEST]
    words = " ".join(reversed(question.split()))
    return _folded(question, (question[::-1], words, codecs.encode(question, "rot13")))


def _folded(question: str, said: Iterable[str]) -> list[str]:
    openly = " ".join(fold(question[:_LONGEST]).split())
    found = (" ".join(fold(reading).split()) for reading in said)
    return [reading for reading in dict.fromkeys(found) if reading and reading != openly]


def _near(question: str) -> Iterator[str]:
    yield question.translate(_ALIKE)
    yield html.unescape(urllib.parse.unquote_plus(question))
    yield from _coded(question)
    if _MIXED.search(question):
        yield _MIXED.sub(lambda word: word.group(0).translate(_LEET), question)
    if _SPELT.search(question):
        yield _SPELT.sub(lambda letters: re.sub(r"[\s.\-_*+]+", "", letters.group(0)), question)
        yield re.sub(r"(?<=\w)[.\-_*+](?=\w)", "", question)


def _coded(question: str) -> Iterator[str]:
    """What Base64 and hexadecimal runs say, where that is text."""
    for run in _CODED.findall(question):
        padded = run.rstrip("=") + "=" * (-len(run.rstrip("=")) % 4)
        try:
            yield from _text(base64.b64decode(padded, validate=True))
        except (binascii.Error, ValueError):
            continue
    for run in _HEX.findall(question):
        yield from _text(bytes.fromhex(re.sub(r"[ :]", "", run)))


def _text(said: bytes) -> Iterator[str]:
    try:
        text = said.decode("utf-8")
    except UnicodeDecodeError:
        return
    if sum(c.isalpha() or c.isspace() for c in text) >= _READABLE * len(text):
        yield text
