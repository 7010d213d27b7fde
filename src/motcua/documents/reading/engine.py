"""The port of reading machines: one that is registered can be named wherever a page is read."""

from typing import Protocol

from motcua.documents.reading.words import Word
from motcua.documents.scanning.arrays import Image
from motcua.kernel.refused import Refused
from motcua.kernel.registry import Registry


class Unavailable(Refused):
    """The reading machine is not installed, lacks its model, or gave up."""


class TookTooLong(Unavailable):
    """One page kept the reading machine longer than any page should."""


class Engine(Protocol):
    """A machine that reads one page."""

    def read(self, image: Image, *, timeout_seconds: float) -> tuple[Word, ...]:
        """Return the words of an upright, straight page in reading order.

        image: red, green, blue. Raises Unavailable: it cannot read at all.
        Raises TookTooLong: it ran out of time.
        """


engines: Registry[Engine] = Registry("reading engine")
