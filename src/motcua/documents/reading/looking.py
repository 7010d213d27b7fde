"""A second look at what the first left doubtful or unread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from motcua.documents.reading.correcting import is_known
from motcua.documents.reading.words import Box, Word
from motcua.documents.scanning.arrays import Image, as_image

# A word surer than this is not looked at again; of at most so many lines a page.
_SURE = 0.8
_MOST_LINES = 12
_MOST_GAPS = 8
_OVERLAP = 0.5
_NO_LINE = -1
_NEVER_WRITTEN = frozenset("|ˆ¦‡†`´")


def doubtful_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Return the lines with a doubtful word, the worst first, not more than are worth the time."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    doubtful = [line for line in lines.values() if any(is_doubtful(word) for word in line)]
    doubtful.sort(key=lambda line: min(word.confidence for word in line))
    return doubtful[:_MOST_LINES]


def is_doubtful(word: Word) -> bool:
    """Tell whether the word deserves a second look: unsure, or no word of the language."""
    has_sign = any(char.isalnum() for char in word.text)
    return has_sign and (word.confidence < _SURE or not is_known(word.text))


def around(words: Sequence[Word], *, height: int, width: int) -> Box:
    """Return the strip of the page that holds the words, with some air."""
    left, top = min(w.box.x for w in words), min(w.box.y for w in words)
    right = max(w.box.x + w.box.w for w in words)
    bottom = max(w.box.y + w.box.h for w in words)
    air = max((bottom - top) // 4, 4)
    left, top = max(left - 2 * air, 0), max(top - air, 0)
    right, bottom = min(right + 2 * air, width), min(bottom + air, height)
    return Box(left, top, right - left, bottom - top)


def compared(word: Word, seen: Sequence[Word]) -> Word:
    """Return the word with what the second look saw in its place."""
    other = max(seen, key=lambda one: _shared(word.box, one.box), default=None)
    if other is None or other.text == word.text or _shared(word.box, other.box) < _OVERLAP:
        return word
    is_better = other.confidence > word.confidence + 0.1 and word.confidence < _SURE
    if is_better and (is_known(other.text) or not is_known(word.text)):
        return replace(word, text=other.text, confidence=other.confidence, others=(word.text,))
    return replace(word, others=(*word.others, other.text))


def _shared(one: Box, other: Box) -> float:
    """Return the shared part of two boxes as a share of the larger."""
    wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    high = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / max(one.w * one.h, other.w * other.h)


def without_rules(page: Image, *, letter: float) -> Image:
    """Return the page without lines drawn under or around words."""
    ink = (page < 170).astype(np.uint8)
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(3 * letter)), np.uint8))
    result = page.copy()
    result[cv2.dilate(rules, np.ones((3, 1), np.uint8)) > 0] = 255
    return result


def without_words(page: Image, words: Sequence[Word]) -> Image:
    """Return the page with the words wiped out, so that what lies between them stands alone."""
    result = page.copy()
    for word in words:
        box = word.box
        result[max(box.y - 2, 0) : box.y + box.h + 2, max(box.x - 2, 0) : box.x + box.w + 2] = 255
    return result


def unread(page: Image, words: Sequence[Word], *, letter: float) -> Iterator[Box]:
    """Iterate over strips where ink like letters lies that no word covers."""
    ink = (page < 140).astype(np.uint8)
    for word in words:
        air = round(letter / 4)
        box = word.box
        ink[
            max(box.y - air, 0) : box.y + box.h + air, max(box.x - air, 0) : box.x + box.w + air
        ] = 0
    letters = _letters_only(ink, letter)
    reach = max(round(1.2 * letter), 3)
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((3, 2 * reach + 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(as_image(joined), connectivity=8)
    strips = [row for row in stats[1:].tolist() if _is_a_line(row, letter)]
    strips.sort(key=lambda row: -row[cv2.CC_STAT_AREA])
    air = round(letter * 0.7)
    height, width = page.shape
    for x, y, w, h, _area in strips[:_MOST_GAPS]:
        left, top = max(x - air, 0), max(y - air, 0)
        yield Box(left, top, min(x + w + air, width) - left, min(y + h + air, height) - top)


def _letters_only(ink: Image, letter: float) -> Image:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    kept = (high > 0.5 * letter) & (high < 2.6 * letter) & (wide < 4 * letter)
    kept[0] = False
    return as_image(kept[labels].astype(np.uint8))


def _is_a_line(row: list[int], letter: float) -> bool:
    _x, _y, wide, high, _area = row
    return wide > 2.5 * letter and 0.6 * letter < high < 3 * letter


def is_text(words: Sequence[Word]) -> bool:
    """Tell whether what was read in a gap is text, not the rest of a seal or a signature."""
    letters = [word for word in words if any(char.isalnum() for char in word.text)]
    if not letters:
        return False
    sure = [word for word in letters if word.confidence > 0.6 and is_known(word.text)]
    return len(sure) * 2 > len(letters)


def inserted(words: Sequence[Word], found: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with those found in a gap at their place in the reading order."""
    if not words:
        return tuple(found)
    middle = found[0].box.y + found[0].box.h / 2
    beside = [w for w in words if w.box.y <= middle <= w.box.y + w.box.h]
    if beside:
        before = [w for w in beside if w.box.x <= found[0].box.x]
        near = max(before, key=lambda w: w.box.x) if before else beside[0]
        at = list(words).index(near) + (1 if before else 0)
    else:
        above = [i for i, w in enumerate(words) if w.box.y + w.box.h <= middle]
        at = (max(above) + 1) if above else 0
        near = words[max(at - 1, 0)]
    line = near.line if beside else _NO_LINE
    placed = [replace(word, line=line, block=near.block) for word in found]
    return numbered([*words[:at], *placed, *words[at:]])


def numbered(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with lines numbered from 0 in their order."""
    result: list[Word] = []
    number, before = -1, None
    for word in words:
        if before is None or word.line != before:
            number, before = number + 1, word.line
        result.append(replace(word, line=number))
    return tuple(result)


def is_rubbish(word: Word) -> bool:
    """Tell whether the word is a trace of dirt, a rule or a seal rather than writing."""
    if set(word.text) <= {".", "…"}:
        return False
    if set(word.text) <= _NEVER_WRITTEN:
        return True
    if not any(char.isalnum() for char in word.text):
        return word.confidence < 0.5
    return word.confidence < 0.15
