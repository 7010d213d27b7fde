"""Periods and ratios."""

from datetime import date, datetime

import pytest

from motcua.reporting import rules
from tests.factories.world import VN

NOW = datetime(2026, 11, 12, 10, 30, tzinfo=VN)  # a Thursday


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("today", date(2026, 11, 12), date(2026, 11, 12)),
        ("week", date(2026, 11, 9), date(2026, 11, 12)),
        ("month", date(2026, 11, 1), date(2026, 11, 12)),
        ("nonsense", date(2026, 11, 12), date(2026, 11, 12)),
        ("custom", date(2026, 11, 12), date(2026, 11, 12)),
    ],
)
def test_a_period_contains_the_moment_of_asking(kind: str, first: date, last: date):
    period = rules.period(kind, at=NOW)

    assert (period.first, period.last) == (first, last)
    assert period.is_current
    assert period.until == NOW


def test_a_past_period_ends_with_its_last_day():
    period = rules.period("custom", at=NOW, first=date(2026, 10, 31), last=date(2026, 10, 1))

    assert (period.first, period.last, period.days) == (date(2026, 10, 1), date(2026, 10, 31), 31)
    assert not period.is_current
    assert period.until == datetime(2026, 11, 1, tzinfo=VN)


def test_a_period_is_never_longer_than_its_limit_nor_in_the_future():
    period = rules.period("custom", at=NOW, first=date(1990, 1, 1), last=date(2030, 1, 1))

    assert period.last == NOW.date()
    assert period.days == rules.LONGEST_DAYS


def test_a_share_of_nothing_is_no_share():
    assert rules.Ratio(0, 0).percent is None
    assert rules.Ratio(19, 20).percent == 95


def test_counts_that_do_not_add_up_do_not_balance():
    counts = {"received": 3, "carried": 1, "settled": 2, "open": 2, "on_time": 1, "late": 1,
              "ended": 0, "in_time": 1, "overdue": 0, "waiting": 1}  # fmt: skip

    assert rules.balances(counts)
    assert not rules.balances(counts | {"received": 4})
    assert not rules.balances(counts | {"late": 0})
    assert not rules.balances(counts | {"waiting": 0})
