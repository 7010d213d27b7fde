"""One page: straightened, read, corrected."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from motcua.documents.reading import tesseract as _tesseract  # noqa: F401 (registers itself)
from motcua.documents.reading.correcting import Doubt, is_known, settle
from motcua.documents.reading.engine import engines
from motcua.documents.reading.ordering import in_reading_order, is_after_gap
from motcua.documents.reading.splitting import taken_apart
from motcua.documents.reading.words import PageRead, Word, confidence_of, text_of
from motcua.documents.scanning import Straightened, codes, straighten
from motcua.documents.scanning.arrays import Image, is_too_small

TIMEOUT_SECONDS = 60.0
_MAKES_SENSE = 0.7


def read_page(
    image: Image | Straightened, *, engine: str = "tesseract", number: int = 1
) -> PageRead:
    """Return the page as read; boxes are in pixels of the straightened page.

    image: a page as scanned, or already straightened (then it is not straightened again).
    Raises Unavailable: the engine cannot read. Raises LookupError: no such engine.
    """
    if not isinstance(image, Straightened):
        return read_scan(image, engine=engine, number=number)[1]
    page = image
    height, width = page.image.shape[:2]
    machine = engines.get(engine)
    seen: Sequence[Word] = ()
    if not is_too_small(page.image):
        seen = machine.read(page.image, timeout_seconds=TIMEOUT_SECONDS)
    words = corrected(taken_apart(in_reading_order(seen, page_height=height)))
    return PageRead(
        number=number,
        width=width,
        height=height,
        words=words,
        text=text_of(words),
        confidence=confidence_of(words),
        codes=codes(page.image),
        angle=page.angle,
    )


def read_scan(
    image: Image, *, engine: str = "tesseract", number: int = 1
) -> tuple[Straightened, PageRead]:
    """Return the page straightened, and as read; one that makes little sense is also tried
    turned over.

    Raises Unavailable, LookupError: as read_page.
    """
    page = straighten(image)
    read = read_page(page, engine=engine, number=number)
    if read.confidence >= _MAKES_SENSE or not read.words:
        return page, read
    over = replace(
        page, image=np.ascontiguousarray(np.rot90(page.image, 2)), turned=(page.turned + 2) % 4
    )
    other = read_page(over, engine=engine, number=number)
    return (over, other) if _sense(other) > 1.2 * _sense(read) else (page, read)


def _sense(read: PageRead) -> float:
    """Return how many letters of known words were read, each as sure as it is."""
    return sum(word.confidence * len(word.text) for word in read.words if is_known(word.text))


def corrected(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with what was surely misread put right, column by column, cell by cell."""
    result: list[Word] = []
    for part in _passages(words):
        doubts = [Doubt(word.text, word.confidence, word.others) for word in part]
        result += [_put_right(word, text) for word, text in zip(part, settle(doubts), strict=True)]
    return tuple(result)


def _passages(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Iterate over words that follow each other as language does."""
    part: list[Word] = []
    for word in words:
        if part and _is_elsewhere(part[-1], word):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _is_elsewhere(before: Word, word: Word) -> bool:
    return word.block != before.block or (word.line == before.line and is_after_gap(before, word))


def _put_right(word: Word, text: str) -> Word:
    if text == word.text:
        return word
    return replace(word, text=text, others=(word.text, *word.others))
