"""From words to a value of a shape: a name, a day, a number; with how well it fits (0 to 1)."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from motcua.directory.data import build
from motcua.documents.reading.words import Word
from motcua.documents.understanding.spec import Field
from motcua.kernel.codes import tax_code_is_plausible
from motcua.kernel.text import fold, nfc, squeeze

_DAY = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")
_LONG_DAY = re.compile(r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})")
_NAME = re.compile(r"^[^\W\d_]+(-[^\W\d_]+)?$")
_TWICE = re.compile("ĐĐ+")
_ETH = str.maketrans("Ðð", "Đđ")  # Iceland's letter, which engines take for ours
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_COMMUNE = re.compile(
    r"\b(phường|xã|đặc khu|tỉnh|Phường|Xã|Đặc khu) ([^\W\d_]+(?: [^\W\d_]+){0,3})", re.UNICODE
)
_LEADING = re.compile(r"^[\s:;.,\-–_…|/]+")
_TRAILING = re.compile(r"[\s:;,_…|\-–`'´ˆ^~]+$|(?<=[^\W\d_]{2})\.$|\.{2,}$")
# Words at which a name ends.
_NOT_NAMES = {"ngày", "số", "cccd", "giới"}


# Surnames, the commonest first: one that is none gets the marks of the commonest of its letters.
_SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Trương", "Đoàn", "Mai", "Cao", "Lương", "Tô", "Hà", "Lâm", "Trịnh", "Đinh",
    "Đào", "Tạ", "Thái", "Phùng", "Quách", "Tăng", "Châu", "Lưu", "Kiều", "Từ", "Văn", "Mạc", "Chế",
    "Đàng", "Thập", "Bá", "Quảng", "Trượng", "Não", "Hán", "Phú", "Thiên", "Hứa", "Mấu", "Tro", "Ông",
)  # fmt: skip
_SURNAME_OF = {fold(name): name for name in reversed(_SURNAMES)}


@dataclass(frozen=True)
class Shaped:
    """A value read from words: as it is kept, as it stood, how well it fits, and its words."""

    value: str
    raw: str
    fit: float
    words: tuple[Word, ...]


def shaped(words: list[Word], field: Field) -> Shaped | None:
    """Return what the words say in the field's shape, or None where they say nothing of it."""
    text = squeeze(" ".join(word.text for word in words)).translate(_ETH)
    text = _TWICE.sub("Đ", text)
    if not text:
        return None
    found = _SHAPES[field.shape](text, field)
    if found is None:
        return None
    value, raw, fit = found
    return Shaped(value, raw, fit, _words_of(words, raw))


def normal(text: str, shape: str) -> str | None:
    """Return what a person typed in the form in which the shape is kept, None where it is none."""
    said = nfc(text)
    if shape in {"code", "text", "address", "office", "title", "decimal"}:
        return said
    if shape == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        year, month, day = said.split("-")
        said = f"{day}/{month}/{year}"
    if shape == "name":
        return proper(said) if said.isupper() else said
    found = _SHAPES[shape](said, Field("", "", shape))
    return found[0] if found else None


def _words_of(words: list[Word], raw: str) -> tuple[Word, ...]:
    """Return the words in which the raw text stands."""
    joined = raw.replace(" ", "")
    whole = "".join(word.text for word in words).replace(" ", "")
    start = whole.find(joined)
    if start < 0:
        return tuple(words)
    chosen, at = [], 0
    for word in words:
        after = at + len(word.text.replace(" ", ""))
        if after > start and at < start + len(joined):
            chosen.append(word)
        at = after
    return tuple(chosen) or tuple(words)


Found = tuple[str, str, float] | None


def _date(text: str, _field: Field) -> Found:
    short = _DAY.search(text)
    if short:
        return _day(short.groups(), short.group(0))
    long = _LONG_DAY.search(fold(text))
    if long is None:
        return None
    return _day(long.groups(), _raw_of_folded(text, long))


def _raw_of_folded(text: str, found: re.Match[str]) -> str:
    """fold() keeps the number of letters of composed text with single blanks."""
    return text[found.start() : found.end()] if len(fold(text)) == len(text) else text


def _day(parts: tuple[str, ...], raw: str) -> Found:
    day, month, year = (int(part) for part in parts)
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    return (read.isoformat(), raw, 1.0) if 1900 <= year <= 2100 else None


def _id(text: str, _field: Field) -> Found:
    found = re.search(r"(?<!\d)(?:\d[ .]?){11}\d(?!\d)", text)
    if found:
        return re.sub(r"\D", "", found.group(0)), found.group(0), 1.0
    old = re.search(r"(?<!\d)\d{9}(?!\d)", text)
    if old:
        return old.group(0), old.group(0), 0.6
    near = re.search(r"[\dOoIlSB|]{12}", text)
    return (near.group(0).translate(_LOOKALIKES), near.group(0), 0.5) if near else None


def _tax(text: str, _field: Field) -> Found:
    found = re.search(r"(?<!\d)\d{10}(-?\d{3})?(?!\d)", text.replace(" ", ""))
    if found is None:
        return None
    fits = tax_code_is_plausible(found.group(0))
    return found.group(0), found.group(0), 1.0 if fits else 0.4


def _code(text: str, field: Field) -> Found:
    for tried, fit in ((text, 1.0), (text.replace(" ", ""), 0.95)):
        found = re.search(rf"(?<![\w/]){field.pattern}(?![\w/]*\w)", tried)
        if found:
            return _with_stroke(squeeze(found.group(0))), found.group(0), fit
    return None


