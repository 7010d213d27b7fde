"""The sheet in a larger picture: a bright quadrilateral on a darker ground."""

import cv2
import numpy as np
from numpy.typing import NDArray

from motcua.documents.scanning.arrays import Image, as_image, grey, shrunk

Corners = NDArray[np.float32]

_A4 = 297 / 210
_SMALLEST_SHARE = 0.2
_LONGEST = 700
_EDGE_PIXELS = 5


def sheet_corners(image: Image) -> Corners | None:
    """Return the sheet's corners (top left, then clockwise), or None where it fills the picture."""
    small, factor = shrunk(image, longest=_LONGEST)
    light = as_image(cv2.medianBlur(grey(small), 7))
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if not _has_dark_surroundings(light, level):
        return None
    sheet = _largest_part((light > level).astype(np.uint8))
    corners = _four_corners(sheet)
    if corners is None or not _is_a_sheet(corners, sheet, light):
        return None
    return corners / np.float32(factor)


def cut_out(image: Image, corners: Corners) -> Image:
    """Return the sheet as if seen from straight above."""
    above, right, below, left = (
        float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4)
    )
    width, height = max(above, below), max(left, right)
    if abs(height / width / _A4 - 1) < 0.15:
        height = width * _A4
    elif abs(width / height / _A4 - 1) < 0.15:
        width = height * _A4
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    look = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    size = (round(width), round(height))
    return as_image(
        cv2.warpPerspective(
            image, look, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    )


def _has_dark_surroundings(light: Image, level: float) -> bool:
    """Tell whether a good part of the picture's rim is darker than the sheet; text is not."""
    rim = np.concatenate(
        [light[:4].ravel(), light[-4:].ravel(), light[:, :4].ravel(), light[:, -4:].ravel()]
    )
    return float((rim <= level).mean()) > 0.25


def _largest_part(bright: Image) -> Image:
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    if count < 2:
        return np.zeros_like(bright)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return as_image((labels == largest).astype(np.uint8))


def _four_corners(sheet: Image) -> Corners | None:
    outlines, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    hull = np.asarray(cv2.convexHull(max(outlines, key=cv2.contourArea)), dtype=np.int32)
    for share in (0.01, 0.02, 0.03, 0.05, 0.08):
        about = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, closed=True), closed=True)
        if len(about) == 4:
            return _in_order(_refined(about.reshape(4, 2).astype(np.float32), hull))
    return None


def _refined(corners: Corners, hull: NDArray[np.int32]) -> Corners:
    """Return the corners where lines fitted to the four sides meet."""
    outline = _dense(hull)
    sides = [_fitted(corners[i], corners[(i + 1) % 4], outline) for i in range(4)]
    met = [_meeting(sides[i - 1], sides[i]) for i in range(4)]
    if any(point is None for point in met):
        return corners
    return np.array(met, dtype=np.float32)


def _dense(hull: NDArray[np.int32]) -> Corners:
    points = hull.reshape(-1, 2).astype(np.float32)
    ends = np.roll(points, -1, axis=0)
    pieces = []
    for start, end in zip(points, ends, strict=True):
        steps = max(int(np.linalg.norm(end - start) / 2), 1)
        pieces.append(start + (end - start) * np.linspace(0, 1, steps, endpoint=False)[:, None])
    return np.concatenate(pieces).astype(np.float32)


def _fitted(start: Corners, end: Corners, outline: Corners) -> Corners:
    """Return (direction, point) of the line through the outline near this side's middle part."""
    along = end - start
    length = float(np.linalg.norm(along))
    along = along / length
    offset = outline - start
    run = offset @ along
    aside = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0])
    near = outline[(run > 0.08 * length) & (run < 0.92 * length) & (aside < 0.03 * length)]
    if len(near) < 10:
        return np.array([*along, *start], dtype=np.float32)
    line = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01)
    return np.asarray(line, dtype=np.float32).ravel()


def _meeting(one: Corners, other: Corners) -> Corners | None:
    towards = np.array([[one[0], -other[0]], [one[1], -other[1]]], dtype=np.float64)
    if abs(float(np.linalg.det(towards))) < 0.2:
        return None
    run = np.linalg.solve(towards, (other[2:] - one[2:]).astype(np.float64))
    return (one[2:] + one[:2] * np.float32(run[0])).astype(np.float32)


def _in_order(corners: Corners) -> Corners:
    """Return top left first, then clockwise."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _is_a_sheet(corners: Corners, sheet: Image, light: Image) -> bool:
    """Tell whether the corners hold most of the bright part, and what lies outside is darker."""
    height, width = light.shape
    area = float(cv2.contourArea(corners))
    if area < _SMALLEST_SHARE * height * width:
        return False
    inside = np.zeros_like(light)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    covered = float((sheet[inside > 0] > 0).mean())
    outside = light[(inside == 0) & (sheet == 0)]
    if covered < 0.85 or outside.size < 0.01 * light.size:
        return False
    if float(np.median(light[inside > 0])) - float(np.median(outside)) < 35:
        return False
    return all(_is_an_edge(corners[i], corners[(i + 1) % 4], light) for i in range(4))


def _is_an_edge(start: Corners, end: Corners, light: Image) -> bool:
    """Tell whether the light falls at once there, as at paper's edge and not in a soft shadow."""
    along = (end - start) / np.linalg.norm(end - start)
    outward = np.array([along[1], -along[0]]) * _EDGE_PIXELS
    places = start + (end - start) * np.linspace(0.15, 0.85, 40)[:, None]
    height, width = light.shape
    within = ((places + outward >= 0) & (places + outward < (width, height))).all(axis=1)
    within &= ((places - outward >= 0) & (places - outward < (width, height))).all(axis=1)
    if within.sum() < 10:
        return True  # the sheet ends where the picture ends
    outer, inner = places[within] + outward, places[within] - outward
    fall = _at(light, inner).astype(np.int16) - _at(light, outer)
    return float(np.median(fall)) > 25


def _at(light: Image, places: Corners) -> Image:
    x, y = places.astype(np.int32).T
    return as_image(light[y, x])
