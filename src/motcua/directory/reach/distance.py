"""Who lives farther than so many kilometres from the nearest point; where one more helps. Pure.

Distances are great circles on a sphere: as the crow flies, times the detour factor of reach.toml.
People are taken to be spread evenly over their commune: no finer count is known.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos
from pathlib import Path

import numpy as np
import numpy.typing as npt

from motcua.directory.reach import shapes
from motcua.directory.reach.shapes import Polygons

EARTH_KM = 6371.0088
Array = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Numbers:
    """How far is far on a day."""

    valid_from: date
    limit_km: float
    detour: float
    grid_km: float
    candidates_km: float


def numbers(*, on: date) -> Numbers:
    """Return the configuration in force on a day."""
    known = _versions()
    fitting = [one for one in known if one.valid_from <= on] or list(known[:1])
    return max(fitting, key=lambda one: one.valid_from)


@cache
def _versions() -> tuple[Numbers, ...]:
    path = Path(__file__).with_name("reach.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["versions"]
    return tuple(Numbers(**row) for row in rows)


@dataclass(frozen=True)
class Land:
    """The squares of all communes: whose each is, where it is, and what it stands for."""

    codes: tuple[str, ...]
    owner: npt.NDArray[np.int64]
    lon: Array
    lat: Array
    km2: Array
    people: Array  # of squares whose commune's number is unknown: not a number


def land_of(
    outlines: Mapping[str, Polygons],
    *,
    seats: Mapping[str, tuple[float, float]],
    people: Mapping[str, int],
    grid_km: float,
) -> Land:
    """Return the squares of each commune; one without an outline is its seat alone, of no area.

    seats: (longitude, latitude) by code. The people of a commune are spread evenly over its squares.
    """
    codes = tuple(sorted(set(outlines) | set(seats)))
    if not codes:
        none = np.zeros(0)
        return Land((), np.zeros(0, dtype=np.int64), none, none, none, none)
    parts: list[tuple[Array, Array, float]] = []
    for code in codes:
        if code in outlines:
            cells = shapes.cells_of(outlines[code], km=grid_km)
            parts.append((cells.lon, cells.lat, shapes.area_km2(outlines[code])))
        else:
            lon, lat = seats[code]
            parts.append((np.array([lon]), np.array([lat]), 0.0))
    sizes = [lon.size for lon, _lat, _area in parts]
    owner = np.repeat(np.arange(len(codes)), sizes)
    return Land(
        codes=codes,
        owner=owner,
        lon=np.concatenate([lon for lon, _lat, _area in parts]),
        lat=np.concatenate([lat for _lon, lat, _area in parts]),
        km2=np.repeat([p[2] / n for p, n in zip(parts, sizes, strict=True)], sizes),
        people=np.repeat(
            [people.get(c, np.nan) / n for c, n in zip(codes, sizes, strict=True)], sizes
        ),
    )


def within(
    lon: Array, lat: Array, points: Sequence[tuple[float, float]], *, km: float, detour: float
) -> Marks:
    """Tell which places have one of the points (longitude, latitude) within so many kilometres."""
    if not points:
        return np.zeros(lon.shape, dtype=bool)
    target = np.array(points, dtype=float)
    close = _sphere(lon, lat) @ _sphere(target[:, 0], target[:, 1]).T
    nearest = close.max(axis=1)
    return np.asarray(nearest >= cos(km / detour / EARTH_KM), dtype=bool)


def nearest_km(lon: float, lat: float, points: Sequence[tuple[float, float]]) -> float | None:
    """Return how far the nearest point is as the crow flies, None of no points."""
    if not points:
        return None
    target = np.array(points, dtype=float)
    here = _sphere(np.array([lon]), np.array([lat]))
    # By the chord: a cosine near one has no digits left for small distances.
    chord = np.linalg.norm(_sphere(target[:, 0], target[:, 1]) - here, axis=1).min()
    return float(2 * EARTH_KM * np.arcsin(min(1.0, chord / 2)))


def _sphere(lon: Array, lat: Array) -> Array:
    """Return places as points on a sphere of radius one."""
    east, north = np.radians(lon), np.radians(lat)
    flat = np.cos(north)
    return np.stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)], axis=1)


@dataclass(frozen=True)
class Share:
    """How much of a commune lies too far: area, and people when their number is known."""

    code: str
    km2: float
    far_km2: float
    people: int | None
    far_people: int | None
    is_point: bool  # judged by its seat alone: there is no outline

    @property
    def percent(self) -> float:
        """How much of it lies too far, in per cent of its squares."""
        return 100 * self.far_km2 / self.km2 if self.km2 else 100 * float(self.far_km2 > 0)


def shares(land: Land, near: Marks) -> list[Share]:
    """Return how much of each commune is not near, in the order of the codes."""
    count = len(land.codes)
    cells = np.bincount(land.owner, minlength=count)
    far = np.bincount(land.owner, weights=~near, minlength=count)
    km2 = np.bincount(land.owner, weights=land.km2, minlength=count)
    far_km2 = np.bincount(land.owner, weights=land.km2 * ~near, minlength=count)
    people = np.bincount(land.owner, weights=land.people, minlength=count)
    made = []
    for place, code in enumerate(land.codes):
        known = None if np.isnan(people[place]) else round(float(people[place]))
        too_far = None if known is None else round(known * far[place] / cells[place])
        is_point = km2[place] == 0
        made.append(
            Share(
                code,
                float(km2[place]),
                float(far_km2[place]) if not is_point else float(far[place]),
                known,
                too_far,
                bool(is_point),
            )
        )
    return made


@dataclass(frozen=True)
class Gain:
    """One more point at a place: how many people, or square kilometres, it brings within reach.

    `blind_km2`: how much of that land lies in communes whose people nobody counted.
    """

    lon: float
    lat: float
    code: str
    people: int
    km2: float
    blind_km2: float = 0.0


def gain_at(
    land: Land, near: Marks, lon: float, lat: float, *, km: float, detour: float
) -> tuple[int, float, float]:
    """Return how many people and square kilometres a point there brings within reach.

    The last: how many of those square kilometres lie where the number of people is unknown.
    """
    new = within(land.lon, land.lat, [(lon, lat)], km=km, detour=detour) & ~near
    blind = float(land.km2[new & np.isnan(land.people)].sum())
    return round(float(np.nansum(land.people[new]))), float(land.km2[new].sum()), blind


def next_points(
    land: Land, near: Marks, *, count: int, km: float, detour: float, candidates_km: float
) -> list[Gain]:
    """Return where the next points help most, one after the other (greedy choice over a grid).

    Weighed by people where their number is known, by area where no number is known at all.
    """
    is_counted = bool(np.isfinite(land.people).any())
    weight = np.nan_to_num(land.people) if is_counted else land.km2
    chosen = _candidates(land, candidates_km)
    sites = _sphere(land.lon[chosen], land.lat[chosen])
    covered, made = near.copy(), []
    for _turn in range(count):
        open_cells = np.flatnonzero(~covered & (weight > 0))
        if not open_cells.size:
            break
        close = sites @ _sphere(land.lon[open_cells], land.lat[open_cells]).T
        reached = close >= cos(km / detour / EARTH_KM)
        best = int((reached @ weight[open_cells]).argmax())
        place = int(chosen[best])
        lon, lat = float(land.lon[place]), float(land.lat[place])
        gained = gain_at(land, covered, lon, lat, km=km, detour=detour)
        made.append(Gain(lon, lat, land.codes[int(land.owner[place])], *gained))
        covered |= within(land.lon, land.lat, [(lon, lat)], km=km, detour=detour)
    return made


def _candidates(land: Land, km: float) -> npt.NDArray[np.int64]:
    """Return one square for each larger square: the first in the order of the grid."""
    size = km / shapes.KM_PER_DEGREE
    key = np.floor(land.lat / size).astype(np.int64) * 1_000_000 + np.floor(
        land.lon / size
    ).astype(np.int64)
    _unique, first = np.unique(key, return_index=True)
    return np.sort(first)
