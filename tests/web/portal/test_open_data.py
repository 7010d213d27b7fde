"""The public figures: for people first, then files as they were when the month was closed."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World
from tests.web.visit import visit, words

from motcua.directory.actor import SYSTEM
from motcua.reporting import services
from motcua.reporting.models import ClosedPeriod
from motcua.reporting.refusals import AlreadyClosed, NotOver
from motcua.reporting.services import open_data

DECEMBER = datetime(2026, 12, 1, 8, 0, tzinfo=VN)


def _follow() -> None:
    while services.follow().facts:
        pass
    cache.clear()


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(DECEMBER, tick=False):
        world = stories.build()
        for _n in range(6):
            stories.accepted(world, at=MONDAY_8AM)
        stories.issued(world)
        _follow()
        yield world
    cache.clear()


@pytest.fixture
def november(world: World) -> World:
    assert open_data.publish_due(at=DECEMBER) == ["2026-11"]
    return world


def test_before_anything_is_published_the_page_says_so(world: World):
    page = words(visit(Client(), "/so-lieu/"))

    assert "Tạm tính" in page
    assert "Chưa tháng nào được chốt" in page


def test_a_month_is_published_once_and_only_when_it_is_over(november: World):
    assert open_data.publish_due(at=DECEMBER) == []
    with pytest.raises(AlreadyClosed):
        open_data.publish(name="2026-11", by=SYSTEM, at=DECEMBER)
    for name in ("2026-12", "2027-01", "2026", "x"):
        with pytest.raises(NotOver):
            open_data.publish(name=name, by=SYSTEM, at=DECEMBER)


def test_the_page_shows_the_month_and_its_files(november: World):
    page = visit(Client(), "/so-lieu/")
    links = [a for a in page.xpath("//main//a/@href") if a.startswith("/so-lieu/")]

    assert "tháng 11/2026" in words(page)
    assert {"/so-lieu/2026-11.csv", "/so-lieu/2026-11.json", "/so-lieu/2026.csv"} <= set(links)
    for link in links:
        assert Client().get(link).status_code == 200


def test_a_file_holds_no_small_number(november: World):
    rows = list(csv.DictReader(io.StringIO(Client().get("/so-lieu/2026-11.csv").content.decode())))
    document = json.loads(Client().get("/so-lieu/2026-11.json").content)

    assert rows[0]["tiep_nhan"] == "7"
    assert rows[0]["dung_han"] == "x"
    counts = [v for row in rows for k, v in row.items() if k not in ("thang", "theo", "ma", "ten")]
    assert not [v for v in counts if v.isdecimal() and 0 < int(v) < 5]
    assert document["dong"][0]["dung_han"] is None
    assert document["dong"][0]["tiep_nhan"] == 7


def test_a_month_is_published_by_agency_and_field(november: World):
    text = Client().get("/so-lieu/2026-11-co-quan-linh-vuc.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    year = json.loads(Client().get("/so-lieu/2026-co-quan-linh-vuc.json").content)

    assert [(row["ma"], row["tiep_nhan"]) for row in rows] == [("H32.66", "7")]
    assert rows[0]["linh_vuc"]
    assert year["dong"][0]["linh_vuc"] == rows[0]["linh_vuc"]
    assert year["dong"][0]["dung_han"] is None


def test_what_was_published_stays_and_what_came_later_is_told(november: World):
    before = Client().get("/so-lieu/2026-11.csv").content
    stories.accepted(november, at=MONDAY_8AM)  # written down late, with November's date
    _follow()

    assert Client().get("/so-lieu/2026-11.csv").content == before
    page = words(visit(Client(), "/so-lieu/"))
    assert "Đính chính" in page
    assert "Tiếp nhận" in page or "Nhận trong kỳ" in page


def test_the_catalogue_describes_every_file(november: World):
    answer = Client().get("/so-lieu/catalog.jsonld")
    document = json.loads(answer.content)
    dataset, crossed = document["dcat:dataset"]

    assert answer["Content-Type"] == "application/ld+json"
    assert document["@type"] == "dcat:Catalog"
    for key in ("dct:title", "dct:publisher", "dct:license", "dct:spatial", "dct:temporal",
                "dct:accrualPeriodicity"):  # fmt: skip
        assert dataset[key]
    for one, name in ((dataset, "2026-11.csv"), (crossed, "2026-11-co-quan-linh-vuc.csv")):
        names = [column["csvw:name"] for column in one["csvw:tableSchema"]["csvw:column"]]
        text = Client().get(f"/so-lieu/{name}").content.decode()
        assert text.splitlines()[0].split(",") == names
        assert len(one["dcat:distribution"]) == 2
    for file in dataset["dcat:distribution"] + crossed["dcat:distribution"]:
        path = file["dcat:downloadURL"]["@id"].removeprefix("http://testserver")
        assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "2026-10.csv",
        "2026-11.xml",
        "1999.csv",
        "2026-11",
        "a/../b",
        "2026-10-co-quan-linh-vuc.csv",
        "-co-quan-linh-vuc.csv",
    ],
)
def test_what_is_not_published_is_not_found(november: World, name: str):
    assert Client().get(f"/so-lieu/{name}").status_code == 404


def test_raw_numbers_are_not_even_kept(november: World):
    kept = ClosedPeriod.objects.get(key="so-lieu:2026-11").figures

    assert kept["crossed"]
    lines = [*kept["lines"], *kept["crossed"]]
    counts = [n for line in lines for n in line["counts"].values() if n is not None]
    assert not [n for n in counts if 0 < n < 5]
