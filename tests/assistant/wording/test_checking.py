"""What a model wrote is let in only where the claim bears it out."""

import pytest

from motcua.assistant.wording import asking, checking

WHERE = "Hồ sơ nộp tại Trung tâm Phục vụ hành chính công nơi cư trú."
WHO = "Không phải nộp bản gốc nếu đã có bản sao chứng thực, trừ trường hợp có nghi ngờ."
TWO = "Trẻ dưới 6 tuổi được miễn, trẻ từ 6 tuổi nộp 50.000 đồng trong 10 ngày làm việc."


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        ("Bạn hãy gửi hồ sơ tại Trung tâm Phục vụ hành chính công nơi cư trú nhé.", WHERE),
        (
            "Không phải nộp bản gốc nếu đã có bản sao chứng thực, trừ trường hợp có nghi ngờ ạ!",
            WHO,
        ),
        ("Trẻ dưới 6 tuổi được miễn. Trẻ từ 6 tuổi nộp 50000 đồng trong 10 ngày làm việc.", TWO),
        (WHERE, WHERE),
    ],
)
def test_what_keeps_to_its_claim_is_let_in(written, claim):
    assert checking.supported(written, claim, "vi") == written


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        # numbers, units, money
        (TWO.replace("50.000", "5.000"), TWO),
        (TWO.replace("50.000", "500.000"), TWO),
        (TWO.replace("10 ngày", "10 tháng"), TWO),
        (TWO.replace("10 ngày làm việc", "10 ngày"), TWO),
        (TWO.replace("10", "mười lăm"), TWO),
        # the two cases changed for one another: every word is there
        ("Trẻ từ 6 tuổi được miễn, trẻ dưới 6 tuổi nộp 50.000 đồng trong 10 ngày làm việc.", TWO),
        # negation, exception, condition, duty
        (WHO.replace("Không phải nộp", "Phải nộp"), WHO),
        (WHO.replace(", trừ trường hợp có nghi ngờ", ""), WHO),
        (WHO.replace("trừ", "kể cả"), WHO),
        (WHO.replace("nếu đã có", "dù đã có"), WHO),
        (WHO.replace("Không phải nộp bản gốc", "Không được nộp bản gốc"), WHO),
        ("Bạn phải " + WHERE[0].lower() + WHERE[1:], WHERE),
        # names and places
        (WHERE.replace("hành chính công", "hành chính công Nha Trang"), WHERE),
        (WHERE.replace("Trung tâm Phục vụ hành chính công", "nhà ông Năm"), WHERE),
        # another thing altogether, a strange word, too little
        ("Hồ sơ nộp kèm phong bì tại Trung tâm Phục vụ hành chính công nơi cư trú.", WHERE),
        ("Hồ sơ nộp tại Trung tâm.", WHERE),
        ("Nơi cư trú công chính hành vụ phục tâm trung tại nộp sơ hồ.", WHERE),
        ("", WHERE),
        # links, markup, hidden letters
        (WHERE[:-1] + " hoặc https://evil.example.", WHERE),
        (WHERE[:-1] + " <script>alert(1)</script>.", WHERE),
        (WHERE[:-1] + " [tại đây](//evil).", WHERE),
        (WHERE[:-1] + "\u202e.", WHERE),
    ],
)
def test_what_says_something_else_is_dropped(written, claim):
    assert checking.supported(written, claim, "vi") == ""


def test_a_lie_beside_a_true_sentence_is_dropped_alone():
    assert checking.supported(f"{WHERE} Bạn đưa tiền cho ông Bảy.", WHERE, "vi") == WHERE


def test_english_is_held_to_its_claim_too():
    claim = "You do not need the original if you have a certified copy within 6 months."

    assert checking.supported(
        "There you do not need the original if you have a certified copy within 6 months.",
        claim,
        "en",
    )
    for lie in (claim.replace("not ", ""), claim.replace("6", "9"), claim.replace("if", "unless")):
        assert not checking.supported(lie, claim, "en"), lie


def test_marks_of_hidden_data_stay_where_they_were():
    claim = "Ông [TÊN_1] gọi [ĐIỆN_THOẠI_1] để được hướng dẫn."

    assert checking.supported("Ông [TÊN_1] hãy gọi [ĐIỆN_THOẠI_1] để được hướng dẫn.", claim, "vi")
    assert not checking.supported(claim.replace("[TÊN_1]", "[TÊN_2]"), claim, "vi")
    assert not checking.supported(claim.replace("[ĐIỆN_THOẠI_1]", "0905123456"), claim, "vi")


def test_lines_are_read_by_their_numbers_and_nothing_else():
    written = "Chào bạn!\n[1] một\n [2]  hai \n[3] ba\n[3] bốn\n[7] bảy\n[0] không\n[x] gì"

    assert asking.lines_of(written, 3) == {1: "một", 2: "hai"}


def test_a_vietnamese_row_in_an_english_answer_keeps_its_negation():
    assert checking.supported(WHO, WHO, "en") == WHO
    assert not checking.supported(WHO.replace("Không phải nộp", "Nộp"), WHO, "en")
