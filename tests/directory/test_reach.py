"""Distances: on the sphere, over grids, and where one more point helps most."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.directory.reach import distance
from motcua.directory.reach.shapes import Polygons

KM = 111.195


def _square(lon: float, lat: float, side_km: float) -> Polygons:
    high = side_km / KM
    wide = high / np.cos(np.radians(lat + high / 2))
    ring = [(lon, lat), (lon + wide, lat), (lon + wide, lat + high), (lon, lat + high), (lon, lat)]
    return [[[(float(x), float(y)) for x, y in ring]]]


def _land(people: dict[str, int] | None = None) -> distance.Land:
    outlines = {"a": _square(109.0, 12.0, 10), "b": _square(109.5, 12.0, 20)}
    return distance.land_of(outlines, seats={}, people=people or {}, grid_km=0.5)


def test_a_known_distance():
    """Nha Trang to Phan Rang, 76.8 km by a map."""
    km = distance.nearest_km(109.196, 12.239, [(108.988, 11.565)])

    assert km == pytest.approx(78.3, abs=1)
    assert distance.nearest_km(109.0, 12.0, []) is None
    assert distance.nearest_km(109.0, 12.0, [(109.0, 12.0)]) == 0


def test_a_point_in_the_middle_reaches_all_of_a_small_square_and_none_of_a_far_one():
    land = _land({"a": 1000, "b": 9000})
    near = distance.within(land.lon, land.lat, [(109.046, 12.045)], km=10, detour=1.0)

    a, b = distance.shares(land, near)
    assert a.percent == 0
    assert b.percent == pytest.approx(100)
    assert (a.far_people, b.far_people) == (0, 9000)
    assert b.far_km2 == pytest.approx(400, rel=0.05)


def test_a_longer_road_reaches_less():
    land = _land()
    straight = distance.within(land.lon, land.lat, [(109.0, 12.0)], km=10, detour=1.0)
    winding = distance.within(land.lon, land.lat, [(109.0, 12.0)], km=10, detour=1.4)

    assert winding.sum() < straight.sum()
    assert not (winding & ~straight).any()


def test_the_next_point_stands_where_most_people_are_and_says_how_many_it_brings():
    land = _land({"a": 50_000, "b": 100})
    near = np.zeros(land.lon.shape, dtype=bool)

    first, *_rest = distance.next_points(land, near, count=2, km=10, detour=1.0, candidates_km=2.0)

    assert first.code == "a"
    assert first.people == pytest.approx(50_000, rel=0.01)
    told = distance.gain_at(land, near, first.lon, first.lat, km=10, detour=1.0)
    assert told == (first.people, first.km2, first.blind_km2)
    assert first.blind_km2 == 0


def test_land_whose_people_nobody_counted_is_told_beside_the_gain():
    land = _land({"a": 50_000})
    near = np.zeros(land.lon.shape, dtype=bool)

    (found,) = distance.next_points(land, near, count=3, km=60, detour=1.0, candidates_km=2.0)

    assert found.people == pytest.approx(50_000, rel=0.01)
    assert 0 < found.blind_km2 < found.km2


def test_without_numbers_of_people_land_decides():
    land = _land()
    near = np.zeros(land.lon.shape, dtype=bool)

    found = distance.next_points(land, near, count=1, km=10, detour=1.0, candidates_km=2.0)

    assert (found[0].code, found[0].people) == ("b", 0)


def test_a_commune_without_an_outline_is_its_seat():
    land = distance.land_of({}, seats={"x": (109.0, 12.0)}, people={"x": 10}, grid_km=0.5)
    near = distance.within(land.lon, land.lat, [(109.3, 12.0)], km=10, detour=1.0)

    (share,) = distance.shares(land, near)
    assert share.is_point
    assert (share.percent, share.far_people) == (100, 10)


@given(
    lon=st.floats(108.9, 109.8), lat=st.floats(11.9, 12.3),
    more_lon=st.floats(108.9, 109.8), more_lat=st.floats(11.9, 12.3),
)  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_one_more_point_never_makes_anybody_farther(lon, lat, more_lon, more_lat):
    """And what is gained plus what stays far is what was far."""
    land = _land({"a": 700, "b": 300})
    near = distance.within(land.lon, land.lat, [(lon, lat)], km=10, detour=1.0)
    both = distance.within(
        land.lon, land.lat, [(lon, lat), (more_lon, more_lat)], km=10, detour=1.0
    )
    people, km2, _blind = distance.gain_at(land, near, more_lon, more_lat, km=10, detour=1.0)

    assert not (near & ~both).any()
    assert people == round(float(land.people[~near].sum() - land.people[~both].sum()))
    assert km2 == pytest.approx(land.km2[~near].sum() - land.km2[~both].sum())


def test_where_nothing_is_known_there_is_nothing():
    land = distance.land_of({}, seats={}, people={}, grid_km=0.5)
    near = distance.within(land.lon, land.lat, [(109.0, 12.0)], km=10, detour=1.0)

    assert distance.shares(land, near) == []
    assert not distance.next_points(land, near, count=3, km=10, detour=1.0, candidates_km=2.0)


def test_the_configuration_has_a_day():
    found = distance.numbers(on=date(2026, 11, 1))

    assert (found.limit_km, found.detour) == (10.0, 1.0)
