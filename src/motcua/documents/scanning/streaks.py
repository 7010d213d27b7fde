"""Lines that a scanner draws over the whole page: a speck of dirt on its glass, page after page."""

import cv2
import numpy as np
from numpy.typing import NDArray

from motcua.documents.scanning.arrays import Image, as_image

_BANDS = 64
# A line leans as the page does before it is straightened: at most so much to either side.
_WIDEST = 6.0
_STEP = 0.25
# Of the bands so many show the line, margins too, where no text and no table reaches.
_THROUGHOUT = 12
_LEAST_DEPTH = 12.0
_WIDEST_SHARE = 1.5 / 210
_MOST = 12
# A line's edge is where it darkens by so much of the least; lines that let through so much light
# show the print under them.
_EDGE, _SHOWS_PRINT = 0.7, 0.25


def without_streaks(page: Image) -> Image:
    """Return the grey page without thin lines that run from edge to edge, down or across."""
    return as_image(_without_upright(np.ascontiguousarray(_without_upright(page).T)).T).copy()


def _without_upright(page: Image) -> Image:
    depth = _depth_by_band(page)
    found = _leaning(depth, page.shape[0])
    if found is None:
        return page
    slope, strength = found
    result = page.copy()
    for start, end in _runs(strength > _EDGE * _LEAST_DEPTH):
        if strength[start:end].max() > _LEAST_DEPTH:
            _lift(result, start, end, slope)
    return result


def _depth_by_band(page: Image) -> NDArray[np.float32]:
    """Return by how much each column is darker than what lies beside it, band after band."""
    height, width = page.shape
    bands = cv2.resize(page, (width, _BANDS), interpolation=cv2.INTER_AREA)
    reach = 2 * max(round(_WIDEST_SHARE * min(height, width)), 2) + 1
    closed = cv2.morphologyEx(bands, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    return cv2.subtract(closed, bands).astype(np.float32)


def _leaning(depth: NDArray[np.float32], height: int) -> tuple[float, NDArray[np.float32]] | None:
    """Return the slope at which lines show, and how strong each column is; None without lines."""
    weak = np.float32(_LEAST_DEPTH)
    best: tuple[float, NDArray[np.float32]] | None = None
    rows = (np.arange(_BANDS) + 0.5) / _BANDS * height - height / 2
    columns = np.arange(depth.shape[1])
    for angle in np.arange(-_WIDEST, _WIDEST + _STEP / 2, _STEP):
        slope = float(np.tan(np.deg2rad(angle)))
        places = np.clip(columns + np.round(rows * slope).astype(int)[:, None], 0, columns[-1])
        shifted = np.take_along_axis(depth, places, axis=1)
        ranked = np.partition(shifted, _BANDS * _THROUGHOUT // 100, axis=0)
        strength = ranked[_BANDS * _THROUGHOUT // 100]
        if strength.max() > weak and (best is None or strength.max() > best[1].max()):
            best = slope, strength
    if best is None or len(_runs(best[1] > _LEAST_DEPTH)) > _MOST:
        return None
    return best


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked, [0])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _lift(page: Image, start: int, end: int, slope: float) -> None:
    """Take the line in the columns from start to end off the page, in place.

    What print shows through it is lightened; a line that hides all is bridged from both sides.
    """
    height, width = page.shape
    rows = np.arange(height)
    shift = np.round((rows - height / 2) * slope).astype(int)
    places = np.clip(np.arange(start - 1, end + 1)[:, None] + shift, 0, width - 1)
    strips = page[rows, places].astype(np.float32)
    before, after = strips[0], strips[-1]
    paper = float(max(np.median(before), np.median(after), 1))
    count = len(strips) - 1
    for step in range(1, count):
        through = float(np.median(strips[step])) / paper
        if through > _SHOWS_PRINT:
            strips[step] = np.clip(strips[step] / min(through, 1.0), 0, 255)
        else:
            strips[step] = ((count - step) * before + step * after) / count
    page[rows, places[1:-1]] = strips[1:-1].astype(np.uint8)
