"""Service points, outlines and people of the communes: loaded, checked, drawn."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.factories.world import MONDAY_8AM

from motcua.directory.actor import SYSTEM
from motcua.directory.models import PlacePopulation, PlaceShape, ServicePoint
from motcua.directory.queries import shapes as drawn
from motcua.directory.reach import shapes
from motcua.directory.services import points, territory
from motcua.ledger.models import FactRow

SHAPES = Path(__file__).resolve().parents[3] / "shared/data/admin_units/khanhhoa_communes.geojson"
SQUARE = [[109.0, 12.0], [109.1, 12.0], [109.1, 12.1], [109.0, 12.1], [109.0, 12.0]]


@pytest.fixture(autouse=True)
def province(db: None) -> None:
    territory.load_territory(by=SYSTEM, at=MONDAY_8AM)


def _geojson(folder: Path, *features: dict[str, object]) -> str:
    file = folder / "communes.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return str(file)


def _feature(code: str, ring: list[list[float]], kind: str = "Polygon") -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": [ring]},
    }


def test_points_are_loaded_once_and_brought_up_to_date(tmp_path: Path):
    file = tmp_path / "points.csv"
    head = "kind,name,address,lat,lon,hours,place\n"
    file.write_text(
        head + "post_office,Bưu cục A,1 đường X,12.2,109.1,Thứ 2 đến 6,22390\n"
        "bakery,Bánh mì,,12.2,109.1,,\npost_office,Xa quá,,52.2,109.1,,\n"
    )
    report = points.load_points(str(file), source="thử", by=SYSTEM, at=MONDAY_8AM)
    file.write_text(head + "post_office,Bưu cục A,2 đường Y,12.3,109.1,,22390\n")
    points.load_points(str(file), source="thử", by=SYSTEM, at=MONDAY_8AM)

    assert (report.taken, len(report.set_aside)) == (1, 2)
    only = ServicePoint.objects.get()
    assert (only.address, only.lat, only.place_id) == ("2 đường Y", 12.3, "22390")
    assert only.valid_from == MONDAY_8AM.date()
    assert FactRow.objects.filter(kind="directory.service_points_loaded").count() == 2


def test_a_file_that_is_no_list_is_refused(tmp_path: Path):
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n")

    with pytest.raises(points.NotAList):
        points.load_points(str(file), source="thử", by=SYSTEM, at=MONDAY_8AM)
    with pytest.raises(points.NotAList):
        points.load_shapes(str(file), source="thử", by=SYSTEM, at=MONDAY_8AM)
    with pytest.raises(points.NotAList):
        points.load_population(str(tmp_path / "none"), source="thử", by=SYSTEM, at=MONDAY_8AM)


def test_outlines_are_checked_and_drawn(tmp_path: Path):
    open_ring = SQUARE[:-1]
    far = [[x + 100, y] for x, y in SQUARE]
    file = _geojson(
        tmp_path,
        _feature("22390", SQUARE),
        _feature("22333", open_ring),
        _feature("22366", far),
        _feature("00001", SQUARE),
        _feature("22402", SQUARE, "LineString"),
    )

    assert drawn.paths_for(300) == []
    report = points.load_shapes(file, source="thử", by=SYSTEM, at=MONDAY_8AM)

    assert (report.taken, len(report.set_aside)) == (1, 4)
    assert PlaceShape.objects.get().area_km2 == pytest.approx(11.12 * 10.87, rel=0.01)
    assert [(code, name) for code, name, _path in drawn.paths_for(300)] == [
        ("22390", "phường Tây Nha Trang")
    ]
    assert drawn.paths_for(300)[0][2].startswith("M")
    assert drawn.size_for(300)[0] == 300


def test_people_are_loaded_where_the_list_says_how_many(tmp_path: Path):
    file = tmp_path / "communes.csv"
    file.write_text("code,name,population\n22390,A,42.000\n22333,B,\n00004,C,1\n")

    report = points.load_population(str(file), source="thử", by=SYSTEM, at=MONDAY_8AM)

    assert (report.taken, len(report.set_aside)) == (1, 1)
    assert PlacePopulation.objects.get().people == 42_000


def test_the_squares_of_a_square_are_as_large_as_it_is():
    polygons = shapes.polygons_of({"type": "Polygon", "coordinates": [SQUARE]})
    hole = [[[109.0, 12.0], [109.0, 12.1], [109.05, 12.1], [109.05, 12.0], [109.0, 12.0]]]
    halved = [[polygons[0][0], [(x, y) for x, y in hole[0]]]]

    whole, half = shapes.cells_of(polygons, km=0.5), shapes.cells_of(halved, km=0.5)

    assert whole.lon.size * whole.km2 == pytest.approx(shapes.area_km2(polygons), rel=0.05)
    assert half.lon.size == pytest.approx(whole.lon.size / 2, rel=0.06)
    assert np.array_equal(whole.lon, shapes.cells_of(polygons, km=0.5).lon)


def test_an_islet_too_small_for_the_grid_still_has_its_middle():
    tiny = [[[109.0, 12.0], [109.0005, 12.0], [109.0005, 12.0005], [109.0, 12.0]]]

    assert shapes.cells_of([[[(x, y) for x, y in tiny[0]]]], km=2).lon.size == 1


@pytest.mark.skipif(not SHAPES.exists(), reason="needs the shared outlines of the communes")
def test_the_real_communes_are_all_taken_and_small_enough_to_send():
    report = points.load_shapes(str(SHAPES), source="thử", by=SYSTEM, at=MONDAY_8AM)

    paths = drawn.paths_for(360)
    assert report.taken == 65
    assert len(paths) == 64  # Trường Sa stands beside the map
    assert sum(len(path) for _code, _name, path in paths) < 120_000
    mainland = PlaceShape.objects.exclude(place_id="22736")
    assert sum(row.area_km2 for row in mainland) == pytest.approx(8060, rel=0.03)
