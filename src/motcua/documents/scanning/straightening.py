"""A page found, upright and straight."""

from dataclasses import dataclass

from motcua.documents.scanning.arrays import Image


@dataclass(frozen=True)
class Straightened:
    """A page as it should lie.

    angle: degrees by which the text had leaned, counter-clockwise positive. found_page: the
    sheet was cut out of a larger picture. turned: quarter turns clockwise that made it upright.
    """

    image: Image
    angle: float = 0.0
    found_page: bool = False
    turned: int = 0


def straighten(image: Image) -> Straightened:
    """Return the page cut out, upright and straight."""
    return Straightened(image)
