"""The language's word: misread marks are put right; numbers, codes and sound text are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.reading.correcting import Doubt, settle
from motcua.documents.reading.correcting.syllables import key_of, legal_keys, written
from motcua.documents.synthetic import letters


def _settled(text, confidence=0.9):
    return " ".join(settle([Doubt(word, confidence) for word in text.split()]))


@pytest.mark.parametrize(
    ("read", "truth"),
    [
        ("cơ quan cố thẩm quyến giải quyêt", "cơ quan có thẩm quyền giải quyết"),
        ("phí thấm định và lệ phí đăng ký", "phí thẩm định và lệ phí đăng ký"),
        ("CỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Căn cứ Luật Tố chức Chính phủ", "Căn cứ Luật Tổ chức Chính phủ"),
        ("diện tích 70,5 m?,", "diện tích 70,5 m²,"),
        ("theo quy đinh của pháp luât", "theo quy định của pháp luật"),
        ("giây chứng nhân quyền sử dung đất", "giấy chứng nhận quyền sử dụng đất"),
    ],
)
def test_marks_misread_in_official_wording_are_put_right(read, truth):
    assert _settled(read) == truth


@pytest.mark.parametrize("kind", letters.KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_sound_text_keeps_all_but_a_trace_of_its_words(kind, seed):
    body = letters.letter(kind, seed=seed).body

    before, after = body.split(), _settled(body, confidence=0.96).split()

    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert len(changed) <= 0.01 * len(before), changed


@given(st.lists(st.from_regex(r"[0-9A-Z][0-9A-Z./,-]{0,14}[0-9]", fullmatch=True), max_size=8))
def test_numbers_and_codes_are_never_touched(numbers):
    doubts = [Doubt(number, 0.1, ("999", "thuê")) for number in numbers]

    assert settle(doubts) == numbers


@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_text_comes_back_with_as_many_words(words):
    assert len(settle([Doubt(word, 0.5) for word in words])) == len(words)


@pytest.mark.parametrize(
    "word", ["hòa", "hoà", "thuỷ", "Quốc", "GIẤY", "nghĩa", "khuya", "yếu", "gìn"]
)
def test_a_syllable_is_written_as_it_was_read(word):
    assert key_of(word) in legal_keys()
    assert written(key_of(word), like=word) == word


@pytest.mark.parametrize("word", ["quyêt", "nghà", "kơ", "tât", "sác2", "dươn"[:2] + "g"])
def test_spelling_that_the_language_does_not_have_is_no_syllable(word):
    assert key_of(word) not in legal_keys()
