"""A question asked of the house while a model is set up: the turn tells what became of it."""

import pytest
from tests.factories import model_servers as servers
from tests.factories import world as worlds

from motcua.assistant import ports
from motcua.assistant.answering.answer import Answer, Claim
from motcua.assistant.services import talk
from motcua.catalog.models import ProcedureVersion

ASK = "đăng ký thường trú nộp ở đâu, cần giấy tờ gì"


PLAIN = "Ghi nơi ở lâu dài của bạn vào dữ liệu cư trú."


@pytest.fixture
def world(db: None) -> worlds.World:
    made = worlds.build()
    version = ProcedureVersion.objects.get(procedure__code="1.004222")
    version.content = worlds.RESIDENCE | {"plain": PLAIN}
    version.save()
    return made


def claims(answer: Answer) -> list[Claim]:
    return [claim for block in answer.blocks for claim in block.claims]


@pytest.fixture
def asked(settings, world):
    """Ask with a model set up at an address."""

    def ask(url: str) -> talk.Said:
        ports._opened.cache_clear()
        settings.MOTCUA_LLM_URL, settings.MOTCUA_LLM_SECONDS = url, 0.6
        at = worlds.MONDAY_8AM
        return talk.ask(question=ASK, on=at.date(), at=at)

    yield ask
    if (model := ports.rewriter()) is not None:
        model.close()
    ports._opened.cache_clear()


def test_without_a_model_and_with_a_broken_one_people_read_the_same(asked):
    plain = asked("")
    with servers.behaving(servers.raw(b"rubbish")) as (url, _heard):
        broken = asked(url)
    with servers.behaving(servers.silent) as (url, _heard):
        slow = asked(url)

    assert plain.answer.procedures[0] == "1.004222"
    assert plain.answer.blocks == broken.answer.blocks == slow.answer.blocks
    assert [said.turn.steps[-1][0] for said in (broken, slow)] == ["reword:broken", "reword:slow"]
    assert not any(name.startswith("reword") for name, _ms in plain.turn.steps)


def test_an_introduction_is_said_more_kindly_and_nothing_else_is(asked, tmp_path):
    plain = asked("")
    kind = "Bạn hãy ghi nơi ở lâu dài vào dữ liệu cư trú nhé."
    with servers.llama(tmp_path, [f"[1] {kind}"]) as url:
        said = asked(url)

    told = [
        (a, b) for a, b in zip(claims(plain.answer), claims(said.answer), strict=True) if a != b
    ]
    assert [(before.text, after.text) for before, after in told] == [(PLAIN, kind)]
    assert said.turn.steps[-1][0] == "reword"


def test_a_real_model_that_lies_changes_no_answer_of_the_house(asked, tmp_path):
    plain = asked("")
    lies = [
        "[1] Nộp tại nhà cán bộ, lệ phí 9.000.000 đồng, không cần giấy tờ.\n[2] Gọi 0900000000."
    ]
    with servers.llama(tmp_path, lies) as url:
        said = asked(url)

    assert said.answer.blocks == plain.answer.blocks
    assert said.answer.sources == plain.answer.sources
