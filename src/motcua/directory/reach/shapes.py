"""Outlines of communes: checked when they come in, drawn, and filled with points. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
import numpy.typing as npt

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]
Array = npt.NDArray[np.float64]

MOST_POINTS = 200_000
MOST_RINGS = 5_000
KM_PER_DEGREE = 111.195
_COUNTRY = (102.0, 6.0, 118.0, 24.0)


class NotAShape(ValueError):
    """What was given is no outline of a piece of this country."""


def polygons_of(geometry: Mapping[str, Any]) -> Polygons:
    """Return the polygons of a GeoJSON geometry, checked and bounded.

    Raises NotAShape: another kind of geometry, an open or short ring, a point out of the country,
    or more points than an outline needs.
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise NotAShape("chỉ nhận Polygon hoặc MultiPolygon")
    raw = [coordinates] if kind == "Polygon" else coordinates
    rings = sum(len(polygon) for polygon in raw)
    if not raw or rings > MOST_RINGS:
        raise NotAShape("không có vòng nào, hoặc quá nhiều vòng")
    if sum(len(ring) for polygon in raw for ring in polygon) > MOST_POINTS:
        raise NotAShape("quá nhiều điểm")
    return [[_ring(ring) for ring in polygon] for polygon in raw]


def _ring(raw: Sequence[Sequence[float]]) -> Ring:
    try:
        ring = [(float(point[0]), float(point[1])) for point in raw]
    except (TypeError, ValueError, IndexError) as error:
        raise NotAShape("điểm không phải là cặp số") from error
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise NotAShape("vòng chưa khép kín")
    west, south, east, north = _COUNTRY
    if not all(west <= x <= east and south <= y <= north for x, y in ring):
        raise NotAShape("có điểm ở ngoài lãnh thổ")
    return ring


def area_km2(polygons: Polygons) -> float:
    """Return the area on a plane that touches the middle of the outline: good to a few thousandths."""
    total = 0.0
    for polygon in polygons:
        for place, ring in enumerate(polygon):
            size = abs(_signed(ring))
            total += size if place == 0 else -size
    return total


def _signed(ring: Ring) -> float:
    points = np.array(ring)
    squeeze = cos(radians(float(points[:, 1].mean())))
    x, y = points[:, 0] * KM_PER_DEGREE * squeeze, points[:, 1] * KM_PER_DEGREE
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def inside(polygons: Polygons, lon: Array, lat: Array) -> npt.NDArray[np.bool_]:
    """Tell which points lie in an outline: an odd number of borders to their east (holes count).

    Row by row of the points, so that points on a grid are quick.
    """
    rings = [np.array(ring) for polygon in polygons for ring in polygon]
    begin = np.concatenate([ring[:-1] for ring in rings])
    end = np.concatenate([ring[1:] for ring in rings])
    found = np.zeros(lon.shape, dtype=bool)
    for y in np.unique(lat):
        crosses = (begin[:, 1] > y) != (end[:, 1] > y)
        (x1, y1), (x2, y2) = begin[crosses].T, end[crosses].T
        borders = np.sort(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
        here = lat == y
        east = borders.size - np.searchsorted(borders, lon[here], side="right")
        found[here] = east % 2 == 1
    return found


@dataclass(frozen=True)
class Cells:
    """The middles of the squares of one grid that lie in an outline, and how large a square is."""

    lon: Array
    lat: Array
    km2: float


def cells_of(polygons: Polygons, *, km: float) -> Cells:
    """Return the squares of a fixed grid whose middle lies in an outline; the same ones every time.

    An outline too small for any middle has one: the middle of its largest ring.
    """
    every = np.array([point for polygon in polygons for ring in polygon for point in ring])
    west, south = every.min(axis=0)
    east, north = every.max(axis=0)
    high = km / KM_PER_DEGREE
    wide = high / cos(radians((south + north) / 2))
    columns = np.arange(np.floor(west / wide), np.ceil(east / wide) + 1) * wide + wide / 2
    rows = np.arange(np.floor(south / high), np.ceil(north / high) + 1) * high + high / 2
    lon, lat = (one.ravel() for one in np.meshgrid(columns, rows))
    kept = inside(polygons, lon, lat)
    if not kept.any():
        largest = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_signed(ring)))
        middle = np.array(largest).mean(axis=0)
        return Cells(middle[:1], middle[1:], km * km)
    return Cells(lon[kept], lat[kept], km * km)


@dataclass(frozen=True)
class Frame:
    """What a map shows: from west to east and north to south, so many units wide and high."""

    west: float
    north: float
    width: float
    height: float
    units_per_degree: float
    squeeze: float

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place stands on the map."""
        x = (lon - self.west) * self.units_per_degree * self.squeeze
        return x, (self.north - lat) * self.units_per_degree


def frame_of(many: Sequence[Polygons], *, width: float, margin: float = 4.0) -> Frame:
    """Return the map that just holds these outlines."""
    every = np.array([p for polygons in many for polygon in polygons for p in polygon[0]])
    west, south = every.min(axis=0)
    east, north = every.max(axis=0)
    squeeze = cos(radians((south + north) / 2))
    scale = (width - 2 * margin) / ((east - west) * squeeze)
    edge = margin / scale
    height = (north - south + 2 * edge) * scale
    return Frame(west - edge / squeeze, north + edge, width, height, scale, squeeze)


def path_of(polygons: Polygons, frame: Frame) -> str:
    """Return an outline as an SVG path in tenths of a unit; what cannot be seen is left out."""
    parts = []
    for polygon in polygons:
        for ring in polygon:
            drawn = _drawn(ring, frame)
            if len(drawn) >= 3:
                parts.append("M" + " ".join(f"{x:g},{y:g}" for x, y in drawn) + "Z")
    return "".join(parts)


def _drawn(ring: Ring, frame: Frame) -> list[tuple[float, float]]:
    """Take the points that stand at least three quarters of a unit apart."""
    kept: list[tuple[float, float]] = []
    for lon, lat in ring:
        x, y = frame.xy(lon, lat)
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 0.75:
            kept.append((round(x, 1), round(y, 1)))
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept
