"""The chat on the portal: what is asked, what is shown, and what is kept."""

from typing import Any

from django.test import Client
from lxml import html
from tests.factories.world import World
from tests.web.visit import checked, send, visit, words

ASK = "/hoi-dap/"


def asked(browser: Client, question: str) -> html.HtmlElement:
    answer = browser.post(ASK, {"q": question})
    assert answer.status_code == 302, answer.content
    return visit(browser, ASK)


def test_a_question_is_answered_with_sources(world: World, browser: Client) -> None:
    page = asked(browser, "dang ky thuong tru can giay to gi")

    answer = page.xpath("//article[@data-ai-generated='true']")[0]
    assert "CT01" in words(answer)
    number = answer.xpath(".//sup/a/@href")[0]
    assert answer.xpath(f".//ol[@class='sources']/li[@id='{number[1:]}']//a/@href")
    assert answer.xpath(".//link[@itemprop='digitalSourceType']")
    assert answer.xpath(".//a[contains(@href, '/giay-to/')]")


def test_the_page_says_that_it_is_a_machine(world: World, browser: Client) -> None:
    page = visit(browser, ASK)

    assert "Bạn đang hỏi máy" in words(page)
    assert page.xpath("//meta[@name='ai-generated']")


def test_danger_shows_the_numbers_first(world: World, browser: Client) -> None:
    page = asked(browser, "nhà tôi đang cháy")

    bubble = page.xpath("//div[contains(@class, 'bubble it')]")[0]
    assert bubble.xpath(".//a/@href")[:3] == ["tel:114", "tel:113", "tel:115"]


def test_parts_come_one_after_the_other(world: World, browser: Client) -> None:
    answer = browser.post(
        ASK, {"q": "dang ky thuong tru"}, headers={"accept": "application/x-ndjson"}
    )

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert '"into": "log"' in lines[0]
    assert '"into": "turn"' in lines[1]
    assert '"into": "blocks"' in lines[2]
    assert '"into": "after"' in lines[-1]


def test_nothing_typed_is_lost(world: World, browser: Client) -> None:
    long = "a" * 1001

    page = send(browser, ASK, {"q": long}, status=422)

    assert page.xpath("//input[@name='q']/@value")[-1] == long
    assert "dài quá 1 chữ cái" in words(page)


def test_too_many_questions_wait(world: World, browser: Client) -> None:
    for _question in range(41):
        browser.post(ASK, {"q": "xin chào"})

    answer = browser.post(ASK, {"q": "xin chào"})

    assert answer.status_code == 429
    assert "xin chào" in checked(answer, ASK).xpath("//input[@name='q']/@value")


def test_a_vote_asks_what_is_wrong_and_thanks(world: World, browser: Client) -> None:
    asked(browser, "dang ky thuong tru can giay to gi")

    browser.post("/hoi-dap/danh-gia/", {"luot": "1", "y-kien": "wrong"})
    assert visit(browser, ASK).xpath("//textarea[@name='loi']")
    browser.post("/hoi-dap/danh-gia/", {"luot": "1", "y-kien": "wrong", "loi": "thiếu phí"})

    assert "Cảm ơn bạn" in words(visit(browser, ASK))


def test_a_deleted_conversation_is_gone(world: World, browser: Client) -> None:
    asked(browser, "dang ky thuong tru")

    browser.post("/hoi-dap/xoa/")

    assert not visit(browser, ASK).xpath("//div[@class='bubble me']")


def test_choosing_a_case_asks_again(world: World, browser: Client) -> None:
    page = asked(browser, "dang ky thuong tru can gi")
    choice = page.xpath("//form[contains(@class, 'choices')]//button/@value")[0]

    page = asked(browser, choice)

    assert len(page.xpath("//article[@data-ai-generated]")) == 2


def test_a_streamed_answer_stays_in_the_conversation(world: World, browser: Client) -> None:
    answer = browser.post(
        ASK, {"q": "đăng ký thường trú"}, headers={"accept": "application/x-ndjson"}
    )
    assert b"".join(answer.streaming_content)

    assert "thường trú" in words(visit(browser, ASK).xpath("//div[@class='bubble me']")[0])


def test_what_identifies_somebody_is_not_kept(world: World, browser: Client) -> None:
    page = asked(browser, "số căn cước 056092999118 của tôi nhập hộ khẩu cần gì")

    assert "056092999118" not in words(page)


def test_signs_that_no_table_holds_are_refused(world: World, browser: Client) -> None:
    assert "ký tự không đọc được" in words(send(browser, ASK, {"q": "a\x00b"}, status=422))


def test_a_vote_on_nothing_is_told(world: World, browser: Client) -> None:
    page = send(browser, "/hoi-dap/danh-gia/", {"luot": "7", "y-kien": "yes"})

    assert "Không tìm thấy câu trả lời này" in words(page)


def test_the_plain_answer_comes_before_the_model(
    world: World, browser: Client, settings: Any
) -> None:
    settings.MOTCUA_LLM_URL = "http://127.0.0.1:9/v1"  # nobody listens there

    answer = browser.post(
        ASK, {"q": "đăng ký thường trú"}, headers={"accept": "application/x-ndjson"}
    )

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert sum('"into": "turn"' in line for line in lines) == 2
    assert "thường trú" in words(visit(browser, ASK).xpath("//article")[-1])


def test_what_is_handed_on_is_a_question(world: World, browser: Client) -> None:
    page = visit(browser, "/phan-anh/gui/?loai=hoi-dap&noi-dung=bao+nhieu+tien", most_queries=25)

    assert page.xpath("//input[@name='kind']/@value") == ["question"]
    assert words(page.xpath("//textarea[@name='text']")[0]) == "bao nhieu tien"