def _with_stroke(code: str) -> str:
    """Put back the stroke of Đ where a sign of official papers always has it."""
    return re.sub(r"(?<=/Q)D(?=-)|(?<=/)D(?=H$)|(?<=/H)D$", "Đ", code)


def _integer(text: str, _field: Field) -> Found:
    found = re.search(r"(?<![\d.,])\d{1,3}(?:[. ]\d{3})+(?![\d.,]*\d)|(?<![\d.,])\d+", text)
    return (re.sub(r"\D", "", found.group(0)), found.group(0), 1.0) if found else None


def _decimal(text: str, _field: Field) -> Found:
    found = re.search(r"\d{1,3}(?:\.\d{3})*,\d+|\d+(?:[.,]\d+)?", text)
    return (found.group(0), found.group(0), 1.0) if found else None


def _money(text: str, _field: Field) -> Found:
    found = re.search(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?!\d)|(?<![\d.,])\d{4,}", text)
    return (re.sub(r"\D", "", found.group(0)), found.group(0), 1.0) if found else None


def _name(text: str, _field: Field) -> Found:
    taken: list[str] = []
    for word in _LEADING.sub("", text).split():
        plain = word.rstrip(",;.:")
        if not _NAME.match(plain) or not plain[0].isupper() or plain.lower() in _NOT_NAMES:
            break
        taken.append(plain)
        if plain != word:
            break
    if not 2 <= len(taken) <= 7:
        return None
    raw = " ".join(taken)
    name = proper(raw)
    marked = _marked(name)
    return marked, raw, 1.0 if marked == name else 0.95


def _marked(name: str) -> str:
    """Put back the marks of a surname, and of Thị in the middle, that a scan lost."""
    first, *rest = name.split()
    if first not in _SURNAMES:
        first = _SURNAME_OF.get(fold(first), first)
    if len(rest) > 1 and fold(rest[0]) == "thi":
        rest[0] = "Thị"
    return " ".join([first, *rest])


def proper(name: str) -> str:
    """Return a person's name with capitals where they belong: "NGUYỄN VĂN AN" → "Nguyễn Văn An"."""
    return " ".join("-".join(p.capitalize() for p in part.split("-")) for part in name.split())


def _sex(text: str, _field: Field) -> Found:
    first = re.match(r"\W*(nam|nữ|nu)\b", text.lower())
    if first is None:
        return None
    return ("Nam" if first.group(1) == "nam" else "Nữ"), first.group(1), 1.0


def _text(text: str, _field: Field) -> Found:
    kept = _trimmed(text)
    return (_small(kept) if kept.isupper() else kept, kept, 1.0) if len(kept) > 1 else None


def _address(text: str, _field: Field) -> Found:
    kept = _trimmed(text)
    parted = kept.count(",") >= 1 or len(kept.split()) >= 4
    return (placed(kept), kept, 1.0 if parted else 0.7) if len(kept) > 4 else None


_PLACES = ("phường", "xã", "đặc khu", "tỉnh", "thành phố", "khu vực")


def _office(text: str, _field: Field) -> Found:
    kept = _trimmed(text)
    if len(kept) < 6:
        return None
    return placed(office(kept) if kept.isupper() else kept), kept, 1.0


def placed(text: str) -> str:
    """Return the text with the names of the province's communes spelled as they are spelled.

    Only where the letters are a commune's, so that another place keeps its own name.
    """
    return _COMMUNE.sub(lambda found: _spelled(found.group(1), found.group(2)), text)


def _spelled(kind: str, name: str) -> str:
    """Of the words after "xã" or "phường" the most that are a place's name."""
    words = name.split()
    for count in range(len(words), 0, -1):
        known = communes().get(fold(" ".join(words[:count])))
        if known:
            return " ".join([kind, known, *words[count:]])
    return f"{kind} {name}"


@cache
def communes() -> dict[str, str]:
    """Return the province's and the communes' names by their letters without marks, if one only."""
    names = [str(row["name"]) for row in (build.province(), *build.communes())]
    folded = Counter(fold(name) for name in names)
    return {fold(name): name for name in names if folded[fold(name)] == 1}


def office(name: str) -> str:
    """Return an agency's name as it is written in a line when it was read in capitals."""
    words, lowered = name.split(), name.lower()
    place = max(
        (lowered.rfind(f" {kind} ") + len(kind) + 2 for kind in _PLACES if f" {kind} " in lowered),
        default=0,
    )
    if place:
        return _small(name[:place].strip()) + " " + proper(name[place:])
    return _small(" ".join(words))


def _title(text: str, field: Field) -> Found:
    return _text(text, field)


def _small(text: str) -> str:
    lowered = text.lower()
    return lowered[0].upper() + lowered[1:]


def _trimmed(text: str) -> str:
    kept, before = _LEADING.sub("", text), ""
    while kept != before:
        before, kept = kept, _TRAILING.sub("", kept)
    return kept


_SHAPES: dict[str, Callable[[str, Field], Found]] = {
    "date": _date, "id": _id, "tax": _tax, "code": _code, "integer": _integer,
    "decimal": _decimal, "money": _money, "name": _name, "sex": _sex, "text": _text,
    "address": _address, "office": _office, "title": _title,
}  # fmt: skip
