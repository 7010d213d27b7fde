"""Our own facts beside the approved process: stages, deviations, hand-overs."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from motcua.kernel.worktime import WorkCalendar
from motcua.reporting.mining import conforming, own
from motcua.reporting.mining.conforming import Conformance, Setting, conform
from motcua.reporting.mining.handing import PERSON, between_agencies, between_posts
from motcua.reporting.mining.own import Case, Facts, FactsGathering
from motcua.reporting.mining.working import WorkClock
from motcua.workflow.definition import Process, Step

EIGHT = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)  # Monday, 8 o'clock in Việt Nam
WEEK = {day: [(time(8), time(12)), (time(13), time(17))] for day in range(5)}
CALENDAR = WorkCalendar.build("x", 1, patterns=[(None, None, WEEK)])
CLOCK = WorkClock(CALENDAR, int(EIGHT.timestamp() * 1e6), int(EIGHT.timestamp() * 1e6) + 10**13)
CHAIN = ("receive", "appraise", "approve", "issue", "return")
ROLES = ("receptionist", "appraiser", "head", "clerk", "receptionist")
PROCESS = Process(
    "p",
    "Quy trình",
    tuple(
        Step(key, key, role, "competent", hours, "x", next_)
        for key, role, hours, next_ in zip(
            CHAIN, ROLES, (1, 4, 1, 1, 1), (*CHAIN[1:], ""), strict=True
        )
    ),
)
STORY = (
    # hours of the clock since Monday 8:00, kind, who, step, to
    (0, own.FILED, 9, "", ""),
    (0.5, own.ACCEPTED, 1, "", ""),
    (1, own.ASSIGNED, 3, "appraise", ""),
    (3, own.STEP_DONE, 2, "appraise", "approve"),
    (3.5, own.APPROVED, 3, "approve", ""),
    (4, own.ISSUED, 4, "", ""),
    (5.5, own.RETURNED, 1, "", ""),
)
POSTS = {1: "Cán bộ tiếp nhận, Trung tâm", 2: "Chuyên viên, Sở A, B", 3: "Giám đốc, Sở A, B",
         4: "Văn thư, Sở A, B", 9: ""}  # fmt: skip
HELD = {1: "receptionist", 2: "appraiser", 3: "head", 4: "clerk"}


def facts_of(*stories: tuple[tuple[float, str, int, str, str], ...]) -> Facts:
    cases, rows = [], []
    for key, story in enumerate(stories):
        cases.append(Case(key, f"hs-{key}", 1, 1, 1, 0, -1))
        for hours, kind, who, step, to in story:
            at = int((EIGHT + timedelta(hours=hours)).timestamp() * 1_000_000)
            rows.append((key, kind, at, f"account:{who}", POSTS[who], step, to))
    gathering = FactsGathering()
    gathering.add(rows, {one.id: place for place, one in enumerate(cases)})
    return gathering.finish(cases)


def checked(*stories: tuple[tuple[float, str, int, str, str], ...]) -> Conformance:
    facts = facts_of(*stories)
    many = len(stories)
    roles = {f"account:{who}": frozenset({role}) for who, role in HELD.items()}
    return conform(facts, Setting([PROCESS], [0] * many, [CLOCK], [0] * many, roles))


def kinds(found: Conformance) -> set[tuple[str, str]]:
    return {(one.kind, one.step) for one in found.deviations}


def without(kind: str) -> tuple[tuple[float, str, int, str, str], ...]:
    return tuple(fact for fact in STORY if fact[1] != kind)


def changed(kind: str, **values: object) -> tuple[tuple[float, str, int, str, str], ...]:
    names = ("hours", "kind", "who", "step", "to")
    return tuple(
        tuple(values.get(name, part) for name, part in zip(names, fact, strict=True))
        if fact[1] == kind
        else fact
        for fact in STORY
    )  # type: ignore[return-value]


def test_a_dossier_that_went_as_approved_has_no_deviation():
    found = checked(STORY)

    assert kinds(found) == set()
    assert (found.checked, found.conforming) == (1, 1)


def test_waiting_and_working_are_told_apart_in_working_minutes():
    stages = {one.step: one for one in checked(STORY).stages}

    assert (stages["appraise"].queued, stages["appraise"].worked) == (30, 120)
    assert stages["return"].whole == 30  # 12:00 to 13:30: noon is nobody's time
    assert stages["approve"].queued is None


def test_a_step_left_out_is_seen():
    assert (conforming.SKIPPED, "approve") in kinds(checked(without(own.APPROVED)))


def test_a_step_before_its_turn_is_seen():
    assert (conforming.DISORDER, "appraise") in kinds(checked(changed(own.STEP_DONE, hours=3.8)))


def test_another_post_is_seen():
    assert kinds(checked(changed(own.STEP_DONE, who=4))) == {(conforming.OTHER_POST, "appraise")}


def test_a_step_over_its_hours_is_seen():
    late = tuple((h + (48 if h >= 3 else 0), *rest) for h, *rest in STORY)

    assert kinds(checked(late)) == {(conforming.OVER, "appraise")}


def test_time_in_which_the_person_is_waited_for_is_not_the_officers():
    asked = ((1.5, own.ASKED, 2, "", ""), (49, own.ANSWERED, 9, "", ""))
    late = tuple((h + (48 if h >= 3 else 0), *rest) for h, *rest in STORY)

    found = checked(tuple(sorted((*late, *asked))))

    assert kinds(found) == set()


def test_a_step_done_again_after_it_was_sent_back_is_rework():
    again = (
        *STORY[:4],
        (3.2, own.SENT_BACK, 3, "approve", "appraise"),
        (3.4, own.STEP_DONE, 2, "appraise", "approve"),
        *STORY[4:],
    )

    assert kinds(checked(again)) == {(conforming.REPEATED, "appraise")}


def test_what_is_settled_while_the_person_waits_is_not_checked():
    found = checked(((0, own.FILED, 9, "", ""), (0.1, own.APPROVED, 3, own.AT_ONCE, "")))

    assert (found.checked, found.at_once) == (0, 1)


def test_hand_overs_go_from_post_to_post_and_from_agency_to_agency():
    posts = between_posts(facts_of(STORY), {"Sở A, B", "Trung tâm"})
    agencies = between_agencies(facts_of(STORY), {"Sở A, B", "Trung tâm"})

    assert (PERSON, "Cán bộ tiếp nhận", 1) in posts.pairs
    assert ("Chuyên viên", "Giám đốc", 1) in posts.pairs
    assert set(agencies.pairs) == {("Trung tâm", "Sở A, B", 1), ("Sở A, B", "Trung tâm", 1)}


@pytest.mark.parametrize(
    ("hours", "minutes"), [(0, 0), (2, 120), (5, 240), (24, 480), (168, 2400)]
)
def test_many_moments_are_measured_as_the_calendar_measures_one(hours: int, minutes: int):
    import numpy as np

    first = int(EIGHT.timestamp() * 1e6)
    last = first + hours * 3_600_000_000

    assert CLOCK.between(np.array([first]), np.array([last]))[0] == minutes
    assert CALENDAR.working_minutes_between(EIGHT, EIGHT + timedelta(hours=hours)) == minutes
    assert CALENDAR.is_working_day(date(2026, 11, 9))
