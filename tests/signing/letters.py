"""Small papers to sign, set by the same press as ours: PDF/A-2a in Tinos."""

from functools import cache
from pathlib import Path

import typst

import motcua

_FONTS = Path(motcua.__file__).parent / "documents" / "papers" / "fonts"
_DECISION = """
#set document(title: "Quyết định (mẫu)", date: datetime(year: 2026, month: 11, day: 9))
#set text(font: "Tinos", size: 13pt, lang: "vi")
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#grid(columns: (1fr, 1fr), align: center,
  [UBND PHƯỜNG TÂY NHA TRANG \\ Số: 12/QĐ-UBND],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*])
#v(10mm)
#align(center)[*QUYẾT ĐỊNH* \\ Về việc thử nghiệm ký số]
#v(5mm)
#lorem(120)
#v(10mm)
#grid(columns: (1fr, 1fr), align: center,
  [],
  [*KT. CHỦ TỊCH* \\ *PHÓ CHỦ TỊCH* #v(25mm) *Nguyễn Hữu Lộc*])
"""


@cache
def decision() -> bytes:
    """Return a one-page decision that Nguyễn Hữu Lộc is to sign, 25 mm left for it."""
    return typst.compile(
        _DECISION.encode(),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        pdf_standards="a-2a",
    )
