"""Separator sheets: printed once, laid on the papers, and a stack sorts itself."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from motcua.documents.papers import glyphs, qr
from motcua.documents.rules.digitising import separator

_TEMPLATE = Path(__file__).with_name("separators.typ")


def separators(*, code: str, components: Sequence[tuple[str, str]]) -> bytes:
    """Return a PDF with one sheet for each component (key and name) of a dossier.

    Without components it is one sheet that only parts two papers.
    """
    listed = components or [("", "Giấy tờ tiếp theo")]
    sheets = [
        {"name": glyphs.safe(name), "qr": qr.svg(separator(code, key))} for key, name in listed
    ]
    told = {"title": f"Tờ phân cách {code}", "dossier": f"Mã hồ sơ: {code}", "sheets": sheets}
    pdf = typst.compile(
        _TEMPLATE,
        format="pdf",
        sys_inputs={"sheets": json.dumps(told, ensure_ascii=False)},
        font_paths=[glyphs.FONTS],
        ignore_system_fonts=True,
    )
    return bytes(pdf)
