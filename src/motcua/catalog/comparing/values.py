"""What is compared: one line of a list, and texts and limits in the one form in which they compare."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.catalog.content import Channel, Content
from motcua.kernel.text import words
from motcua.kernel.worktime import Limit, Unit

NATIONAL, DECISION = "national", "decision"
AGAINST = (NATIONAL, DECISION)

LACKING, ENDED, RENAMED, FIELD, AGENCY = "lacking", "ended", "renamed", "field", "agency"
LIMIT, FEE, COMPONENTS, FORMS, LEGAL, ONLINE = (
    "limit", "fee", "components", "forms", "legal", "online",
)  # fmt: skip
PROCESS, NO_PROCESS, TWICE, AMBIGUOUS = "process", "no_process", "twice", "ambiguous"
MISCODED, SLIPPED = "miscoded", "slipped"
KINDS = (
    LACKING, ENDED, RENAMED, FIELD, AGENCY, LIMIT, FEE, COMPONENTS, FORMS, LEGAL, ONLINE, PROCESS,
    NO_PROCESS, TWICE, AMBIGUOUS, MISCODED, SLIPPED,
)  # fmt: skip

_PACKAGING = re.compile(
    r"^(?:thủ tục(?: hành chính)?(?: về)?\s*:?\s+)+|\((?:thực hiện (?:tại |ở )?)?(?:tại )?cấp [^()]*\)"
    r"|\(\s*\d\.\d{6}[^()]*\)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_FORM = re.compile(
    r"\b(?:theo|tại|quy định tại|ban hành kèm)[^,;:.]*?\b(?:mẫu|phụ lục|khoản|điều)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_IDENTITY = ("giấy tờ tùy thân", "giấy tờ chứng minh nhân thân")
_NUMBER = re.compile(r"\d+(?:\.\d+)?/\d{4}/[A-ZĐ0-9-]+")
_NOTE = re.compile(r"(?:lưu ý|ghi chú|chú ý|trường hợp|người)\b", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:giấy|đơn|tờ khai|phiếu|bản (?:sao|chính|vẽ|khai|chụp)|hợp đồng|quyết định|biên bản|sổ|"
    r"danh sách|văn bản|hồ sơ gồm|chứng nhận|chứng từ|hộ chiếu|ảnh)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\d\.\d{6}")


@dataclass(frozen=True)
class Listed:
    """One procedure as a list announces it; "" and None: the list does not say.

    is_active False: announced as ended. `content`: its parts, where the list holds them. `forms`:
    the names of the forms it publishes.
    """

    line: int
    code: str
    name: str
    field: str = ""
    agency: str = ""
    is_online: bool | None = None
    is_active: bool = True
    is_ours_to_offer: bool = True
    content: Content | None = None
    forms: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return a name in the form in which names are compared.

    Lower case, tones placed alike, numbers without leading zeros, no punctuation, no "Thủ tục …"
    in front, no level or code in brackets.
    """
    bare = _PACKAGING.sub(" ", " ".join(text.split()).lstrip(".,;:-–•+* "))
    return " ".join(word.lstrip("0") or "0" if word.isdecimal() else word for word in words(bare))


def plain_agency(text: str) -> str:
    """Return the name of an agency without what stands in brackets."""
    return plain(_IN_BRACKETS.sub(" ", text))


def plain_number(text: str) -> str:
    """Return the number of a legal text in one form ("Thông tư số 3/2023/TT-A" → "3/2023/TT-A")."""
    bare = re.sub(r"\s+", "", text).upper().replace("ND-CP", "NĐ-CP").replace("QD-", "QĐ-")
    found = _NUMBER.search(bare)
    return found.group(0) if found else bare


def is_same_number(one: str, other: str) -> bool:
    """Tell whether two plain numbers are one text's; the portal cuts some off ("145/2025/NĐ-C")."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (short == long or short.count("/") > 1)


def plain_paper(text: str) -> str:
    """Return the name of a paper in the form in which papers are compared.

    Without what stands in brackets and without the form it is written on; papers that prove who
    somebody is are one paper, however many of them are named.
    """
    name = plain(_FORM.sub(" ", _IN_BRACKETS.sub(" ", text)))
    is_identity = any(one in name for one in _IDENTITY) or {"chiếu", "cước"} <= set(name.split())
    return "giấy tờ tùy thân" if is_identity else name or plain(text)


def is_note(text: str) -> bool:
    """Tell whether a line among the papers only explains: the portal mixes both."""
    return bool(_NOTE.match(text.strip())) and not _PAPER.search(text)


def uncut(field: str, agency: str) -> tuple[str, str]:
    """Return field and agency with a bracket whole that a list cut in two between its columns.

    ("Hộ tịch", "cấp xã) (Bộ Tư pháp") is ("Hộ tịch (cấp xã)", "Bộ Tư pháp").
    """
    inner, closed, rest = agency.partition(")")
    if not closed or "(" in inner:
        return field, agency
    return f"{field} ({inner.strip()})", rest.strip(" ()") or agency


def bare_code(text: str) -> str:
    """Return the national part of a code ("1.004222.000.00.00.H32" → "1.004222"), "" of none."""
    found = _CODE.match(text.strip())
    return found.group(0) if found else ""


def in_whole_units(limit: Limit) -> Limit:
    """Return a limit in the largest unit that says the same: 16 working hours are 2 working days."""
    value = limit.value
    if limit.unit is Unit.WORKING_HOUR and value and value % 8 == 0:
        return Limit(value // 8, Unit.WORKING_DAY)
    if limit.unit is Unit.HOUR and value and value % 24 == 0:
        return Limit(value // 24, Unit.DAY)
    if value == 0:
        return Limit(0, Unit.WORKING_DAY)
    return limit


def _within(limit: Limit) -> tuple[float, str]:
    """What a limit is compared by: the portal has no word for "at once" and writes one day."""
    is_day = limit.unit in (Unit.WORKING_DAY, Unit.DAY) and limit.value <= 1
    return (1.0, Unit.WORKING_DAY.value) if is_day else (float(limit.value), limit.unit.value)


def limits_of(channels: Iterable[Channel]) -> dict[tuple[float, str], str]:
    """Return the limits that are known as numbers, each with its words."""
    found: dict[tuple[float, str], str] = {}
    for channel in channels:
        for rule in channel.limits:
            if rule.limit is not None:
                limit = in_whole_units(rule.limit)
                found.setdefault(_within(limit), limit.words())
    return dict(sorted(found.items()))


def fees_of(channels: Iterable[Channel]) -> list[int]:
    """Return the amounts that are known as numbers, the smallest first; tiers are amounts too.

    Nothing to pay is an amount only where nobody pays: beside others it is somebody's exemption, or
    the post's own charge.
    """
    amounts = set()
    for channel in channels:
        for fee in channel.fees:
            if fee.amount_vnd is not None:
                amounts |= {fee.amount_vnd, *(tier.amount_vnd for tier in fee.tiers)}
    return sorted(amounts - {0}) or sorted(amounts)
