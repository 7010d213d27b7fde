"""The page of components, the switches of how pages are displayed, the pages of errors."""

from django.test import Client
from tests.web.visit import checked, visit, words


def test_every_component_is_shown_once(db: None, client: Client) -> None:
    page = visit(client, "/ui/", most_queries=0)

    assert len(page.xpath("//span[@data-state]")) == 10
    assert page.xpath("//ol[contains(@class, 'days')]/li[contains(@class, 'over')]")
    assert page.xpath("//*[@aria-invalid='true']")


def test_large_type_and_dark_are_kept(db: None, client: Client) -> None:
    answer = client.post("/ui/hien-thi/", {"co_chu": "lon", "nen": "toi", "next": "/ui/?a=1"})

    assert answer["Location"] == "/ui/?a=1"
    page = visit(client, "/ui/")
    assert (page.get("data-type"), page.get("data-theme")) == ("large", "dark")


def test_the_switch_leads_nowhere_else(db: None, client: Client) -> None:
    answer = client.post("/ui/hien-thi/", {"co_chu": "lon", "next": "https://xau.example/"})

    assert answer["Location"] == "/"


def test_an_unknown_choice_is_not_kept(db: None, client: Client) -> None:
    client.post("/ui/hien-thi/", {"co_chu": "<script>"})

    assert "co_chu" not in client.cookies


def test_english_is_one_button_away(db: None, client: Client) -> None:
    client.post("/ngon-ngu/setlang/", {"language": "en", "next": "/ui/"})

    assert visit(client, "/ui/").get("lang") == "en"


def test_a_page_that_is_not_there_says_so_in_words(db: None, client: Client) -> None:
    page = checked(client.get("/khong-co-trang-nay/"), "404")

    assert "Không tìm thấy" in words(page)
