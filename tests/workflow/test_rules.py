"""Budgets, marks, reasons and limits, by tables and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.worktime_cast import at, shipped
from tests.workflow.processes import chain, valid_processes

from motcua.kernel.worktime import Limit, Unit
from motcua.workflow import rules
from motcua.workflow.definition import DEFAULT, Process


@pytest.mark.parametrize(
    ("step_key", "left", "minutes"),
    [
        ("a", None, 480),
        ("a", 3 * 480, 480),
        ("a", 10 * 480, 480),
        ("a", 480, 160),
        ("b", 480, 240),
        ("c", 480, 480),
        ("c", 100, 100),
        ("a", 0, 480),
        ("a", -60, 480),
    ],
)
def test_a_step_keeps_its_hours_or_gets_its_share(
    step_key: str, left: int | None, minutes: int
) -> None:
    process = chain("a", "b", "c")

    got = rules.budget_minutes(process=process, step_key=step_key, minutes_left=left)

    assert got == minutes


def test_an_elastic_process_fills_whatever_time_there_is() -> None:
    shares = [
        rules.budget_minutes(process=DEFAULT, step_key=step.key, minutes_left=8 * 480)
        for step in DEFAULT.steps
    ]

    assert shares == [480, 2194, 1280, 1920, 3840]


@given(valid_processes(), st.integers(1, 100_000))
def test_no_step_gets_more_than_is_left(process: Process, left: int) -> None:
    for step in process.steps:
        minutes = rules.budget_minutes(process=process, step_key=step.key, minutes_left=left)
        assert 0 <= minutes <= left


def test_warnings_come_at_three_quarters_and_nine_tenths() -> None:
    times = rules.step_times(calendar=shipped(), at=at("2026-11-16 07:30"), minutes=2400)
    calendar = shipped()

    spent = [
        calendar.working_minutes_between(at("2026-11-16 07:30"), moment)
        for moment in (times.warn_at, times.alarm_at, times.due_at)
    ]

    assert spent == [1800, 2160, 2400]


def test_marks_passed_before_a_pause_stay() -> None:
    start, paused, back = at("2026-11-16 08:00"), at("2026-11-17 15:00"), at("2026-11-19 09:00")
    times = rules.step_times(calendar=shipped(), at=start, minutes=1000)

    after = rules.resumed(calendar=shipped(), times=times, paused_at=paused, at=back)

    assert times.warn_at < paused
    assert after.warn_at == times.warn_at
    assert after.due_at > back


@pytest.mark.parametrize(
    ("text", "is_enough"),
    [("", False), ("          ", False), ("a b c d e", False), ("thiếu giấy", True)],
)
def test_a_reason_says_something(text: str, is_enough: bool) -> None:  # noqa: FBT001  a table
    assert rules.is_reason(text) is is_enough


@pytest.mark.parametrize(
    ("value", "unit", "minutes"),
    [
        (5, Unit.WORKING_DAY, 2400),
        (4, Unit.WORKING_HOUR, 240),
        (0, Unit.WORKING_HOUR, 480),
        (0, Unit.WORKING_DAY, 480),
        (7, Unit.DAY, 2400),
        (30, Unit.DAY, 21 * 480),
        (1, Unit.DAY, 480),
        (2, Unit.MONTH, 40 * 480),
        (24, Unit.HOUR, 480),
        (336, Unit.HOUR, 4800),
    ],
)
def test_legal_limits_leave_so_many_working_minutes(value: int, unit: Unit, minutes: int) -> None:
    assert rules.limit_minutes(Limit(value, unit)) == minutes
