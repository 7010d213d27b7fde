"""The machine-readable zone of a card (ICAO 9303 part 5, TD1: three lines of thirty)."""

import re
from dataclasses import dataclass
from datetime import date

WIDTH = 30
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_WEIGHTS = (7, 3, 1)
_DIGITS = str.maketrans("OQDILZSBGTA", "00011258674")
_CAPITALS = str.maketrans("0125867", "OIZSBGT")


@dataclass(frozen=True)
class Zone:
    """What a zone says whose four check digits fit: it was read exactly."""

    number: str
    birth_date: date
    sex: str
    valid_until: date | None
    name: str


def check_digit(text: str) -> str:
    """Return the check digit: digits as they are, letters from A = 10, "<" as 0; weights 7, 3, 1."""
    total = sum(_value(sign) * _WEIGHTS[at % 3] for at, sign in enumerate(text))
    return str(total % 10)


def _value(sign: str) -> int:
    if sign == "<":
        return 0
    return int(sign) if sign.isdigit() else ord(sign) - ord("A") + 10


def read_zone(text: str, *, on: date | None = None) -> Zone | None:
    """Return what the lines of a zone say, or None unless every check digit fits.

    What a reading machine mixes up (O and 0, I and 1) is put right by place: some places hold
    digits only. `on` tells births of this century from those of the last.
    """
    lines = _lines(text)
    if lines is None:
        return None
    first, second, third = _first(lines[0]), _second(lines[1]), lines[2]
    if not _fits(first, second):
        return None
    born = _day(second[0:6], latest=on or date.max, century=1900)
    if born is None:
        return None
    number = first[15:27]
    ends = _day(second[8:14], latest=date.max, century=2000)
    sex = {"M": "Nam", "F": "Nữ"}.get(second[7], "")
    return Zone(number, born, sex, ends, _name(third))


def _lines(text: str) -> tuple[str, str, str] | None:
    """Return the three lines, what is short filled, what is long of fillers cut."""
    kept = [
        re.sub(rf"[^{LETTERS}]", "", line.upper().replace("«", "<<")) for line in text.splitlines()
    ]
    kept = [line for line in kept if len(line) >= WIDTH - 6]
    for at in range(len(kept) - 2):
        first = kept[at]
        start = first.find("VNM")
        if 1 <= start <= 3:
            whole = "ID" + first[start:]
            return _filled(whole), _filled(kept[at + 1]), _filled(kept[at + 2])
    return None


def _filled(line: str) -> str:
    if len(line) == WIDTH:
        return line
    fillers = re.search(r"<{2,}", line)
    if fillers is None:
        return line[:WIDTH].ljust(WIDTH, "<")
    missing = WIDTH - len(line)
    length = max(1, len(fillers.group(0)) + missing)
    return (line[: fillers.start()] + "<" * length + line[fillers.end() :])[:WIDTH].ljust(
        WIDTH, "<"
    )


def _first(line: str) -> str:
    return line[:5] + line[5:27].translate(_DIGITS) + line[27:29] + line[29].translate(_DIGITS)


def _second(line: str) -> str:
    head = line[:7].translate(_DIGITS) + line[7] + line[8:15].translate(_DIGITS)
    return head + line[15:18].translate(_CAPITALS) + line[18:29] + line[29].translate(_DIGITS)


def _fits(first: str, second: str) -> bool:
    """Tell whether the digits of the number, the two days and the whole fit."""
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return (
        check_digit(first[5:14]) == first[14]
        and check_digit(second[0:6]) == second[6]
        and check_digit(second[8:14]) == second[14]
        and check_digit(composite) == second[29]
        and first[15:27].isdigit()
    )


def _day(digits: str, *, latest: date, century: int) -> date | None:
    try:
        year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        near = date(2000 + year, month, day)
        return near if century == 2000 or near <= latest else date(1900 + year, month, day)
    except ValueError:
        return None


def _name(line: str) -> str:
    surname, _mark, given = line.rstrip("<").partition("<<")
    return " ".join(part for part in (surname, *given.split("<")) if part)
