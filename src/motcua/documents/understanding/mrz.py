"""The machine-readable zone of a card (ICAO 9303 part 5, TD1: three lines of thirty)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

WIDTH = 30
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_WEIGHTS = (7, 3, 1)
# Of what several looks gave for one place, and of what fits for one part, only so many are tried.
_OPTIONS, _KEPT = 2, 4
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


def read_zone(*readings: str, on: date | None = None) -> Zone | None:
    """Return what the lines of a zone say, or None unless every check digit fits.

    readings: what several looks at the same zone gave. What a machine mixes up (O and 0, I and 1)
    is put right by place, as some places hold digits only; where looks differ, the check digits
    decide, and where they leave two answers, none is given. `on` tells the centuries apart.
    """
    read = [lines for text in readings if (lines := _lines(text))]
    if not read:
        return None
    heads = [(_first(lines[0]), _second(lines[1])) for lines in read]
    fitting = next((head for head in heads if _fits(*head)), None) or _agreed(heads)
    if fitting is None:
        return None
    name = Counter(_name(lines[2]) for lines in read).most_common(1)[0][0]
    return _zone(*fitting, name, on or date.max)


def _zone(first: str, second: str, name: str, on: date) -> Zone | None:
    born = _day(second[0:6], latest=on, century=1900)
    if born is None:
        return None
    ends = _day(second[8:14], latest=date.max, century=2000)
    sex = {"M": "Nam", "F": "Nữ"}.get(second[7], "")
    return Zone(first[15:27], born, sex, ends, name)


def _agreed(heads: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the one pair of lines, of all that the looks allow, whose check digits fit."""
    firsts, seconds = zip(*heads, strict=True)
    number = [_votes(firsts, at) + _votes(firsts, at + 13) for at in range(5, 14)]
    parts = (
        _checked([*number, _votes(firsts, 14)]),
        _checked([_votes(seconds, at) for at in range(7)]),
        _checked([_votes(seconds, at) for at in range(8, 15)]),
        _ranked([_votes(firsts, at) for at in range(15, 18)]),
        _ranked([_votes(firsts, 29), _votes(seconds, 29)]),
    )
    found: dict[tuple[str, str], int] = {}
    for (own, a), (birth, b), (end, c), (place, d), (ends, e) in product(*parts):
        first = f"{firsts[0][:5]}{own}{place}{own[:9]}{firsts[0][27:29]}{ends[0]}"
        second = f"{birth}{seconds[0][7]}{end}{seconds[0][15:29]}{ends[1]}"
        if _fits(first, second):
            found[first, second] = a + b + c + d + e
    best = sorted(found.items(), key=lambda one: -one[1])
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _votes(lines: Sequence[str], at: int) -> Counter[str]:
    return Counter(line[at] for line in lines if line[at].isdigit())


def _ranked(places: list[Counter[str]]) -> list[tuple[str, int]]:
    """Return what may stand there with its votes, the most voted first, a few only."""
    options = [votes.most_common(_OPTIONS) for votes in places]
    joined = [
        ("".join(sign for sign, _n in chosen), sum(n for _sign, n in chosen))
        for chosen in product(*options)
    ]
    return sorted(joined, key=lambda one: -one[1])


def _checked(places: list[Counter[str]]) -> list[tuple[str, int]]:
    fitting = [one for one in _ranked(places) if one[0] and check_digit(one[0][:-1]) == one[0][-1]]
    return fitting[:_KEPT]


def _lines(text: str) -> tuple[str, str, str] | None:
    """Return the three lines, what is short filled, what is long of fillers cut."""
    kept = [
        re.sub(rf"[^{LETTERS}]", "", line.upper().replace("«", "<<")) for line in text.splitlines()
    ]
    kept = [line for line in kept if len(line) >= WIDTH - 6]
    for at in range(len(kept) - 2):
        first = kept[at]
        start = first.find("VNM")
        if 1 <= start <= 4:
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
        and first[5:14] == first[18:27]
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
