"""What must hold for every start, limit and calendar (Hypothesis looks for the exception)."""

import tomllib
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.worktime_cast import FILE, shipped

from motcua.kernel.worktime import (
    VIETNAM,
    CalendarDefinition,
    ClockEvent,
    ClockKind,
    DayException,
    Limit,
    Unit,
    WorkCalendar,
    due,
    fold_clock,
    prove,
    prove_clock,
)

FIRST = datetime(2024, 1, 1, tzinfo=VIETNAM)
HALVES = [(time(7), time(11, 30)), (time(13, 30), time(17))]

moments = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
values = {
    Unit.WORKING_DAY: st.integers(0, 120),
    Unit.WORKING_HOUR: st.integers(1, 400),
    Unit.DAY: st.integers(1, 180),
    Unit.MONTH: st.integers(1, 12),
    Unit.HOUR: st.integers(1, 500),
}
limits = st.one_of(
    *(numbers.map(lambda n, u=unit: Limit(n, u)) for unit, numbers in values.items()),
    st.integers(1, 60).map(lambda n: Limit(Decimal(n) / 2, Unit.WORKING_DAY)),
    st.integers(1, 100).map(lambda n: Limit(Decimal(n) / 4, Unit.WORKING_HOUR)),
    st.just(Limit.at_once()),
)
working = st.one_of(
    st.integers(1, 60).map(lambda n: Limit(n, Unit.WORKING_DAY)),
    st.integers(1, 200).map(lambda n: Limit(n, Unit.WORKING_HOUR)),
)


@st.composite
def invented(draw):
    """A calendar of its own: some weekdays, some halves of days, days off and days worked."""
    week = draw(
        st.dictionaries(
            st.integers(0, 6), st.sampled_from([HALVES, HALVES[:1], HALVES[1:]]), min_size=2
        )
    )
    days = draw(
        st.dictionaries(
            st.integers(0, 4 * 365).map(lambda n: (FIRST + timedelta(days=n)).date()),
            st.sampled_from(["off", "work"]),
            max_size=40,
        )
    )
    exceptions = [DayException(day, kind, "thử") for day, kind in days.items()]
    rule = draw(st.sampled_from(["end_of_day", "same_time"]))
    return WorkCalendar.build(
        "invented", 1, patterns=[(None, None, week)], exceptions=exceptions, day_rule=rule
    )


calendars = st.one_of(
    st.just(shipped()),
    st.just(shipped("hanh-chinh-thu-bay")),
    st.just(shipped(day_rule="same_time")),
)
# A machine shared by many tests is slow now and then; that is no fault of the property.
patient = [HealthCheck.too_slow]
slow = settings(max_examples=60, deadline=None, suppress_health_check=patient)
quick = settings(max_examples=400, deadline=None, suppress_health_check=patient)


@quick
@given(calendars, moments, limits)
def test_the_proof_reaches_the_due_date_by_another_way(calendar, start, limit):
    assert prove(calendar, start, limit).due_at == due(calendar, start, limit)


@slow
@given(invented(), moments, limits)
def test_the_proof_agrees_on_any_calendar(calendar, start, limit):
    assert prove(calendar, start, limit).due_at == due(calendar, start, limit)


@quick
@given(calendars, moments, limits)
def test_never_due_on_a_day_off_nor_outside_hours(calendar, start, limit):
    end = due(calendar, start, limit)

    assert calendar.is_working_day(end.date())
    assert calendar.next_working_moment(end) == end
    assert end >= start


@slow
@given(invented(), moments, limits)
def test_never_due_on_a_day_off_of_any_calendar(calendar, start, limit):
    assert calendar.is_working_day(due(calendar, start, limit).date())


@quick
@given(calendars, moments, st.integers(0, 30 * 24 * 60), limits)
def test_who_comes_later_is_not_due_earlier(calendar, start, minutes, limit):
    later = start + timedelta(minutes=minutes)

    assert due(calendar, start, limit) <= due(calendar, later, limit)


@quick
@given(calendars, moments, st.sampled_from(list(values)), st.data())
def test_a_longer_limit_is_not_due_earlier(calendar, start, unit, data):
    shorter, longer = sorted(data.draw(st.tuples(values[unit], values[unit])))

    assert due(calendar, start, Limit(shorter, unit)) <= due(calendar, start, Limit(longer, unit))


