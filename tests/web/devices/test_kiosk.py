"""The kiosk: asked, answered, printed, and nothing left for whoever comes next."""

import pytest
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import World
from tests.web.visit import send, visit, words

HOME, ANSWER = "/devices/kiosk/", "/devices/kiosk/answer/"
PHONE = "0905222318"


def test_the_first_page_has_few_and_large_ways_in(world: World, screen: Client) -> None:
    page = visit(screen, HOME)

    assert len(page.xpath("//a[@class='door']")) == 8
    assert page.xpath("//a[@href='tel:1022']")


def test_a_question_is_answered_at_the_kiosk(world: World, screen: Client) -> None:
    page = send(screen, ANSWER, {"q": "dang ky thuong tru can giay to gi"})

    answer = page.xpath("//article[@data-ai-generated='true']")[0]
    assert "CT01" in words(answer)
    assert answer.xpath(".//a[contains(@href, '/devices/kiosk/procedures/1.004222/')]")


def test_nothing_is_left_for_the_next(world: World, screen: Client) -> None:
    screen.post(ANSWER, {"q": "dang ky thuong tru"})

    screen.post("/devices/kiosk/end/")

    assert screen.get(ANSWER)["Location"] == HOME


def test_the_first_page_forgets_too(world: World, screen: Client) -> None:
    screen.post(ANSWER, {"q": "dang ky thuong tru"})

    visit(screen, HOME)

    assert screen.get(ANSWER)["Location"] == HOME


def test_an_empty_question_is_told(world: World, screen: Client) -> None:
    assert "chưa viết câu hỏi" in words(send(screen, ANSWER, {"q": " "}, status=422))


def test_the_papers_of_a_case_are_shown_and_printed(world: World, screen: Client) -> None:
    page = visit(screen, "/devices/kiosk/procedures/1.004222/?case=rent")

    assert "Hợp đồng" in words(page)
    paper = page.xpath("//a[@data-paper]/@href")[0]
    assert paper == "/thu-tuc/1.004222/giay-to.pdf?truong-hop=rent"
    assert screen.get("/devices/kiosk/procedures/9.999999/").status_code == 404


def test_a_search_leads_to_procedures(world: World, screen: Client) -> None:
    page = visit(screen, "/devices/kiosk/procedures/?q=thuong+tru")
    assert page.xpath("//a[contains(@href, '/devices/kiosk/procedures/1.004222/')]")

    page = visit(screen, "/devices/kiosk/procedures/?q=xyzzy")
    assert "Hỏi máy câu này" in words(page)


def test_code_and_phone_show_the_progress(world: World, screen: Client) -> None:
    row = worlds.accepted(world)

    page = send(screen, "/devices/kiosk/track/", {"code": row.code.lower(), "phone": PHONE})

    assert row.code in words(page)
    assert "Phúc" not in words(page.xpath("//main")[0])


@pytest.mark.parametrize(("tries", "status"), [(1, 422), (11, 429)])
def test_guessing_is_stopped(world: World, screen: Client, tries: int, status: int) -> None:
    typed = {"code": "H32.66-20261109-0000001", "phone": "0905000000"}
    for _try in range(tries - 1):
        screen.post("/devices/kiosk/track/", typed)

    assert screen.post("/devices/kiosk/track/", typed).status_code == status
