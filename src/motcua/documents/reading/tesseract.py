"""Tesseract in our process: one handle per thread, its Vietnamese model found on the machine."""

import os
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import PIL.Image
import tesserocr  # type: ignore[import-untyped]

from motcua.documents.reading.engine import Unavailable, engines
from motcua.documents.reading.words import Box, Word
from motcua.documents.scanning.arrays import Image

_MODEL = "vie.traineddata"
_PLACES = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata")
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

    Raises Unavailable: it ran out of time.
    """
    api = handle()
    api.SetPageSegMode(mode)
    api.SetImage(PIL.Image.fromarray(image))
    api.SetSourceResolution(dpi)
    try:
        if not api.Recognize(timeout=round(timeout_seconds * 1000)):
            raise Unavailable("Đọc trang này quá lâu nên đã dừng.")
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
    """Tesseract with the Vietnamese model on a cleaned page."""

    def read(self, image: Image, *, timeout_seconds: float) -> tuple[Word, ...]:
        """Return the words of the page. Raises Unavailable: no model, or out of time."""
        return recognise(image, timeout_seconds=timeout_seconds, dpi=200)


engines.register("tesseract")(Tesseract())
