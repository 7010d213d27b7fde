"""What an answer rests on: an article, a document, another source; its validity is always said."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from tests.assistant.knowledge.conftest import MONDAY, law_of
from tests.factories.world import World
from tests.web.visit import visit, words

from motcua.assistant.services import knowing
from motcua.directory.actor import SYSTEM


@pytest.fixture
def law(world: World, tmp_path: Path) -> Path:
    """Texts of law, without an index: pages read rows."""
    path = law_of(tmp_path)
    knowing.load_law(files=[path], by=SYSTEM, at=MONDAY)
    return path


def said(page: object) -> str:
    return words(page.xpath("//main")[0])  # type: ignore[attr-defined]


def test_an_article_in_force_says_since_when_and_what_changed_it(
    law: Path, browser: Client
) -> None:
    page = visit(browser, "/van-ban/118-2025-nd-cp/17/")

    assert "Đang có hiệu lực, từ 01/07/2025" in said(page)
    assert page.xpath("//a[@href='/van-ban/309-2026-nd-cp/8/']")
    assert page.xpath("//*[@id='tra-loi-truc-tuyen-8-gio']")
    assert "08 giờ làm việc" in said(page)


def test_a_replaced_article_says_so_and_leads_on(law: Path, browser: Client) -> None:
    page = visit(browser, "/van-ban/61-2018-nd-cp/17/")

    assert "Hết hiệu lực từ 01/07/2025" in said(page)
    assert page.xpath("//a[@href='/van-ban/118-2025-nd-cp/']")


def test_an_article_is_judged_on_the_day_that_is_asked(law: Path, browser: Client) -> None:
    then = said(visit(browser, "/van-ban/61-2018-nd-cp/17/?ngay=2024-05-01"))
    early = said(visit(browser, "/van-ban/118-2025-nd-cp/17/?ngay=2024-05-01"))
    nonsense = said(visit(browser, "/van-ban/61-2018-nd-cp/17/?ngay=2024-99-99"))

    assert "Đang có hiệu lực, đến trước 01/07/2025" in then
    assert "xét theo ngày 01/05/2024" in then
    assert "Chưa có hiệu lực, bắt đầu từ 01/07/2025" in early
    assert "Hết hiệu lực từ 01/07/2025" in nonsense


def test_a_document_lists_its_articles(law: Path, browser: Client) -> None:
    page = visit(browser, "/van-ban/118-2025-nd-cp/")

    assert page.xpath("//a[@href='/van-ban/118-2025-nd-cp/17/']")
    assert page.xpath("//a[@href='/van-ban/309-2026-nd-cp/']")


def test_a_fact_without_its_text_is_told_as_ours(law: Path, browser: Client) -> None:
    page = visit(browser, "/van-ban/60-2014-qh13/15/")

    assert "60 ngày kể từ ngày sinh" in said(page)
    assert "Nguyên văn của điều này chưa có ở đây" in said(page)


def test_a_consolidated_text_opens_its_law(law: Path, browser: Client) -> None:
    assert "31/2024/QH15" in said(visit(browser, "/van-ban/45-vbhn-vpqh/"))


@pytest.mark.parametrize(
    "address",
    [
        "/van-ban/9-9999-nd-cp/",
        "/van-ban/118-2025-nd-cp/999/",
        "/hoi-dap/nguon/khong-co/",
        "/hoi-dap/nguon/%00/",
    ],
)
def test_what_is_not_known_is_not_there(law: Path, browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_a_source_without_a_page_of_its_own_is_shown(law: Path, browser: Client) -> None:
    knowing.load_places(by=SYSTEM, at=MONDAY)
    answer = knowing.AcceptedAnswer(
        key="hd:1",
        question="Được nuôi bao nhiêu chim yến?",
        answer="Chín con.",
        source="Trung tâm, 23/11/2026",
        valid_from=date(2026, 11, 1),
    )
    knowing.keep_answer(answer, by=SYSTEM, at=MONDAY)

    page = visit(browser, "/hoi-dap/nguon/hd:1/")

    assert "Chín con." in said(page)
    assert "Nguồn: Trung tâm, 23/11/2026" in said(page)
    assert "1022" in said(visit(browser, "/hoi-dap/nguon/duong-day-nong/"))
    law_key = browser.get("/hoi-dap/nguon/vb:118/2025/NĐ-CP:17/")
    assert law_key.headers["Location"] == "/van-ban/118-2025-nd-cp/17/"
