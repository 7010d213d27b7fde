"""Specimens as they come from the scanner: the set on which understanding is measured.

Two sets that share nothing. The first sets the thresholds: layouts a and b. The second is only
measured: other seeds of a and b, and layout c, which the first never saw.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pypdfium2

from motcua.documents.scanning.arrays import as_image
from motcua.documents.synthetic.kinds.layouts import kinds
from motcua.documents.synthetic.kinds.specimens import Specimen, specimen
from motcua.documents.synthetic.wear import chosen, worn

if TYPE_CHECKING:
    from motcua.documents.scanning.arrays import Image

_FINE = 300  # dots an inch at which a specimen is drawn before it is worn
# Layout, seed, wear: every kind of paper is made in each.
CALIBRATION = (("a", 1, "scan"), ("b", 2, "stamped"), ("a", 3, "shadow"), ("b", 4, "copy"))
TEST = (("c", 71, "scan"), ("b", 72, "shadow"), ("c", 73, "stamped"), ("a", 74, "copy"))


@dataclass(frozen=True)
class Worn:
    """One specimen with how it was worn and what the scanner gave."""

    specimen: Specimen
    wear: str
    pages: "list[Image]"


def papers(rows: tuple[tuple[str, int, str], ...]) -> Iterator[Worn]:
    """Yield a paper of every kind for each row, one in memory at a time."""
    for variant, seed, wear in rows:
        for number, kind in enumerate(kinds()):
            one = specimen(kind, variant=variant, seed=seed * 100 + number)
            yield Worn(one, wear, worn_pages(one, wear, seed=seed * 100 + number))


def worn_pages(one: Specimen, wear: str, *, seed: int) -> "list[Image]":
    """Return the pages of a specimen as a scanner gives them: papers at 200 dpi, cards at 300.

    No seal is set on cards: they bear none that a counter adds.
    """
    how = replace(chosen(wear, seed=seed), dpi=one.dpi)
    if one.kind == "identity_card":
        how = replace(how, stamps=0, signature=False)
    document = pypdfium2.PdfDocument(one.pdf)
    try:
        drawn = [page.render(scale=_FINE / 72, grayscale=True).to_numpy() for page in document]
    finally:
        document.close()
    return [worn(as_image(page.reshape(page.shape[:2]).copy()), how, seed=seed) for page in drawn]
