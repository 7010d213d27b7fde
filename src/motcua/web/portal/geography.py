"""Distances and the map: positions of the communes, drawn by ourselves. Pure."""

from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0
_WEST, _EAST, _SOUTH, _NORTH = 108.45, 109.62, 11.18, 12.98
WIDTH, HEIGHT = 380, 590
_LABEL_WIDTH, _LABEL_HEIGHT = 80, 12
# The coast from Đại Lãnh to Cà Ná, then the border inland: drawn by hand, for orientation only.
_OUTLINE = (
    (12.86, 109.38), (12.80, 109.39), (12.72, 109.42), (12.65, 109.45), (12.61, 109.40),
    (12.67, 109.34), (12.74, 109.31), (12.71, 109.26), (12.69, 109.23), (12.62, 109.22),
    (12.55, 109.24), (12.50, 109.20), (12.45, 109.29), (12.39, 109.34), (12.35, 109.27),
    (12.40, 109.19), (12.31, 109.20), (12.24, 109.20), (12.18, 109.21), (12.08, 109.19),
    (11.98, 109.25), (11.90, 109.27), (11.86, 109.25), (11.90, 109.21), (11.93, 109.16),
    (11.86, 109.15), (11.81, 109.21), (11.76, 109.21),
    (11.70, 109.19), (11.60, 109.09), (11.55, 109.04), (11.45, 109.01), (11.36, 109.01),
    (11.33, 108.92), (11.32, 108.85), (11.42, 108.72), (11.52, 108.62), (11.72, 108.58),
    (11.86, 108.66), (12.02, 108.72), (12.18, 108.72), (12.34, 108.76), (12.50, 108.86),
    (12.64, 108.94), (12.70, 109.06), (12.82, 109.12), (12.90, 109.26),
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A commune on the map; label only where there is room for it."""

    code: str
    name: str
    x: float
    y: float
    label: str
    tone: str = ""


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance as the crow flies."""
    up, across = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    part = sin(up) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across) ** 2
    return 2 * _EARTH_KM * asin(sqrt(part))


def position(lat: float, lon: float) -> tuple[float, float] | None:
    """Return where a point stands on the map, None when it lies outside (the far islands)."""
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return None
    x = (lon - _WEST) / (_EAST - _WEST) * WIDTH
    y = (_NORTH - lat) / (_NORTH - _SOUTH) * HEIGHT
    return round(x, 1), round(y, 1)


def spread(spots: list[Spot]) -> list[Spot]:
    """Take away labels that would lie over one another; the first in the list keeps its own."""
    kept: list[Spot] = []
    for spot in spots:
        is_free = all(
            abs(spot.y - other.y) > _LABEL_HEIGHT or abs(spot.x - other.x) > _LABEL_WIDTH
            for other in kept
            if other.label
        )
        kept.append(spot if is_free else replace(spot, label=""))
    return kept


def outline() -> str:
    """Return the land as an SVG path."""
    points = [position(lat, lon) or (0.0, 0.0) for lat, lon in _OUTLINE]
    return "M" + " ".join(f"{x},{y}" for x, y in points) + "Z"


def bounds() -> tuple[float, float, float, float]:
    """Return what the map shows: west, east, south, north."""
    return _WEST, _EAST, _SOUTH, _NORTH
