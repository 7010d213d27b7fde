"""Text under the picture: each word invisible at the place where it was read."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from motcua.documents.assembling.font import ADVANCE, UNITS
from motcua.documents.reading.words import Word
from motcua.kernel.text import nfc

# How far under its baseline a line of text reaches, as a share of its height.
_DESCENT = 0.22
_NARROWEST, _WIDEST = 5.0, 500.0


def operators(words: Sequence[Word], *, height: int, scale: float) -> bytes:
    """Return the PDF operators that set the words, in points.

    height: of the page in pixels. scale: points to a pixel.
    """
    lines = [b"BT 3 Tr" + b"".join(_line(list(line), height, scale)) + b" ET"
             for _number, line in groupby(words, key=lambda word: word.line)]  # fmt: skip
    return b"\n".join(lines)


def _line(words: list[Word], height: int, scale: float) -> Iterator[bytes]:
    """One size and one baseline for the line, so that it is selected and searched as one."""
    top = min(word.box.y for word in words)
    bottom = max(word.box.y + word.box.h for word in words)
    size = max((bottom - top) * scale, 1.0)
    base = (height - bottom) * scale + size * _DESCENT
    yield f" /T {size:.2f} Tf".encode()
    for number, word in enumerate(words):
        text = _drawable(word.text)
        if not text:
            continue
        natural = len(text) * size * ADVANCE / UNITS
        stretch = min(max(100 * word.box.w * scale / natural, _NARROWEST), _WIDEST)
        ending = " " if number < len(words) - 1 else ""
        codes = (text + ending).encode("utf-16-be").hex().upper()
        yield f" {stretch:.1f} Tz 1 0 0 1 {word.box.x * scale:.2f} {base:.2f} Tm <{codes}> Tj".encode()


def _drawable(text: str) -> str:
    """Return the composed text without what has no place in a two-byte font."""
    return "".join(c for c in nfc(text) if ord(c) < 0xFFFE and c.isprintable())
