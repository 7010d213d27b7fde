"""Where time goes: the map, the paths, the waits and the deviations, and who may see them."""

from datetime import timedelta

import pytest
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, World
from tests.web.boards.conftest import browser_of
from tests.web.visit import visit, words

from motcua.dossiers import services as dossiers
from motcua.reporting import services as figures

PAGE = "/boards/mining/?ky=year&thu-tuc=1.004222"


@pytest.fixture
def told(world: World) -> World:
    """The week of the boards, and one dossier that was sent back once."""
    again = stories.appraised(world)
    dossiers.send_back(
        code=again.code, reason="Tờ trình chưa nêu căn cứ pháp lý", by=world["head"],
        at=MONDAY_8AM + timedelta(hours=6),
    )  # fmt: skip
    figures.follow()
    return world


@pytest.mark.parametrize("name", ["controller", "chairman", "head", "auditor", "centre_lead"])
def test_leaders_see_where_time_goes(told: World, name: str):
    page = visit(browser_of(told, name), PAGE)

    said = words(page)
    assert "Tiếp nhận" in said
    assert "Chờ và làm, trong giờ làm việc" in said
    assert "nhiều giờ làm việc nhất nằm ở bước" in said
    assert page.xpath("//*[local-name()='svg'][contains(@class, 'dfg')]")


@pytest.mark.parametrize("name", ["receptionist", "appraiser", "citizen"])
def test_others_do_not(told: World, name: str):
    assert browser_of(told, name).get(PAGE).status_code == 403


def test_the_map_has_its_table(told: World):
    page = visit(browser_of(told, "controller"), PAGE)

    rows = page.xpath("//table[caption[contains(., 'Việc nối việc')]]/tbody/tr")
    assert ["Nộp hồ sơ", "Tiếp nhận"] in [
        [cell.text_content().strip() for cell in row[:2]] for row in rows
    ]


def test_what_was_sent_back_is_seen_as_rework(told: World):
    assert "Trả lại bước trước" in words(visit(browser_of(told, "controller"), PAGE))


def test_a_head_sees_the_own_agency_only(told: World):
    page = visit(browser_of(told, "other_head"), PAGE)

    assert "Nam Nha Trang" in words(page)
    assert "Kỳ này chưa có hồ sơ" in words(page)


def test_a_part_of_the_paths_is_drawn(told: World):
    page = visit(browser_of(told, "controller"), PAGE + "&phan=50")

    assert "Sơ đồ việc nối việc" in words(page)


def test_a_procedure_that_does_not_exist_is_empty(told: World):
    page = visit(browser_of(told, "controller"), "/boards/mining/?ky=year&thu-tuc=9.999999")

    assert "Kỳ này chưa có hồ sơ" in words(page)
