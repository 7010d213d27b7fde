"""Periods by the words of an address, and the equal period before."""

from datetime import date, datetime

import pytest
from tests.factories.world import VN

from motcua.web.boards import periods

AT = datetime(2026, 11, 20, 15, 0, tzinfo=VN)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", "2026-11-20", "2026-11-20"),
        ("week", "2026-11-16", "2026-11-20"),
        ("month", "2026-11-01", "2026-11-20"),
        ("quarter", "2026-10-01", "2026-11-20"),
        ("year", "2026-01-01", "2026-11-20"),
        ("quy:2025Q3", "2025-07-01", "2025-09-30"),
        ("thang:2024-02", "2024-02-01", "2024-02-29"),
        ("tuan:2026-11-11", "2026-11-09", "2026-11-15"),
        ("nam:2025", "2025-01-01", "2025-12-31"),
        ("quy:2029Q1", "2026-10-01", "2026-11-20"),
        ("quy:2025Q7", "2026-11-20", "2026-11-20"),
        ("thang:2025-13", "2026-11-20", "2026-11-20"),
        ("'; DROP", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_word_names_a_period(said: str, first: str, last: str):
    found = periods.period(said, at=AT)

    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("said", ["quy:2025Q3", "thang:2024-02", "tuan:2026-11-09", "nam:2025"])
def test_a_period_keeps_its_word(said: str):
    assert periods.token(periods.period(said, at=AT)) == said


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("quy:2025Q3", "2025-04-01", "2025-06-30"),
        ("thang:2026-03", "2026-02-01", "2026-02-28"),
        ("month", "2026-10-01", "2026-10-20"),
        ("week", "2026-11-09", "2026-11-13"),
        ("today", "2026-11-19", "2026-11-19"),
        ("nam:2025", "2024-01-01", "2024-12-31"),
    ],
)
def test_the_equal_period_before(said: str, first: str, last: str):
    found = periods.before(periods.period(said, at=AT), at=AT)

    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_neighbours_and_where_they_end():
    quarter = periods.period("quy:2025Q3", at=AT)

    assert periods.neighbour(quarter, -1) == "quy:2025Q2"
    assert periods.neighbour(quarter, 1) == "quy:2025Q4"
    assert periods.neighbour(periods.period("quarter", at=AT), 1) == ""
    assert periods.neighbour(periods.period("nam:2020", at=AT), -1) == ""


def test_words_of_periods():
    told = [periods.told(periods.period(said, at=AT)) for said in ("quy:2025Q3", "nam:2025")]

    assert told == ["quý III/2025", "năm 2025"]
