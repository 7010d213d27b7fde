"""Tesseract in our process: one handle per thread, its Vietnamese model found on the machine."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import PIL.Image
import tesserocr  # type: ignore[import-untyped]

from motcua.documents.reading import looking
from motcua.documents.reading.engine import TookTooLong, Unavailable, engines
from motcua.documents.reading.words import Box, Word
from motcua.documents.scanning import clean
from motcua.documents.scanning.arrays import Image, as_image, grey, shrunk
from motcua.documents.scanning.cleaning import even_light, stretched
from motcua.documents.scanning.measuring import letter_height

_MODEL = "vie.traineddata"
_PLACES = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata")
_DPI = 200
_A4_AT_200_DPI = 2340
# Heights in pixels of a letter between which nothing is gained by another size.
_SMALLEST_LETTER, _BEST_LETTER, _LARGEST_LETTER = 15.0, 19.0, 22.0
# How much larger a line is shown at the second look.
_CLOSER = 1.4
_handles = threading.local()


@cache
def model_folder() -> Path:
    """Return the folder of Tesseract's Vietnamese model; MOTCUA_TESSDATA names another.

    Raises Unavailable: there is none.
    """
    chosen = os.environ.get("MOTCUA_TESSDATA")
    for place in [chosen] if chosen else _PLACES:
        for model in sorted(Path(place).rglob(_MODEL), reverse=True):
            return model.parent
    raise Unavailable("Thiếu mô hình tiếng Việt của Tesseract: cài gói tesseract-ocr-vie.")


def handle() -> tesserocr.PyTessBaseAPI:
    """Return this thread's Tesseract; loading its model takes a tenth of a second, once."""
    api = getattr(_handles, "api", None)
    if api is None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            api = tesserocr.PyTessBaseAPI(
                path=str(model_folder()), lang="vie", oem=tesserocr.OEM.LSTM_ONLY
            )
        except RuntimeError:
            raise Unavailable("Tesseract không mở được mô hình tiếng Việt.") from None
        _handles.api = api
    return api


def close() -> None:
    """Give back what this thread's Tesseract holds."""
    api = getattr(_handles, "api", None)
    if api is not None:
        api.End()
        _handles.api = None


def recognise(
    image: Image, *, timeout_seconds: float, dpi: int, mode: int = tesserocr.PSM.AUTO
) -> tuple[Word, ...]:
    """Return what Tesseract reads in the image as it is.

    Raises TookTooLong: it ran out of time.
    """
    api = handle()
    api.SetPageSegMode(mode)
    api.SetImage(PIL.Image.fromarray(image))
    api.SetSourceResolution(dpi)
    try:
        if not api.Recognize(timeout=round(timeout_seconds * 1000)):
            raise TookTooLong("Đọc trang này quá lâu nên đã dừng.")
        return tuple(_words(api))
    finally:
        api.Clear()


def _words(api: tesserocr.PyTessBaseAPI) -> Iterator[Word]:
    found = api.GetIterator()
    if found is None:
        return
    level, line, block = tesserocr.RIL, -1, -1
    for one in tesserocr.iterate_level(found, level.WORD):
        block += one.IsAtBeginningOf(level.PARA)
        line += one.IsAtBeginningOf(level.TEXTLINE)
        if one.Empty(level.WORD):
            continue
        text = one.GetUTF8Text(level.WORD).strip()
        if text:
            left, top, right, bottom = one.BoundingBox(level.WORD)
            box = Box(left, top, right - left, bottom - top)
            yield Word(text, one.Confidence(level.WORD) / 100, box, line, block)


class Tesseract:
    """Tesseract with the Vietnamese model: the page cleaned, letters of the size it likes, a
    second look at doubtful lines and at ink that no word covers."""

    def read(self, image: Image, *, timeout_seconds: float) -> tuple[Word, ...]:
        """Return the words of the page. Raises Unavailable: no model, or out of time."""
        end = time.monotonic() + timeout_seconds
        smaller = _not_too_large(image)
        page, factor = _sized(clean(smaller))
        factor *= smaller.shape[1] / image.shape[1]
        words = recognise(page, timeout_seconds=timeout_seconds, dpi=_DPI)
        words = tuple(word for word in words if not looking.is_rubbish(word))
        words = _looked_again(page, words, end)
        words = _gaps_filled(page, words, end)
        return tuple(_rescaled(word, 1 / factor) for word in words)


def _not_too_large(image: Image) -> Image:
    """Return the image with letters no larger than read well: fewer pixels are cleaned faster."""
    if max(image.shape[:2]) <= _A4_AT_200_DPI:
        return image
    glimpse, factor = shrunk(grey(image), longest=_A4_AT_200_DPI)
    letter = letter_height(stretched(even_light(glimpse))) / factor
    if letter <= _LARGEST_LETTER:
        return image
    return _resized(image, max(_BEST_LETTER / letter, factor))


def _sized(page: Image) -> tuple[Image, float]:
    """Return the page with letters of a size that is read well and fast, and the factor used."""
    letter = letter_height(page)
    if not letter or _SMALLEST_LETTER <= letter <= _LARGEST_LETTER:
        return page, 1.0
    factor = min(max(_BEST_LETTER / letter, 0.3), 3.0)
    return _resized(page, factor), factor


def _resized(page: Image, factor: float) -> Image:
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return as_image(cv2.resize(page, None, fx=factor, fy=factor, interpolation=way))


def _looked_again(page: Image, words: tuple[Word, ...], end: float) -> tuple[Word, ...]:
    height, width = page.shape
    better: dict[Word, Word] = {}
    for line in looking.doubtful_lines(words):
        strip = looking.around(line, height=height, width=width)
        seen = _read_strip(page, strip, end)
        better.update({word: looking.compared(word, seen) for word in line})
    return tuple(better.get(word, word) for word in words)


def _gaps_filled(page: Image, words: tuple[Word, ...], end: float) -> tuple[Word, ...]:
    letter = letter_height(page)
    if not letter:
        return words
    bare = looking.without_rules(page, letter=letter)
    alone = looking.without_words(bare, words)
    for strip in looking.unread(bare, words, letter=letter):
        found = [word for word in _read_strip(alone, strip, end) if not looking.is_rubbish(word)]
        if looking.is_text(found):
            words = looking.inserted(words, found)
    return words


def _read_strip(page: Image, strip: Box, end: float) -> list[Word]:
    """Return what one line reads as when it stands alone and larger."""
    left = end - time.monotonic()
    if left < 1 or strip.w < 8 or strip.h < 8:
        return []
    part = page[strip.y : strip.y + strip.h, strip.x : strip.x + strip.w]
    framed = cv2.copyMakeBorder(part, 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=255)
    seen = recognise(
        _resized(as_image(framed), _CLOSER),
        timeout_seconds=left,
        dpi=round(_DPI * _CLOSER),
        mode=tesserocr.PSM.SINGLE_LINE,
    )
    return [_moved(_rescaled(word, 1 / _CLOSER), strip.x - 8, strip.y - 8) for word in seen]


def _rescaled(word: Word, factor: float) -> Word:
    box = word.box
    sides = (round(side * factor) for side in (box.x, box.y, box.w, box.h))
    return replace(word, box=Box(*sides))


def _moved(word: Word, x: int, y: int) -> Word:
    return replace(word, box=replace(word.box, x=word.box.x + x, y=word.box.y + y))


engines.register("tesseract")(Tesseract())
