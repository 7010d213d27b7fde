"""Due dates worked out by hand, one table for each rule of time (domain §1.3, Annex B and C).

Days off to read them by: 27/4, 30/4, 1/5, 31/8, 1/9, 2/9 and 24/11 of 2026; Tết 16-20/2/2026;
1/1 and 2/1/2026 with Saturday 10/1 worked; Saturday 22/8/2026 worked for 31/8.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from tests.kernel.worktime_cast import at, shipped

from motcua.kernel.worktime import (
    Limit,
    OutsideCalendar,
    Unit,
    WorkCalendar,
    due,
    hand_over_by,
    prove,
    remaining,
    share_used,
)
from motcua.kernel.worktime.bench import due_per_second

OFFICE = ((time(7), time(11, 30)), (time(13, 30), time(17)))

WORKING_DAYS = [
    ("2026-04-24 15:30", 5, "2026-05-06 17:00"),  # the vector of Annex C
    ("2026-04-24 07:00", 5, "2026-05-06 17:00"),  # the hour of receipt does not matter
    ("2026-11-16 09:00", 1, "2026-11-17 17:00"),  # day 1 is the day after receipt
    ("2026-11-16 17:00", 1, "2026-11-17 17:00"),  # the last moment is still within hours
    ("2026-11-16 06:00", 1, "2026-11-17 17:00"),  # before opening: received at 07:00
    ("2026-11-16 12:00", 1, "2026-11-17 17:00"),  # in the lunch break: received at 13:30
    ("2026-11-16 17:01", 1, "2026-11-18 17:00"),  # after closing: received on the 17th
    ("2026-11-21 09:00", 1, "2026-11-25 17:00"),  # Saturday: received on Monday; 24/11 is off
    ("2026-11-20 10:00", 1, "2026-11-23 17:00"),  # over a weekend
    ("2026-11-23 10:00", 1, "2026-11-25 17:00"),  # over the new holiday of 24/11
    ("2026-11-16 09:00", 7, "2026-11-26 17:00"),
    ("2026-11-01 10:00", 30, "2026-12-15 17:00"),  # a Sunday
    ("2026-08-21 08:00", 1, "2026-08-22 17:00"),  # the Saturday worked in exchange counts
    ("2026-08-21 08:00", 7, "2026-09-03 17:00"),
    ("2026-02-13 10:00", 1, "2026-02-23 17:00"),  # Tết
    ("2025-01-24 10:00", 3, "2025-02-05 17:00"),
    ("2024-02-07 10:00", 1, "2024-02-15 17:00"),
    ("2025-12-31 16:00", 1, "2026-01-05 17:00"),  # turns of the year
    ("2024-12-30 16:00", 2, "2025-01-02 17:00"),
    ("2026-12-31 16:00", 1, "2027-01-04 17:00"),
    ("2026-01-09 10:00", 1, "2026-01-10 17:00"),  # worked for 2 January
    ("2026-11-16 09:00", "7.5", "2026-11-27 11:00"),  # half of the eighth day is four hours
    ("2026-11-16 09:00", "0.5", "2026-11-17 11:00"),
]
WORKING_HOURS = [
    ("2026-11-16 08:00", 8, "2026-11-17 08:00"),
    ("2026-11-16 07:00", 8, "2026-11-16 17:00"),
    ("2026-11-16 07:00", "4.5", "2026-11-16 11:30"),  # the end of the morning, not 13:30
    ("2026-11-16 11:30", 1, "2026-11-16 14:30"),
    ("2026-11-16 12:15", "0.5", "2026-11-16 14:00"),
    ("2026-11-20 16:00", 2, "2026-11-23 08:00"),
    ("2026-11-23 16:00", 2, "2026-11-25 08:00"),
    ("2026-11-20 20:00", 8, "2026-11-23 17:00"),  # R5: filed on the portal on Friday evening
    ("2026-11-21 09:00", 8, "2026-11-23 17:00"),
    ("2025-12-31 16:30", 1, "2026-01-05 07:30"),
    ("2026-08-22 16:00", 2, "2026-08-24 08:00"),
    ("2026-11-16 09:00", 40, "2026-11-23 09:00"),
]
CALENDAR_DAYS = [
    ("2026-11-16 09:00", 3, "2026-11-19 17:00"),
    ("2026-11-16 09:00", 5, "2026-11-23 17:00"),  # ends on a Saturday
    ("2026-11-16 09:00", 8, "2026-11-25 17:00"),  # ends on 24/11
    ("2026-11-16 09:00", 15, "2026-12-01 17:00"),  # R15: fifteen days of silence
    ("2026-04-23 09:00", 7, "2026-05-04 17:00"),  # ends on 30/4
    ("2026-02-10 09:00", 7, "2026-02-23 17:00"),  # ends in Tết
    ("2025-12-27 10:00", 3, "2026-01-05 17:00"),  # a Saturday, so from 29/12; ends on 1/1
    ("2026-11-16 18:00", 1, "2026-11-18 17:00"),  # after closing: received on the 17th
]
MONTHS = [
    ("2026-10-23 10:00", 1, "2026-11-23 17:00"),
    ("2026-09-24 10:00", 2, "2026-11-25 17:00"),  # ends on 24/11
    ("2024-01-31 10:00", 1, "2024-02-29 17:00"),  # the last day of a leap February
    ("2025-12-31 10:00", 2, "2026-03-02 17:00"),  # 28/2 is a Saturday
    ("2026-12-15 10:00", 1, "2027-01-15 17:00"),
    ("2026-11-30 10:00", 3, "2027-03-01 17:00"),
    ("2026-10-24 10:00", 1, "2026-11-26 17:00"),  # a Saturday, so from 26/10
    ("2026-10-05 10:00", "0.5", "2026-10-20 17:00"),
]
HOURS = [
    ("2026-11-16 09:00", 24, "2026-11-17 09:00"),
    ("2026-11-20 10:00", 24, "2026-11-23 07:00"),
    ("2026-11-23 10:00", 24, "2026-11-25 07:00"),
    ("2026-11-16 16:00", 3, "2026-11-17 07:00"),
    ("2026-11-16 09:00", 3, "2026-11-16 13:30"),
]
SAME_DAY = [
    ("2026-11-16 08:00", "2026-11-16 17:00"),
    ("2026-11-16 15:00", "2026-11-16 17:00"),  # "sau 15 giờ": 15:00 itself is not after
    ("2026-11-16 15:01", "2026-11-17 17:00"),
    ("2026-11-20 16:00", "2026-11-23 17:00"),
    ("2026-11-23 16:00", "2026-11-25 17:00"),
    ("2026-11-21 16:00", "2026-11-23 17:00"),  # a Saturday: received on Monday at 07:00
]
HAND_OVER = [
    ("2026-11-16 14:59", "2026-11-16 17:00"),
    ("2026-11-16 15:00", "2026-11-16 17:00"),
    ("2026-11-16 15:01", "2026-11-17 08:00"),
    ("2026-11-20 16:30", "2026-11-23 08:00"),
    ("2026-11-23 16:30", "2026-11-25 08:00"),
]
TABLES = [
    *((Unit.WORKING_DAY, *row) for row in WORKING_DAYS),
    *((Unit.WORKING_HOUR, *row) for row in WORKING_HOURS),
    *((Unit.DAY, *row) for row in CALENDAR_DAYS),
    *((Unit.MONTH, *row) for row in MONTHS),
    *((Unit.HOUR, *row) for row in HOURS),
]


@pytest.mark.parametrize(("unit", "start", "value", "expected"), TABLES)
def test_due_dates_worked_out_by_hand(unit, start, value, expected):
    limit = Limit(Decimal(value), unit)

    assert due(shipped(), at(start), limit) == at(expected)
    assert prove(shipped(), at(start), limit).due_at == at(expected)


@pytest.mark.parametrize(("start", "expected"), SAME_DAY)
def test_within_the_day_is_the_next_one_after_the_cut_off(start, expected):
    assert due(shipped(), at(start), Limit.same_day()) == at(expected)
    assert prove(shipped(), at(start), Limit.same_day()).due_at == at(expected)


def test_at_once_means_within_the_day_of_receipt():
    assert due(shipped(), at("2026-11-16 16:30"), Limit.at_once()) == at("2026-11-16 17:00")


@pytest.mark.parametrize(("received", "expected"), HAND_OVER)
def test_paper_leaves_the_same_day_or_early_the_next(received, expected):
    assert hand_over_by(shipped(), at(received)) == at(expected)


@pytest.mark.parametrize(
    ("start", "value", "expected"),
    [
        ("2026-04-24 15:30", 5, "2026-05-06 15:30"),  # Annex C under the N times 8 hours rule
        ("2026-11-16 12:00", 1, "2026-11-17 13:30"),
        ("2026-11-16 16:00", "1.5", "2026-11-18 10:00"),
        ("2026-10-01 16:00", 35, "2026-11-19 16:00"),
    ],
)
def test_the_same_time_rule_ends_at_the_hour_of_receipt(start, value, expected):
    calendar = shipped(day_rule="same_time")
    limit = Limit(Decimal(value), Unit.WORKING_DAY)

    assert due(calendar, at(start), limit) == at(expected)
    assert prove(calendar, at(start), limit).due_at == at(expected)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-11-20 10:00", Limit(1, Unit.WORKING_DAY), "2026-11-21 11:30"),
        ("2026-11-20 10:00", Limit(2, Unit.WORKING_DAY), "2026-11-23 17:00"),
        ("2026-11-20 16:00", Limit(2, Unit.WORKING_HOUR), "2026-11-21 08:00"),
        ("2026-11-16 10:00", Limit(5, Unit.DAY), "2026-11-21 11:30"),
        ("2026-02-13 10:00", Limit(1, Unit.WORKING_DAY), "2026-02-23 17:00"),  # Tết Saturdays off
        ("2026-08-21 10:00", Limit(1, Unit.WORKING_DAY), "2026-08-22 17:00"),  # worked in full
    ],
)
def test_a_saturday_desk_counts_its_saturday_mornings(start, limit, expected):
    assert due(shipped("hanh-chinh-thu-bay"), at(start), limit) == at(expected)


def test_hours_change_on_their_date():
    winter = ((time(7, 30), time(11, 30)), (time(13), time(17)))
    calendar = WorkCalendar.build(
        "seasons",
        1,
        patterns=[
            (None, None, dict.fromkeys(range(5), OFFICE)),
            (date(2026, 10, 16), date(2027, 4, 15), dict.fromkeys(range(5), winter)),
        ],
        cut_off=[(None, time(15)), (date(2026, 10, 16), time(15, 30))],
    )

    assert calendar.shifts(date(2026, 10, 15)) == OFFICE
    assert calendar.shifts(date(2026, 10, 16)) == winter
    assert calendar.shifts(date(2027, 4, 16)) == OFFICE
    ends = due(calendar, at("2026-10-15 16:00"), Limit(2, Unit.WORKING_HOUR))
    assert ends == at("2026-10-16 08:30")
    assert calendar.after_cut_off(at("2026-10-15 15:20"))
    assert not calendar.after_cut_off(at("2026-10-16 15:20"))


def test_a_rule_holds_for_what_starts_under_it():
    calendar = WorkCalendar.build(
        "rules",
        1,
        patterns=[(None, None, dict.fromkeys(range(5), OFFICE))],
        day_rule=[(None, "same_time"), (date(2026, 7, 1), "end_of_day")],
    )

    assert due(calendar, at("2026-06-30 09:00"), Limit(1, Unit.WORKING_DAY)) == at(
        "2026-07-01 09:00"
    )
    assert due(calendar, at("2026-07-01 09:00"), Limit(1, Unit.WORKING_DAY)) == at(
        "2026-07-02 17:00"
    )


def test_a_moment_in_another_zone_is_the_same_moment():
    start = datetime(2026, 4, 24, 8, 30, tzinfo=UTC)

    assert due(shipped(), start, Limit(5, Unit.WORKING_DAY)) == at("2026-05-06 17:00")


def test_a_naive_moment_is_an_error():
    with pytest.raises(ValueError, match="aware"):
        due(shipped(), datetime(2026, 4, 24), Limit(5, Unit.WORKING_DAY))  # noqa: DTZ001


@pytest.mark.parametrize("start", ["2019-12-31 10:00", "2040-01-02 10:00"])
def test_years_outside_the_calendar_are_refused(start):
    with pytest.raises(OutsideCalendar):
        due(shipped(), at(start), Limit(5, Unit.WORKING_DAY))


def test_a_limit_beyond_the_calendar_is_refused():
    with pytest.raises(OutsideCalendar):
        due(shipped(), at("2039-12-01 10:00"), Limit(90, Unit.WORKING_DAY))


def test_hours_that_overlap_are_an_error():
    with pytest.raises(ValueError, match="overlap"):
        WorkCalendar.build(
            "bad", 1, patterns=[(None, None, {0: [(time(7), time(12)), (time(11), time(17))]})]
        )


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        ("2026-11-16 07:00", "2026-11-16 17:00", 480),
        ("2026-11-16 11:00", "2026-11-16 14:00", 60),
        ("2026-11-20 16:00", "2026-11-23 08:00", 120),
        ("2026-11-23 08:00", "2026-11-20 16:00", -120),
        ("2026-11-21 08:00", "2026-11-22 16:00", 0),
    ],
)
def test_working_minutes_between_two_moments(first, last, minutes):
    assert shipped().working_minutes_between(at(first), at(last)) == minutes


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
        (date(2026, 11, 25), -1, date(2026, 11, 23)),
        (date(2026, 11, 24), -1, date(2026, 11, 23)),
        (date(2026, 11, 24), 0, date(2026, 11, 25)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_forward_and_back(day, count, expected):
    assert shipped().add_working_days(day, count) == expected


def test_working_days_between_counts_the_last_and_not_the_first():
    assert shipped().working_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2


@pytest.mark.parametrize(
    ("now", "due_at", "said", "tone"),
    [
        ("2026-11-23 09:38", "2026-11-19 16:00", "Trễ 1 ngày 3 giờ", "late"),  # as in look/
        ("2026-11-23 10:00", "2026-11-20 16:00", "Trễ 4 giờ", "late"),
        ("2026-11-16 18:00", "2026-11-16 17:00", "Vừa quá hạn", "late"),
        ("2026-11-16 10:10", "2026-11-16 17:00", "Còn 4 giờ 50 phút", "today"),
        ("2026-11-16 10:00", "2026-11-18 09:30", "Còn 1 ngày 7 giờ", "soon"),
        ("2026-11-16 10:00", "2026-11-26 17:00", "Còn 7 ngày 5 giờ", "ok"),
        ("2026-11-16 16:25", "2026-11-16 17:00", "Còn 35 phút", "today"),
    ],
)
def test_what_is_left_is_said_in_working_time(now, due_at, said, tone):
    left = remaining(shipped(), at(now), at(due_at))

    assert (left.words(), left.tone) == (said, tone)


def test_the_meter_shows_the_share_of_working_time_used():
    used = share_used(
        shipped(), at("2026-11-16 07:00"), at("2026-11-18 07:00"), at("2026-11-19 17:00")
    )

    assert used == 50


def test_a_core_computes_a_hundred_thousand_due_dates_a_second():
    # Measured: about 500,000; half of the promise is asked here, because tests share the machine.
    assert due_per_second(shipped(), count=60_000) > 50_000
