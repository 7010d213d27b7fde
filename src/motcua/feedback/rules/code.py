"""The code of a case: a day, a number, a check letter: PA-261122-0412-K. A rule of the house."""

import re
from datetime import date

LETTERS = "ABCDEFGHJKLMNPQRSTUVXYZ"  # 23, a prime: one wrong digit or two swapped always show
_CODE = re.compile(r"^PA-(\d{6})-(\d{4,6})-([A-Z])\Z", re.ASCII)
_LOOSE = re.compile(r"^PA(\d{6})(\d{4,6})([A-Z])\Z", re.ASCII)


def code_of(*, day: date, number: int) -> str:
    """Return the code of the `number`-th case of a day.

    Source: rule of the house, no decree.
    """
    head = f"{day:%y%m%d}-{number:04d}"
    return f"PA-{head}-{check_letter(digits=head.replace('-', ''))}"


def check_letter(*, digits: str) -> str:
    """Return the letter that finds a digit misheard on the telephone.

    Source: rule of the house, no decree.
    """
    total = sum(place * int(digit) for place, digit in enumerate(digits, 2))
    return LETTERS[total % len(LETTERS)]


def read(*, typed: str) -> str:
    """Return the code as we write it, "" when what was typed is none or has a slip in it.

    Blanks, small letters and missing dashes are forgiven.
    Source: rule of the house, no decree.
    """
    plain = re.sub(r"[\s.\-–]", "", typed).upper()
    found = _LOOSE.match(plain)
    if found is None:
        return ""
    code = f"PA-{found[1]}-{found[2]}-{found[3]}"
    return code if is_code(text=code) else ""


def is_code(*, text: str) -> bool:
    """Tell whether a text is the code of a case, its letter right.

    Source: rule of the house, no decree.
    """
    found = _CODE.match(text)
    return found is not None and check_letter(digits=found[1] + found[2]) == found[3]
