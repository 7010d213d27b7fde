"""A second look at words that were hardly read: their piece of the page alone, larger around."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from motcua.documents.reading.tesseract import recognise
from motcua.documents.reading.words import Box, PageRead, Word
from motcua.documents.scanning.arrays import grey
from motcua.documents.understanding.layout import Run, sheet_of

if TYPE_CHECKING:
    from motcua.documents.scanning.arrays import Image

_DOUBTED, _BETTER, _MOST = 0.5, 0.25, 6
_SECONDS, _BLOCK = 5.0, 6  # Tesseract's mode for one block of text


def looked_again(page: PageRead, image: "Image") -> PageRead:
    """Return the page with its worst runs read once more, where that reads them better.

    Two blocks beside each other whose lines stand at odds are read as one by the engine.
    """
    sheet = sheet_of(page)
    words = list(page.words)
    doubted = [run for run in sheet.runs if _sure(run) < _DOUBTED and run.box.w > 2 * sheet.height]
    for run in doubted[:_MOST]:
        found = _read(image, run, sheet.height)
        if found and _mean(found) > _sure(run) + _BETTER:
            old = {token.word for token in run.tokens}
            words = [word for word in words if word not in old] + found
    return page if words == list(page.words) else replace(page, words=tuple(words))


def _sure(run: Run) -> float:
    return _mean([token.word for token in run.tokens])


def _mean(words: list[Word]) -> float:
    return sum(word.confidence for word in words) / len(words)


def _read(image: "Image", run: Run, height: float) -> list[Word]:
    """Read the run with a line above and below, and keep what stands at its own height."""
    high = int(1.6 * height)
    left, top = max(0, run.box.x - high), max(0, run.box.y - high)
    cut = np.ascontiguousarray(grey(image)[top : run.bottom + high, left : run.right + high])
    read = recognise(cut, timeout_seconds=_SECONDS, dpi=200, mode=_BLOCK)
    middle = run.box.y + run.box.h / 2
    moved = [replace(word, box=_moved(word.box, left, top)) for word in read]
    return [word for word in moved if abs(word.box.y + word.box.h / 2 - middle) < 0.7 * height]


def _moved(box: Box, left: int, top: int) -> Box:
    return Box(box.x + left, box.y + top, box.w, box.h)
