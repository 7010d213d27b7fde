"""Questions that ask for the same thing come together, whatever else is in them."""

from datetime import date

import pytest

from motcua.assistant.learning import clusters, evaluation, states
from motcua.assistant.learning.clusters import Clusters

TOPICS = (
    (
        "Xin giấy phép nuôi chim yến trong khu dân cư thế nào?",
        "nuôi chim yến trong khu dân cư có phải xin phép không",
        "xin phep nuoi chim yen trong khu dan cu",
        "cho em hỏi giấy phép nuôi chim yến ạ",
    ),
    (
        "Đổi giấy phép lái xe của nước ngoài sang Việt Nam ở đâu?",
        "doi giay phep lai xe nuoc ngoai",
        "đổi bằng lái xe nước ngoài sang giấy phép lái xe Việt Nam",
    ),
    (
        "Hỗ trợ tiền học cho con hộ cận nghèo",
        "con tôi thuộc hộ cận nghèo được hỗ trợ tiền học không",
        "ho tro tien hoc cho ho can ngheo",
    ),
    ("Cấp lại sổ đỏ bị mất", "bị mất sổ đỏ thì cấp lại thế nào", "sổ đỏ mất cấp lại ở đâu"),
    ("Cấp lại thẻ bảo hiểm y tế bị mất", "mất thẻ bảo hiểm y tế cấp lại"),
    ("Đăng ký kết hôn với người nước ngoài", "kết hôn với người nước ngoài đăng ký ở đâu"),
    ("Đăng ký tạm trú cho người nước ngoài", "người nước ngoài đăng ký tạm trú thế nào"),
)


# Names as the catalogue has them: many of a kind, so that what they share weighs little.
NAMES = tuple(
    f"{act} {what}"
    for act in ("Đăng ký", "Cấp lại", "Cấp giấy phép", "Đăng ký lại", "Xác nhận", "Cấp đổi")
    for what in (
        "khai sinh", "kết hôn có yếu tố nước ngoài", "tạm trú", "thẻ bảo hiểm y tế do bị mất",
        "giấy chứng nhận quyền sử dụng đất", "kinh doanh", "cho người nước ngoài", "xây dựng",
    )
)  # fmt: skip


def gathered(questions: list[str]) -> list[int]:
    found, places = Clusters(background=NAMES), []
    for at, question in enumerate(questions):
        cluster = found.place(question)
        places.append(at if cluster is None else cluster)
        found.lead(places[-1], question)
    return places


def test_questions_come_together_by_what_they_are_about():
    questions = [question for topic in TOPICS for question in topic]

    places = gathered(questions)

    firsts = [sum(map(len, TOPICS[:at])) for at in range(len(TOPICS))]
    wanted = [first for first, topic in zip(firsts, TOPICS, strict=True) for _ in topic]
    apart = [q for q, place, want in zip(questions, places, wanted, strict=True) if place != want]
    assert not apart


def test_a_later_run_changes_nothing_of_an_earlier_one():
    questions = [question for topic in TOPICS for question in topic]
    whole = gathered(questions)
    half = len(questions) // 2
    earlier = gathered(questions[:half])
    later = Clusters(zip(earlier, questions[:half], strict=True), background=NAMES)
    places = []
    for at, question in enumerate(questions[half:], half):
        cluster = later.place(question)
        places.append(at if cluster is None else cluster)
        later.lead(places[-1], question)

    assert earlier + places == whole


def test_marks_and_usual_phrases_say_nothing():
    assert clusters.core(
        "Cho em hỏi ông [họ tên] nuôi chim yến, như thế nào nhé?"
    ) == clusters.core("ông nuôi chim yến thế nào")
    assert clusters.core("là gì?") == "la gi"
    assert clusters.core("Sổ đỏ của hộ cận nghèo") == "so do ho can ngheo"
    assert Clusters().place("nuôi yến") is None


@pytest.mark.parametrize(
    ("outcome", "confidence", "vote", "reason"),
    [
        ("unknown", 0.1, "", "unknown"), ("answered", 0.9, "", ""), ("answered", 0.3, "", "unsure"),
        ("answered", 0.9, "wrong", "disliked"), ("answered", 0.3, "yes", ""),
        ("partly", 0.5, "", "unsure"),
        ("unknown", 0.1, "yes", "unknown"), ("attack", 0.0, "wrong", ""), ("danger", 0.0, "wrong", ""),
        ("own_dossier", 0.0, "", ""), ("out_of_scope", 0.0, "", ""),
        ("out_of_scope", 0.0, "wrong", "disliked"),
        ("complaint", 0.2, "wrong", ""), ("clarified", 0.2, "", ""),
    ],
)  # fmt: skip
def test_only_what_went_badly_is_put_on_the_list(outcome, confidence, vote, reason):
    assert states.reason_of(outcome, confidence, vote) == reason


def test_an_answer_becomes_rows_of_the_evaluation():
    made = evaluation.rows(
        number=7, question="Nuôi yến?", text="Không được nuôi trong 300 m; phạt 5.000.000 đồng.",
        procedures=("1.002338",), on=date(2026, 7, 1), ways=("Nuôi yến?", "nuoi yen"),
    )  # fmt: skip

    assert [row["question"] for row in made] == ["Nuôi yến?", "nuoi yen"]
    assert made[0]["must"] == ["300", "5.000.000"]
    assert (made[0]["id"], made[0]["on"], made[0]["outcome"]) == (
        "learned-7-0", "2026-07-01", ["answered"],
    )  # fmt: skip
