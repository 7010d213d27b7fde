"""Does an answer say a fact? Text is folded, and money, days and hours are brought to one form.

A fact of the evaluation ("3 ngày làm việc", "20.000", "7 giờ") is found in an answer however it is
spelt there ("03 (ba) ngày làm việc", "20,000 VND", "07:00"), and only as a whole: "3 ngày" is not
found in "13 ngày".
"""

import re
import unicodedata
from collections.abc import Iterable

Fact = str | Iterable[str]

_GROUPED = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_IN_WORDS = re.compile(r"(?<=\d)\s*\([a-z ]+\)")
_LEADING_ZEROS = re.compile(r"(?<![\d:])0+(?=\d)")
_DATE = re.compile(r"(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_THOUSANDS = re.compile(r"(?<!\d)(\d+) ?(nghin|ngan|k|trieu)(?![a-z])")
_HOUR = re.compile(r"(?<![\d:])(\d{1,2}) ?(?:gio|h)(?: ?(\d{2}))?(?![a-z\d])")
_OTHER = re.compile(r"[^a-z0-9/:%-]+")
_POWERS = {"nghin": 1_000, "ngan": 1_000, "k": 1_000, "trieu": 1_000_000}


def plain(text: str) -> str:
    """Return the text in small letters without marks, with numbers, dates and hours in one form."""
    small = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in small if not unicodedata.combining(letter))
    bare = _GROUPED.sub("", bare)
    bare = _IN_WORDS.sub("", bare)
    bare = _LEADING_ZEROS.sub("", bare)
    bare = _DATE.sub(r"\1/\2/\3", bare)
    bare = _THOUSANDS.sub(lambda found: str(int(found[1]) * _POWERS[found[2]]), bare)
    bare = _HOUR.sub(lambda found: f"{found[1]}:{found[2] or '00'}", bare)
    return " ".join(_OTHER.sub(" ", bare).split())


def says(answer: str, fact: Fact) -> bool:
    """Tell whether the answer contains the fact, or one of its alternatives, as whole words."""
    text = plain(answer)
    alternatives = [fact] if isinstance(fact, str) else fact
    return any(_stands_in(plain(one), text) for one in alternatives)


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", text) is not None
