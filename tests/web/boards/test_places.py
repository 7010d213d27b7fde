"""Places on screen: with and without outlines, with and without points, and what one more brings."""

import json
from pathlib import Path

import pytest
from django.core.cache import cache
from tests.factories.world import MONDAY_8AM, World
from tests.web.boards.conftest import browser_of
from tests.web.visit import visit, words

from motcua.directory.actor import SYSTEM
from motcua.directory.models import Place
from motcua.directory.services import points, territory

SHAPES = Path(__file__).resolve().parents[4] / "shared/data/admin_units/khanhhoa_communes.geojson"


@pytest.fixture
def province(world: World) -> World:
    territory.load_territory(by=SYSTEM, at=MONDAY_8AM)
    return world


@pytest.fixture
def peopled(province: World, tmp_path: Path) -> World:
    file = tmp_path / "people.csv"
    file.write_text("code,population\n22390,50000\n22609,20000\n22714,15000\n")
    points.load_population(str(file), source="dân số thử", by=SYSTEM, at=MONDAY_8AM)
    file.write_text(
        "kind,name,address,lat,lon,hours,place\n"
        "identity_desk,Điểm căn cước Nha Trang,,12.25,109.18,Thứ 2 đến 6,22390\n"
    )
    points.load_points(str(file), source="danh sách thử", by=SYSTEM, at=MONDAY_8AM)
    return province


@pytest.mark.parametrize("name", ["", "citizen", "controller"])
def test_every_reader_gets_a_sound_page(province: World, name: str):
    for kind in ("", "centre", "identity_desk", "post_office", "no_such"):
        visit(browser_of(province, name), f"/boards/places/?loai={kind}", most_queries=24)


def test_a_house_without_places_has_a_sound_page_too(world: World):
    visit(browser_of(world), "/boards/places/")


def test_without_a_list_nobody_is_called_near_or_far(province: World):
    page = words(visit(browser_of(province), "/boards/places/?loai=post_office"))

    assert "Chưa nạp danh sách điểm loại này" in page
    assert "Người ở xa hơn" not in page


@pytest.fixture
def outlined(peopled: World, tmp_path: Path) -> World:
    """Squares of 6 km around four seats; of the fourth nobody counted the people."""
    rows = Place.objects.filter(pk__in=["22390", "22609", "22714", "22333"])
    seats = {row.code: (row.lon, row.lat) for row in rows}
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon",
         "coordinates": [[[x - d, y - d], [x + d, y - d], [x + d, y + d], [x - d, y + d],
                          [x - d, y - d]]]}}
        for code, (x, y) in seats.items() for d in (0.027,)
    ]  # fmt: skip
    file = tmp_path / "shapes.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    points.load_shapes(str(file), source="ranh giới thử", by=SYSTEM, at=MONDAY_8AM)
    cache.clear()
    return peopled


def test_without_outlines_nobody_is_said_to_be_in_reach(peopled: World):
    page = visit(browser_of(peopled), "/boards/places/?loai=identity_desk")
    told = words(page)

    assert "Chưa có ranh giới xã, nên chưa tính được ai ở xa" in told
    assert "Người ở xa hơn" not in told
    assert "Không còn nơi nào" not in told
    assert not page.xpath("//*[contains(@class, 'places-next')]")
    assert "50.000" in told  # the table still says who lives there, and how far the seat is
    assert " km" in told


def test_who_is_not_counted_is_named_with_the_land(outlined: World):
    browser_of(outlined).get("/boards/places/")  # what was loaded is read once
    told = words(visit(browser_of(outlined), "/boards/places/?loai=identity_desk"))

    assert "35.000" in told  # of the 85,000 whose number is known, those not beside Nha Trang
    assert "trên 85.000 người" in told
    assert "Chưa có số dân của 61 xã, phường" in told
    assert "Bắc Nha Trang" in told
    assert "Người ở đó không nằm trong các số người trên trang" in told
    assert "Chưa có ranh giới, nên không nằm trong các tổng:" in told


def test_one_more_point_says_what_it_brings_for_each_kind(outlined: World):
    browser_of(outlined).get("/boards/places/")
    page = words(
        visit(browser_of(outlined), "/boards/places/?loai=identity_desk&dat=22609&dat=00000")
    )

    assert "Khánh Vĩnh" in page
    assert "+20.000" in page
    assert "Bỏ điểm thử" in page


@pytest.mark.skipif(not SHAPES.exists(), reason="needs the shared outlines of the communes")
def test_with_outlines_the_real_map_is_drawn(peopled: World):
    points.load_shapes(str(SHAPES), source="ranh giới thử", by=SYSTEM, at=MONDAY_8AM)

    browser_of(peopled).get("/boards/places/")  # what was loaded is read once
    page = visit(browser_of(peopled), "/boards/places/?loai=identity_desk")

    assert len(page.xpath("//*[@class='places-map']/*[local-name()='path']")) == 64
    assert "ranh giới thử" in words(page)
    assert "km²" in words(page)
    visit(browser_of(peopled), "/boards/places/")
