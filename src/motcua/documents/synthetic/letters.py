"""Letters, decisions, decrees and forms of our own wording, typeset in Tinos, with their truth."""

import io
import json
import random
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import PIL.Image
import typst

from motcua.documents.papers import glyphs
from motcua.documents.scanning.arrays import Image

_HERE = Path(__file__).parent
KINDS = ("letter", "decision", "decree", "form")
# Letters of body that fill a page at 13 points.
_ROOM = {"letter": 2100, "decision": 2000, "decree": 3300, "form": 1900}


@dataclass(frozen=True)
class Piece:
    """A paragraph, heading, article heading, dotted line or table of the body."""

    kind: str
    text: str = ""
    columns: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Head:
    """The two columns at the top."""

    above: str = ""
    agency: str = ""
    number: str = ""
    place_and_day: str = ""
    state: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Foot:
    """Recipients on the left, the signer on the right."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """One page as a writer would hand it to the printer."""

    kind: str
    seed: int
    head: Head
    title: tuple[str, ...]
    pieces: tuple[Piece, ...]
    foot: Foot = field(default_factory=Foot)
    points: float = 13
    leading: float = 0.65
    page_number: str = ""

    @property
    def body(self) -> str:
        """The running text that errors are counted in: no head, no foot, no table."""
        return " ".join(p.text for p in self.pieces if p.text)


def letter(kind: str, *, seed: int) -> Letter:
    """Return the letter of that kind and seed, always the same."""
    chance = random.Random(f"{kind}-{seed}")  # noqa: S311 (no secret: papers of our own making)
    writer = _Writer(chance)
    pieces = {"decree": writer.articles, "form": writer.form}.get(kind, writer.prose)(_ROOM[kind])
    is_inner = kind == "decree" and seed % 2 == 1
    return _on_one_page(
        Letter(
            kind=kind,
            seed=seed,
            head=Head() if is_inner else writer.head(),
            title=() if is_inner else writer.title(kind),
            pieces=tuple(pieces),
            foot=Foot() if kind == "decree" else writer.foot(),
            leading=chance.choice([0.6, 0.65, 0.75]) if kind != "decree" else 0.6,
            page_number=str(chance.randint(2, 40)) if is_inner else "",
        )
    )


def with_body(text: str, *, seed: int) -> Letter:
    """Return a page without head whose body is the given paragraphs."""
    pieces = tuple(Piece("para", line.strip()) for line in text.splitlines() if line.strip())
    return _on_one_page(Letter("given", seed, Head(), (), pieces, page_number=str(seed % 30 + 2)))


def _on_one_page(paper: Letter) -> Letter:
    """Return the letter without the paragraphs in its middle that make it run over."""
    while isinstance(_typeset(paper, "png", 20), list):
        middle = max(len(paper.pieces) - 2, 0)
        paper = replace(paper, pieces=paper.pieces[:middle] + paper.pieces[middle + 1 :])
    return paper


def drawn(paper: Letter, *, dpi: int = 300) -> Image:
    """Return the page as grey pixels, sharp and clean, as a printer would get it."""
    pages = _typeset(paper, "png", dpi)
    first = pages[0] if isinstance(pages, list) else pages
    return np.asarray(PIL.Image.open(io.BytesIO(first)).convert("L")).copy()


def as_pdf(paper: Letter) -> bytes:
    """Return the page as a PDF with letters, not pixels."""
    pdf = _typeset(paper, "pdf", 0)
    return pdf[0] if isinstance(pdf, list) else pdf


def _typeset(paper: Letter, kind: str, dpi: int) -> bytes | list[bytes]:
    inputs = {"paper": json.dumps(asdict(paper))}
    if kind == "pdf":
        return _compiler().compile(format="pdf", sys_inputs=inputs) or b""
    return _compiler().compile(format="png", ppi=dpi, sys_inputs=inputs) or b""


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONTS]
    )
    return typst.Compiler(_HERE / "letter.typ", root=_HERE, font_paths=fonts)


@cache
def _wording() -> dict[str, list[str]]:
    words: dict[str, list[str]] = tomllib.loads((_HERE / "wording.toml").read_text())
    return words


class _Writer:
    """Fills sentences by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._left: list[str] = []

    def person(self) -> str:
        parts = [self._of("families"), self._of("middles"), self._of("givens")]
        return " ".join(parts)

    def day(self) -> str:
        day, month = self._chance.randint(1, 28), self._chance.randint(1, 12)
        return f"{day:02}/{month:02}/{self._chance.randint(1968, 2026)}"

    def sentence(self) -> str:
        if not self._left:
            self._left = list(_wording()["sentences"])
            self._chance.shuffle(self._left)
        pattern = self._left.pop()
        while "{" in pattern:
            before, _, rest = pattern.partition("{")
            slot, _, after = rest.partition("}")
            pattern = f"{before}{self._slot(slot)}{after}"
        return pattern

    def prose(self, room: int) -> list[Piece]:
        pieces, used = [], 0
        while used < room:
            text = " ".join(self.sentence() for _ in range(self._chance.randint(1, 3)))
            pieces.append(Piece("para", text))
            used += len(text) + 60
        return pieces

    def articles(self, room: int) -> list[Piece]:
        pieces, used, article = [], 0, self._chance.randint(1, 40)
        pieces.append(Piece("heading", f"Chương {self._chance.choice(['I', 'II', 'III', 'IV'])}"))
        while used < room:
            pieces.append(Piece("article", f"Điều {article}. {self._of('articles')}"))
            article += 1
            for clause in range(1, self._chance.randint(2, 5)):
                mark = f"{clause}." if self._chance.random() < 0.7 else f"{'abcdđe'[clause]})"
                text = f"{mark} {self.sentence()}"
                pieces.append(Piece("italic" if self._chance.random() < 0.08 else "para", text))
                used += len(text) + 60
            used += 100
        return pieces

    def form(self, room: int) -> list[Piece]:
        pieces = [Piece("para", f"Kính gửi: {self._of('agencies')}")]
        labels = (
            "Họ, chữ đệm, tên",
            "Ngày, tháng, năm sinh",
            "Số định danh cá nhân",
            "Nơi cư trú",
        )
        values = (self.person(), self.day(), self._slot("identity"), self._slot("address"))
        pieces += [Piece("para", f"{a}: {b}") for a, b in zip(labels, values, strict=True)]
        pieces += self.prose(room - 500)
        rows = [("TT", "Tên giấy tờ", "Số lượng")]
        rows += [(str(i), self._of("matters").capitalize(), f"{i:02} bản") for i in (1, 2, 3)]
        return [*pieces, Piece("table", columns=(1, 6, 2), rows=tuple(rows))]

    def head(self) -> Head:
        agency = self._of("agencies").upper()
        series = self._chance.choice(["UBND-VP", "QĐ-UBND", "TB-TTPVHCC"])
        number = f"Số: {self._chance.randint(1, 3000)}/{series}"
        place = self._of("wards").split(" ", 1)[1]
        day = f"ngày {self._chance.randint(1, 28):02} tháng {self._chance.randint(3, 12):02} năm 2026"
        return Head("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA", agency, number, f"{place}, {day}")

    def title(self, kind: str) -> tuple[str, ...]:
        matter = self._of("matters")
        if kind == "letter":
            return (f"Kính gửi: {self._of('agencies')}",)
        names = {"decision": "QUYẾT ĐỊNH", "decree": "QUY CHẾ", "form": "TỜ KHAI"}
        return names[kind], f"Về việc {matter}"

    def foot(self) -> Foot:
        left = ("Nơi nhận:", "- Như trên;", f"- {self._of('agencies')};", "- Lưu: VT.")
        return Foot(left, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), self.person())

    def _of(self, key: str) -> str:
        return self._chance.choice(_wording()[key])

    def _slot(self, name: str) -> str:
        between, of = self._chance.randint, self._of
        made: dict[str, Callable[[], str]] = {
            "law": lambda: of("laws"),
            "issuer": lambda: of("issuers"),
            "matter": lambda: of("matters"),
            "agency": lambda: of("agencies"),
            "post": lambda: of("posts"),
            "person": self.person,
            "day": self.day,
            "address": lambda: (
                f"số {between(1, 400)} {of('streets')}, {of('wards')}, {of('provinces')}"
            ),
            "number": lambda: str(between(1, 4000)),
            "count": lambda: f"{between(1, 60):02}",
            "money": lambda: f"{between(10, 99_000) * 1000:,}".replace(",", "."),
            "area": lambda: f"{between(400, 9000) / 10}".replace(".", ","),
            "percent": lambda: f"{between(900, 1000) / 10}".replace(".", ","),
            "identity": lambda: f"0{between(10_000_000_000, 99_999_999_999)}",
            "phone": lambda: f"0258.{between(3_500_000, 3_999_999)}",
            "letters": lambda: self._chance.choice(["STP", "SXD", "VP", "UBND"]),
            "point": lambda: self._chance.choice("abcdđ"),
            "clause": lambda: str(between(1, 9)),
            "article": lambda: str(between(1, 180)),
        }
        return made[name]()
