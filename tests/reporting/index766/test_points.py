"""Points of the index: the formula, what is missing, and the exact way to the next point."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.index766 import rules
from motcua.reporting.index766.rules import Measured

EDITION = rules.edition(on=date(2026, 11, 20))
FULL = {one.key: Measured(10, 10) for one in EDITION.components}


@pytest.mark.parametrize(
    ("numerator", "denominator", "threshold", "most", "expected"),
    [
        (50, 100, 100, 4, "2.00"),
        (40, 100, 80, 5, "2.50"),
        (90, 100, 80, 5, "5.00"),
        (1, 3, 100, 4, "1.33"),
        (2, 3, 100, 4, "2.67"),
        (0, 7, 50, 4, "0.00"),
        (1, 800, 100, 4, "0.01"),
        (0, 0, 100, 4, None),
    ],
)
def test_points_are_the_most_times_the_share_of_the_threshold(
    numerator, denominator, threshold, most, expected
):
    found = rules.points(
        numerator=numerator, denominator=denominator, threshold=Fraction(threshold), most=most
    )

    assert found == (None if expected is None else Decimal(expected))


def test_the_six_groups_are_those_of_the_decision():
    assert [int(group.points) for group in EDITION.groups] == [18, 20, 12, 10, 22, 18]
    assert EDITION.component("1.2").points == 4
    assert EDITION.component("5.4").points == 6
    assert not EDITION.component("5.4").is_points_ours
    assert EDITION.component("4.1").is_points_ours


def test_everything_full_is_a_hundred_and_excellent():
    score = rules.score(edition=EDITION, measured=FULL)

    assert (score.points, score.most, score.on_hundred) == (100, 100, 100)
    assert score.band is not None
    assert score.band.key == "excellent"


def test_a_component_without_data_leaves_the_sum_and_the_most():
    measured = {**FULL, "2.1": Measured(reason="chưa có")}
    score = rules.score(edition=EDITION, measured=measured)

    assert (score.points, score.most, score.on_hundred) == (84, 84, 100)


def test_or_its_points_go_to_the_others_of_its_group():
    edition = replace(EDITION, missing=rules.REDISTRIBUTE)
    measured = {**FULL, "2.1": Measured(), "2.2": Measured(60, 120)}
    score = rules.score(edition=edition, measured=measured)

    assert (score.points, score.most) == (90, 100)


def test_nothing_measured_is_no_score():
    score = rules.score(edition=EDITION, measured={})

    assert (score.on_hundred, score.band) == (None, None)
    assert all(line.points is None and line.step is None for line in score.lines)


@pytest.mark.parametrize(
    ("points", "band"),
    [("90", "excellent"), ("89.99", "good"), ("80", "good"), ("79.99", "fair"), ("70", "fair"),
     ("69.99", "average"), ("50", "average"), ("49.99", "weak"), ("0", "weak")],
)  # fmt: skip
def test_bands_begin_where_they_say(points: str, band: str):
    assert EDITION.band(Decimal(points)).key == band


@given(
    key=st.sampled_from([one.key for one in EDITION.components]),
    denominator=st.integers(1, 50_000),
    share=st.floats(0, 1),
    step=st.sampled_from(["0.1", "0.5", "1", "2"]),
)
def test_the_way_to_the_next_point_is_exact(key: str, denominator: int, share: float, step: str):
    """That many more gain the step (or all that is left); one less does not."""
    component = EDITION.component(key)
    measured = Measured(int(denominator * share), denominator)
    most = Decimal(int(component.points)).quantize(Decimal("0.01"))

    def reached(count: int) -> Decimal:
        after = rules.moved(component=component, measured=measured, count=count)
        found = rules.points(
            numerator=after.numerator,
            denominator=after.denominator,
            threshold=component.threshold,
            most=Fraction(most),
        )
        assert found is not None
        return found

    way = rules.next_step(component=component, measured=measured, most=most, step=Decimal(step))

    end = reached(10**9)
    if way is None:
        assert end == reached(0)
        return
    wanted = min(reached(0) + Decimal(step), end)
    assert reached(way.count) >= wanted
    assert reached(way.count - 1) < wanted
    assert way.gain == reached(way.count) - reached(0)


@given(denominator=st.integers(1, 5000), percent=st.decimals("0", "100", places=1))
def test_what_if_stays_within_what_there_is(denominator: int, percent: Decimal):
    component = EDITION.component("4.1")
    found = rules.wished(component=component, measured=Measured(0, denominator), percent=percent)

    assert found.denominator == denominator
    assert abs(found.numerator - denominator * percent / 100) <= Decimal("0.5")


def test_too_few_points_with_data_give_no_class():
    measured = {"2.1": Measured(90, 100)}
    little = rules.score(edition=EDITION, measured=measured)

    assert little.on_hundred is not None
    assert little.most < EDITION.band_needs
    assert little.band is None
