"""What keeps a board live: its part alone, what it listens to, the policy, the round of the wall."""

import re

import pytest
from django.core.cache import cache
from tests.factories.world import World
from tests.web.boards.conftest import browser_of
from tests.web.boards.test_boards import visit
from tests.web.visit import visit as looked_at
from tests.web.visit import words

from motcua.reporting import queries
from motcua.reporting.models import Followed

MONTH = "/boards/?ky=month"


def test_the_part_that_moves_comes_without_its_frame(world: World):
    answer = browser_of(world).get(MONTH, headers={"x-live": "1"})
    part = answer.content.decode()

    assert 'data-live="60"' in part
    assert "<header" not in part
    assert "X-Live" in answer["Vary"]


@pytest.mark.parametrize(
    ("told", "address", "origin"),
    [
        (":8011", "http://testserver:8011/boards/live", "http://testserver:8011"),
        ("/boards/live", "/boards/live", ""),
        ("https://push.example/boards/live", "https://push.example/boards/live", "https://push.example"),
    ],
)  # fmt: skip
def test_the_policy_lets_a_board_hear_the_push_and_nothing_else(
    world: World, settings, told: str, address: str, origin: str
):
    settings.MOTCUA_PUSH = told
    answer = browser_of(world).get(MONTH)

    assert f'data-push="{address}"' in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert f"connect-src 'self' {origin}".strip() + ";" in policy
    assert "connect-src 'self';" in browser_of(world).get("/healthz")["Content-Security-Policy"]


def test_a_board_of_one_agency_listens_to_that_one(world: World):
    agency = world.agencies["committee"]
    page = visit(browser_of(world, "head"), f"/boards/agency/{agency.code}/?ky=month")

    assert page.xpath("//@data-scope") == [queries.channel_of(agency.pk)]
    assert int(page.xpath("//@data-upto")[0]) > 0


def test_a_board_says_that_its_figures_are_being_built_anew(world: World):
    said = "Số liệu đang được dựng lại"
    assert said not in words(visit(browser_of(world), MONTH))

    Followed.objects.update(is_building=True)
    cache.clear()

    assert said in words(visit(browser_of(world), MONTH))


def test_a_period_that_is_over_is_not_live(world: World):
    page = visit(browser_of(world), "/boards/?ky=thang:2026-10")

    assert not page.xpath("//@data-live")


def test_the_wall_goes_round_without_script(world: World):
    seen, path = set(), "/boards/wall/?ky=month"
    for _page in range(5):
        text = browser_of(world, "controller").get(path).content.decode()
        found = re.search(r'<noscript><meta http-equiv="refresh" content="20; url=([^"]+)"', text)
        assert found
        path = found[1].replace("&amp;", "&")
        seen.add(path)

    assert len(seen) == 4


def test_a_kiosk_opens_no_dossiers_whoever_stands_before_it(world: World):
    page = visit(browser_of(world, "controller"), f"{MONTH}&man-hinh=kiosk")

    assert not [href for href in page.xpath("//main//a/@href") if "dossiers" in href]
    assert all("man-hinh=kiosk" in href for href in page.xpath("//*[@class='tabs']//@href"))


def test_each_figure_stands_beside_the_equal_period_before(world: World):
    page = visit(browser_of(world), MONTH)

    assert "cùng kỳ tháng trước" in words(page.xpath("//section[@class='kpis']")[0]) or not (
        page.xpath("//*[contains(@class, 'change')]")
    )


@pytest.mark.parametrize(
    "path",
    ["/boards/?ky=quarter", "/boards/?ky=year", "/boards/agency/?ky=quarter", "/boards/field/?ky=year",
     "/boards/commune/22390/?ky=month", "/boards/wall/?trang=3&ky=quarter"],
)  # fmt: skip
def test_a_board_asks_the_database_at_most_twelve_times(world: World, path: str):
    client = browser_of(world, "controller")
    who = 4  # the session, the account, its posts, its notices
    looked_at(
        client, MONTH, most_queries=22 + who
    )  # names of agencies and steps, the map: once a process

    looked_at(client, path, most_queries=12 + who)
    looked_at(client, path, most_queries=2 + who)  # kept for the next reader


def test_every_section_says_where_one_is(world: World):
    page = visit(browser_of(world, "controller"), "/boards/commune/22390/?ky=quy:2026Q4")

    current = page.xpath("//nav[@class='sections']//a[@aria-current]")
    assert [words(one) for one in current] == ["Xã, phường"]
    assert "ky=quy%3A2026Q4" in page.xpath("//nav[@class='sections']//a/@href")[0]
    cache.clear()


def test_the_wall_of_a_past_period_says_nothing_of_who_holds_what(world: World):
    page = visit(browser_of(world), "/boards/wall/?trang=3&ky=thang:2026-10")

    assert not page.xpath("//section[contains(@class, 'due-days')]")
