"""A fact is found in an answer however it is spelt there, and only as a whole."""

import pytest

from motcua.assistant.quality.matching import says


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        ("Trong 03 (ba) ngày làm việc", "3 ngày làm việc"),
        ("Phí 20.000 đồng một lần", "20.000"),
        ("The fee is 20,000 VND", "20.000"),
        ("chừng 20 nghìn đồng", "20.000"),
        ("Mở cửa 07:00–11:30", "7 giờ"),
        ("Nghỉ lúc 11 giờ 30", "11:30"),
        ("đến hết ngày 31 tháng 12 năm 2024", "31/12/2024"),
        ("theo Nghị định 118/2025/NĐ-CP", "118/2025"),
        ("CÔNG AN XÃ", "Công an"),
    ],
)
def test_a_fact_is_found_in_any_spelling(answer: str, fact: str) -> None:
    assert says(answer, fact)


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        ("trong 13 ngày làm việc", "3 ngày làm việc"),
        ("phí 120.000 đồng", "20.000"),
        ("lúc 17 giờ", "7 giờ"),
        ("3 ngày", "3 ngày làm việc"),
    ],
)
def test_a_part_of_another_fact_is_not_the_fact(answer: str, fact: str) -> None:
    assert not says(answer, fact)


def test_one_of_several_wordings_is_enough() -> None:
    assert says("Không mất tiền.", ["miễn phí", "không mất tiền"])
    assert not says("Có thu lệ phí.", ["miễn phí", "không mất tiền"])
