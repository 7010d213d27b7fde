"""What-ifs: simple settings move the way everybody expects, and the base is what was observed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reporting.foresight.measuring import Measured, Observed, Staff, measure
from motcua.reporting.foresight.staffing import (
    METRICS,
    Change,
    as_measured,
    compare,
    fitted,
    foretold,
    hands_only,
    share_of,
    stretched,
)
from motcua.reporting.simulating import Office, Setting, Work
from motcua.reporting.simulating.engine import flows
from motcua.reporting.simulating.flow import Flow
from tests.reporting.foresight import made

BUSY = Setting(
    (
        Office(
            "H32.61",
            (Work("1.000001", 22, limit_days=3, minutes=45), Work("1.000002", 8, minutes=60)),
            appraisers=3,
        ),
    )
)


def moved(change: Change, name: str) -> float:
    return compare(BUSY, change, days=40, seeds=4).difference[name].mean


works = st.builds(
    Work,
    code=st.sampled_from(["1", "2"]),
    per_day=st.floats(4, 20),
    limit_days=st.sampled_from([1.0, 3.0, 5.0, None]),
    minutes=st.floats(10, 60),
    online=st.floats(0.1, 0.7),
    asked=st.floats(0, 0.3),
    owed=st.floats(0, 0.3),
)
offices = st.builds(
    Office,
    code=st.just("H32.61"),
    works=st.tuples(works, works),
    counters=st.integers(1, 3),
    appraisers=st.integers(1, 4),
    waiting=st.integers(0, 40),
)
ways = settings(max_examples=15, deadline=None, derandomize=True)


def lived(office: Office, change: Change) -> list[tuple[Flow, Flow]]:
    """The same people with and without a change, three times."""
    base = Setting((office,))
    other = change.applied(base)
    return [
        (flows(base, days=20, seed=seed)[0], flows(other, days=20, seed=seed)[0])
        for seed in (1, 2, 3)
    ]


def late(flow: Flow) -> int:
    """Late by the end of the twenty days, whether it ended or lies there."""
    return int((np.minimum(flow.ended, 20 * 480) > flow.due).sum())


@ways
@given(offices)
def test_two_more_appraisers_make_no_more_late_and_touch_no_counter(office):
    both = lived(office, Change(appraisers=2))

    for was, now in both:
        np.testing.assert_array_equal(was.accepted, now.accepted)
        np.testing.assert_array_equal(was.waited, now.waited)
        np.testing.assert_array_equal(was.due, now.due)
        np.testing.assert_array_equal(was.stood, now.stood)
    assert sum(late(now) for _was, now in both) <= sum(late(was) for was, _now in both)
    assert sum(now.ended.mean() for _was, now in both) <= sum(was.ended.mean() for was, _ in both)


@ways
@given(offices)
def test_four_couriers_a_day_make_no_more_late_and_touch_no_counter(office):
    both = lived(office, Change(courier_runs=4))

    for was, now in both:
        np.testing.assert_array_equal(was.accepted, now.accepted)
        np.testing.assert_array_equal(was.waited, now.waited)
        np.testing.assert_array_equal(was.due, now.due)
        assert was.appraisers == now.appraisers
    assert sum(late(now) for _was, now in both) <= sum(late(was) for was, _now in both) + 1


@ways
@given(offices)
def test_couriers_move_nothing_where_no_paper_travels(office):
    for was, now in lived(replace(office, paper=0.0), Change(courier_runs=4)):
        np.testing.assert_array_equal(was.ended, now.ended)


@ways
@given(offices)
def test_an_open_saturday_brings_the_same_people_on_other_days(office):
    for was, now in lived(office, Change(open_saturday=True)):
        assert len(was.accepted) == len(now.accepted)
        np.testing.assert_array_equal(np.bincount(was.kind), np.bincount(now.kind))
        assert was.appraisers == now.appraisers
        assert sorted(was.stood) == pytest.approx(sorted(now.stood))
        assert len(was.waited) == len(now.waited)


def test_an_open_saturday_shortens_the_wait_on_busy_weekdays():
    crowded = Setting((replace(BUSY.offices[0], counters=1),))
    shorter = compare(crowded, Change(open_saturday=True), days=40, seeds=4)

    assert shorter.difference["wait_counter"].mean <= 0


def test_one_away_makes_more_late():
    assert moved(Change(appraisers=-1), "on_time") < 0
    assert moved(Change(appraisers=2), "on_time") > 0
    assert moved(Change(appraisers=2), "open") <= 0


def test_more_counters_shorten_the_wait_at_the_counter():
    assert moved(Change(counters=2), "wait_counter") <= 0


def test_a_shorter_limit_is_kept_less_often():
    assert moved(Change(limit_of="1.000001", limit_days=1), "on_time") < 0


def test_no_change_changes_nothing():
    same = compare(BUSY, Change(), days=20, seeds=3)

    assert Change().is_none
    assert all(same.difference[name].mean == 0 for name in METRICS)


def test_a_change_is_made_only_where_it_was_asked_for():
    both = Setting((*BUSY.offices, Office("H32.62", BUSY.offices[0].works, appraisers=3)))

    changed = Change(appraisers=2).applied(both, only=["H32.62"])

    assert [one.appraisers for one in changed.offices] == [3, 5]


def test_the_same_question_has_the_same_answer():
    one, two = (compare(BUSY, Change(appraisers=1), days=20, seeds=3) for _time in range(2))

    assert one == two


def test_the_base_is_what_was_observed():
    office = stretched(BUSY.offices[0], 0.6)
    measured = Measured((office,), {"H32.61": Observed(1200, 1100, 1012, 100, 300.0)}, 40)

    found = fitted(measured)

    assert found.observed == pytest.approx(0.92)
    assert found.simulated == pytest.approx(0.92, abs=0.03)


def test_a_province_is_measured_from_its_facts():
    quarter = made.quarter()
    staff = {code: Staff(3, 1, 1, 2) for code in made.SPEED}

    measured = measure(quarter.spans, quarter.hours, staff, first=made.start(), last=made.end())

    assert {one.code for one in measured.offices} == set(made.SPEED)
    assert sum(one.received for one in measured.observed.values()) == 6000
    assert measured.days == 64  # 66 from Monday to Friday, 1 and 2 September off
    for office in measured.offices:
        assert office.per_day == pytest.approx(measured.observed[office.code].received / 64)
        assert {work.code: work.limit_days for work in office.works} == made.LIMITS
        assert all(0.3 < work.online < 0.7 for work in office.works)


def test_later_days_are_foretold_from_earlier_ones_alone():
    office = stretched(BUSY.offices[0], 0.6)
    earlier = Measured((office,), {"H32.61": Observed(1200, 1100, 1012, 100, 300.0)}, 40)
    ends = (Observed(600, 500, 100, 90, 900.0), Observed(600, 600, 600, 0, 60.0))

    bad, good = (foretold(earlier, Measured((office,), {"H32.61": end}, 20))[0] for end in ends)

    assert (bad.observed, good.observed) == (0.2, 1.0)
    assert bad.on_time == good.on_time  # how the later days ended is not known to it
    assert bad.received == 600


def test_where_dossiers_lie_for_other_reasons_more_hands_help_little():
    lying = replace(BUSY.offices[0], works=tuple(
        replace(work, minutes=10, lies=1500.0) for work in BUSY.offices[0].works
    ))  # fmt: skip
    found = compare(Setting((lying,)), Change(appraisers=2), days=40, seeds=3)

    assert 0 <= found.difference["on_time"].mean < 1
    assert all(work.lies == 0 for work in hands_only(lying).works)
    assert as_measured(BUSY.offices[0]).burden <= 0.81


def test_the_measured_province_lives_as_it_did():
    quarter = made.quarter()
    staff = {code: Staff(3, 1, 1, 2) for code in made.SPEED}
    measured = measure(quarter.spans, quarter.hours, staff, first=made.start(), last=made.end())

    found = fitted(measured)

    assert share_of(measured.observed.values()) == found.observed
    assert abs(found.simulated - found.observed) < 0.03
    assert np.isfinite(found.simulated)
