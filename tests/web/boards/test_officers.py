"""The officers' board: who sees whom, and that a few cases rank nobody."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from tests.factories import world as stories
from tests.factories.world import World
from tests.web.boards.conftest import FRIDAY, browser_of
from tests.web.boards.test_boards import visit
from tests.web.visit import words

from motcua.dossiers import services as dossiers
from motcua.reporting import services as figures
from motcua.web.boards import officers

PAGE = "/boards/officers/?ky=month"


@pytest.fixture(autouse=True)
def _given(world: World) -> None:
    """Let the head give two dossiers to the appraiser; one of them is settled."""
    for is_settled in (True, False):
        row = stories.accepted(world, at=FRIDAY - timedelta(days=1))
        to, at = world.accounts["appraiser"], FRIDAY - timedelta(hours=3)
        dossiers.assign(code=row.code, to=to, by=world["head"], at=at)
        if is_settled:
            dossiers.appraise(code=row.code, by=world["appraiser"], at=at)
            dossiers.approve(code=row.code, by=world["head"], at=at)
            dossiers.issue(code=row.code, by=world["clerk"], at=at)
    figures.follow()


def names(page) -> list[str]:
    return [words(cell) for cell in page.xpath("//table[contains(@class, 'officers')]/tbody//th")]


def test_the_head_sees_the_officers_of_the_agency(world: World):
    page = visit(browser_of(world, "head"), PAGE)

    assert len(names(page)) >= 1
    assert world.accounts["appraiser"].name in " ".join(names(page))


def test_an_officer_sees_the_own_line_only(world: World):
    page = visit(browser_of(world, "appraiser"), PAGE)

    assert all("(tôi)" in name for name in names(page))


@pytest.mark.parametrize("name", ["controller", "auditor", "chairman"])
def test_who_answers_for_more_chooses_the_agency(world: World, name: str):
    code = world.agencies["committee"].code
    page = visit(browser_of(world, name), f"{PAGE}&co-quan={quote(code)}")

    assert world.agencies["committee"].name in words(page.xpath("//h2")[0])


def test_the_head_of_another_agency_sees_none_of_it(world: World):
    code = world.agencies["committee"].code
    page = visit(browser_of(world, "other_head"), f"{PAGE}&co-quan={quote(code)}")

    assert world.accounts["appraiser"].name not in " ".join(names(page))


@pytest.mark.parametrize("name", ["", "citizen"])
def test_nobody_outside_sees_officers(world: World, name: str):
    assert browser_of(world, name).get(PAGE).status_code in (302, 403)
    assert "officers" not in "".join(
        visit(browser_of(world, name), "/boards/").xpath("//nav//@href")
    )


def test_a_few_cases_show_no_share(world: World, monkeypatch):
    few = visit(browser_of(world, "head"), PAGE)
    monkeypatch.setattr(officers, "minimum_on", lambda _day: 1)
    many = visit(browser_of(world, "head"), PAGE)

    assert "%" not in words(few.xpath("//table[contains(@class, 'officers')]")[0])
    assert "%" in words(many.xpath("//table[contains(@class, 'officers')]")[0])


def test_every_number_of_an_officer_opens_as_many_dossiers(world: World):
    client = browser_of(world, "head")
    anchors = visit(client, PAGE).xpath("//table[contains(@class, 'officers')]//td/a")
    for anchor in anchors:
        page = visit(client, anchor.get("href"))
        assert f": {words(anchor)} hồ sơ" in words(page.xpath("//h1")[0])

    assert anchors


@pytest.mark.parametrize(
    ("name", "status"),
    [("head", 200), ("controller", 200), ("appraiser", 200), ("appraiser2", 403),
     ("receptionist", 403), ("other_head", 403)],
)  # fmt: skip
def test_how_many_an_officer_has_is_told_to_who_sees_the_officers(
    world: World, name: str, status: int
):
    code, who = world.agencies["committee"].code, world.accounts["appraiser"].pk
    path = f"/boards/dossiers/?so=settled&ky=month&co-quan={quote(code)}&can-bo={who}"

    assert browser_of(world, name).get(path).status_code == status
