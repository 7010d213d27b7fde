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
    Taken,
    TooLarge,
    TooManyPages,
    TooManyPixels,
    drop_taken,
    keep_taken,
    store,
    take,
)

__all__ = [
    "About",
    "ActiveContent",
    "Damaged",
    "EmptyFile",
    "Encrypted",
    "KindNotTaken",
    "NameLies",
    "Taken",
    "TooLarge",
    "TooManyPages",
    "TooManyPixels",
    "attach",
    "discard",
    "drop_taken",
    "keep_taken",
    "open_file",
    "store",
    "sweep",
    "take",
]
