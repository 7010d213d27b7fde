"""Reading a time limit out of the prose of a published procedure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from motcua.kernel.worktime.units import Limit, Unit

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_WORD = "|".join(sorted(_ONES, key=len, reverse=True))
_SPOKEN = rf"(?:{_WORD})(?:\s+mươi)?(?:\s+(?:{_WORD}))?"
_DIGITS = r"\d{1,3}(?:[.,]\d{1,2})?"
_NUMBER = rf"(?:{_DIGITS}|½|1/2|nửa|{_SPOKEN})"
_UNIT = (
    r"(?P<unit>ngày\s*\(?(?:làm\s+việc|l[àa]m việc|lv)\)?|giờ\s+(?:làm\s+việc|hành\s+chính)"
    r"|ngày|giờ|tiếng|tuần|tháng|phút)"
)
_DURATION = re.compile(
    rf"(?<![\w/.,])(?P<first>{_NUMBER})\s*(?:\([^)]{{1,20}}\)\s*)?"
    rf"(?:(?:-|–|đến|tới|hoặc)\s*(?P<last>{_NUMBER})\s*(?:\([^)]{{1,20}}\)\s*)?)?"
    rf"{_UNIT}(?!\w)(?!\s*\d)(?!\s+tuổi)"
)
_CLOCK_BEFORE = re.compile(r"(?:sau|trước|lúc|vào|hồi|từ|quá)\s+$")
_DATE_BEFORE = re.compile(r"(?:ngày|tháng)\s+$")
_SAME_DAY = re.compile(
    r"(?:ngay\s+)?(?:trong|cùng|ngay)\s+(?:cùng\s+|chính\s+)?(?:một\s+)?(?:buổi|ngày)(?!\w)(?!\s*\d)"
    r"(?:\s+làm\s+việc)?"
)
_AT_ONCE = re.compile(
    r"(?:giải quyết|trả|cấp|thực hiện|trả kết quả|xử lý|chứng thực)\s+ngay(?!\w)"
    r"|(?<!\w)ngay\s+(?:sau\s+)?(?:khi|lúc|tại\s+chỗ|thời\s+điểm)|^\W*ngay\W*$|tức\s+thời"
)
_ADDED = re.compile(r"(?:tăng|cộng|kéo dài|được)\s+thêm\s+(?:tối đa\s+|không quá\s+)?(?:là\s+)?$")
_NO_LIMIT = re.compile(r"không\s+(?:quy\s+định|có\s+thông\s+tin|xác\s+định)")
_UNITS = {
    "giờ làm việc": (Unit.WORKING_HOUR, Decimal(1)),
    "giờ hành chính": (Unit.WORKING_HOUR, Decimal(1)),
    "ngày": (Unit.DAY, Decimal(1)),
    "tuần": (Unit.DAY, Decimal(7)),
    "tháng": (Unit.MONTH, Decimal(1)),
}
_HOURS_OF_A_DAY = 8


@dataclass(frozen=True)
class Reading:
    """What a text says about time: the governing limit, every limit found, and the other words.

    rest: the text without the words of the governing limit.
    is_range: the text gave "5 đến 7 ngày" and the longer end was taken.
    added: what is added in mountain, border and island communes, where the text says so.
    """

    limit: Limit | None
    rest: str = ""
    others: tuple[Limit, ...] = ()
    is_range: bool = False
    added: Limit | None = None


def read_limit(text: str) -> Limit | None:
    """Return the first limit that the text states, or None.

    "trong ngày; sau 15 giờ thì ngày làm việc tiếp theo" is Limit.same_day(), "giải quyết ngay" is
    Limit.at_once(). Hours without "làm việc" are working hours up to a working day (8), as the
    national catalogue means them; more are hours on end.
    """
    return parse_limit(text).limit


def parse_limit(text: str) -> Reading:
    """Return the limit of a text with what else the text says."""
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    lower = clean.lower()
    found = sorted(_readings(lower), key=lambda item: item[0])
    added = next((item[2] for item in found if _ADDED.search(lower[: item[0]])), None)
    found = [item for item in found if not _ADDED.search(lower[: item[0]])]
    if not found:
        return Reading(None, clean, added=added)
    start, end, limit, is_range = found[0]
    rest = " ".join(f"{clean[:start]} {clean[end:]}".split()).strip(" .,;:-–")
    return Reading(limit, rest, tuple(item[2] for item in found[1:]), is_range, added)


def _readings(text: str) -> Iterator[tuple[int, int, Limit, bool]]:
    for match in _DURATION.finditer(text):
        if not _is_clock_or_date(text, match):
            yield (*match.span(), _limit(match), match["last"] is not None)
    same_day = _SAME_DAY.search(text)
    if same_day:
        yield (*same_day.span(), Limit.same_day(), False)
    at_once = _AT_ONCE.search(text)
    if (
        at_once
        and not _NO_LIMIT.search(text)
        and not (same_day and same_day.end() > at_once.start())
    ):
        yield (*at_once.span(), Limit.at_once(), False)


def _is_clock_or_date(text: str, match: re.Match[str]) -> bool:
    """Tell "sau 15 giờ" (an hour of the clock) and "ngày 01 tháng" (a date) from durations."""
    before = text[: match.start()]
    if match["unit"] in {"giờ", "tiếng"} and not match["last"]:
        return bool(_CLOCK_BEFORE.search(before)) and not before.endswith("không quá ")
    return match["unit"] == "tháng" and bool(_DATE_BEFORE.search(before))


def _limit(match: re.Match[str]) -> Limit:
    value = max(_number(match["first"]), _number(match["last"] or "0"))
    unit = " ".join(match["unit"].split())
    if not value:
        return Limit.at_once()
    if unit in {"giờ", "tiếng"}:
        return Limit(value, Unit.WORKING_HOUR if value <= _HOURS_OF_A_DAY else Unit.HOUR)
    if unit == "phút":
        return Limit(value / 60, Unit.WORKING_HOUR)
    kind, factor = _UNITS.get(unit, (Unit.WORKING_DAY, Decimal(1)))
    return Limit(value * factor, kind)


def _number(text: str) -> Decimal:
    if text in {"½", "1/2", "nửa"}:
        return Decimal("0.5")
    if text[0].isdigit():
        return Decimal(text.replace(",", "."))
    return Decimal(_spoken(text.split()))


def _spoken(words: list[str]) -> int:
    """Return "hai mươi lăm" as 25, "mười lăm" as 15, "ba" as 3."""
    tens, ones = 0, 0
    for word in words:
        if word == "mươi":
            tens, ones = ones * 10, 0
        elif word == "mười":
            tens, ones = 10, 0
        else:
            ones = _ONES[word]
    return tens + ones
