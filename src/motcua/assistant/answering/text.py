"""A question as it was typed, made readable: signs, keystrokes, folded words, language."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from motcua.assistant.answering import phrases
from motcua.kernel.text import fold, fold_tone, from_keystrokes, squeeze

MOST_SIGNS = 1000
_SPLIT = re.compile(r"[^\w\s.,/:%@-]|(?<!\d)[.,:](?!\d)|(?<=\D)[.,:]|[.,:](?=\D|$)")
_MARKED = re.compile(r"[^\x00-\x7f]")
_TELEX = re.compile(r"[a-z]*(?:[aeoiuyw][a-z]*[sfrxjw]|dd|aa|ee|oo|[aou]w)[a-z]*", re.IGNORECASE)
_LIKELY_ENGLISH = 0.34


@dataclass(frozen=True, slots=True)
class Text:
    """A question, read. said: as typed, cleaned; folded: lower case, no marks, single spaces.

    marked: lower case with its marks, tones placed alike; plain: folded, every sign kept.
    """

    said: str
    folded: str
    marked: str
    plain: str
    language: str

    @property
    def is_marked(self) -> bool:
        """Whether the person types with marks, so that marks tell words apart."""
        words = self.marked.split()
        return sum(1 for word in words if _MARKED.search(word)) >= 0.2 * max(1, len(words))

    def finds(self, name: str, *keys: str) -> bool:
        """Return whether a phrase of that group of that file is in the question."""
        if self.is_marked:
            return phrases.group(name, *keys, marked=True).search(self.marked) is not None
        return phrases.group(name, *keys).search(self.folded) is not None

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(self.folded.split())


def read(question: str) -> Text:
    """Return the question cleaned, its keystrokes decoded, its language told."""
    said = squeeze(clean(question))[:MOST_SIGNS]
    language = "en" if is_english(said) else "vi"
    if language == "vi":
        said = decoded(said)
    kept = _SPLIT.sub(" ", said).split()
    marked = " ".join(fold_tone(word) for word in kept)
    return Text(said, " ".join(fold(" ".join(kept)).split()), marked, fold(said), language)


def clean(question: str) -> str:
    """Return the text without control and invisible signs, styled letters made plain."""
    plain = unicodedata.normalize("NFKC", question[: MOST_SIGNS * 4])
    seen = (c for c in plain if unicodedata.category(c) != "Cf")  # zero-width signs part no words
    return "".join(c if unicodedata.category(c)[0] != "C" else " " for c in seen)


def decoded(said: str) -> str:
    """Return the text with raw Telex keystrokes read, where no marks were typed and most fit."""
    if _MARKED.search(said):
        return said
    words = said.split()
    typed = [w for w in words if _TELEX.fullmatch(w) and from_keystrokes(w) and not _is_common(w)]
    if len(typed) < 2 or len(typed) < 0.25 * len(words):
        return said
    return " ".join(from_keystrokes(w) or w if w in typed else w for w in words)


def is_english(said: str) -> bool:
    """Return whether the question is written in English."""
    if sum(1 for c in said if _MARKED.match(c)) > 2:
        return False
    words = re.findall(r"[a-z']+", said.lower())
    english, vietnamese = _common_words()
    known = sum(word in english for word in words)
    other = sum(word in vietnamese for word in words)
    return bool(words) and known > other and known / len(words) >= _LIKELY_ENGLISH


def _is_common(word: str) -> bool:
    english, vietnamese = _common_words()
    return word.lower() in vietnamese or word.lower() in english


@cache
def _common_words() -> tuple[frozenset[str], frozenset[str]]:
    listed = phrases.table("languages")
    return frozenset(listed["english"].split()), frozenset(listed["vietnamese"].split())
