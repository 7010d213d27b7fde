"""Vietnamese text: folding, tone placement, keystrokes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import (
    TONES,
    fold,
    fold_tone,
    from_keystrokes,
    in_order,
    nfc,
    place_tone,
    squeeze,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký thường trú", "dang ky thuong tru"),
        ("  HỘ   KHẨU ", "ho khau"),
        ("Nghị định 118/2025/NĐ-CP", "nghi dinh 118/2025/nd-cp"),
        (unicodedata.normalize("NFD", "Tạm trú"), "tam tru"),
        ("", ""),
    ],
)
def test_folding_drops_case_marks_and_doubled_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("uỷ", "ủy"),
        ("khoẻ", "khỏe"),
        ("hoá", "hóa"),
        ("Toà", "tòa"),
    ],
)
def test_both_ways_to_place_a_tone_become_one(one: str, other: str) -> None:
    assert fold_tone(one) == fold_tone(other)


@pytest.mark.parametrize("word", ["quý", "giấy", "hoàn", "nghĩa", "chuyển", "khuya", "giá", "gì"])
def test_a_tone_that_has_one_place_stays_there(word: str) -> None:
    assert fold_tone(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dduwowngf", "đường"),
        ("thuowngf", "thường"),
        ("trus", "trú"),
        ("giaays", "giấy"),
        ("hooj", "hộ"),
        ("khaaur", "khẩu"),
        ("d9u7o7ng2", "đường"),
        ("nha2", "nhà"),
        ("khai", ""),
        ("xe", ""),
        ("1.004222", ""),
    ],
)
def test_raw_keystrokes_are_read(typed: str, meant: str) -> None:
    assert from_keystrokes(typed) == meant


def test_words_keep_codes_and_numbers_whole() -> None:
    assert words("Thủ tục 1.004222 (cấp xã), H32") == [
        "thủ",
        "tục",
        "1.004222",
        "cấp",
        "xã",
        "h32",
    ]


def test_squeezing_composes_and_joins() -> None:
    assert squeeze(unicodedata.normalize("NFD", " Phường \n Nha Trang ")) == "Phường Nha Trang"


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.sampled_from(["hoa", "thuong", "nghia", "quy", "chuyên", "giây", "uy"]),
    st.sampled_from(TONES),
)
def test_a_placed_tone_folds_away(bare: str, tone: str) -> None:
    assert fold(place_tone(bare, tone)) == fold(bare)
    assert nfc(place_tone(bare, tone)) == place_tone(bare, tone)


def test_names_stand_in_the_order_of_the_vietnamese_alphabet():
    names = [
        "Đường sá",
        "Điện lực",
        "Y tế",
        "Ô nhiễm",
        "Ổ gà",
        "An toàn",
        "Ăn uống",
        "Dân cư",
        "Biển",
        "Xã 2",
    ]

    assert sorted(names, key=in_order) == [
        "An toàn", "Ăn uống", "Biển", "Dân cư", "Điện lực", "Đường sá", "Ổ gà", "Ô nhiễm",
        "Xã 2", "Y tế",
    ]  # fmt: skip
