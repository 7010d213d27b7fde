"""Follow-ups keep their thread; days are counted; anything typed ends in an outcome."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assistant.answering.conftest import MONDAY, Ask

from motcua.assistant.answering import dates
from motcua.assistant.answering.answer import Outcome
from motcua.assistant.answering.text import MOST_SIGNS, read


@pytest.mark.parametrize(
    ("questions", "code", "told"),
    [
        (("Đăng ký thường trú cần giấy tờ gì?", "thế còn phí?"), "1.004222", "20.000"),
        (("Đăng ký khai sinh cần gì?", "ở đâu?"), "1.001193", "Ủy ban nhân dân"),
        (("Mất căn cước làm lại ở đâu?", "mấy ngày có?"), "1.014064", "7 ngày làm việc"),
        (("Kết hôn cần gì?", "online được không?"), "1.000894", "mạng"),
    ],
)
def test_a_follow_up_keeps_its_thread(
    say: Ask, questions: tuple[str, ...], code: str, told: str
) -> None:
    answer = say(*questions)

    assert answer.outcome == Outcome.ANSWERED, answer.text
    assert answer.procedures[0] == code
    assert told in answer.text


def test_another_matter_leaves_the_thread(say: Ask) -> None:
    answer = say("Đăng ký kết hôn cần gì?", "cho hỏi việc khác, mất sổ đỏ làm lại mấy ngày?")

    assert answer.procedures[0] == "1.012786"


def test_the_centre_of_the_own_commune_is_named(say: Ask) -> None:
    answer = say("Đăng ký khai sinh nộp ở đâu?", place="22366")

    assert any(source.kind == "place" for source in answer.sources)


def test_the_last_day_is_counted_from_the_day_that_was_named(say: Ask) -> None:
    answer = say("vợ tôi sinh con hôm 12/11, khai sinh cần gì, hạn tới khi nào?")

    assert "11/01/2027" in answer.text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("sinh hôm 12/11", (date(2026, 11, 12),)),
        ("sinh ngày 12 tháng 11 năm 2026", (date(2026, 11, 12),)),
        ("cưới 31/12", (date(2025, 12, 31),)),
        ("nộp 2026-11-20", (date(2026, 11, 20),)),
        ("hạn 31/02/2026", ()),
        ("3 ngày trước", (date(2026, 11, 20),)),
        ("không có ngày", ()),
    ],
)
def test_named_days_are_read(text: str, days: tuple[date, ...]) -> None:
    assert dates.named(text, MONDAY.date()) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("trong thời hạn 60 ngày kể từ ngày sinh con", 60),
        ("trong 15 ngày kể từ ngày có người chết", 15),
        ("5 ngày làm việc kể từ ngày nhận", None),
        ("không có số", None),
    ],
)
def test_periods_are_read(text: str, days: int | None) -> None:
    assert dates.period(text) == days


@given(st.text(max_size=MOST_SIGNS))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_anything_typed_ends_in_an_outcome(say: Ask, text: str) -> None:
    answer = say(text)

    assert answer.outcome in Outcome
    assert 0.0 <= answer.confidence <= 1.0


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("làm giấy khai sinh cần gì", "vi"),
        ("lam giay khai sinh can gi", "vi"),
        ("how do I register a birth", "en"),
        ("what is the fee for a passport", "en"),
        ("", "vi"),
        ("123", "vi"),
    ],
)
def test_the_language_is_told(typed: str, language: str) -> None:
    assert read(typed).language == language
