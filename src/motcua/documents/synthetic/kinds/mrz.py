"""The three lines of machine-readable text on the back of an identity card (ICAO 9303, TD1)."""

from datetime import date

from motcua.documents.understanding.mrz import check_digit
from motcua.kernel.text import fold


def lines(
    *, number: str, name: str, birth_date: date, sex: str, valid_until: date
) -> tuple[str, ...]:
    """Return the lines of a Vietnamese card: document number is the last nine digits of the ID."""
    document = number[3:]
    first = f"IDVNM{document}{check_digit(document)}{number}"
    first = f"{first}<<{check_digit(number)}"[:30].ljust(30, "<")
    birth, end = f"{birth_date:%y%m%d}", f"{valid_until:%y%m%d}"
    letter = "M" if sex.lower() == "nam" else "F"
    second = f"{birth}{check_digit(birth)}{letter}{end}{check_digit(end)}VNM".ljust(29, "<")
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    surname, *given = fold(name).upper().split()
    third = f"{surname}<<{'<'.join(given)}"[:30].ljust(30, "<")
    return first, f"{second}{check_digit(composite)}", third
