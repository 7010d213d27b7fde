"""What boards read, kept for all readers until the next fact is in the figures."""

from datetime import datetime
from typing import Any

from motcua.reporting import queries


def upto() -> tuple[int, datetime | None]:
    """Return the last fact that the figures hold, and its moment."""
    read: Any = getattr(queries, "upto", None)
    found = read() if read else None
    return (int(found[0]), found[1]) if found else (0, None)
