"""What the pixel functions share: the type of an image and its grey."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]


# Nothing can be written on fewer pixels; OpenCV itself falls over on some arrays that small.
_FEWEST_PIXELS = 48


def is_too_small(image: Image) -> bool:
    """Tell whether the image is too small to hold a line of writing."""
    height, width = image.shape[:2]
    return bool(min(height, width) < _FEWEST_PIXELS)


def grey(image: Image) -> Image:
    """Return the image as one channel."""
    if image.ndim == 2:
        return image
    return as_image(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def lightest(image: Image) -> Image:
    """Return the largest of the three channels at each pixel."""
    red, green, blue = cv2.split(image)
    return as_image(cv2.max(cv2.max(red, green), blue))


def darkest(image: Image) -> Image:
    """Return the smallest of the three channels at each pixel."""
    red, green, blue = cv2.split(image)
    return as_image(cv2.min(cv2.min(red, green), blue))


def as_image(array: object) -> Image:
    """Return what OpenCV gave as an image; its own types are wider than ours."""
    return np.asarray(array, dtype=np.uint8)


def shrunk(image: Image, *, longest: int) -> tuple[Image, float]:
    """Return the image with its longer side at most `longest`, and the factor used (≤ 1)."""
    factor = longest / max(image.shape[:2])
    if factor >= 1:
        return image, 1.0
    size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
    return as_image(cv2.resize(image, size, interpolation=cv2.INTER_AREA)), factor
