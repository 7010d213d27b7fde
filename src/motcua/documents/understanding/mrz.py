"""The machine-readable zone of a card (ICAO 9303 part 5, TD1: three lines of thirty)."""

_WEIGHTS = (7, 3, 1)


def check_digit(text: str) -> str:
    """Return the check digit: digits as they are, letters from A = 10, "<" as 0; weights 7, 3, 1."""
    total = sum(_value(sign) * _WEIGHTS[at % 3] for at, sign in enumerate(text))
    return str(total % 10)


def _value(sign: str) -> int:
    if sign == "<":
        return 0
    return int(sign) if sign.isdigit() else ord(sign) - ord("A") + 10
