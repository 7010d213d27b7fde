"""Where to go: nearest first, found without marks, open or shut."""

from datetime import datetime

import time_machine
from django.test import Client
from tests.factories.world import VN, World
from tests.web.visit import visit, words

from motcua.directory.models import Place
from motcua.web.portal import geography

TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=VN)


def names(page: object) -> list[str]:
    return [words(link) for link in page.xpath("//ol[contains(@class,'centres')]//h3/a")]


def test_the_nearest_centre_stands_first(world: World, browser: Client) -> None:
    Place.objects.filter(code="22402").update(lat=12.195, lon=109.168)

    assert names(visit(browser, "/noi-nop/?xa=22402"))[0].startswith("TT PVHCC phường Nam")
    assert names(visit(browser, "/noi-nop/?lat=12.25&lon=109.18"))[0].startswith(
        "TT PVHCC phường Tây"
    )


def test_the_chosen_commune_is_remembered(world: World, browser: Client) -> None:
    browser.get("/noi-nop/?xa=22402")

    page = visit(browser, "/thu-tuc/1.004222/")
    assert "nơi bạn ở" in words(page.xpath("//aside")[0])


def test_an_unknown_commune_is_not_remembered(world: World, browser: Client) -> None:
    browser.get("/noi-nop/?xa=00000&lat=abc&lon=1")

    assert "xa" not in browser.cookies


def test_a_name_without_marks_is_found(world: World, browser: Client) -> None:
    assert len(names(visit(browser, "/noi-nop/?q=tay nha trang"))) == 1
    assert "Không có nơi nào khớp" in words(visit(browser, "/noi-nop/?q=ha noi"))


def test_a_centre_says_whether_it_is_open(world: World, browser: Client) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        assert "Đang mở cửa, đến 11:30" in words(visit(browser, "/noi-nop/22390/"))
    with time_machine.travel(TUESDAY.replace(hour=12), tick=False):
        assert "Mở lại lúc 13:30 hôm nay" in words(visit(browser, "/noi-nop/22390/"))
    with time_machine.travel(TUESDAY.replace(hour=18), tick=False):
        assert "Mở lại lúc 07:00 thứ Tư" in words(visit(browser, "/noi-nop/22390/"))


def test_a_place_without_a_centre_is_not_found(world: World, browser: Client) -> None:
    visit(browser, "/noi-nop/99999/", status=404)


def test_distances_and_the_frame_of_the_map() -> None:
    assert round(geography.km_between(12.245, 109.192, 11.565, 108.99)) == 79
    assert geography.position(8.64, 111.92) is None  # Trường Sa lies outside the frame


def test_labels_on_the_map_never_lie_over_one_another() -> None:
    spots = [
        geography.Spot("1", "a", 10, 10, label="a"),
        geography.Spot("2", "b", 20, 12, label="b"),
        geography.Spot("3", "c", 20, 90, label="c"),
    ]

    assert [spot.label for spot in geography.spread(spots)] == ["a", "", "c"]
