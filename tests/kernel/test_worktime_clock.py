"""The clock of a dossier, by the decision table of Annex B."""

import pytest
from tests.kernel.worktime_cast import at, shipped

from motcua.kernel.worktime import (
    ClockDisorder,
    ClockEvent,
    ClockKind,
    Limit,
    Unit,
    WorkCalendar,
    fold_clock,
    prove_clock,
    replay,
)
from motcua.kernel.worktime.bench import office_calendar

FIVE = Limit(5, Unit.WORKING_DAY)


def event(kind: ClockKind, when: str, limit: Limit | None = None, *, to: str = "", why: str = ""):
    return ClockEvent(kind, at(when), limit, at(to) if to else None, why)


def start(when: str, limit: Limit = FIVE) -> ClockEvent:
    return event(ClockKind.START, when, limit)


def test_accepting_starts_the_clock():
    clock = fold_clock(shipped(), [start("2026-11-02 09:00")])

    assert clock.state == "running"
    assert clock.due_at == clock.due_original == at("2026-11-09 17:00")


def test_nothing_runs_before_it_is_accepted():
    clock = fold_clock(shipped(), [])

    assert (clock.state, clock.due_at) == ("idle", None)
    assert prove_clock(shipped(), []).words() == ["Thời hạn chưa bắt đầu tính."]


def test_a_completed_supplement_restarts_from_zero():
    events = [
        start("2026-11-02 09:00"),
        event(ClockKind.PAUSE, "2026-11-04 10:00", why="chờ bổ sung giấy tờ"),
        event(ClockKind.RESTART, "2026-11-12 14:00"),
    ]

    clock = fold_clock(shipped(), events)

    assert clock.due_at == at("2026-11-19 17:00")
    assert clock.due_original == at("2026-11-09 17:00")
    assert (clock.state, clock.used_minutes, clock.restart_count) == ("running", 0, 1)


@pytest.mark.parametrize(
    ("limit", "paused", "resumed", "expected"),
    [
        (FIVE, "2026-11-04 10:00", "2026-11-06 10:00", "2026-11-11 17:00"),  # two working days
        (FIVE, "2026-11-04 10:00", "2026-11-04 11:00", "2026-11-10 08:00"),  # one hour
        (FIVE, "2026-11-07 10:00", "2026-11-08 10:00", "2026-11-09 17:00"),  # a weekend: nothing
        (FIVE, "2026-11-04 17:00", "2026-11-05 07:00", "2026-11-09 17:00"),  # a night: nothing
        (
            Limit(8, Unit.WORKING_HOUR),
            "2026-11-02 10:00",
            "2026-11-03 10:00",
            "2026-11-04 09:00",
        ),
        (Limit(10, Unit.DAY), "2026-11-04 10:00", "2026-11-07 10:00", "2026-11-16 07:00"),
    ],
)
def test_a_pause_gives_its_time_back(limit, paused, resumed, expected):
    events = [
        start("2026-11-02 09:00", limit),
        event(ClockKind.PAUSE, paused),
        event(ClockKind.RESUME, resumed),
    ]

    assert fold_clock(shipped(), events).due_at == at(expected)


def test_a_clock_that_was_late_when_paused_is_as_late_when_resumed():
    events = [
        start("2026-11-02 09:00"),  # due 9/11 17:00
        event(ClockKind.PAUSE, "2026-11-10 09:00"),  # two hours late
        event(ClockKind.RESUME, "2026-11-13 16:00"),
    ]

    clock = fold_clock(shipped(), events)

    assert shipped().working_minutes_between(clock.due_at, at("2026-11-13 16:00")) == 120


def test_an_extension_sets_the_new_date():
    events = [
        start("2026-11-02 09:00"),
        event(ClockKind.EXTEND, "2026-11-06 10:00", to="2026-11-12 17:00", why="chờ ý kiến"),
    ]

    clock = fold_clock(shipped(), events)

    assert (clock.due_at, clock.extension_count) == (at("2026-11-12 17:00"), 1)
    assert clock.due_base == at("2026-11-09 17:00")


def test_an_extension_by_a_limit_counts_from_the_date_before():
    extra = event(ClockKind.EXTEND, "2026-11-06 10:00", Limit(3, Unit.WORKING_DAY))

    assert fold_clock(shipped(), [start("2026-11-02 09:00"), extra]).due_at == at(
        "2026-11-12 17:00"
    )


def test_an_extension_to_a_day_off_moves_to_the_next_working_day():
    extra = event(ClockKind.EXTEND, "2026-11-06 10:00", to="2026-11-24 10:00")

    assert fold_clock(shipped(), [start("2026-11-02 09:00"), extra]).due_at == at(
        "2026-11-25 17:00"
    )


def test_a_stopped_clock_keeps_its_date_and_what_was_used():
    events = [start("2026-11-02 09:00"), event(ClockKind.STOP, "2026-11-03 09:00", why="rút")]

    clock = fold_clock(shipped(), events)

    assert (clock.state, clock.used_minutes) == ("stopped", 480)
    assert clock.due_at == at("2026-11-09 17:00")


def test_the_time_of_a_pause_is_not_used():
    events = [
        start("2026-11-02 09:00"),
        event(ClockKind.PAUSE, "2026-11-03 09:00"),
        event(ClockKind.RESUME, "2026-11-05 09:00"),
    ]

    clock = fold_clock(shipped(), events)

    assert clock.used_at(shipped(), at("2026-11-05 10:00")) == 540


