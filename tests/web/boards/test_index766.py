"""The index on screen: open to all, explained, its numbers opened, and "what if" without script."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from lxml import html
from tests.factories.world import World
from tests.web.boards.conftest import browser_of
from tests.web.visit import visit, words

from motcua.reporting import services
from motcua.reporting.index766 import measuring, reading, rules

RANKING = "/boards/index/?nhom=commune"


@pytest.fixture
def board(world: World) -> World:
    while services.follow().facts:
        pass
    measuring.measured(board_day())  # counted once in ten minutes, whoever asks
    return world


def _page(world: World) -> str:
    return f"/boards/index/{world.agencies['committee'].code}/"


@pytest.mark.parametrize("name", ["", "citizen", "controller", "head"])
def test_every_reader_gets_sound_pages(board: World, name: str):
    client = browser_of(board, name)

    for address in ("/boards/index/", RANKING, "/boards/index/tinh/", _page(board)):
        visit(client, address)


def test_the_order_names_the_commune_and_who_has_nothing(board: World):
    page = words(visit(browser_of(board), RANKING))

    assert "UBND phường Tây Nha Trang" in page or "Tây Nha Trang" in page
    assert "không có hồ sơ trong 30 ngày" in page


def test_a_component_says_value_threshold_points_and_the_way_on(board: World):
    page = words(visit(browser_of(board, "controller"), _page(board)))

    assert "4.1 Cấp kết quả điện tử" in page
    assert "thêm 1 hồ sơ trả kết quả điện tử" in page
    assert "N/A" in page
    assert "◇" in page


def test_what_if_works_without_script_and_as_a_part(board: World):
    client = browser_of(board, "controller")
    address = f"{_page(board)}?v-4.1=100&v-4.4=50"

    page = visit(client, address)
    part = client.get(address, headers={"X-Part": "whatif"}).content.decode()

    shown = words(page.xpath("//*[@data-whatif-result]")[0])
    assert "thêm" in shown
    assert "<html" not in part
    assert words(html.fromstring(f"<div>{part}</div>")) == shown


def test_what_if_says_what_the_formula_says(board: World):
    day = board_day()
    code = board.agencies["committee"].code
    found = dict(reading.measured_on(day)[code])
    edition = rules.edition(on=day)
    component = edition.component("4.1")
    found["4.1"] = rules.wished(component=component, measured=found["4.1"], percent=Decimal(50))
    expected = rules.score(edition=edition, measured=found).on_hundred

    part = browser_of(board, "controller").get(
        f"{_page(board)}?v-4.1=50", headers={"X-Part": "whatif"}
    )

    assert f"{expected}".replace(".", ",") in part.content.decode()


def board_day() -> date:
    return timezone.localdate()


def test_numbers_of_procedures_open_as_many_procedures(board: World):
    client = browser_of(board, "controller")
    links = [
        a for a in visit(client, _page(board)).xpath("//main//a")
        if "/procedures/?" in (a.get("href") or "") and "5.4" not in a.get("href")
    ]  # fmt: skip

    assert links
    for link in links:
        page = visit(client, link.get("href"))
        assert len(page.xpath("//main//table//tbody/tr")) == int(words(link).replace(".", ""))


def test_numbers_of_dossiers_open_as_many_dossiers_for_those_who_may(board: World):
    client = browser_of(board, "controller")
    links = [
        a for a in visit(client, _page(board)).xpath("//main//a")
        if "/boards/dossiers/?" in (a.get("href") or "")
    ]  # fmt: skip

    assert links
    for link in links:
        page = visit(client, link.get("href"))
        assert f": {words(link)} hồ sơ" in words(page.xpath("//h1")[0])
    assert not [
        a for a in visit(browser_of(board), _page(board)).xpath("//main//a/@href")
        if "/boards/dossiers/" in a
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "whose"), [("", "tinh"), ("controller", "")])
def test_what_satisfaction_is_made_of_adds_up(board: World, name: str, whose: str):
    page = visit(browser_of(board, name), f"/boards/index/{whose}/" if whose else _page(board))
    (link,) = page.xpath("//main//a[contains(@href, 'chi-so=5.4')]")
    parts = visit(browser_of(board, name), link.get("href"))
    numbers = [
        int(words(cell)) for cell in parts.xpath("//main//table//td[contains(@class, 'n ')]")
    ]

    assert int(words(link)) == numbers[0] - sum(numbers[1:4])
    assert bool(parts.xpath("//main//table//a")) == (name == "controller")


@pytest.mark.parametrize("said", ["v-4.1=abc", "v-4.1=NaN", "v-4.1=-5", "v-9.9=1", "v-1.1=50"])
def test_what_is_no_number_changes_nothing(board: World, said: str):
    assert browser_of(board).get(f"{_page(board)}?{said}").status_code == 200


def test_no_such_agency_or_component_is_not_found(board: World):
    client = browser_of(board, "controller")

    assert client.get("/boards/index/H99/").status_code == 404
    assert client.get(f"{_page(board)}procedures/?chi-so=4.1").status_code == 404
    assert client.get("/boards/index/?ngay=2099-01-01").status_code == 200
