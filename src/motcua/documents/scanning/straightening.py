"""A page found, upright and straight."""

from dataclasses import dataclass

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, as_image, is_too_small
from motcua.documents.scanning.finding import cut_out, sheet_corners
from motcua.documents.scanning.leaning import ink_of, lean_of, quarter_turns

# Under this nothing is gained by drawing the page anew.
_STRAIGHT_ENOUGH = 0.08


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
    """Return the page cut out of what surrounds it, upright and straight."""
    if is_too_small(image):
        return Straightened(image)
    corners = sheet_corners(image)
    page = image if corners is None else cut_out(image, corners)
    turned = quarter_turns(page)
    page = np.ascontiguousarray(np.rot90(page, -turned))
    angle = lean_of(ink_of(page))
    if abs(angle) < _STRAIGHT_ENOUGH:
        angle = 0.0
    else:
        page = rotated(page, -angle)
    return Straightened(page, round(angle, 3), found_page=corners is not None, turned=turned)


def rotated(page: Image, degrees: float) -> Image:
    """Return the page turned counter-clockwise about its middle, its size kept, gaps as paper."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return as_image(
        cv2.warpAffine(
            page, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    )
