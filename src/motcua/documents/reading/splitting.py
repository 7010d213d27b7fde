"""Syllables run together are taken apart: Vietnamese writes each by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from motcua.documents.reading.correcting import best_split
from motcua.documents.reading.words import Box, Word


def taken_apart(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with two syllables that were read as one parted, and their box too."""
    return tuple(part for word in words for part in _parts(word))


def _parts(word: Word) -> Iterator[Word]:
    at = best_split(word.text)
    if at is None:
        yield word
        return
    box = word.box
    wide = round(box.w * at / len(word.text))
    yield replace(word, text=word.text[:at], box=Box(box.x, box.y, wide, box.h), others=())
    rest = Box(box.x + wide, box.y, max(box.w - wide, 1), box.h)
    yield replace(word, text=word.text[at:], box=rest, others=())
