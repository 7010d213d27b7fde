"""What-ifs in working minutes: identities, the same seed, and what more people change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.simulating import (
    DAY_MINUTES,
    Office,
    Outcome,
    Setting,
    Work,
    run,
    run_by_office,
)
from motcua.reporting.simulating.flow import due_of
from motcua.reporting.simulating.queues import carried, serve

WORKS = (
    Work("quick", per_day=10, limit_days=0, minutes=8, online=0.2),
    Work("plain", per_day=8, limit_days=3, minutes=45),
    Work("land", per_day=4, limit_days=8, minutes=90, asked=0.3, owed=0.4),
    Work("endless", per_day=1, limit_days=None, minutes=60),
)
BUSY = Setting((Office("A", WORKS, appraisers=2), Office("B", WORKS[:2], appraisers=1)))
DAYS = 60


def outcome(setting: Setting, seed: int = 1) -> Outcome:
    return run(setting, days=DAYS, seed=seed)


def test_sums_hold():
    found = outcome(BUSY)

    assert found.received == found.settled + found.open
    assert found.settled == found.on_time + found.late
    assert 0 <= found.overdue <= found.open
    assert len(found.stock_by_day) == DAYS
    assert found.stock_by_day[-1] == found.open


def test_the_same_seed_is_the_same_quarter():
    assert outcome(BUSY) == outcome(BUSY)
    assert outcome(BUSY) != outcome(BUSY, seed=2)


def test_offices_are_lived_by_themselves():
    alone = Setting(BUSY.offices[:1])
    both = run_by_office(BUSY, days=DAYS, seed=1)

    assert both["A"] == outcome(alone)
    assert both["A"].received + both["B"].received == outcome(BUSY).received


def test_more_appraisers_are_quicker():
    short = Setting((Office("A", WORKS, appraisers=2, absence=0.1),))
    more = short.changed(appraisers=2)

    assert short.offices[0].burden > 1 > more.offices[0].burden
    assert outcome(more).late < outcome(short).late
    assert outcome(more).median_minutes < outcome(short).median_minutes
    assert outcome(more).open < outcome(short).open


def test_couriers_four_times_a_day_save_hours():
    calm = Setting((Office("A", WORKS, appraisers=6, paper=1.0),))

    assert outcome(calm.changed(courier_runs=4)).median_minutes < outcome(calm).median_minutes


def test_saturdays_spare_the_counter():
    queue = Setting((Office("A", (Work("quick", 70, 0, 3, online=0.0),), counters=2),))
    wide = queue.changed(open_saturday=True)

    assert outcome(wide).wait_counter_p90 < outcome(queue).wait_counter_p90


def test_a_change_may_be_for_some_offices_only():
    changed = BUSY.changed(appraisers=3, only=("B",))

    assert [one.appraisers for one in changed.offices] == [2, 4]
    assert (
        run_by_office(changed, days=20, seed=1)["A"] == run_by_office(BUSY, days=20, seed=1)["A"]
    )


def test_what_waits_at_the_beginning_is_settled_too():
    waiting = Setting((replace(BUSY.offices[0], waiting=50, appraisers=6),))
    without = Setting((replace(BUSY.offices[0], appraisers=6),))

    assert abs(outcome(waiting).received - outcome(without).received - 50) < 120


def test_nobody_comes():
    assert outcome(Setting(())).received == 0
    quiet = outcome(Setting((Office("A", (Work("none", 0.0),)),)))
    assert (quiet.received, quiet.on_time_share) == (0, None)


def test_without_a_limit_nothing_is_late():
    endless = Setting((Office("A", (Work("endless", 20, None, 120),), appraisers=1),))

    assert outcome(endless).late == outcome(endless).overdue == 0


@given(
    st.lists(st.tuples(st.floats(0, 5000), st.floats(0.1, 300)), min_size=1, max_size=60),
    st.integers(1, 4),
)
def test_a_queue_keeps_order_and_no_one_does_two_things(
    things: list[tuple[float, float]], people: int
):
    ready, takes = (np.asarray(column) for column in zip(*things, strict=True))
    served = serve(ready, takes, servers=people)

    assert (served.begun >= ready).all()
    assert np.allclose(served.done, served.begun + takes)
    order = np.argsort(ready, kind="stable")
    assert (np.diff(served.begun[order]) >= -1e-9).all()
    for person in range(people):
        mine = np.sort(np.flatnonzero(served.who == person))
        mine = mine[np.argsort(served.begun[mine], kind="stable")]
        assert (served.begun[mine][1:] >= served.done[mine][:-1] - 1e-9).all()


@given(st.floats(0, 50_000), st.integers(1, 8))
def test_papers_leave_with_the_next_courier(ready: float, runs: int):
    arrives = carried(np.asarray([ready]), runs=runs)[0]

    assert ready + 30 <= arrives + 1e-6
    assert arrives - ready <= DAY_MINUTES / runs + 31


def test_absent_people_take_nothing():
    served = serve(
        np.zeros(4), np.full(4, 100.0), servers=2, away=(frozenset({0}), frozenset[int]())
    )

    assert set(served.who.tolist()) == {1}


@pytest.mark.parametrize(
    ("accepted", "limit", "due"),
    [(0.0, 1, 2), (479.0, 1, 2), (100.0, 0, 1), (400.0, 0, 2), (500.0, 3, 5)],
)
def test_due_at_the_end_of_the_last_day(accepted: float, limit: float, due: int):
    assert due_of(np.asarray([accepted]), np.asarray([float(limit)]))[0] == due * DAY_MINUTES
