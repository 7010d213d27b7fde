"""What-ifs: simple settings move the way everybody expects, and the base is what was observed."""

import numpy as np
import pytest

from motcua.reporting.foresight.measuring import Measured, Observed, Staff, measure
from motcua.reporting.foresight.staffing import (
    METRICS,
    Change,
    compare,
    fitted,
    share_of,
    stretched,
)
from motcua.reporting.simulating import Office, Setting, Work
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


def test_more_appraisers_make_fewer_late_and_one_away_makes_more():
    assert moved(Change(appraisers=2), "on_time") > 0
    assert moved(Change(appraisers=-1), "on_time") < 0
    assert moved(Change(appraisers=2), "open") <= 0
    assert moved(Change(appraisers=2), "median_days") < 0


def test_more_counters_shorten_the_wait_at_the_counter():
    assert moved(Change(counters=2), "wait_counter") <= 0


def test_couriers_more_often_make_nothing_later():
    assert moved(Change(courier_runs=4), "median_days") <= 0


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


def test_the_measured_province_lives_as_it_did():
    quarter = made.quarter()
    staff = {code: Staff(3, 1, 1, 2) for code in made.SPEED}
    measured = measure(quarter.spans, quarter.hours, staff, first=made.start(), last=made.end())

    found = fitted(measured)

    assert share_of(measured.observed.values()) == found.observed
    assert abs(found.simulated - found.observed) < 0.03
    assert np.isfinite(found.simulated)
