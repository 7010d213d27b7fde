"""What a file is and whether it may come in, decided by its content alone."""

from motcua.documents.rules.examine import (
    MAX_BYTES,
    MAX_PAGES,
    MAX_PIXELS,
    Examined,
    examine,
)
from motcua.documents.rules.names import ENDINGS, clean_name
from motcua.documents.rules.unfit import Fault, Unfit

__all__ = [
    "ENDINGS",
    "MAX_BYTES",
    "MAX_PAGES",
    "MAX_PIXELS",
    "Examined",
    "Fault",
    "Unfit",
    "clean_name",
    "examine",
]
