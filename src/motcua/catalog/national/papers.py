"""Components and cases: what a dossier holds, and in which situation."""

import re
from collections.abc import Iterator
from typing import Any

from motcua.catalog.content import Case, Component
from motcua.catalog.national.cleaning import clean, is_nothing, unglue
from motcua.kernel.text import fold

_REMARK = re.compile(r"^(?:luu y|ghi chu|chu y|so luong|so bo ho so|cach thuc|thoi han)\b")
_GROUP = re.compile(
    r"^(?:cac )?(?:giay to|thanh phan|ho so (?:gom|bao gom|de nghi gom|nop)|ho so$|tai lieu"
    r"|bao gom|gom\b|nop truc tiep|nop ho so|xuat trinh"
    r"|nguoi (?:co )?(?:yeu cau|dang ky|tham quyen)|ban giay|doi voi ho so giay)"
)
_MANDATE = re.compile(r"uy quyen|nguoi dai dien nop")
_PRESENT = re.compile(r"xuat trinh")
_CONDITIONAL = re.compile(
    r"\bneu co\b|^(?:trong )?truong hop\b|\bdoi voi truong hop\b|\btrong truong hop\b|^doi voi\b"
    r"|\buy quyen\b|\bneu (?:thuoc|la)\b"
)
_WAIVER = re.compile(
    r"khong (?:phai|yeu cau|can) (?:nguoi [^.;]{0,40})?(?:nop|xuat trinh|cung cap|tai len)"
    r"|duoc mien (?:nop|xuat trinh)|khong the khai thac"
    r"|tru truong hop (?:thong tin )?(?:da co|da khai thac|co the khai thac)"
)
_HOLDERS = (
    ("residence", ("co so du lieu ve cu tru", "thong tin ve cu tru", "noi cu tru")),
    ("civil", ("ho tich dien tu", "co so du lieu ho tich")),
    ("land", ("co so du lieu dat dai", "co so du lieu quoc gia ve dat dai")),
    ("business", ("dang ky kinh doanh", "dang ky doanh nghiep", "dang ky hop tac xa")),
    ("insurance", ("co so du lieu quoc gia ve bao hiem", "co so du lieu bao hiem")),
    ("social", ("tro giup xa hoi", "an sinh xa hoi", "giam ngheo")),
    ("criminal", ("ly lich tu phap",)),
    (
        "population",
        ("co so du lieu quoc gia ve dan cu", "csdlqg ve dan cu", "vneid", "dinh danh va xac thuc"),
    ),
)
_KINDS = (
    (
        "form",
        (r"^(?:to khai|don|phieu|giay de nghi|ban khai|mau so|van ban de nghi|ban dang ky"
        r"|giay dang ky)\b"),
    ),
    ("medical", r"giam dinh y|giay ra vien|benh an|suc khoe|chung sinh|y khoa|thuong tat"),
    ("identity", r"can cuoc|ho chieu|chung minh nhan dan|giay to tuy than"),
    ("civil_status", r"khai sinh|khai tu|chung tu\b|ket hon|trich luc|hon nhan|ly hon"),
    ("property", r"quyen su dung dat|so huu nha|cho o hop phap"),
    ("contract", r"hop dong|giao dich"),
    ("photo", r"\banh\b"),
    ("drawing", r"ban ve|so do|ban do|trich do"),
    ("plan", r"phuong an|ke hoach|de an|du an|bao cao|thuyet minh"),
    ("decision", r"quyet dinh|ban an|bien ban|nghi quyet"),
    ("certificate", r"giay chung nhan|chung chi|van bang|giay phep|the\b"),
)  # fmt: skip


