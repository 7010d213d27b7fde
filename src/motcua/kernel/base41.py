"""Bytes as text that a QR packs densely and an address carries as it is. Pure.

Two bytes become three of 41 characters, one byte becomes two: the way of RFC 9285 with the
characters that are both in a QR's alphanumeric mode and allowed in the path of an address.
"""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-."
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_BASE = len(ALPHABET)


def encode(content: bytes) -> str:
    """Return the bytes as text."""
    out = []
    for start in range(0, len(content), 2):
        pair = content[start : start + 2]
        value = int.from_bytes(pair, "big")
        for _digit in range(len(pair) + 1):
            value, digit = divmod(value, _BASE)
            out.append(ALPHABET[digit])
    return "".join(out)


def decode(text: str) -> bytes:
    """Return the bytes that the text stands for.

    Raises ValueError: a character or a group is none of ours.
    """
    out = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or not set(group) <= _VALUES.keys():
            raise ValueError("not base 41")
        value = sum(_VALUES[char] * _BASE**place for place, char in enumerate(group))
        try:
            out += value.to_bytes(len(group) - 1, "big")
        except OverflowError:
            raise ValueError("not base 41") from None
    return bytes(out)
