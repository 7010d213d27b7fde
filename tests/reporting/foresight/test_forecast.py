"""The forecast of arrivals on series whose law is known, and the check of its promises."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from motcua.reporting.foresight import backtesting
from motcua.reporting.foresight.banding import Levels, quantile, scores, size_of
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


@pytest.fixture(scope="module")
def random_series() -> list[np.ndarray]:
    """Series of all sizes over 120 days: quiet and wild, steady and wandering."""
    chance, found = np.random.default_rng(11), []
    for level in (0.3, 1, 2, 4, 6, 10, 15, 25, 40, 80, 150, 300):
        for scatter, wander in ((0.0, 0.0), (0.05, 0.02), (0.15, 0.0), (0.0, 0.02)):
            rates = level * WEEK[days().types] * np.exp(np.cumsum(chance.normal(0, wander, 120)))
            if scatter:
                rates = rates * chance.gamma(1 / scatter, scatter, 120)
            found.append(chance.poisson(rates))
    return found


def test_bands_hold_as_often_as_promised_on_days_nobody_has_seen(random_series):
    learned, inside, wide, tried = backtesting.learned(tries(random_series)), 0, 0, 0
    for counts in random_series:
        said, _all = forecast(counts[:92], days())
        low, high, least, most = said.days(learned, size_of(counts[:92], days().is_open))
        after, is_open = counts[92:], days().is_open[92:]
        tried += int(is_open.sum())
        inside += int(((low <= after) & (after <= high))[is_open].sum())
        wide += int(((least <= after) & (after <= most))[is_open].sum())

    assert 0.76 <= inside / tried <= 0.86
    assert 0.92 <= wide / tried <= 0.98


def tries(many: list[np.ndarray]) -> list[list[backtesting.Tried]]:
    return [backtesting.tried(counts[:92], days(92), horizon=28) for counts in many]


def test_the_check_uses_no_band_that_was_learned_later(random_series):
    many = tries(random_series[::6])
    known = backtesting.judged(many)
    first = min(known)
    short = [[look for look in looks if look.at < first] for looks in many]
    cut = [
        [replace(look, came=look.came[: first - look.at]) for look in looks if first > look.at]
        for looks in short
    ]

    assert known[first] == backtesting.learned(cut)
    check = backtesting.Misses().add(many[-1], known).check()
    assert check.error < check.naive
    assert check.banded > 0


def test_a_score_is_the_promise_that_just_holds_what_came():
    mean, extra, numbers = np.full(9, 4.0), 0.3, np.arange(9)

    found = scores(mean, extra, numbers)

    for number, score in zip(numbers, found, strict=True):
        for promised in (0.2, 0.5, 0.8, 0.95):
            low, high = (quantile(mean[:1], extra, (1 + way * promised) / 2) for way in (-1, 1))
            assert (low[0] <= number <= high[0]) == (score < promised)


def test_a_closed_day_tells_nothing_of_bands():
    look = backtesting.tried(came(20), days(92), horizon=28)[0]
    told = sum(len(some) for (what, _size, _week), some in look.scored(999) if what == "day")

    assert told == days().is_open[look.at : look.at + 28].sum()


def test_a_small_series_borrows_the_days_of_its_parent():
    whole, expected = forecast(came(300), days())
    few = came(1.5, seed=9)
    alone, _all = forecast(few, days())
    borrowed, _all = forecast(few, days(), parent=expected)
    truth = 1.5 * WEEK[days().types[92:]]

    assert np.abs(borrowed.mean - truth).sum() <= np.abs(alone.mean - truth).sum() + 0.5
    assert (borrowed.days(Levels(), 0)[0] <= borrowed.mean + 1).all()
    assert whole.mean.sum() > 50 * borrowed.mean.sum()


def test_the_sum_of_days_has_its_own_band():
    said, _all = forecast(came(60), days())

    mean, low, high = said.sums(Levels(), 3)[0]
    lows, highs, _least, _most = said.days(Levels(), 3)

    assert low < mean < high
    assert mean == pytest.approx(said.mean[:7].sum())
    assert high - low < highs[:7].sum() - lows[:7].sum()


def test_a_series_of_nothing_is_forecast_as_nothing():
    said, _all = forecast(np.zeros(92, dtype=int), days())

    assert said.mean.sum() < 1
    assert said.days(Levels(), 0)[1].max() <= 1


def test_the_same_counts_give_the_same_forecast():
    one, two = (forecast(came(30), days())[0].mean for _time in range(2))

    np.testing.assert_array_equal(one, two)


def test_origins_leave_enough_to_learn_and_a_whole_horizon_to_check():
    assert backtesting.origins(92, horizon=28) == [29, 36, 43, 50, 57, 64]
    assert backtesting.origins(50, horizon=28) == []


def test_naive_says_what_the_same_day_had_last():
    known = days(21)
    counts = np.arange(14)

    said = backtesting.naive(counts, known)

    assert list(said[:4]) == [7, 8, 9, 10]
