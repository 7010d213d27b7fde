"""A specimen: one paper with invented values, as PDF or pixels, with the truth about it."""

import json
import threading
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import typst

from motcua.documents.papers import glyphs, qr
from motcua.documents.synthetic.kinds import layouts, mrz
from motcua.documents.synthetic.kinds.values import Values, values

if TYPE_CHECKING:
    from motcua.documents.scanning.arrays import Image

_HERE = Path(__file__).resolve().parent
_CARD_DPI, _DPI = 300, 200
_turn = threading.Lock()


@dataclass(frozen=True)
class Specimen:
    """One paper that does not exist; `truth` holds every value on it by its name."""

    kind: str
    variant: str
    seed: int
    truth: dict[str, str]
    pdf: bytes

    @property
    def dpi(self) -> int:
        """Return how finely it is scanned: cards at 300 points an inch, papers at 200."""
        return _CARD_DPI if self.kind == "identity_card" else _DPI

    def pages(self) -> "list[Image]":
        """Return the pages as pixels, unworn."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            return [_pixels(page, self.dpi) for page in document]
        finally:
            document.close()


def _pixels(page: pypdfium2.PdfPage, dpi: int) -> "Image":
    drawn: Image = page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    return drawn


def specimen(
    kind: str, *, variant: str = "a", seed: int = 1, told: Values | None = None
) -> Specimen:
    """Return a paper of a kind in one of its layouts; the same for the same seed.

    told: values that are not left to chance; names that the kind does not have are not used.
    """
    drawn = values(kind, seed)
    drawn |= {key: value for key, value in (told or {}).items() if key in drawn}
    layout = layouts.layouts(kind)[variant]
    paper: dict[str, object] = {"options": layout.options, "blocks": layouts.blocks(layout, drawn)}
    text = ""
    if kind == "identity_card":
        paper["mrz"] = list(_mrz(drawn))
        text = _card_text(drawn)
    inputs = {"paper": json.dumps(paper, ensure_ascii=False), "qr": qr.svg(text or "mẫu")}
    with _turn:
        pdf = _compiler().compile(format="pdf", sys_inputs=inputs)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    truth = {key: _plain(value) for key, value in drawn.items() if _is_shown(layout, key)}
    return Specimen(kind, variant, seed, truth | _card_truth(kind, drawn), pdf)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[glyphs.FONTS]
    )
    return typst.Compiler(_HERE / "page.typ", root=_HERE, font_paths=fonts)


def _is_shown(layout: layouts.Layout, key: str) -> bool:
    return any(f"{{{key}}}" in line or f"{{{key}:" in line for line in layout.lines)


def _plain(value: str | int | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _card_truth(kind: str, drawn: Values) -> dict[str, str]:
    """What a card says in its QR, though a layout may not print it."""
    if kind != "identity_card":
        return {}
    return {key: _plain(drawn[key]) for key in ("id_number", "name", "birth_date", "address")}


def _mrz(drawn: Values) -> tuple[str, ...]:
    birth, end = drawn["birth_date"], drawn["valid_until"]
    if not (isinstance(birth, date) and isinstance(end, date)):
        raise TypeError("a card has dates")
    return mrz.lines(
        number=str(drawn["id_number"]), name=str(drawn["name"]), birth_date=birth,
        sex=str(drawn["sex"]), valid_until=end,
    )  # fmt: skip


def _card_text(drawn: Values) -> str:
    birth, issued = drawn["birth_date"], drawn["issued_on"]
    fields = (
        drawn["id_number"], drawn["old_number"], drawn["name"], f"{birth:%d%m%Y}", drawn["sex"],
        drawn["address"], f"{issued:%d%m%Y}",
    )  # fmt: skip
    return "|".join(str(field) for field in fields)
