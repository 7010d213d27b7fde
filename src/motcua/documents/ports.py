"""What documents needs from others: somebody who tells whether bytes are harmful."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Stream(Protocol):
    """Bytes to look at, read once to their end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        ...


class ScannerUnreachable(Exception):
    """The scanner is set up but gave no verdict."""


class Scanner(Protocol):
    """A virus scanner."""

    def threat_in(self, stream: Stream) -> str:
        """Return the name of what was found, "" when the bytes are clean.

        Raises ScannerUnreachable: there is no verdict.
        """
        ...

    def version(self) -> str:
        """Return what it is and how old its signatures are.

        Raises ScannerUnreachable: it does not answer.
        """
        ...


def scanner() -> Scanner | None:
    """Return the scanner that is set up (MOTCUA_CLAMD), None when there is none."""
    if not settings.MOTCUA_CLAMD:
        return None
    found: Scanner = import_string(settings.MOTCUA_SCANNER)(settings.MOTCUA_CLAMD)
    return found
