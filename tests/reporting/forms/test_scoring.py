"""Scores by the published rubric: points, decimals, bands; N/A where nothing is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.forms import evidence, scoring
from motcua.reporting.forms.evidence import Shown
from motcua.reporting.forms.scoring import Points, Scored
from tests.reporting.forms.test_settlement import HEAD, unhurried

RUBRIC = scoring.rubric_on(date(2026, 1, 1))
counts = st.integers(min_value=0, max_value=10**6)


@unhurried
@given(counts, counts, counts)
def test_an_index_is_points_by_dossiers_to_one_decimal(two: int, one: int, zero: int):
    value = Points(two, one, zero).value

    if not two + one + zero:
        assert value is None
    else:
        assert value is not None
        assert 0 <= value <= 2
        assert value == round((2 * two + one) / (two + one + zero), 1)


@pytest.mark.parametrize(
    ("percent", "points"), [(None, None), (30.0, 2), (29.9, 1), (15.0, 1), (14.9, 0), (0.0, 0)]
)
def test_online_services_by_the_published_limits(percent: float | None, points: float | None):
    assert scoring.of_share(percent, RUBRIC.online) == points


@pytest.mark.parametrize(("percent", "points"), [(100.0, 2), (99.9, 1), (90.0, 1), (89.9, 0)])
def test_feedback_on_time_by_the_published_limits(percent: float, points: float):
    assert scoring.of_share(percent, RUBRIC.feedback) == points


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([2.0] * 9, "xuất sắc"),
        ([1.6] * 9, "tốt"),
        ([1.0] * 9, "khá"),
        ([0.7] * 9, "trung bình"),
        ([0.6] * 9, "yếu"),
        ([2.0] * 7 + [None] * 2, "từ tốt đến xuất sắc (thiếu 2 chỉ số)"),
        ([2.0] * 8 + [None], "xuất sắc"),
        ([None] * 9, "N/A"),
    ],
)
def test_the_band_of_an_agency(values: list[float | None], words: str):
    scored = Scored("H1", "A", 10, dict(enumerate(values, start=1)))

    assert scoring.band(scored, RUBRIC.agency_bands) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1.0, "hoàn thành 100% nhiệm vụ"), (0.9, "hoàn thành từ 70% đến dưới 100%"),
     (0.6, "hoàn thành dưới 70%")],
)  # fmt: skip
def test_the_band_of_an_officer(value: float, words: str):
    scored = Scored("1", "A", 10, dict.fromkeys(RUBRIC.officer_indexes, value))

    assert scoring.band(scored, RUBRIC.officer_bands) == words


def test_officers_are_scored_in_five_indices_only():
    sheet = scoring.officers(HEAD, [Scored("1", "A", 3, {1: 2.0, 2: None})], RUBRIC)

    assert [column.key for column in sheet.columns] == [
        "dossiers", "i1", "i2", "i3", "i4", "i7", "known", "most", "band",
    ]  # fmt: skip


@pytest.mark.parametrize(("percent", "points"), [(100.0, 1), (99.9, 0), (0.0, 0), (None, None)])
def test_one_stop_by_the_published_text(percent: float | None, points: float | None):
    assert scoring.of_one_stop(percent) == points


def test_nobody_complained_is_full_points_and_a_late_online_dossier_is_none():
    assert scoring.of_feedback(None, RUBRIC.feedback) == 2
    assert scoring.of_feedback(89.0, RUBRIC.feedback) == 0
    assert scoring.of_online(60.0, RUBRIC, late=0) == 2
    assert scoring.of_online(60.0, RUBRIC, late=1) == 0
    assert scoring.of_online(None, RUBRIC, late=0) is None


@pytest.mark.parametrize(
    ("points", "misinformed", "left"),
    [
        (Points(0, 5, 1), 0, Points(0, 5, 1)),
        (Points(0, 5, 1), 2, Points(0, 3, 3)),
        (Points(4, 2, 0), 3, Points(1, 2, 3)),
        (Points(1, 2, 0), 9, Points(0, 0, 3)),
        (Points(0, 0, 0), 2, Points(0, 0, 0)),
    ],
)
def test_each_who_was_misinformed_takes_one_dossiers_points(
    points: Points, misinformed: int, left: Points
):
    assert scoring.without(points, misinformed) == left


def test_evidence_says_what_it_does_not_know():
    found = evidence.sheet(HEAD, {"online_share": Shown("Nộp trực tuyến", 0, 0, "sổ")})
    lines = [(row.name, row.values) for row in found.rows]

    assert any(values[2] is None and values[1] == "Nộp trực tuyến" for _name, values in lines)
    assert any(values[1] == "Chưa có chỉ số" for _name, values in lines)
    assert {name.partition(":")[0] for name, _values in lines} == set(evidence.INDEXES)