@pytest.mark.parametrize(
    "events",
    [
        [event(ClockKind.PAUSE, "2026-11-02 09:00")],
        [event(ClockKind.RESTART, "2026-11-02 09:00")],
        [event(ClockKind.EXTEND, "2026-11-02 09:00", to="2026-11-03 09:00")],
        [event(ClockKind.STOP, "2026-11-02 09:00")],
        [event(ClockKind.START, "2026-11-02 09:00")],
        [start("2026-11-02 09:00"), start("2026-11-03 09:00")],
        [start("2026-11-02 09:00"), event(ClockKind.RESUME, "2026-11-03 09:00")],
        [start("2026-11-02 09:00"), event(ClockKind.PAUSE, "2026-11-01 09:00")],
        [start("2026-11-02 09:00"), event(ClockKind.EXTEND, "2026-11-03 09:00")],
        [
            start("2026-11-02 09:00"),
            event(ClockKind.STOP, "2026-11-03 09:00"),
            event(ClockKind.PAUSE, "2026-11-04 09:00"),
        ],
    ],
)
def test_an_event_that_does_not_fit_is_refused(events):
    with pytest.raises(ClockDisorder):
        fold_clock(shipped(), events)


def test_a_corrected_calendar_moves_the_date_by_replay():
    events = [
        start("2026-11-20 09:00", Limit(3, Unit.WORKING_DAY)),
        event(ClockKind.RECOMPUTE, "2026-11-21 09:00", to="2026-11-25 17:00"),
    ]
    without_holiday: WorkCalendar = office_calendar()

    assert fold_clock(without_holiday, events).due_at == at("2026-11-25 17:00")
    assert replay(shipped(), events).due_at == at("2026-11-26 17:00")


def test_the_proof_tells_the_whole_story():
    events = [
        start("2026-11-02 09:00"),
        event(ClockKind.PAUSE, "2026-11-03 10:00"),
        event(ClockKind.RESTART, "2026-11-09 09:00", why="đã bổ sung"),
        event(ClockKind.PAUSE, "2026-11-10 09:00", why="chờ nộp thuế"),
        event(ClockKind.RESUME, "2026-11-11 09:00"),
        event(ClockKind.EXTEND, "2026-11-13 09:00", to="2026-11-19 17:00", why="chờ ý kiến"),
    ]

    proof = prove_clock(shipped(), events)

    words = proof.words()
    assert words[0].startswith("Lần trước: tính từ 09:00 thứ Hai 02/11/2026")
    assert words[1] == (
        "Thời hạn tính lại từ đầu khi nhận đủ hồ sơ lúc 09:00 thứ Hai 09/11/2026 (đã bổ sung)."
    )
    assert words[-3:] == [
        (
            "Tạm dừng từ 09:00 thứ Ba 10/11/2026 đến 09:00 thứ Tư 11/11/2026 (chờ nộp thuế): "
            "không tính 1 ngày làm việc."
        ),
        "Hẹn lại lúc 09:00 thứ Sáu 13/11/2026 đến 17:00 thứ Năm 19/11/2026: chờ ý kiến.",
        "Hạn hiện nay: 17:00 thứ Năm 19/11/2026.",
    ]
    assert all(proof.words("en"))


def test_the_days_of_a_pause_are_not_numbered():
    events = [
        start("2026-11-02 09:00"),
        event(ClockKind.PAUSE, "2026-11-03 10:00"),
        event(ClockKind.RESUME, "2026-11-05 10:00"),
    ]

    proof = prove_clock(shipped(), events)

    assert [(d.date.day, d.kind, d.number) for d in proof.days] == [
        (2, "start", 0), (3, "counted", 1), (4, "paused", 0), (5, "counted", 1), (6, "counted", 2),
        (7, "skipped", 0), (8, "skipped", 0), (9, "counted", 3), (10, "counted", 4),
        (11, "counted", 5),
    ]  # fmt: skip
    assert proof.as_dict()["due_at"] == "2026-11-11T17:00:00+07:00"


def test_events_survive_being_stored():
    one = event(ClockKind.EXTEND, "2026-11-06 10:00", Limit(3, Unit.DAY), to="2026-11-12 17:00")

    assert ClockEvent.from_dict(one.as_dict()) == one
    assert ClockEvent.from_dict(start("2026-11-06 10:00").as_dict()) == start("2026-11-06 10:00")


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        (
            ClockKind.PAUSE,
            "Tạm dừng lúc 09:00 thứ Tư 04/11/2026: chờ nộp thuế.",
            "Paused at 09:00 Wednesday 04/11/2026: chờ nộp thuế.",
        ),
        (
            ClockKind.STOP,
            "Dừng tính lúc 09:00 thứ Tư 04/11/2026: chờ nộp thuế.",
            "Stopped at 09:00 Wednesday 04/11/2026: chờ nộp thuế.",
        ),
    ],
)
def test_a_clock_that_stands_says_why(kind, vi, en):
    events = [start("2026-11-02 09:00"), event(kind, "2026-11-04 09:00", why="chờ nộp thuế")]

    proof = prove_clock(shipped(), events)

    assert (proof.words()[-1], proof.words("en")[-1]) == (vi, en)


def test_a_pause_of_a_calendar_period_keeps_counting_its_days_off():
    events = [
        start("2026-11-02 09:00", Limit(10, Unit.DAY)),
        event(ClockKind.PAUSE, "2026-11-04 10:00"),
        event(ClockKind.RESUME, "2026-11-06 10:00"),
    ]

    proof = prove_clock(shipped(), events)

    assert proof.due_at == at("2026-11-16 07:00")  # 12/11 17:00 and two days is a Saturday
    assert [d.kind for d in proof.days if d.date.day in {7, 8}] == ["counted", "counted"]
