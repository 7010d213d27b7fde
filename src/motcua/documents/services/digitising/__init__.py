"""The verbs of the digitisation desk. Call them through this module: `digitising.arrange(…)`."""

from motcua.documents.services.digitising.advancing import (
    Described,
    FileMissing,
    NotInOrder,
    certified,
    compare,
    describe,
    linked,
    reopen,
    reused,
    signed,
    stored,
)
from motcua.documents.services.digitising.stacks import (
    ChangedMeanwhile,
    NoSuchSheet,
    NothingThere,
    Scan,
    SheetsFixed,
    StackBusy,
    StackTooLarge,
    add_files,
    arrange,
    assemble,
    open_batch,
    redo,
    retry,
    undo,
)
from motcua.documents.services.digitising.working import forget_pictures, resume, work

__all__ = [
    "ChangedMeanwhile", "Described", "FileMissing", "NoSuchSheet", "NotInOrder", "NothingThere",
    "Scan", "SheetsFixed", "StackBusy", "StackTooLarge", "add_files", "arrange", "assemble",
    "certified", "compare", "describe", "forget_pictures", "linked",
    "open_batch", "redo", "reopen", "resume", "retry", "reused", "signed", "stored", "undo", "work",
]  # fmt: skip
