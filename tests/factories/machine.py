"""The reading machine of tests that are about something else: a page is read once a session."""

import hashlib

import pytest

from motcua.documents.reading import Unavailable, Word
from motcua.documents.reading.tesseract import Tesseract, model_folder
from motcua.documents.scanning.arrays import Image

_read: dict[tuple[tuple[int, ...], str], tuple[Word, ...]] = {}
_machine = Tesseract.read


def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Tesseract remember the pages that it read; skip the test where it is missing."""
    try:
        model_folder()
    except Unavailable as missing:
        pytest.skip(str(missing))
    monkeypatch.setattr(Tesseract, "read", _remembered)


def _remembered(self: Tesseract, image: Image, *, timeout_seconds: float) -> tuple[Word, ...]:
    key = (image.shape, hashlib.sha256(image.tobytes()).hexdigest())
    if key not in _read:
        _read[key] = _machine(self, image, timeout_seconds=timeout_seconds)
    return _read[key]
