"""Where a signature stands on the page and what is written there. Plain values."""

from dataclasses import dataclass

Box = tuple[
    float, float, float, float
]  # left, bottom, right, top in points from the page's corner


@dataclass(frozen=True)
class Mark:
    """What the caller knows of the visible mark; what is left out follows the rules.

    page: counted from 0, -1 is the last; box: where exactly; anchor: words in the document under
    which or over which it stands (the signer's name, unless told otherwise); form: SAO Y, SAO LỤC,
    TRÍCH SAO; reference: number and symbol of the document that an attachment belongs to.
    """

    page: int | None = None
    box: Box | None = None
    anchor: str = ""
    form: str = "SAO Y"
    reference: str = ""
    is_visible: bool = True


@dataclass(frozen=True)
class Spot:
    """Where the mark was put."""

    page: int
    box: Box
