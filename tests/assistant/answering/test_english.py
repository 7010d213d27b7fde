"""Questions in English are answered in English, from the same rows; Vietnamese is marked."""

import pytest
from tests.assistant.answering.conftest import Ask

from motcua.assistant.answering.text import read


@pytest.mark.parametrize(
    ("question", "code", "told"),
    [
        ("How do I register a birth?", "1.001193", "Birth registration"),
        ("How much is permanent residence?", "1.004222", "20.000"),
        ("work permit?", "1.014199", "Work permit"),
    ],
)
def test_an_english_question_has_an_english_answer(
    say: Ask, question: str, code: str, told: str
) -> None:
    answer = say(question)

    assert answer.language == "en"
    assert answer.procedures[0] == code
    assert told in answer.text


def test_an_english_follow_up_keeps_its_thread(say: Ask) -> None:
    answer = say("How much is permanent residence?", "and how long does it take?")

    assert answer.language == "en"
    assert answer.procedures[0] == "1.004222"


def test_the_vietnamese_introduction_is_marked(say: Ask) -> None:
    answer = say("How do I register a birth?")

    assert "In Vietnamese, as published: “" in answer.text


@pytest.mark.parametrize("typed", ["fee for passport?", "work permit?", "lost red book"])
def test_a_short_english_question_is_known_as_english(typed: str) -> None:
    assert read(typed).language == "en"
