"""What each kind of case asks of its sender, and what may be read out of a telephone number."""

from motcua.kernel import codes
from motcua.kernel.text import squeeze

LEAST_CHARS = 15
MOST_CHARS = 5000
TITLE_CHARS = 90
_TAIL_DIGITS = 4
_VIETNAM = (8.0, 24.0, 102.0, 118.0)  # with the islands


def missing_contact(*, kind: str, name: str, phone: str, address: str) -> tuple[str, ...]:
    """Return what a report about a rule still needs of its sender: name, phone, address.

    Source: 20/2008/NĐ-CP Điều 7.
    """
    if kind != "rule":
        return ()
    told = {"name": name, "phone": phone, "address": address}
    return tuple(what for what, value in told.items() if not value.strip())


def is_clear(*, text: str) -> bool:
    """Tell whether a text says enough to act on.

    Source: 20/2008/NĐ-CP Điều 7 (clear content, in Vietnamese).
    """
    plain = squeeze(text)
    return len(plain) >= LEAST_CHARS and any(letter.isalpha() for letter in plain)


def title_of(*, text: str) -> str:
    """Return the first sentence of a text, cut at a word, where nobody gave a title.

    Source: rule of the house, no decree.
    """
    plain = squeeze(text)
    for end in (". ", "? ", "! "):
        plain = plain.split(end)[0]
    if len(plain) <= TITLE_CHARS:
        return plain.rstrip(".")
    return plain[:TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def is_tail(*, phone: str, typed: str) -> bool:
    """Tell whether what was typed is a telephone number or at least its last four digits.

    Source: rule of the house, no decree (a case is followed by its code and its phone).
    """
    digits = codes.normal_phone(typed)
    return len(digits) >= _TAIL_DIGITS and bool(phone) and phone.endswith(digits)


def is_place(*, lat: float | None, lon: float | None) -> bool:
    """Tell whether two numbers are a place in Viet Nam, or both missing.

    Source: rule of the house, no decree.
    """
    if lat is None or lon is None:
        return lat is None and lon is None
    south, north, west, east = _VIETNAM
    return south <= lat <= north and west <= lon <= east
