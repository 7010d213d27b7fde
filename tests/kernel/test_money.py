"""Amounts in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import money


@pytest.mark.parametrize(
    ("amount", "figures"),
    [(0, "0\u00a0₫"), (999, "999\u00a0₫"), (28_000, "28.000\u00a0₫"), (-1_500, "-1.500\u00a0₫")],
)
def test_figures_have_points_between_thousands(amount, figures):
    assert money.vnd(amount) == figures


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (101, "Một trăm linh một đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (28_000, "Hai mươi tám nghìn đồng"),
        (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
        (1_000_001, "Một triệu không trăm linh một đồng"),
        (2_500_000_000_000, "Hai nghìn năm trăm tỷ đồng"),
        (10**18, "Một tỷ tỷ đồng"),
        (-5, "Âm năm đồng"),
    ],
)
def test_words_are_as_read_aloud(amount, words):
    assert money.in_words(amount) == words


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_different_amounts_read_differently(one, other):
    assert (money.number_in_words(one) == money.number_in_words(other)) == (one == other)
