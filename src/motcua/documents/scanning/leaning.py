"""By how much a page leans, from where its ink lies."""

import cv2
import numpy as np
from numpy.typing import NDArray

from motcua.documents.scanning.arrays import Image, as_image, darkest, grey, lightest, shrunk

_WIDEST = 12.0
_POINTS = 60_000


def ink_of(page: Image, *, longest: int = 1600) -> Image:
    """Return where ink lies (1) at a reduced size: text and its marks; no seals, pictures, shadows."""
    small, _ = shrunk(page, longest=longest)
    dark = grey(small)
    if small.ndim == 3:  # coloured ink is no text
        dark = dark.copy()
        dark[cv2.subtract(lightest(small), darkest(small)) > 60] = 255
    ground = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    depth = cv2.subtract(cv2.blur(ground, (31, 31)), dark)
    level = max(30, int(np.percentile(depth, 99)) // 2)
    return without_large_parts((depth > level).astype(np.uint8))


def without_large_parts(ink: Image) -> Image:
    """Return the ink without rules, frames, pictures and single dots."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longest = max(ink.shape)
    wide, high, area = (
        stats[:, i] for i in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
    )
    kept = (wide < longest / 12) & (high < longest / 25) & (area > 3)
    kept[0] = False
    return as_image(kept[labels].astype(np.uint8)) if count > 1 else ink


def lean_of(ink: Image) -> float:
    """Return the degrees by which the lines of text rise to the right; 0 when there is no text."""
    y, x = _points(ink, _POINTS)
    if len(y) < 200:
        return 0.0
    best = 0.0
    for reach, step, height in ((_WIDEST, 0.5, 3.0), (0.6, 0.1, 2.0), (0.12, 0.02, 1.0)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        scores = [_sharpness(y, x, float(angle), height) for angle in angles]
        best = _peak(angles, scores)
    return best


def _points(ink: Image, most: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return rows and columns of ink, evenly thinned; columns count from the middle."""
    rows, columns = np.nonzero(ink)
    every = max(1, len(rows) // most)
    y, x = rows[::every].astype(np.float32), columns[::every].astype(np.float32)
    return y, x - np.float32(ink.shape[1] / 2)


def _sharpness(
    y: NDArray[np.float32], x: NDArray[np.float32], angle: float, height: float
) -> float:
    """Return how unevenly the rows fill when the page is turned by the angle."""
    rows = (y + x * np.float32(np.tan(np.deg2rad(angle)))) / np.float32(height)
    filled = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(filled)).sum())


def _peak(angles: NDArray[np.float64], scores: list[float]) -> float:
    at = int(np.argmax(scores))
    if 0 < at < len(scores) - 1:
        before, top, after = scores[at - 1 : at + 2]
        bend = before - 2 * top + after
        if bend < 0:
            step = float(angles[1] - angles[0])
            return float(angles[at]) + step * 0.5 * (before - after) / bend
    return float(angles[at])


def quarter_turns(page: Image) -> int:
    """Return how many quarter turns clockwise make the page upright.

    Lines of text fill rows unevenly, columns less so; and Vietnamese, its marks and tall letters
    counted, writes more above its small letters than below.
    """
    ink = ink_of(page, longest=1200)
    if int(ink.sum()) < 400:
        return 0
    upright, lying = _best_lean(ink), _best_lean(np.rot90(ink))
    if lying[0] > 1.15 * upright[0]:
        return 1 if _is_upside_down(np.rot90(ink), lying[1]) else 3
    return 2 if _is_upside_down(ink, upright[1]) else 0


def _best_lean(ink: Image) -> tuple[float, float]:
    """Return how uneven the rows are at best, and at which angle."""
    y, x = _points(ink, 25_000)
    angles = np.arange(-_WIDEST, _WIDEST + 0.1, 0.5)
    return max((_sharpness(y, x, float(angle), 2.0), float(angle)) for angle in angles)


def _is_upside_down(ink: Image, angle: float) -> bool:
    rows, columns = np.nonzero(ink)
    lowered = rows + (columns - ink.shape[1] / 2) * np.tan(np.deg2rad(angle))
    strips = (columns * 4 // ink.shape[1]).astype(np.int32)
    above = below = 0.0
    for strip in range(4):
        over, under = _outside_core(lowered[strips == strip])
        above, below = above + over, below + under
    return below > 1.2 * above


def _outside_core(rows: NDArray[np.float64]) -> tuple[float, float]:
    """Return how much ink lies above and below the bodies of the lines."""
    if len(rows) < 100:
        return 0.0, 0.0
    filled = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    level = 0.08 * float(np.percentile(filled, 95))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled > level, [0])).astype(np.int8)))
    above = below = 0.0
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        line = filled[start:end]
        if 6 <= len(line) <= 40:
            core = np.flatnonzero(line > 0.55 * line.max())
            above += float(line[: core[0]].sum())
            below += float(line[core[-1] + 1 :].sum())
    return above, below
