"""Reporting periods and what is due, by configuration with dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.forms import periods
from motcua.reporting.forms.periods import Calendar

days = st.dates(min_value=date(2021, 1, 1), max_value=date(2027, 12, 31))
kinds = st.sampled_from(("quarter", "month", "year"))


@pytest.mark.parametrize(
    ("name", "first", "last", "words"),
    [
        ("2025Q3", date(2025, 7, 1), date(2025, 9, 30), "Quý III/2025"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Tháng 2/2024"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "Năm 2026"),
    ],
)
def test_a_period_by_its_name(name: str, first: date, last: date, words: str):
    found = periods.period(name)

    assert found is not None
    assert (found.first, found.last, found.words) == (first, last, words)


@pytest.mark.parametrize("name", ["", "2025Q5", "2025-13", "25Q1", "2025Q3;", "hôm nay"])
def test_what_names_no_period(name: str):
    assert periods.period(name) is None


@given(days, kinds)
def test_every_day_lies_in_one_period_and_the_one_before_ends_the_day_before(day: date, kind: str):
    found = periods.containing(kind, day)

    assert found.first <= day <= found.last
    assert (found.first - periods.previous(found).last).days == 1
    assert periods.latest(kind, day).last < day


def test_a_closing_day_of_the_last_month_moves_both_ends(monkeypatch: pytest.MonkeyPatch):
    fourteenth = Calendar(since=date(2026, 1, 1), closing_day=14, source="x")
    monkeypatch.setattr(periods, "calendars", lambda: (fourteenth,))

    found = periods.period("2026Q3")

    assert found is not None
    assert (found.first, found.last) == (date(2026, 6, 15), date(2026, 9, 14))
    assert periods.containing("quarter", date(2026, 9, 20)).name == "2026Q4"
    assert periods.containing("quarter", date(2026, 12, 20)).name == "2027Q1"
    assert periods.containing("month", date(2026, 12, 20)).name == "2027-01"


def test_what_is_due_by_the_schedule():
    due = {(one.duty.form, one.period.name): one.day for one in periods.due(date(2025, 10, 2))}

    assert due["06b", "2025Q3"] == date(2025, 10, 7)
    assert due["06b", "2025-09"] == date(2025, 10, 3)
    assert ("evidence", "2024") not in due  # laid down from July 2025 on
