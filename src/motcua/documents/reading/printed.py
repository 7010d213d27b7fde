"""Words of a PDF page that was never paper: its letters are taken where the eye sees them too.

What a PDF says its letters are need not be what it draws. So the page is read from its pixels all
the same, and its own letters only settle what the reading all but saw.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from motcua.documents.reading.correcting import is_known
from motcua.documents.reading.words import Box, Word
from motcua.kernel.text import fold

# A page is taken at its letters only when they are this many, this sound, and hide no picture.
_LEAST_LETTERS = 200
_LEAST_SOUND = 0.8
_LARGEST_PICTURE = 0.3
# So many of the words must be seen as they are said to be.
_LEAST_ALIKE = 0.85
_DOUBTED = 0.5
_WORD = re.compile(r"\S+")


def agreed(seen: Sequence[Word], said: Sequence[Word]) -> tuple[Word, ...]:
    """Return the page's own words where the reading bears them out, else the reading.

    What differs by more than its marks stays as seen, and is doubted.
    """
    pairs = [(word, _in_place_of(word, seen)) for word in said]
    alike = sum(other is not None and _is_alike(word, other) for word, other in pairs)
    if not said or alike < _LEAST_ALIKE * max(len(said), len(seen)):
        return tuple(seen)
    return tuple(_settled(word, other) for word, other in pairs)


def _in_place_of(word: Word, seen: Sequence[Word]) -> Word | None:
    x, y = word.box.x + word.box.w / 2, word.box.y + word.box.h / 2
    for one in seen:
        box = one.box
        if box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h:
            return one
    return None


def _is_alike(word: Word, seen: Word) -> bool:
    return _letters_of(word) == _letters_of(seen)


def _letters_of(word: Word) -> str:
    return "".join(char for char in fold(word.text) if char.isalnum())


def _settled(word: Word, seen: Word | None) -> Word:
    if seen is None or word.text == seen.text:
        return word
    if _is_alike(word, seen):
        return word
    return replace(word, text=seen.text, confidence=_DOUBTED, others=(word.text,))


def printed_words(page: pypdfium2.PdfPage, *, width: int, height: int) -> tuple[Word, ...]:
    """Return the page's own words in pixels of its image; none where it is a scan or unsure.

    A scan's hidden text layer is some machine's reading, so pages with large pictures are left to
    ours; so are pages whose letters make no Vietnamese, as old fonts do.
    """
    if page.get_rotation() or _picture_share(page) > _LARGEST_PICTURE:
        return ()
    text = page.get_textpage()
    try:
        words = tuple(_words(text, page, width, height))
    finally:
        text.close()
    return words if _is_sound(words) else ()


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """Return how much of the page its pictures cover; a scan may come in strips."""
    wide, high = page.get_size()
    covered = 0.0
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = thing.get_bounds()
        covered += (right - left) * (top - bottom)
    return float(covered / max(wide * high, 1))


def _words(
    text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage, width: int, height: int
) -> Iterator[Word]:
    wide, high = page.get_size()
    across, down = width / wide, height / high
    said = text.get_text_range()
    line = block = 0
    before: Box | None = None
    for found in _WORD.finditer(said):
        edges = _edges(text, found.start(), found.end())
        if edges is None or _is_hidden(text, found.start()):
            continue
        left, bottom, right, top = edges
        x, y = max(round(left * across), 0), max(round((high - top) * down), 0)
        box = Box(
            x, y, max(round((right - left) * across), 1), max(round((top - bottom) * down), 1)
        )
        if before is not None and not _is_beside(before, box):
            line += 1
            block += _is_far_below(before, box)
        before = box
        yield Word(found[0], 1.0, box, line, block)


def _edges(
    text: pypdfium2.PdfTextPage, start: int, end: int
) -> tuple[float, float, float, float] | None:
    boxes = [text.get_charbox(index) for index in range(start, end)]
    boxes = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _is_hidden(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Tell whether the letter is drawn in no colour at all, as a text layer under a scan is."""
    thing = pdfium.FPDFText_GetTextObject(text.raw, ctypes.c_int(index))
    if not thing:
        return False
    return bool(
        pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _is_beside(before: Box, box: Box) -> bool:
    middle = box.y + box.h / 2
    return before.y - before.h / 2 < middle < before.y + 1.5 * before.h and box.x >= before.x


def _is_far_below(before: Box, box: Box) -> bool:
    return box.y - (before.y + before.h) > 0.9 * before.h or box.y < before.y - before.h


def _is_sound(words: Sequence[Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    spoken = [word for word in words if any(char.isalpha() for char in word.text)]
    known = sum(is_known(word.text) for word in spoken)
    return letters >= _LEAST_LETTERS and known >= _LEAST_SOUND * len(spoken)
