"""Coloured ink: seals and signatures fade, coloured print stays."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, as_image

# A seal or signature is at least this high and wide; a line of coloured print is not. Shares of
# the page's width.
_SEAL_SHARE = 9 / 210
_BROKEN_SHARE = 0.8 / 210
_COLOURED = 34


def without_seals(image: Image) -> Image:
    """Return the page with seals and signatures in red or blue ink as light as they can be.

    A coloured pixel is as dark as its lightest channel: red ink is light in red, and black
    print under it stays black. Coloured print, such as a red title, is left alone.
    """
    if image.ndim == 2:
        return image
    lightest, darkest = image.max(axis=2), image.min(axis=2)
    coloured = ((lightest.astype(np.int16) - darkest) > _COLOURED).astype(np.uint8)
    if float(coloured.mean()) < 0.0005:
        return image
    marks = _large_marks(coloured)
    if not marks.any():
        return image
    faded = _faded(lightest, float(np.percentile(lightest[::8, ::8], 80)))
    near = (marks > 0) & (cv2.dilate(coloured, np.ones((3, 3), np.uint8)) > 0)
    result = image.copy()
    result[near] = faded[near][:, None]
    return result


def _large_marks(coloured: Image) -> Image:
    """Return the surroundings (1) of coloured parts too large to be print."""
    height, width = coloured.shape
    gap = max(round(min(height, width) * _BROKEN_SHARE), 1)
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((2 * gap + 1,) * 2, np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = min(height, width) * _SEAL_SHARE
    large = (stats[:, cv2.CC_STAT_WIDTH] > least) & (stats[:, cv2.CC_STAT_HEIGHT] > least)
    large[0] = False
    marks = np.zeros_like(coloured)
    for part in range(1, count):
        if large[part]:
            x, y, w, h = (int(v) for v in stats[part, :4])
            marks[max(y - gap, 0) : y + h + gap, max(x - gap, 0) : x + w + gap] = 1
    return marks


def _faded(lightest: Image, paper: float) -> Image:
    """Return the lightest channel with what is lighter than ink lifted to paper."""
    table = np.arange(256, dtype=np.float32)
    low, high = 0.55 * paper, 0.85 * paper
    share = np.clip((table - low) / (high - low), 0, 1)
    return as_image(
        cv2.LUT(lightest, np.clip(table + share * (paper - table), 0, 255).astype(np.uint8))
    )
