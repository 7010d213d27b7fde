"""Early, on time, late: the end-time rules as a table, and what must hold whatever the dossier."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.rules import classes
from motcua.reporting.rules.classes import Course, classify, end_of
from tests.factories.world import VN

DAY = timedelta(days=1)
START = datetime(2025, 7, 7, 8, 0, tzinfo=VN)
DUE = datetime(2025, 7, 14, 17, 0, tzinfo=VN)
END_OF_PERIOD = datetime(2025, 10, 1, tzinfo=VN)


def course(**more: object) -> Course:
    return Course(**({"accepted_at": START, "due_at": DUE} | more))


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (course(issued_at=DUE - DAY), "early"),
        (course(issued_at=DUE - timedelta(hours=2)), "on_time"),  # the same day is not early
        (course(issued_at=DUE), "on_time"),
        (course(issued_at=DUE + timedelta(minutes=1)), "late"),
        # finished (9) comes before returned (10), whenever it was fetched
        (course(issued_at=DUE - DAY, returned_at=DUE + 9 * DAY), "early"),
        (course(returned_at=DUE + DAY), "late"),
        # stopped (8): on time unless its time had passed, never early
        (course(stopped_at=DUE - 3 * DAY), "on_time"),
        (course(stopped_at=DUE + DAY), "late"),
        # withdrawn (7) counts only when it had been accepted
        (course(withdrawn_at=DUE - DAY), "on_time"),
        (course(withdrawn_at=DUE + DAY), "late"),
        (Course(accepted_at=None, withdrawn_at=DUE), ""),
        # time waited is subtracted, unless it is in the due time already
        (course(issued_at=DUE + DAY, waited=2 * DAY), "early"),
        (course(issued_at=DUE + 3 * DAY, waited=2 * DAY), "late"),
        # more than one supplement counts as late
        (course(issued_at=DUE - DAY, supplements=1), "early"),
        (course(issued_at=DUE - DAY, supplements=2), "late"),
        # without a due time nothing is late, nor early
        (course(issued_at=DUE + 99 * DAY, due_at=None), "on_time"),
        # what goes on is compared with the end of the period
        (course(), "overdue"),
        (course(due_at=END_OF_PERIOD), "in_time"),
        (course(due_at=None), "in_time"),
        # while it waits, the request is the end; the first one only
        (course(waiting_since=DUE - DAY, supplements=1), "waiting"),
        (course(waiting_since=DUE + DAY, supplements=1), "overdue"),
        (course(waiting_since=DUE - DAY, supplements=2), "overdue"),
        (course(waiting_since=DUE, due_at=None), "waiting"),
    ],
)
def test_every_course_has_its_class(what: Course, expected: str):
    assert classify(what, at=END_OF_PERIOD) == expected


def test_which_moment_is_the_end():
    four = {
        "issued_at": START + DAY, "returned_at": START + 2 * DAY, "stopped_at": START + 3 * DAY,
        "withdrawn_at": START + 4 * DAY,
    }  # fmt: skip
    for moment in four.values():
        assert end_of(course(**four)) == moment
        four = dict(list(four.items())[1:])
    assert end_of(course()) is None


def test_the_manner_of_a_day_is_the_last_before_it(monkeypatch: pytest.MonkeyPatch):
    old = classes.manners()[0]
    new = classes.Manner(DUE.date(), "moment", "apart", "in_time", 3, "x")
    monkeypatch.setattr(classes, "manners", lambda: (old, new))
    classes.manner_on.cache_clear()
    try:
        before = classes.class_of_ended(end=DUE - timedelta(days=1), due_at=DUE + DAY / 2)
        assert (before, classes.manner_on(DUE.date() - DAY)) == ("early", old)
        minute = timedelta(minutes=1)
        assert classes.class_of_ended(end=DUE - minute, due_at=DUE) == "early"
        assert classes.class_of_ended(end=DUE, due_at=DUE, has_result=False) == "ended"
        assert classes.class_of_ended(end=DUE, due_at=DUE, supplements=2) == "on_time"
    finally:
        classes.manner_on.cache_clear()


moments = st.integers(0, 180 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
maybe = st.none() | moments
courses = st.builds(
    Course, accepted_at=maybe, due_at=maybe, issued_at=maybe, returned_at=maybe, stopped_at=maybe,
    withdrawn_at=maybe, waiting_since=maybe, waited=st.timedeltas(timedelta(0), timedelta(days=30)),
    supplements=st.integers(0, 3),
)  # fmt: skip


@given(courses, moments)
def test_there_is_one_class_and_it_fits(what: Course, at: datetime):
    found = classify(what, at=at)

    ended = end_of(what) is not None
    if what.accepted_at is None:
        assert found == ""
    elif ended:
        assert found in {"early", "on_time", "late"}
    else:
        assert found in {"in_time", "waiting", "overdue"}
    if what.due_at is None and what.supplements < 2:
        assert found not in {"late", "overdue", "early"}


@given(courses, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_more_time_never_makes_anything_worse(what: Course, at: datetime, more: timedelta):
    good = {"", "early", "on_time", "in_time", "waiting"}
    later = Course(**({**vars(what)} | {"due_at": what.due_at + more if what.due_at else None}))

    if classify(what, at=at) in good:
        assert classify(later, at=at) in good
