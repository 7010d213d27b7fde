"""Texts as numbers: each syllable gets a number once, and a heading is found in the text itself."""

import re
from array import array
from collections.abc import Iterable

from motcua.kernel.text import fold_tone, nfc

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_ARTICLE = re.compile(r"^\W*điều\s+\d+[a-zđ]?\s*[.:]?\s*", re.IGNORECASE)
_LONGEST_HEADING = 45  # syllables; a longer first line is body
_LONGEST_SENTENCE = 15  # the same of a line that ends with a full stop
_CLAUSE = re.compile(r"(?:\d+|[a-zđ])[.)]\s", re.IGNORECASE)
_FIRST_CLAUSE = re.compile(r"\s(?:1\.|1\)|a\))\s")


class Vocabulary(dict[str, int]):
    """Every spelling met → the number of its syllable; a new one is numbered when first asked."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[str] = []
        self._numbers: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        term = fold_tone(word)
        number = self._numbers.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        self[word] = number
        return number

    def read(self, text: str) -> Iterable[int]:
        """Return the numbers of the text's syllables, in order."""
        return map(self.__getitem__, _WORD.findall(nfc(text).lower()))

    def append(self, text: str, tokens: "array[int]") -> int:
        """Append the text's syllables to the tokens and return how many there were."""
        before = len(tokens)
        tokens.extend(self.read(text))
        return len(tokens) - before


def split_heading(title: str, text: str) -> tuple[str, str]:
    """Return heading and body: the title where there is one, else the article's own first line."""
    if title.strip():
        return title, text
    bare = _ARTICLE.sub("", text.lstrip(), count=1)
    first, line_break, rest = bare.partition("\n")
    if not line_break:
        clause = _FIRST_CLAUSE.search(bare[:400])
        if clause is None or clause.start() == 0:
            return "", bare
        first, rest = bare[: clause.start()], bare[clause.start() :]
    return (first, rest) if rest.strip() and _is_heading(first) else ("", bare)


def _is_heading(line: str) -> bool:
    """Return whether the line names what follows, and is no sentence or clause of it."""
    said = line.strip()
    if not said or said[-1] in ":;," or _CLAUSE.match(said):
        return False
    most = _LONGEST_SENTENCE if said[-1] == "." else _LONGEST_HEADING
    return len(said.split()) <= most
