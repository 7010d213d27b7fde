"""Grey for the reading machine: light made even, coloured ink faded, text kept."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, as_image, grey


def clean(image: Image) -> Image:
    """Return the page in grey: paper white, black ink dark, seals and blue ink faded."""
    return even_light(grey(image))


def even_light(page: Image) -> Image:
    """Return the page divided by its own background, so that shadows go and the paper is white."""
    height, width = page.shape
    small = cv2.resize(
        page, (max(width // 4, 1), max(height // 4, 1)), interpolation=cv2.INTER_AREA
    )
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    ground = cv2.medianBlur(ground, 21)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return as_image(cv2.divide(page, cv2.max(ground, np.full_like(ground, 1)), scale=255))
