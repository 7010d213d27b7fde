"""Whether a file is pictures of paper, and nothing else: what a scanner or a telephone makes."""

from pathlib import Path

import pypdfium2

PDF = "application/pdf"
# A picture that covers so much of a page is the page.
_FILLS = 0.6
_MOST_LOOKED_AT = 30


def is_pictures(path: str | Path, content_type: str) -> bool:
    """Tell whether every page is one picture without text; a form, signed perhaps, is not.

    A file that cannot be opened is taken for pictures: who makes pages of it says what is wrong.
    """
    if content_type != PDF:
        return content_type.startswith("image/")
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError:
        return True
    try:
        count = min(len(document), _MOST_LOOKED_AT)
        has_form = document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE
        return not has_form and all(_is_picture(document, number) for number in range(count))
    finally:
        document.close()


def _is_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return True
    try:
        text = page.get_textpage()
        has_text = text.count_chars() > 0
        text.close()
        return not has_text and _is_filled(page)
    finally:
        page.close()


def _is_filled(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > _FILLS * width * height:
            return True
    return False
