"""Where people are served, and how far they live from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np
from django.core.cache import cache
from django.db.models import Max, Q, Sum

from motcua.directory.models import Agency, Place, PlacePopulation, ServicePoint
from motcua.directory.queries import shapes as drawn
from motcua.directory.reach import distance
from motcua.directory.reach.distance import Gain, Land, Numbers, Share
from motcua.directory.reach.shapes import Polygons

KINDS = ("centre", "identity_desk", "post_office")
_NEXT = 3
LOOK_AGAIN_SECONDS = 20


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
        """How many people live on the mainland in communes whose number and outline are known."""
        return sum(one.people or 0 for one in self.drawn)

    @property
    def far_people(self) -> int:
        """How many of them live too far."""
        return sum(one.far_people or 0 for one in self.drawn)

    @property
    def far_km2(self) -> float:
        """How much land lies too far."""
        return sum(one.far_km2 for one in self.drawn)

    @property
    def km2(self) -> float:
        """How much land there is on the mainland."""
        return sum(one.km2 for one in self.drawn)

    @property
    def drawn(self) -> list[Share]:
        """The communes on the mainland whose outline is known: of others nobody knows what is far."""
        return [one for one in self.inland if not one.is_point]

    @property
    def undrawn(self) -> list[Share]:
        """The communes on the mainland without an outline."""
        return [one for one in self.inland if one.is_point]

    @property
    def uncounted(self) -> list[Share]:
        """The communes on the mainland whose number of people is unknown."""
        return [one for one in self.inland if one.people is None]

    @property
    def inland(self) -> list[Share]:
        """The communes but for the far islands."""
        return [one for one in self.shares if one.code not in self.apart]


@dataclass(frozen=True)
class Known:
    """Everything that distances are reckoned with, read once and kept until something changes."""

    mark: str
    points: tuple[Point, ...]
    communes: tuple[Place, ...]
    people: Mapping[str, int]
    outlines: Mapping[str, Polygons]
    shapes_source: str
    population_source: str

    @property
    def seats(self) -> dict[str, tuple[float, float]]:
        """Return (longitude, latitude) of the communes' seats by code."""
        return {
            p.code: (p.lon, p.lat)
            for p in self.communes
            if p.lat is not None and p.lon is not None
        }

    @property
    def names(self) -> dict[str, str]:
        """Return the communes' full names by code."""
        return {place.code: place.full_name for place in self.communes}

    @property
    def apart(self) -> frozenset[str]:
        """Return the communes on the far islands: no point on the mainland serves them."""
        return frozenset(c for c, (lon, _lat) in self.seats.items() if lon > drawn.FAR_OUT_LON)


def known(*, on: date) -> Known:
    """Return everything that distances are reckoned with; looked at anew after some seconds."""
    name = f"directory:places:{on.isoformat()}"
    mark = cache.get_or_set(name, lambda: _mark(on), LOOK_AGAIN_SECONDS)
    return _known(on, str(mark))


def _mark(on: date) -> str:
    """Return what changes when anything that is reckoned with changes."""
    people = PlacePopulation.objects.aggregate(last=Max("loaded_at"), all=Sum("people"))
    doors = sorted((p.kind, p.name, p.lat, p.lon) for p in points(on=on))
    return f"{drawn.mark()}|{people['last']}|{people['all']}|{hash(tuple(doors))}"


@lru_cache(maxsize=4)
def _known(on: date, mark: str) -> Known:
    rows = Place.objects.exclude(kind=Place.Kind.PROVINCE).order_by("name_folded")
    people = PlacePopulation.objects.order_by("-loaded_at")
    return Known(
        mark=mark,
        points=tuple(points(on=on)),
        communes=tuple(rows),
        people=dict(people.values_list("place_id", "people")),
        outlines=drawn.outlines(),
        shapes_source=drawn.source(),
        population_source=people.values_list("source", flat=True).first() or "",
    )


def reach(kind: str, *, on: date, more: tuple[str, ...] = ()) -> Reach:
    """Return how far the communes live from a kind of point; `more`: points put at these seats.

    A reception point of a centre counts as a centre. Kept until something is loaded anew.
    """
    return _reach(kind, on, tuple(sorted(more)), known(on=on).mark)


@lru_cache(maxsize=64)
def _reach(kind: str, on: date, more: tuple[str, ...], mark: str) -> Reach:
    here, numbers = _known(on, mark), distance.numbers(on=on)
    seats = here.seats
    wanted = {kind, "reception"} if kind == "centre" else {kind}
    served = tuple(point for point in here.points if point.kind in wanted)
    sites = [(p.lon, p.lat) for p in served] + [seats[code] for code in more if code in seats]
    land = _land(on, mark)
    far = numbers.limit_km, numbers.detour
    near = distance.within(land.lon, land.lat, sites, km=far[0], detour=far[1])
    away = np.isin(land.owner, [n for n, code in enumerate(land.codes) if code in here.apart])
    # Of a commune without an outline nobody knows how much is far: no point is proposed for it.
    following = distance.next_points(
        land, near | away | (land.km2 == 0), count=_NEXT, km=far[0], detour=far[1],
        candidates_km=numbers.candidates_km,
    )  # fmt: skip
    return Reach(
        kind=kind,
        numbers=numbers,
        points=served,
        shares=tuple(distance.shares(land, near)),
        nearest={code: distance.nearest_km(*seats[code], sites) for code in seats},
        following=tuple(following),
        has_outlines=bool(here.outlines),
        is_counted=bool(here.people),
        apart=here.apart,
        names=here.names,
    )


@lru_cache(maxsize=2)
def _land(on: date, mark: str) -> Land:
    here = _known(on, mark)
    return distance.land_of(
        here.outlines,
        seats=here.seats,
        people=here.people,
        grid_km=distance.numbers(on=on).grid_km,
    )
