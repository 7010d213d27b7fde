"""An accepted answer answers the question it was written for, word for word, and no wider one."""

from datetime import timedelta

import pytest
from tests.factories import world as worlds

from motcua.assistant.answering.ask import ask
from motcua.assistant.models import Topic
from motcua.assistant.services import knowing, learning
from motcua.directory.actor import SYSTEM

AT = worlds.MONDAY_8AM
QUESTION = "Nuôi chim yến trong khu dân cư có phải xin phép không?"
TEXT = "Không được nuôi chim yến trong khu dân cư; nhà yến có từ trước thì giữ nguyên hiện trạng."


@pytest.fixture
def taught(db: None) -> worlds.World:
    """Somebody asked in vain, a keeper answered, another accepted; the index was built."""
    world = worlds.build()
    asked = learning.Asked("xin phep nuoi chim yen trong khu dan cu", "unknown", AT, turn=1)
    learning.gather(asked=[asked], by=SYSTEM, at=AT)
    answer = learning.propose(
        topic=Topic.objects.get().pk, words=learning.Words(QUESTION, TEXT),
        sources=[{"kind": "procedure", "reference": "1.004222", "title": "Nguồn thử"}],
        valid_from=AT.date(), by=world["keeper"], at=AT,
    )  # fmt: skip
    learning.accept(answer=answer.pk, by=world["controller"], at=AT)
    knowing.build(by=SYSTEM, at=AT)
    return world


@pytest.mark.parametrize(
    "question",
    [QUESTION, "nuoi chim yen trong khu dan cu xin phep", "xin phép nuôi chim yến khu dân cư"],
)
def test_it_is_given_word_for_word_with_its_source(taught, question):
    answer = ask(question, on=AT.date(), at=AT)

    (block,) = answer.blocks
    assert (block.claims[0].text, block.claims[0].exact) == (TEXT, True)
    assert (answer.sources[0].kind, answer.sources[0].title) == ("answer", "Nguồn thử")
    assert answer.procedures == ("1.004222",)


@pytest.mark.parametrize(
    "question",
    [
        "đăng ký thường trú cần giấy tờ gì",
        "nuôi chó trong khu dân cư phải xin phép gì",
        "chim yến",
    ],
)
def test_a_wider_or_other_question_does_not_get_it(taught, question):
    assert (
        TEXT
        not in [c.text for b in ask(question, on=AT.date(), at=AT).blocks for c in b.claims][:1]
    )


def test_it_is_not_given_for_a_day_before_its_own(taught):
    before = AT.date() - timedelta(days=1)

    assert TEXT not in ask(QUESTION, on=before, at=AT).text
