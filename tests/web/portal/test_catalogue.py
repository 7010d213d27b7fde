"""Searching the catalogue, and a procedure in plain words."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import VN, World
from tests.web.visit import visit, words

from motcua.catalog.models import Procedure
from motcua.dossiers.models import Guidance

TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=VN)


@pytest.fixture(autouse=True)
def on_a_tuesday() -> None:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def test_the_first_page_asks_one_question(world: World, browser: Client) -> None:
    page = visit(browser, "/")

    assert words(page.xpath("//h1")[0]) == "Bạn cần làm thủ tục gì?"
    assert len(page.xpath("//a[@class='door']")) == 8
    assert "Ngày Văn hóa Việt Nam" in words(page)  # 24 November is within the week


def test_a_question_without_marks_is_answered(world: World, browser: Client) -> None:
    page = visit(browser, "/tim-kiem/?q=dang ky thuong tru")

    assert page.xpath("//ol[@class='hits']//a/@href")[0] == "/thu-tuc/1.004222/"


def test_the_first_hits_are_suggested_while_typing(world: World, browser: Client) -> None:
    answer = browser.get("/tim-kiem/goi-y/?q=thuong tru").content.decode()

    assert '<a href="/thu-tuc/1.004222/">Đăng ký thường trú' in answer


def test_what_nobody_understands_leads_on(world: World, browser: Client) -> None:
    page = visit(browser, "/tim-kiem/?q=xyzzy qwerty")

    assert "Chưa tìm thấy thủ tục nào" in words(page)
    assert page.xpath("//a[@class='door']")


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("1.004222", "/thu-tuc/1.004222/"),
        ("h32.66-20261109-0000001", "/tra-cuu/?ma=H32.66-20261109-0000001"),
    ],
)
def test_a_code_leads_straight_to_what_it_names(
    world: World, browser: Client, typed: str, leads_to: str
) -> None:
    assert browser.get("/tim-kiem/", {"q": typed})["Location"] == leads_to


def test_an_unknown_procedure_code_is_searched_for(world: World, browser: Client) -> None:
    assert browser.get("/tim-kiem/", {"q": "9.999999"}).status_code == 200


def test_fields_lead_to_their_procedures(world: World, browser: Client) -> None:
    page = visit(browser, "/thu-tuc/")
    href = page.xpath("//ul[@class='columns']//a[starts-with(., 'Chứng thực')]/@href")[0]

    assert "Chứng thực bản sao" in words(visit(browser, f"/thu-tuc/{href}"))
    visit(browser, "/thu-tuc/?linh-vuc=không có", status=404)


def test_an_event_of_life_lists_what_it_needs(world: World, browser: Client) -> None:
    page = visit(browser, "/viec/chuyen-cho-o/")

    assert page.xpath("//ol[@class='hits']//a/@href") == ["/thu-tuc/1.004222/"]
    visit(browser, "/viec/khong-co/", status=404)


def test_an_event_without_its_codes_is_searched_for(world: World, browser: Client) -> None:
    Procedure.objects.filter(code="1.004222").update(code="1.004223")

    assert "Đăng ký thường trú" in words(visit(browser, "/viec/chuyen-cho-o/"))


def test_a_procedure_answers_first(world: World, browser: Client) -> None:
    page = visit(browser, "/thu-tuc/1.004222/")
    answers = words(page.xpath("//dl[@class='answers']")[0])

    assert "7 ngày làm việc" in answers
    assert "xong trước 17:00 thứ Sáu 27/11/2026" in answers  # the 24th is a day off
    assert "10.000" in answers
    assert page.xpath("//ol[contains(@class, 'days')]/li[contains(@class, 'off')]")


def test_the_papers_are_those_of_my_case(world: World, browser: Client) -> None:
    own = visit(browser, "/thu-tuc/1.004222/?truong-hop=own")
    rent = visit(browser, "/thu-tuc/1.004222/?truong-hop=rent")

    assert "Không phải nộp" in words(own.xpath("//ol[contains(@class,'papers')]")[0])
    assert "Hợp đồng thuê" not in words(own)
    assert "Hợp đồng thuê" in words(rent.xpath("//ol[contains(@class,'papers')]")[0])


def test_an_unknown_case_shows_the_first(world: World, browser: Client) -> None:
    page = visit(browser, "/thu-tuc/1.004222/?truong-hop=la")

    assert page.xpath("//input[@checked]/@value") == ["own"]


def test_who_cannot_file_here_is_shown_the_counter(world: World, browser: Client) -> None:
    page = visit(browser, "/thu-tuc/2.000815/")

    assert not page.xpath("//a[starts-with(@href, '/nop-ho-so/')]")
    assert "chưa nhận qua mạng" in words(page)


def test_other_provinces_variants_are_kept_for_comparison(world: World, browser: Client) -> None:
    worlds.procedure("3.000001", {**worlds.RESIDENCE, "name": "Đăng ký thường trú tại Huế"})
    Procedure.objects.filter(code="3.000001").update(
        family="1.004222", is_offered=False, scope="other_province"
    )

    assert "3.000001" in words(visit(browser, "/thu-tuc/1.004222/"))
    foreign = visit(browser, "/thu-tuc/3.000001/")
    assert "không nộp tại Khánh Hòa" in words(foreign)
    assert not foreign.xpath("//a[starts-with(@href, '/nop-ho-so/')]")


def test_an_unknown_procedure_is_not_found(world: World, browser: Client) -> None:
    visit(browser, "/thu-tuc/9.999999/", status=404)
    assert browser.get("/thu-tuc/9.999999/giay-to.pdf").status_code == 404
    assert browser.post("/thu-tuc/9.999999/huong-dan/").status_code == 404


def test_the_list_can_be_printed(world: World, browser: Client) -> None:
    page = visit(browser, "/thu-tuc/1.004222/giay-to/?truong-hop=rent")
    paper = browser.get("/thu-tuc/1.004222/giay-to.pdf?truong-hop=rent")

    assert "Hợp đồng thuê" in words(page)
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_guidance_is_kept_with_the_version_it_was_given_from(
    world: World, browser: Client
) -> None:
    answer = browser.post("/thu-tuc/1.004222/huong-dan/", {"truong-hop": "rent"})

    kept = Guidance.objects.get()
    assert answer.content.startswith(b"%PDF-")
    assert (kept.case_key, kept.channel) == ("rent", "portal")
    assert "Hợp đồng thuê" in kept.text


@pytest.mark.parametrize("path", ["/tro-nang/", "/du-lieu-ca-nhan/"])
def test_pages_that_stand_still(world: World, browser: Client, path: str) -> None:
    visit(browser, path)
