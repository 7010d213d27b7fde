"""The officer's side panel beside a dossier."""

from datetime import timedelta

from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.desk.conftest import At
from tests.web.visit import send, visit, words

from motcua.dossiers import services as dossiers

MANY = 40  # law, drafts and similar dossiers in one page


def address(code: str) -> str:
    return f"/desk/dossiers/{code}/assistant/"


def test_the_step_shows_its_law_and_drafts(world: World, sits: At) -> None:
    row = worlds.filed(world)

    page = visit(sits("receptionist"), address(row.code), most_queries=MANY)

    said = words(page.xpath("//main")[0])
    assert "118/2025/NĐ-CP Điều 17 khoản 1" in said
    assert "bản nháp do máy soạn" in said
    assert page.xpath("//details[@data-ai-generated='true']//*[@data-draft='law']")
    assert "1022" in said


def test_a_draft_names_what_is_lacking(world: World, sits: At) -> None:
    row = worlds.filed(world, papers=())

    page = visit(sits("receptionist"), address(row.code), most_queries=MANY)

    draft = words(page.xpath("//*[@data-draft='reason']")[0])
    assert "1. " in draft
    assert "CT01" in draft


def test_similar_dossiers_are_counted_without_names(world: World, sits: At) -> None:
    for owner in range(3):
        other = worlds.filed(world, papers=(), at=MONDAY_8AM - timedelta(days=owner + 1))
        dossiers.request_supplement(
            code=other.code,
            items={"ct01": "Chưa có tờ khai CT01."},
            reason="Hồ sơ chưa có tờ khai CT01.",
            by=world["receptionist"],
            at=MONDAY_8AM,
        )
    row = worlds.filed(world)

    page = visit(sits("receptionist"), address(row.code), most_queries=MANY)

    similar = words(page.xpath("//section[@aria-labelledby='tl-giong']")[0])
    assert "3 hồ sơ" in similar
    assert "3 / 3" in similar
    assert "Phúc" not in similar


def test_too_few_similar_dossiers_say_nothing(world: World, sits: At) -> None:
    row = worlds.filed(world)

    page = visit(sits("receptionist"), address(row.code), most_queries=MANY)

    assert "Chưa đủ hồ sơ" in words(page)


def test_a_question_keeps_the_dossiers_procedure_in_mind(world: World, sits: At) -> None:
    row = worlds.filed(world)

    page = send(sits("receptionist"), address(row.code), {"q": "thời hạn bao lâu"})

    assert "1.004222" in words(page.xpath("//article[@data-ai-generated]")[0])


def test_an_empty_question_is_told(world: World, sits: At) -> None:
    row = worlds.filed(world)

    page = send(sits("receptionist"), address(row.code), {"q": " "}, status=422)

    assert "Chưa có câu hỏi" in words(page)


def test_a_dossier_of_others_gives_no_advice(world: World, sits: At) -> None:
    row = worlds.filed(world)

    assert sits("clerk").get(address(row.code)).status_code == 404
