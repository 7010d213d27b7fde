"""The verbs of the catalogue: load it, compare it with lists, settle what differs."""

from motcua.catalog.services.comparing import Compared, MayNotCompare, Unnamed, compare_lists
from motcua.catalog.services.loading import STREAM, LoadReport, load_file
from motcua.catalog.services.settling import (
    SETTLERS,
    AlreadyClosed,
    BadDay,
    MayNotSettle,
    NoSuchDifference,
    NotAnOwner,
    Unsaid,
    assign,
    keep,
    may_settle,
    settle,
    write_note,
)

__all__ = [
    "SETTLERS", "STREAM", "AlreadyClosed", "BadDay", "Compared", "LoadReport", "MayNotCompare",
    "MayNotSettle", "NoSuchDifference", "NotAnOwner", "Unnamed", "Unsaid", "assign",
    "compare_lists", "keep", "load_file", "may_settle", "settle", "write_note",
]  # fmt: skip
