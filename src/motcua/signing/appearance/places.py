"""Where a mark goes: told by the caller, found by words in the text, or by the default rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pypdfium2 as pdfium
from django.utils.translation import gettext as _

from motcua.signing.appearance.measures import Measures
from motcua.signing.marks import Box, Mark, Spot
from motcua.signing.refusals import CannotBeSigned

_PAGES_SEARCHED = 3


def personal(
    document: IO[bytes] | Path, *, mark: Mark, words: tuple[str, ...], by: Measures
) -> Spot:
    """Return the place of a personal signature: centred over the signer's name.

    words: what may stand under the signature, tried in order (the anchor, the name).
    """
    with _opened(document) as pdf:
        page = _page(pdf, mark.page)
        if mark.box is not None:
            return Spot(page, mark.box)
        for found_on, found in _found(pdf, words, only=mark.page):
            box = _over(found, _ceiling(pdf[found_on], found), by)
            return Spot(found_on, _kept_in(pdf[found_on].get_size(), box))
        width, height = pdf[page].get_size()
        centre = (width + by.personal_block[0]) / 2 if width > by.personal_block[0] else width / 2
        bottom = by.personal_block[1]
        box = (
            centre - by.personal_width / 2,
            bottom,
            centre + by.personal_width / 2,
            bottom + by.personal_height,
        )
        return Spot(page, _kept_in((width, height), box))


def seal(document: IO[bytes] | Path, *, mark: Mark, beside: Spot, by: Measures) -> Spot:
    """Return the place of the seal: over the left third of the personal signature."""
    with _opened(document) as pdf:
        if mark.box is not None:
            return Spot(_page(pdf, mark.page), mark.box)
        left, bottom, right, top = beside.box
        edge = left + (right - left) * by.seal_cover
        middle, half = (bottom + top) / 2, by.seal_diameter / 2
        box = (edge - by.seal_diameter, middle - half, edge, middle + half)
        return Spot(beside.page, _kept_in(pdf[beside.page].get_size(), box))


def corner(document: IO[bytes] | Path, *, mark: Mark, kind: str, by: Measures) -> Spot:
    """Return the place of a text mark: top right of page 1."""
    with _opened(document) as pdf:
        page = _page(pdf, mark.page if mark.page is not None else 0)
        if mark.box is not None:
            return Spot(page, mark.box)
        width, height = pdf[page].get_size()
        block = by.text[kind]
        right, top = width - block.right, height - block.top
        box = (right - block.width, top - block.height, right, top)
        return Spot(page, _kept_in((width, height), box))


def _opened(document: IO[bytes] | Path) -> pdfium.PdfDocument:
    if not isinstance(document, Path):
        document.seek(0)
    try:
        return pdfium.PdfDocument(document)
    except pdfium.PdfiumError as error:
        raise CannotBeSigned(_("Tệp PDF bị hỏng hoặc bị khóa nên không ký được.")) from error


def _page(pdf: pdfium.PdfDocument, page: int | None) -> int:
    count = len(pdf)
    wanted = -1 if page is None else page
    return max(0, min(count - 1, wanted + count if wanted < 0 else wanted))


def _found(
    pdf: pdfium.PdfDocument, words: tuple[str, ...], *, only: int | None
) -> Iterator[tuple[int, Box]]:
    """Yield where the words stand, the last place in the document first."""
    count = len(pdf)
    pages = range(count - 1, max(-1, count - 1 - _PAGES_SEARCHED), -1)
    for text in (text for text in words if text):
        for number in pages if only is None else [_page(pdf, only)]:
            reading = pdf[number].get_textpage()
            searcher = reading.search(text, match_case=True)
            hits = []
            while (hit := searcher.get_next()) is not None:
                hits.append(hit)
            for start, length in reversed(hits):
                boxes = [reading.get_charbox(at) for at in range(start, start + length)]
                yield (
                    number,
                    (
                        min(box[0] for box in boxes),
                        min(box[1] for box in boxes),
                        max(box[2] for box in boxes),
                        max(box[3] for box in boxes),
                    ),
                )


def _over(name: Box, ceiling: float | None, by: Measures) -> Box:
    """Return the box between the title above and the name below, in the middle of the gap."""
    left, _bottom, right, top = name
    middle, height = (left + right) / 2, by.personal_height
    bottom = top + by.personal_gap
    if ceiling is not None and ceiling - top > 3 * by.personal_gap:
        height = min(height, ceiling - top - 2 * by.personal_gap)
        bottom = (top + ceiling - height) / 2
    half = by.personal_width / 2
    return (middle - half, bottom, middle + half, bottom + height)


def _ceiling(page: pdfium.PdfPage, name: Box) -> float | None:
    """Return the lower edge of the text that stands next above the name, None where none does."""
    left, _bottom, right, top = name
    reading = page.get_textpage()
    rects = [reading.get_rect(number) for number in range(reading.count_rects())]
    above = [rect[1] for rect in rects if rect[1] >= top and rect[0] < right and rect[2] > left]
    return min(above, default=None)


def _kept_in(size: tuple[float, float], box: Box) -> Box:
    """Move the box onto the page, were it to stick out."""
    width, height = size
    left, bottom, right, top = box
    right_shift = max(0.0, -left) - max(0.0, right - width)
    up_shift = max(0.0, -bottom) - max(0.0, top - height)
    return (left + right_shift, bottom + up_shift, right + right_shift, top + up_shift)
