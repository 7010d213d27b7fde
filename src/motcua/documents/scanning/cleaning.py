"""Grey for the reading machine: light made even, seals faded, dust gone, text kept."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, as_image, grey
from motcua.documents.scanning.colours import without_seals

# Lighter than this share of the paper is paper; darker than that is ink.
_PAPER, _INK = 0.88, 0.25


def clean(image: Image) -> Image:
    """Return the page in grey: paper white, black ink dark, seals faded, dust removed."""
    page = grey(without_seals(image))
    return without_dust(stretched(even_light(page)))


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


def stretched(page: Image) -> Image:
    """Return the page with grain of the paper white and ink black, whatever the toner's strength."""
    ink = float(np.percentile(page[::4, ::4], 1))
    dark = min(max(ink, 10.0), 150.0)
    light = dark + (255 - dark) * _PAPER
    table = np.clip((np.arange(256) - dark) / (light - dark) * 255, 0, 255)
    return as_image(cv2.LUT(page, table.astype(np.uint8)))


def without_dust(page: Image) -> Image:
    """Return the page without specks much smaller than the dot of an i."""
    ink = (page < 160).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 20:
        return page
    area = stats[:, cv2.CC_STAT_AREA]
    largest = 0.5 * stroke_width(ink) ** 2
    is_dust = area < largest
    is_dust[0] = False
    if not is_dust.any():
        return page
    dust = cv2.dilate(is_dust[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    kept = cv2.dilate((~is_dust)[labels].astype(np.uint8) * ink, np.ones((3, 3), np.uint8)) > 0
    result = page.copy()
    result[dust & ~kept] = 255
    return result


def stroke_width(ink: Image) -> float:
    """Return the usual width in pixels of a letter's stroke; ink is 1, paper 0."""
    edges = np.diff(ink[::3].astype(np.int8), axis=1, prepend=0, append=0)
    starts = np.nonzero(edges.ravel() == 1)[0]
    ends = np.nonzero(edges.ravel() == -1)[0]
    if len(starts) < 50:
        return 3.0
    lengths = ends - starts
    return float(np.median(lengths[lengths > 1])) if (lengths > 1).any() else 1.0