@quick
@given(calendars, moments, st.integers(1, 60), st.integers(1, 60))
def test_working_days_add_up(calendar, start, first, second):
    through = due(calendar, start, Limit(first, Unit.WORKING_DAY))

    whole = due(calendar, start, Limit(first + second, Unit.WORKING_DAY))

    if calendar.day_rule(start.date()) == "end_of_day":
        assert due(calendar, through, Limit(second, Unit.WORKING_DAY)) == whole


@quick
@given(calendars, moments, st.integers(1, 600), st.integers(1, 600))
def test_working_minutes_add_up(calendar, start, first, second):
    through = calendar.add_working_minutes(start, first)

    assert calendar.add_working_minutes(through, second) == calendar.add_working_minutes(
        start, first + second
    )
    assert calendar.working_minutes_between(start, through) == first


@quick
@given(calendars, moments, st.integers(1, 90), st.integers(1, 90))
def test_calendar_days_only_gain_by_being_cut_in_two(calendar, start, first, second):
    through = due(calendar, start, Limit(first, Unit.DAY))

    pieces = due(calendar, through, Limit(second, Unit.DAY))

    assert pieces >= due(calendar, start, Limit(first + second, Unit.DAY))


@quick
@given(calendars, moments, limits, st.integers(0, 100 * 24 * 60))
def test_pausing_and_resuming_at_once_changes_nothing(calendar, start, limit, minutes):
    moment = start + timedelta(minutes=minutes)
    begun = ClockEvent(ClockKind.START, start, limit)
    pause = [ClockEvent(ClockKind.PAUSE, moment), ClockEvent(ClockKind.RESUME, moment)]

    plain, paused = fold_clock(calendar, [begun]), fold_clock(calendar, [begun, *pause])

    assert paused.due_at == plain.due_at
    assert paused.used_at(calendar, moment) == plain.used_at(calendar, moment)


@quick
@given(calendars, moments, working, st.lists(st.integers(0, 20_000), min_size=3, max_size=3))
def test_a_pause_cut_in_two_is_the_same_pause(calendar, start, limit, gaps):
    first, middle, last = (start + timedelta(minutes=sum(gaps[: n + 1])) for n in range(3))
    begun = ClockEvent(ClockKind.START, start, limit)
    one = [ClockEvent(ClockKind.PAUSE, first), ClockEvent(ClockKind.RESUME, last)]
    two = [
        ClockEvent(ClockKind.PAUSE, first), ClockEvent(ClockKind.RESUME, middle),
        ClockEvent(ClockKind.PAUSE, middle), ClockEvent(ClockKind.RESUME, last),
    ]  # fmt: skip

    assert fold_clock(calendar, [begun, *one]).due_at == fold_clock(calendar, [begun, *two]).due_at


@quick
@given(calendars, moments, limits, st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_pause_never_brings_the_date_nearer(calendar, start, limit, before, length):
    paused = start + timedelta(minutes=before)
    events = [
        ClockEvent(ClockKind.START, start, limit),
        ClockEvent(ClockKind.PAUSE, paused),
        ClockEvent(ClockKind.RESUME, paused + timedelta(minutes=length)),
    ]

    proof = prove_clock(calendar, events)

    assert proof.due_at >= due(calendar, start, limit)
    assert proof.days[-1].date == proof.due_at.date()
    assert proof.words()


@quick
@given(calendars, moments, limits, moments, limits)
def test_a_restart_forgets_what_came_before(calendar, start, limit, again, fresh):
    again = max(start, again)
    events = [
        ClockEvent(ClockKind.START, start, limit),
        ClockEvent(ClockKind.RESTART, again, fresh),
    ]

    clock = fold_clock(calendar, events)

    assert clock.due_at == due(calendar, again, fresh)
    assert clock.due_original == due(calendar, start, limit)


@pytest.mark.parametrize("key", ["hanh-chinh", "hanh-chinh-thu-bay"])
def test_a_calendar_survives_being_stored(key):
    stored = tomllib.loads(FILE.read_text(encoding="utf-8"))
    one = CalendarDefinition.from_dict({**stored["calendars"][key], "days": stored["days"]})

    again = CalendarDefinition.from_dict(one.as_dict())

    assert again.as_dict() == one.as_dict()
    start = datetime(2026, 4, 24, 15, 30, tzinfo=VIETNAM)
    limit = Limit(40, Unit.WORKING_DAY)
    assert due(again.compile(key, 1), start, limit) == due(one.compile(key, 1), start, limit)
