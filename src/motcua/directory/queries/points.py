"""Where people are served, and how far they live from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np
from django.db.models import Max, Q

from motcua.directory.models import Agency, Place, PlacePopulation, ServicePoint
from motcua.directory.queries import shapes as drawn
from motcua.directory.reach import distance
from motcua.directory.reach.distance import Gain, Land, Numbers, Share

KINDS = ("centre", "identity_desk", "post_office")
_NEXT = 3


@dataclass(frozen=True)
class Point:
    """A door at which a person is served."""

    kind: str
    name: str
    address: str
    place_code: str
    lat: float
    lon: float
    hours: str
    source: str


def points(*, on: date) -> list[Point]:
    """Return the points open on a day: our own centres by the directory, others as loaded."""
    rows = ServicePoint.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    loaded = [
        Point(p.kind, p.name, p.address, p.place_id or "", p.lat, p.lon, p.hours, p.source)
        for p in rows.filter(valid_from__lte=on)
    ]
    return _own() + loaded


def _own() -> list[Point]:
    """Return centres and their reception points at the seats of their communes."""
    kinds = {"centre": "centre", "support_point": "reception"}
    rows = Agency.objects.filter(kind__in=list(kinds), is_active=True, place__lat__isnull=False)
    return [
        Point(kinds[a.kind], a.name, a.address or a.place.seat_address, a.place.code,
              a.place.lat or 0, a.place.lon or 0, "", "")
        for a in rows.select_related("place")
        if a.place is not None
    ]  # fmt: skip


def kind_names() -> dict[str, str]:
    """Return the kinds of points in words."""
    return {key: str(name) for key, name in ServicePoint.Kind.choices}


@dataclass(frozen=True)
class Reach:
    """How far the communes live from one kind of point, and where one more would help most.

    `apart`: the far islands, which no point on the mainland serves. `nearest`: as the crow flies
    from the seat, by code.
    """

    kind: str
    numbers: Numbers
    points: tuple[Point, ...]
    shares: tuple[Share, ...]
    nearest: dict[str, float | None]
    following: tuple[Gain, ...]
    has_outlines: bool
    is_counted: bool
    apart: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many people live in communes whose number is known."""
        return sum(one.people or 0 for one in self.shares)

    @property
    def far_people(self) -> int:
        """How many of them live too far."""
        return sum(one.far_people or 0 for one in self.shares)

    @property
    def far_km2(self) -> float:
        """How much land lies too far."""
        return sum(one.far_km2 for one in self.shares if not one.is_point)

    @property
    def km2(self) -> float:
        """How much land there is."""
        return sum(one.km2 for one in self.shares)


def reach(kind: str, *, on: date, more: tuple[str, ...] = ()) -> Reach:
    """Return how far the communes live from a kind of point; `more`: points put at these seats.

    A reception point of a centre counts as a centre. Kept until something is loaded anew.
    """
    return _reach(kind, on, tuple(sorted(more)), _mark(on))


def _mark(on: date) -> str:
    """Return what changes when anything that is reckoned with changes."""
    people = PlacePopulation.objects.aggregate(last=Max("loaded_at"))["last"]
    kinds = [f"{p.kind}{p.lat}{p.lon}" for p in points(on=on)]
    return f"{drawn.mark()}|{people}|{hash(tuple(kinds))}"


@lru_cache(maxsize=32)
def _reach(kind: str, on: date, more: tuple[str, ...], _since: str) -> Reach:
    places = list(Place.objects.exclude(kind=Place.Kind.PROVINCE).filter(lat__isnull=False))
    seats = {p.code: (p.lon or 0.0, p.lat or 0.0) for p in places}
    wanted = {kind, "reception"} if kind == "centre" else {kind}
    served = [point for point in points(on=on) if point.kind in wanted]
    numbers = distance.numbers(on=on)
    sites = [(p.lon, p.lat) for p in served] + [seats[code] for code in more if code in seats]
    land = _land(numbers.grid_km, _since)
    near = distance.within(land.lon, land.lat, sites, km=numbers.limit_km, detour=numbers.detour)
    apart = _apart(seats)
    inland = ~np.isin(land.owner, [n for n, code in enumerate(land.codes) if code in apart])
    following = distance.next_points(
        land, near | ~inland, count=_NEXT, km=numbers.limit_km, detour=numbers.detour,
        candidates_km=numbers.candidates_km,
    )  # fmt: skip
    return Reach(
        kind=kind,
        numbers=numbers,
        points=tuple(served),
        shares=tuple(distance.shares(land, near)),
        nearest={code: distance.nearest_km(*seats[code], sites) for code in seats},
        following=tuple(following),
        apart=apart,
        has_outlines=bool(drawn.outlines()),
        is_counted=PlacePopulation.objects.exists(),
        names={p.code: p.full_name for p in places},
    )


def _apart(seats: Mapping[str, tuple[float, float]]) -> frozenset[str]:
    """Return the communes on the far islands: no point on the mainland serves them."""
    return frozenset(code for code, (lon, _lat) in seats.items() if lon > drawn.FAR_OUT_LON)


@lru_cache(maxsize=2)
def _land(grid_km: float, _since: str) -> Land:
    rows = Place.objects.exclude(kind=Place.Kind.PROVINCE).filter(lat__isnull=False)
    return distance.land_of(
        drawn.outlines(),
        seats={p.code: (p.lon or 0.0, p.lat or 0.0) for p in rows},
        people=dict(PlacePopulation.objects.values_list("place_id", "people")),
        grid_km=grid_km,
    )


def population_source() -> str:
    """Return where the numbers of people come from, "" when there are none."""
    row = PlacePopulation.objects.order_by("-loaded_at").values_list("source", flat=True).first()
    return row or ""
