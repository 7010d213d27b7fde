"""An identity card's QR and machine-readable zone: exact, so they outweigh what the print says.

A QR can be copied; it proves no identity (309/2026/NĐ-CP Điều 8), it only spares typing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cv2
import PIL.Image
import tesserocr  # type: ignore[import-untyped]

from motcua.documents.reading.tesseract import handle
from motcua.documents.reading.words import Box, PageRead
from motcua.documents.scanning.arrays import grey
from motcua.documents.understanding.layout import Run, Sheet
from motcua.documents.understanding.mrz import LETTERS, Zone, read_zone
from motcua.documents.understanding.shapes import proper
from motcua.kernel.codes import Card, read_card, read_personal_id
from motcua.kernel.text import fold, nfc

_SIZES = (1.0, 0.6, 0.8, 0.5, 0.7)

if TYPE_CHECKING:
    from motcua.documents.scanning.arrays import Image

Exact = dict[str, tuple[str, int, Box]]


def from_codes(pages: Sequence[PageRead]) -> Exact:
    """Return the fields that the QR of a card on these pages says: value, page, place."""
    for page in pages:
        for code in page.codes:
            card = read_card(code.text)
            if card:
                return {
                    key: (value, page.number, Box(*code.box)) for key, value in _said(card).items()
                }
    return {}


def _said(card: Card) -> dict[str, str]:
    said = {
        "id_number": card.number,
        "name": proper(nfc(card.name)),
        "birth_date": card.birth_date.isoformat() if card.birth_date else "",
        "sex": card.sex.capitalize(),
        "address": nfc(card.address),
        "issued_on": card.issued_on.isoformat() if card.issued_on else "",
    }
    return {key: value for key, value in said.items() if value}


def from_zone(sheet: Sheet, image: "Image") -> Exact:
    """Return the fields that the zone on a page says, nothing unless all its check digits fit.

    The zone has no marks on its letters, so a name is not taken from it.
    """
    band = _band(sheet)
    if band is None:
        return {}
    zone = _read(sheet, image, band)
    if zone is None:
        return {}
    known = read_personal_id(zone.number)
    birth = zone.birth_date
    if known and known.birth_year != birth.year and known.birth_year % 100 == birth.year % 100:
        birth = birth.replace(year=known.birth_year)
    said = {"id_number": zone.number, "birth_date": birth.isoformat(), "sex": zone.sex}
    if zone.valid_until:
        said["valid_until"] = zone.valid_until.isoformat()
    return {key: (value, sheet.number, band) for key, value in said.items() if value}


def _band(sheet: Sheet) -> Box | None:
    """Return where the zone stands: its first line begins ID and the state, its others follow."""
    heads = [run for run in sheet.runs if _begins(run)]
    if not heads:
        return None
    head = heads[0]
    high = head.box.h
    top, left = max(0, head.box.y - high), max(0, head.box.x - 2 * high)
    right = min(sheet.width, max(head.right, left + 24 * high) + 2 * high)
    return Box(left, top, right - left, min(sheet.tall - top, 9 * high))


def _begins(run: Run) -> bool:
    said = fold(run.text).replace(" ", "").upper()
    return "VNM" in said[:6] and sum(sign.isdigit() for sign in said) >= 10


def _read(sheet: Sheet, image: "Image", band: Box) -> Zone | None:
    """Look at the zone in several sizes: a machine reads the same signs differently."""
    cut = grey(image)[band.y : band.y + band.h, band.x : band.x + band.w]
    api = handle()
    api.SetVariable("tessedit_char_whitelist", LETTERS)
    try:
        looks = ["\n".join(run.text.replace(" ", "") for run in _inside(sheet, band))]
        for factor in _SIZES:
            seen = cv2.resize(cut, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            api.SetPageSegMode(tesserocr.PSM.SPARSE_TEXT)
            api.SetImage(PIL.Image.fromarray(seen))
            looks.append(api.GetUTF8Text())
        return read_zone(*looks)
    finally:
        api.SetVariable("tessedit_char_whitelist", "")
        api.SetPageSegMode(tesserocr.PSM.AUTO)


def _inside(sheet: Sheet, band: Box) -> list[Run]:
    return [run for run in sheet.runs if band.y <= run.box.y < band.y + band.h]
