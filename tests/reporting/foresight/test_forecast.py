"""The forecast of arrivals on series whose law is known, and the check of its promises."""

from datetime import date

import numpy as np
import pytest

from motcua.reporting.foresight import backtesting
from motcua.reporting.foresight.forecasting import (
    CLOSED_WEEKDAY,
    CLOSED_WEEKEND,
    Days,
    days_of,
    forecast,
)
from tests.reporting.foresight import made

FIRST = date(2025, 7, 1)
WEEK = np.array([1.3, 1.1, 1.0, 1.0, 0.9, 0.5, 0.0, 0.0])


def days(count: int = 120) -> Days:
    return days_of(made.hours(), made.no_tet(), first=FIRST, count=count)


def came(level: float, *, count: int = 92, seed: int = 1, growth: float = 0.0) -> np.ndarray:
    chance = np.random.default_rng(seed)
    rates = level * WEEK[days().types[:count]] * np.exp(growth * np.arange(count) / 28)
    return chance.poisson(rates)


def test_days_are_told_apart_by_the_calendar():
    known = days()
    national = (date(2025, 9, 2) - FIRST).days

    assert known.types[national] == CLOSED_WEEKDAY
    assert known.types[(date(2025, 7, 5) - FIRST).days] == CLOSED_WEEKEND
    assert known.near[national + 1, 0] == 1
    assert known.near[(date(2025, 8, 29) - FIRST).days, 1] == 0
    assert known.day(national) == date(2025, 9, 2)


def test_the_pattern_of_the_week_is_found():
    said, _all = forecast(came(200), days())
    types = days().types[92:]

    expected = 200 * WEEK[types]
    assert np.abs(said.mean - expected).sum() / expected.sum() < 0.06
    assert said.mean[types == CLOSED_WEEKEND].max() < 3


def test_nothing_is_forecast_for_a_holiday():
    whole = days_of(made.hours(), made.no_tet(), first=date(2025, 6, 2), count=120)
    until = (date(2025, 8, 30) - date(2025, 6, 2)).days
    rates = 150 * WEEK[whole.types[:until]]
    said, _all = forecast(np.random.default_rng(4).poisson(rates), whole)

    assert said.mean[(date(2025, 9, 2) - date(2025, 8, 30)).days] < 60
    assert said.mean[(date(2025, 9, 4) - date(2025, 8, 30)).days] > 120


def test_a_trend_is_followed_and_then_kept():
    said, _all = forecast(came(100, growth=0.25), days())
    rising, _all = forecast(came(100), days())

    assert said.mean.sum() > 1.5 * rising.mean.sum()


def test_bands_hold_as_often_as_promised():
    checks = [
        backtesting.tried(came(40, seed=seed), days(92), parent=None, horizon=28, least=42)
        for seed in range(12)
    ]
    check = backtesting.added(checks).check()

    assert 0.78 <= check.inside <= 0.95
    assert 0.93 <= check.wide <= 1.0
    assert check.error < check.naive


def test_a_small_series_borrows_the_days_of_its_parent():
    whole, expected = forecast(came(300), days())
    few = came(1.5, seed=9)
    alone, _all = forecast(few, days())
    borrowed, _all = forecast(few, days(), parent=expected)
    truth = 1.5 * WEEK[days().types[92:]]

    assert np.abs(borrowed.mean - truth).sum() <= np.abs(alone.mean - truth).sum() + 0.5
    assert (borrowed.low <= borrowed.mean + 1).all()
    assert whole.mean.sum() > 50 * borrowed.mean.sum()


def test_the_sum_of_days_has_its_own_band():
    said, _all = forecast(came(60), days())

    mean, low, high = said.total(0, 7)

    assert low < mean < high
    assert mean == pytest.approx(said.mean[:7].sum())
    assert high - low < said.high[:7].sum() - said.low[:7].sum()


def test_a_series_of_nothing_is_forecast_as_nothing():
    said, _all = forecast(np.zeros(92, dtype=int), days())

    assert said.mean.sum() < 1
    assert said.high.max() <= 1


def test_the_same_counts_give_the_same_forecast():
    one, two = (forecast(came(30), days())[0].mean for _time in range(2))

    np.testing.assert_array_equal(one, two)


def test_origins_leave_enough_to_learn_and_a_whole_horizon_to_check():
    assert backtesting.origins(92, horizon=28, least=42) == [43, 50, 57, 64]
    assert backtesting.origins(60, horizon=28, least=42) == []


def test_naive_says_what_the_same_day_had_last():
    known = days(21)
    counts = np.arange(14)

    said = backtesting.naive(counts, known)

    assert list(said[:4]) == [7, 8, 9, 10]