class Papers:
    """Collects the papers of one procedure; cases and remarks are found on the way."""

    def __init__(self) -> None:
        self.components: list[Component] = []
        self.notes: list[str] = []
        self._cases: dict[str, str] = {}
        self._keys: dict[str, int] = {}

    def add(self, heading: str, row: dict[str, Any], *, divides: bool) -> None:
        """Add one published row below its heading; `divides` means that headings tell cases apart."""
        folded = fold(clean(heading))
        remark = bool(_REMARK.match(folded))
        case = self._case(heading) if heading and divides and is_case(heading) else ""
        for name, originals, copies in unglue(row.get("name", ""), *_counts(row)):
            text = fold(name)
            if is_nothing(name):
                continue
            if remark or _is_remark(text, originals, copies):
                self.notes.append(name)
                continue
            self.components.append(self._component(name, folded, case, originals, copies, row))

    def cases(self) -> tuple[Case, ...]:
        """Return the cases that at least one paper belongs to."""
        used = {component.case for component in self.components}
        return tuple(Case(key, name) for name, key in self._cases.items() if key in used)

    def _case(self, heading: str) -> str:
        name = unglue(heading, 0, 0)[-1][0][:300]
        return self._cases.setdefault(name, f"case{len(self._cases) + 1}")

    def _component(
        self, name: str, heading: str, case: str, originals: int, copies: int, row: dict[str, Any]
    ) -> Component:
        text = fold(name)
        mandate = bool(_MANDATE.search(heading))
        shown = bool(_PRESENT.search(heading)) or text.startswith("xuat trinh")
        forms = [
            part for form in row.get("forms") or [] for part in form.split("\n") if part.strip()
        ]
        note = "; ".join(
            [
                *(["Xuất trình, không nộp"] if shown else []),
                *(f"Mẫu: {f.strip()}" for f in forms[:3]),
            ]
        )
        return Component(
            key=self._key(row.get("code") or "", text),
            name=name,
            case=case,
            originals=originals,
            copies=copies,
            required=not (mandate or _CONDITIONAL.search(text)),
            held_by=held_by(text),
            paper_kind="form" if forms else paper_kind(text),
            note=note,
        )

    def _key(self, code: str, text: str) -> str:
        base = code or "-".join(re.findall(r"[a-z0-9]+", text)[:6])[:48] or "giay-to"
        seen = self._keys[base] = self._keys.get(base, 0) + 1
        return base if seen == 1 else f"{base}-{seen}"


def read_papers(rows: list[dict[str, Any]]) -> Papers:
    """Return the papers of a procedure's published component table."""
    papers = Papers()
    headings = {clean(h) for h in (row.get("case") or "" for row in rows) if h and is_case(h)}
    explicit = any(re.search(r"truong hop|doi voi", fold(h)) for h in headings)
    divides = len(headings) > 1 or (explicit and any(not row.get("case") for row in rows))
    for row in rows:
        papers.add(row.get("case") or "", row, divides=divides)
    return papers


def is_case(heading: str) -> bool:
    """Return whether a heading names a situation, not merely a group of papers or a remark."""
    folded = fold(clean(heading))
    plain = not (_REMARK.match(folded) or _GROUP.match(folded) or folded.startswith("("))
    return bool(folded) and plain and not _MANDATE.search(folded)


def held_by(text: str) -> str:
    """Return the database that holds the paper, only where the text itself says it is not asked for."""
    if not _WAIVER.search(text):
        return ""
    return next((key for key, words in _HOLDERS if any(word in text for word in words)), "")


def paper_kind(text: str) -> str:
    """Return what kind of paper a folded name speaks of, "other" when it does not say."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, text)), "other")


def _is_remark(text: str, originals: int, copies: int) -> bool:
    """A sentence among the papers: no copies asked, and it speaks of a condition."""
    sentence = " thi " in text or text.startswith(("truong hop", "doi voi", "luu y", "ghi chu"))
    return not originals and not copies and sentence


def _counts(row: dict[str, Any]) -> Iterator[int]:
    for key in ("originals", "copies"):
        value = row.get(key)
        yield value if isinstance(value, int) and 0 <= value <= 20 else 1 if value else 0
