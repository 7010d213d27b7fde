"""Numbers of legal documents: found in running text and written in one way."""

import re

NUMBER = (
    r"(?:\d{1,4}(?:\.\d{1,3})?(?:/\d{4})?/(?:VBHN|[A-ZĐ][A-ZĐ0-9]*)(?:-[A-ZĐ][A-ZĐa-z0-9]*)*"
    r"|\d{1,3}/\d{4}/QH\d{1,2})"
)
_FOUND = re.compile(NUMBER)


def tidy_number(text: str) -> str:
    """Return the number as it is cited: no blanks, the lost "g" of "QĐ-TTg" put back."""
    number = re.sub(r"\s+", "", text).strip(".,;:")
    return re.sub(r"QĐ-TT$", "QĐ-TTg", number)


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers of documents that a text names, in order, each once."""
    return tuple(dict.fromkeys(tidy_number(found) for found in _FOUND.findall(text)))


def is_number(text: str) -> bool:
    """Tell whether that is the number of a document and nothing else."""
    return _FOUND.fullmatch(text) is not None
