"""Whatever stands around a personal number, and however it is spaced, it does not get through."""

import re

from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.personal import PLACEHOLDERS, hide, mask
from motcua.kernel.text import nfc

_GAPS = st.sampled_from(["", " ", ".", "-", "  "])
_WORDS = st.lists(
    st.sampled_from(
        [
            "đường",
            "hỏng",
            "quá,",
            "xin",
            "lý;",
            "Tôi",
            "ở",
            "đây!",
            "sao?",
            "(chậm)",
            "nha",
            "khong",
        ]
    ),
    max_size=8,
).map(" ".join)


@st.composite
def _spaced(draw: st.DrawFn, digits: str, group: int) -> str:
    gap = draw(_GAPS)
    return gap.join(digits[at : at + group] for at in range(0, len(digits), group))


@st.composite
def _identity(draw: st.DrawFn) -> str:
    digits = draw(st.from_regex(r"0[0-9]{11}", fullmatch=True))
    return draw(_spaced(digits, draw(st.sampled_from([2, 3, 4, 6, 12]))))


@st.composite
def _phone(draw: st.DrawFn) -> str:
    digits = draw(st.from_regex(r"[35789][0-9]{8}", fullmatch=True))
    head = draw(st.sampled_from(["0", "+84", "+84 "]))
    return head + draw(_spaced(digits, draw(st.sampled_from([2, 3, 9]))))


@given(_WORDS, _identity(), _WORDS)
def test_twelve_digits_never_get_through(before: str, number: str, after: str) -> None:
    shown = mask(f"{before} {number} {after}").text

    assert not re.search(r"\d", shown)


@given(_WORDS, _phone(), _WORDS)
def test_a_phone_never_gets_through(before: str, number: str, after: str) -> None:
    shown = mask(f"{before} {number} {after}").text

    assert not re.search(r"\d{2}", shown)


@given(st.text(max_size=120))
def test_hiding_is_undone_to_the_letter(said: str) -> None:
    hidden = hide(said)

    assert hidden.restore(hidden.text) == nfc(said)


@given(st.text(alphabet="abcđ ,.0123456789/-ông bàNguyễn@", max_size=80))
def test_found_things_stand_where_they_say(said: str) -> None:
    masked = mask(said)

    assert all(one.end > one.start and one.kind in PLACEHOLDERS for one in masked.found)
    assert masked.text.count("[") >= len(masked.found)
