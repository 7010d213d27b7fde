"""Codes of the state: dossier, agency, procedure, identity and tax numbers. Pure."""

import re
from dataclasses import dataclass
from datetime import date

AGENCY = re.compile(r"^[A-Y][0-9]{2}(\.[0-9A-Z]+)*\Z", re.ASCII)
DOSSIER = re.compile(r"^[0-9A-Z.]{3,35}-(\d{6}|\d{8})-\d{4,7}\Z", re.ASCII)
PROCEDURE = re.compile(r"^\d\.\d{6}\Z", re.ASCII)
PERSONAL_ID = re.compile(r"^\d{12}\Z", re.ASCII)
OLD_ID = re.compile(r"^\d{9}\Z", re.ASCII)
PASSPORT = re.compile(r"^[A-Z]{1,2}\d{6,8}\Z", re.ASCII)
TAX = re.compile(r"^\d{10}(-?\d{3})?\Z|^\d{12}\Z", re.ASCII)
PHONE = re.compile(r"^0\d{9,10}\Z", re.ASCII)

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True)
class DossierPattern:
    """How dossier codes look from a day on: the date's format and the digits of the sequence.

    `agency_order` is "new" (left to right, H32.19) or "legacy" (000.00.19.H32).
    """

    valid_from: date
    date_format: str = "%Y%m%d"
    digits: int = 7
    agency_order: str = "new"


# 118/2025/NĐ-CP Điều 28 names the parts; their digits are not verified, so settings may replace
# these patterns (MOTCUA_DOSSIER_PATTERNS).
PATTERNS = (
    DossierPattern(date(2018, 1, 1), "%y%m%d", 4, "legacy"),
    DossierPattern(date(2025, 7, 1), "%Y%m%d", 7, "new"),
)


def dossier_code(
    *, agency: str, day: date, number: int, patterns: tuple[DossierPattern, ...] = PATTERNS
) -> str:
    """Return the code of the `number`-th dossier of an agency on a day.

    Raises ValueError: the number needs more digits than the pattern has.
    Source: 118/2025/NĐ-CP Điều 28.
    """
    pattern = max((p for p in patterns if p.valid_from <= day), key=lambda p: p.valid_from)
    if number >= 10**pattern.digits:
        raise ValueError(f"{number} needs more than {pattern.digits} digits")
    head = legacy_agency(agency) if pattern.agency_order == "legacy" else agency
    return f"{head}-{day.strftime(pattern.date_format)}-{number:0{pattern.digits}d}"


def legacy_agency(code: str) -> str:
    """Return the old right-to-left form: "H32.19" → "000.00.19.H32".

    Source: QĐ 20/2020/QĐ-TTg Điều 4; QCVN 102:2016.
    """
    groups = code.split(".")
    tail = list(reversed(groups[1:]))
    padding = ["000", "00", "00"][: max(0, 3 - len(tail))]
    return ".".join([*padding, *tail, groups[0]])


def modern_agency(code: str) -> str:
    """Return the canonical left-to-right form: "000.00.19.H32" → "H32.19"."""
    groups = code.split(".")
    if AGENCY.match(code):
        return code
    return ".".join([groups[-1], *[g for g in reversed(groups[:-1]) if g.strip("0")]])


@dataclass(frozen=True)
class PersonalId:
    """What a personal ID number says: where birth was registered, sex, year of birth."""

    number: str
    province: str
    sex: str
    birth_year: int


def read_personal_id(number: str) -> PersonalId | None:
    """Return what the twelve digits say, or None when they are no personal ID number.

    The number has no check digit (domain §8.1, unverified), so this finds typing errors only.
    """
    if not PERSONAL_ID.match(number):
        return None
    century, male = divmod(int(number[3]), 2)
    return PersonalId(
        number=number,
        province=number[:3],
        sex="nam" if male == 0 else "nữ",
        birth_year=1900 + 100 * century + int(number[4:6]),
    )


@dataclass(frozen=True)
class Card:
    """The fields of a chip card's QR code; no proof of identity by itself (309/2026 Điều 8)."""

    number: str
    old_number: str
    name: str
    birth_date: date | None
    sex: str
    address: str
    issued_on: date | None


def read_card(text: str) -> Card | None:
    """Return the fields of the QR text of a căn cước, or None when it is something else.

    At least six fields, parted by "|"; later fields of newer cards are ignored.
    """
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < 6 or not PERSONAL_ID.match(parts[0]):
        return None
    return Card(
        number=parts[0],
        old_number=parts[1],
        name=parts[2],
        birth_date=_card_date(parts[3]),
        sex=parts[4].lower(),
        address=parts[5],
        issued_on=_card_date(parts[6]) if len(parts) > 6 else None,
    )


def _card_date(text: str) -> date | None:
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def tax_code_is_plausible(code: str) -> bool:
    """Tell whether a tax code's check digit fits; a misfit is a warning, not an error."""
    digits = code.replace("-", "")
    if PERSONAL_ID.match(digits):
        return True
    if not re.fullmatch(r"\d{10}(\d{3})?", digits):
        return False
    total = sum(int(d) * w for d, w in zip(digits, _TAX_WEIGHTS, strict=False))
    return 10 - total % 11 == int(digits[9])


def normal_phone(text: str) -> str:
    """Return a Vietnamese phone number as 0…: "+84 905-222-318" → "0905222318"."""
    digits = re.sub(r"[^0-9+]", "", text)
    if digits.startswith("+84"):
        return "0" + digits[3:]
    if digits.startswith("84") and len(digits) >= 11:
        return "0" + digits[2:]
    return digits


def crc16(text: str) -> str:
    """Return CRC-16/CCITT-FALSE of a text as four capital hex digits (VietQR, domain §7.1)."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
            crc &= 0xFFFF
    return f"{crc:04X}"
