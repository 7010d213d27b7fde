"""The verbs of documents."""

from motcua.documents.services.keeping import attach, discard, open_file, sweep
from motcua.documents.services.receiving import (
    About,
    ActiveContent,
    Damaged,
    EmptyFile,
    Encrypted,
    KindNotTaken,
    NameLies,
    TooLarge,
    TooManyPages,
    TooManyPixels,
    store,
)

__all__ = [
    "About",
    "ActiveContent",
    "Damaged",
    "EmptyFile",
    "Encrypted",
    "KindNotTaken",
    "NameLies",
    "TooLarge",
    "TooManyPages",
    "TooManyPixels",
    "attach",
    "discard",
    "open_file",
    "store",
    "sweep",
]
