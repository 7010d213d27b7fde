"""Reads rows of the national catalogue as they are published, traps included."""

from motcua.catalog.national.rows import Parsed, SetAside, read_row

__all__ = ["Parsed", "SetAside", "read_row"]
