"""The boards: what everybody sees, what opens for whom, and that every number holds."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html
from tests.factories.world import World
from tests.web.boards.conftest import browser_of
from tests.web.visit import visit as looked_at
from tests.web.visit import words

MONTH = "/boards/?ky=month"
COLD = 22  # the first reader of all: agencies, steps, the map, the last week are read too


def visit(client: Client, path: str) -> html.HtmlElement:
    return looked_at(client, path, most_queries=COLD)


def links(page: html.HtmlElement) -> list[str]:
    """Return the addresses of the dossiers behind the figures of a page."""
    return [href for href in page.xpath("//main//a/@href") if "/boards/dossiers/" in href]


def test_a_stranger_sees_the_figures_and_opens_none(world: World):
    page = visit(browser_of(world), MONTH)

    assert "Toàn tỉnh, tháng 11/2026" in words(page)
    assert "50,0%" in words(page)
    assert not links(page)


def test_a_stranger_who_guesses_a_list_has_to_sign_in(world: World):
    answer = browser_of(world).get("/boards/dossiers/?so=received&ky=month")

    assert answer.status_code == 302
    assert "dang-nhap" in answer.url


def test_a_citizen_opens_no_list(world: World):
    assert browser_of(world, "citizen").get("/boards/dossiers/?so=received").status_code == 403
    assert not links(visit(browser_of(world, "citizen"), MONTH))


@pytest.mark.parametrize(
    "address",
    [
        "/boards/", MONTH, "/boards/wall/", "/boards/wall/?trang=2", "/boards/wall/?trang=3",
        "/boards/wall/?trang=4", "/boards/definitions/", "/boards/digitisation/",
        "/boards/agency/", "/boards/commune/", "/boards/field/", "/boards/?man-hinh=kiosk",
        "/boards/commune/22390/?ky=quy:2026Q4", "/boards/field/?ten=Cư+trú&ky=nam:2026",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["", "citizen", "controller", "head", "clerk"])
def test_every_reader_gets_a_sound_page(world: World, name: str, address: str):
    is_of_parts = address.startswith(("/boards/agency/", "/boards/commune/", "/boards/field/"))
    if is_of_parts and name in ("", "citizen"):
        assert browser_of(world, name).get(address).url.startswith("/so-lieu/")
    else:
        visit(browser_of(world, name), address)


def test_every_number_opens_as_many_dossiers_as_it_says(world: World):
    client = browser_of(world, "controller")
    found = 0
    for anchor in visit(client, MONTH).xpath("//main//a[contains(@href, '/boards/dossiers/')]"):
        said = words(anchor)
        if not re.fullmatch(r"[\d.]+", said):
            continue  # a share: its list is that of its numerator
        page = visit(client, anchor.get("href"))
        assert f": {said} hồ sơ" in words(page.xpath("//h1")[0])
        assert len(page.xpath("//main//tbody/tr")) == int(said.replace(".", ""))
        found += 1

    assert found >= 20


def test_a_head_sees_the_own_agency_first(world: World):
    page = visit(browser_of(world, "head"), MONTH)

    assert "UBND phường Tây Nha Trang" in words(page.xpath("//h1")[0])
    assert links(page)


def test_a_head_of_another_agency_opens_nothing_of_it(world: World):
    client = browser_of(world, "other_head")
    code = world.agencies["committee"].code

    page = visit(client, f"/boards/dossiers/?so=received&ky=month&co-quan={code}")

    assert "3 hồ sơ khác" in words(page) or "4 hồ sơ khác" in words(page)
    assert not page.xpath("//main//tbody/tr")
    assert not links(visit(client, f"{MONTH}&co-quan={code}"))


def test_the_list_keeps_the_moment_of_its_figure(world: World):
    page = visit(browser_of(world, "controller"), MONTH)

    asked = parse_qs(urlsplit(links(page)[0]).query)
    assert asked["luc"] == ["2026-11-20T15:00:00"]


def test_the_list_says_what_it_counts_and_leaves_out(world: World):
    page = visit(browser_of(world, "controller"), "/boards/dossiers/?so=overdue&ky=month")

    told = words(page.xpath("//main")[0])
    assert "hồ sơ đang giải quyết đã quá hạn trả" in told
    assert "không tính hồ sơ chờ người dân" in told


@pytest.mark.parametrize(
    "query",
    [
        "so=nothing", "so=", "so=on_time_share", "so=late&ky=custom&tu=x&den=2026-99-99",
        "so=late&luc=gestern&co-quan=KHONG", "so=late&thu=9&gio=-1&trang=abc&cua=zzz",
        "so=late&thu=" + "9" * 5000, "so=late&ky=custom&tu=0001-01-01&den=0001-01-02",
        "so=late&ky=month&luc=0001-01-01T00:00:00%2B23:00", "so=late&han_den=9999-12-31",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_error_of_ours(world: World, query: str):
    answer = browser_of(world, "controller").get(f"/boards/dossiers/?{query}")

    assert answer.status_code in (200, 404)


def test_a_day_off_shows_the_week(world: World, time_machine):
    time_machine.move_to("2026-11-22T10:00:00+07:00", tick=False)

    page = visit(browser_of(world), "/boards/")

    assert "16/11–22/11/2026" in words(page.xpath("//h1")[0])


def test_the_figures_as_a_file(world: World):
    answer = browser_of(world, "controller").get("/boards/figures.csv?ky=month")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][3] == "Nhận trong kỳ"
    told = dict(zip(rows[0], rows[1], strict=True))
    settled, on_time = int(told["Đã giải quyết"]), int(told["Đúng hạn"])
    assert told["Tỷ lệ đúng hẹn"] == (f"{100 * on_time / settled:.2f}" if settled else "")
    assert rows[1][1] == world.agencies["committee"].code


def test_numbers_stand_in_a_table_beside_every_picture(world: World):
    page = visit(browser_of(world), MONTH)

    diagram = page.xpath("//section[.//svg[@role='img']]")[0]
    assert diagram.xpath(".//details//table")


def test_the_definitions_name_every_figure(world: World):
    told = words(visit(browser_of(world), "/boards/definitions/"))

    for name in ("Tồn đầu kỳ", "Tỷ lệ đúng hẹn", "02/2017/TT-VPCP", "motcua report check"):
        assert name in told


def test_the_figures_of_digitisation_open_what_they_are_made_of(world: World):
    client = browser_of(world, "chairman")
    page = visit(client, "/boards/digitisation/?ky=month")

    addresses = page.xpath("//main//table//a/@href")
    assert addresses
    for address in addresses:
        visit(client, address)
    assert "4.2 Số hóa hồ sơ, kết quả" in page.text_content()
