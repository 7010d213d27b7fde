"""Coloured ink: seals and signatures fade, coloured print stays."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, as_image, darkest, lightest

# A seal or signature is at least this high and wide; a line of coloured print is not. Shares of
# the page's width.
_SEAL_SHARE = 9 / 210
_BROKEN_SHARE = 0.8 / 210
# Difference between lightest and darkest channel that makes a pixel coloured.
_COLOURED = 18.0
_LEAST_SHARE = 0.0005


def without_seals(image: Image) -> Image:
    """Return the page with seals and signatures in red or blue ink washed out.

    Ink lets light of its own colour through and darkens the print under it in proportion, so
    each mark is divided, in its lightest colour, by what its ink alone lets through: the ink goes,
    the print stays. Coloured print, such as a red title, is left alone.
    """
    if image.ndim == 2:
        return image
    white = on_white_paper(image)
    light = lightest(white)
    strength = as_image(cv2.subtract(light, darkest(white)))
    level = max(_COLOURED, 2.5 * float(np.percentile(strength[::8, ::8], 90)))
    coloured = (strength > level).astype(np.uint8)
    if float(coloured.mean()) < _LEAST_SHARE:
        return image
    for rows, columns in _large_marks(coloured):
        _wash(white[rows, columns], light[rows, columns], coloured[rows, columns])
    return white


def on_white_paper(image: Image) -> Image:
    """Return the page as it would be on white paper, so that only ink is coloured."""
    levels = np.arange(256, dtype=np.float32)
    paper = np.percentile(image[::8, ::8].reshape(-1, 3), 80, axis=0)
    tables = [np.clip(levels * 255 / max(float(p), 32.0), 0, 255).astype(np.uint8) for p in paper]
    return as_image(cv2.LUT(image, np.stack(tables, axis=-1)[None]))


def _large_marks(coloured: Image) -> list[tuple[slice, slice]]:
    """Return the surroundings of coloured parts too large to be print."""
    height, width = coloured.shape
    gap = max(round(min(height, width) * _BROKEN_SHARE), 1)
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((2 * gap + 1,) * 2, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = min(height, width) * _SEAL_SHARE
    return [
        (slice(max(y - gap, 0), y + h + gap), slice(max(x - gap, 0), x + w + gap))
        for x, y, w, h, _area in stats[1:].tolist()
        if w > least and h > least
    ]


def _wash(part: Image, light: Image, coloured: Image) -> None:
    """Wash the mark out of this part of the page, in place."""
    near = cv2.dilate(coloured, np.ones((3, 3), np.uint8)) > 0
    through = float(np.percentile(light[coloured > 0], 40)) / 255
    washed = np.clip(light[near] / max(through, 0.3), 0, 255).astype(np.uint8)
    part[near] = washed[:, None]
