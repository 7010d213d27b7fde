"""The ways beside the straight one: signals, merging, passing on, extending, disputes, the ladder."""

from datetime import date, datetime, timedelta

import pytest
from tests.factories.world import MONDAY_8AM, VN, World
from tests.feedback import stories
from tests.feedback.stories import HOUR, PHONE, REASON

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback
from motcua.feedback.models import Case, Follower
from motcua.feedback.queries import duplicates, figures, lists, reading
from motcua.feedback.rules import kinds, limits
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger
from motcua.notifications import queries as messages

BRIBE = (
    "Cán bộ một cửa vòi tiền bồi dưỡng 500 nghìn mới chịu làm hồ sơ, không đưa thì hành lên hành "
    "xuống, quát tháo người dân."
)


def _bell(world: World, name: str) -> list[str]:
    while ledger.dispatch():
        pass
    return [line.subject for line in messages.messages_for(world[name])]


def test_signs_of_harassment_reach_the_inspectors_at_once(world: World) -> None:
    case = stories.sent(world, text=BRIBE, kind="conduct", field="conduct")

    assert case.escalated_at == MONDAY_8AM
    assert {"harassment", "bribe"} & set(case.proposal["signals"])
    assert any(case.code in subject for subject in _bell(world, "auditor"))
    assert case in lists.inbox(world["auditor"])


def test_danger_stands_at_the_top_and_rings(world: World) -> None:
    early = stories.sent(world)
    late = stories.sent(
        world, at=MONDAY_8AM + HOUR, field="power",
        text="Dây điện đứt rơi xuống đường đang tóe lửa, trẻ em đi học ngang, nguy hiểm chết người.",
    )  # fmt: skip

    assert (late.urgency, late.escalated_at) == (Case.Urgency.DANGER, None)
    assert list(lists.inbox(world["moderator"])) == [late, early]
    assert late.due_at == MONDAY_8AM + 2 * HOUR
    assert any(late.code in subject for subject in _bell(world, "director"))
    assert any(late.code in subject for subject in _bell(world, "chairman"))


def test_an_officer_may_call_the_inspectors(world: World) -> None:
    case = stories.in_progress(world)
    feedback.escalate(code=case.code, reason=REASON, by=world["appraiser"], at=MONDAY_8AM + HOUR)

    assert any(case.code in subject for subject in _bell(world, "auditor"))


def test_forty_people_one_case(world: World) -> None:
    main = stories.assigned(world)
    for number in range(5):
        other = stories.sent(world, phone=f"09050002{number:02d}")
        feedback.merge(
            code=other.code, main=main.code, by=world["moderator"], at=MONDAY_8AM + HOUR
        )
    main.refresh_from_db()

    assert main.follower_count == 5
    other.refresh_from_db()
    assert (other.state, other.main) == ("merged", main)
    with pytest.raises(feedback.NotTheSame):
        feedback.merge(
            code=main.code, main=other.code, by=world["moderator"], at=MONDAY_8AM + HOUR
        )
    feedback.unmerge(
        code=other.code, reason=REASON, by=world["moderator"], at=MONDAY_8AM + 3 * HOUR
    )
    other.refresh_from_db()
    assert (other.state, other.main, Follower.objects.count()) == ("sent", None, 4)
    assert other.due_at == datetime(2026, 11, 11, 9, 0, tzinfo=VN)  # two working hours given back


def test_candidates_for_duplicates_are_open_and_near(world: World) -> None:
    near, far = stories.sent(world), stories.sent(world, place_code="22402", lat=12.9, lon=109.3)
    done = stories.published(world)
    new = stories.sent(world)

    codes = {one.code for one in duplicates.candidates(case=new, at=MONDAY_8AM)}
    assert near.code in codes
    assert not {far.code, done.code, new.code} & codes


def test_after_two_refusals_of_competence_the_leader_decides(world: World) -> None:
    case, at = stories.assigned(world), MONDAY_8AM + 3 * HOUR
    for _time in range(2):
        feedback.return_back(code=case.code, reason=REASON, by=world["head"], at=at)
        if _time == 0:
            feedback.assign(
                code=case.code,
                agency=world.agencies["committee"].code,
                by=world["moderator"],
                at=at,
            )
    with pytest.raises(feedback.LeaderDecides):
        feedback.assign(
            code=case.code, agency=world.agencies["committee"].code, by=world["moderator"], at=at
        )
    feedback.assign(
        code=case.code, agency=world.agencies["committee"].code, by=world["director"], at=at
    )
    with pytest.raises(feedback.LeaderDecides):
        feedback.return_back(code=case.code, reason=REASON, by=world["head"], at=at)
    with pytest.raises(feedback.LeaderDecides):
        feedback.pass_on(
            code=case.code, agency=world.agencies["department"].code, reason=REASON,
            by=world["head"], at=at,
        )  # fmt: skip
    case.refresh_from_db()
    assert case.return_count == 2


def test_passing_on_leaves_the_senders_time_as_it_is(world: World) -> None:
    case = stories.assigned(world)
    due = case.due_at
    feedback.pass_on(
        code=case.code, agency=world.agencies["department"].code, reason=REASON, by=world["head"],
        at=MONDAY_8AM + 8 * HOUR,
    )  # fmt: skip
    case.refresh_from_db()

    assert (case.due_at, case.pass_count, case.handler_id) == (due, 1, None)
    assert case in lists.inbox(world["department_appraiser"])
    assert not visible(world, "head", case)


def visible(world: World, name: str, case: Case) -> bool:
    return reading.case_for(world[name], case.code) is not None


def test_waiting_for_the_sender_does_not_count(world: World) -> None:
    case = stories.sent(world)
    feedback.request_supplement(
        code=case.code, reason=REASON, by=world["moderator"], at=MONDAY_8AM + HOUR
    )
    feedback.supplement(
        code=case.code, text="Gần cổng chợ", by=PUBLIC, proof=PHONE, at=MONDAY_8AM + 25 * HOUR
    )
    case.refresh_from_db()

    assert case.due_at == datetime(2026, 11, 11, 17, 0, tzinfo=VN)
    words = " ".join(reading.proof_of(case).words())  # type: ignore[union-attr]
    assert "Tạm dừng" in words


def test_who_adds_nothing_in_time_is_closed(world: World) -> None:
    case = stories.sent(world)
    feedback.request_supplement(
        code=case.code, reason=REASON, by=world["moderator"], at=MONDAY_8AM
    )

    assert feedback.close_silent(at=MONDAY_8AM + timedelta(days=14)) == 0
    assert feedback.close_silent(at=MONDAY_8AM + timedelta(days=16)) == 1


def test_one_extension_in_time(world: World) -> None:
    case = stories.in_progress(world)
    with pytest.raises(feedback.TooLate):
        feedback.extend(
            code=case.code, working_days=3, reason=REASON, by=world["head"],
            at=MONDAY_8AM + timedelta(days=30),
        )  # fmt: skip
    feedback.extend(
        code=case.code, working_days=3, reason=REASON, by=world["head"], at=MONDAY_8AM + 3 * HOUR
    )
    with pytest.raises(feedback.NotAgain):
        feedback.extend(
            code=case.code,
            working_days=3,
            reason=REASON,
            by=world["head"],
            at=MONDAY_8AM + 4 * HOUR,
        )
    case.refresh_from_db()
    assert case.due_at == datetime(2026, 11, 23, 17, 0, tzinfo=VN)


def test_a_report_about_a_rule_names_its_sender(world: World) -> None:
    with pytest.raises(feedback.ContactMissing) as refusal:
        stories.sent(world, kind="rule", field="procedure", name="")
    assert refusal.value.field == "name"
    case = stories.sent(world, kind="", field="")
    with pytest.raises(feedback.ContactMissing):
        feedback.accept(
            code=case.code, kind="rule", field="road", urgency="normal", by=world["moderator"],
            at=MONDAY_8AM,
        )  # fmt: skip
    assert kinds.missing_contact(kind="scene", name="", phone="", address="") == ()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"text": "hỏng"}, feedback.Unclear),
        ({"text": "x" * 5001}, feedback.Unclear),
        ({"phone": "12345"}, feedback.UnreadableContact),
        ({"email": "không phải thư"}, feedback.UnreadableContact),
        ({"place_code": "99999"}, feedback.Misstated),
        ({"lat": 99.0, "lon": 1.0}, feedback.Misstated),
        ({"lon": None}, feedback.Misstated),
        ({"kind": "khác"}, feedback.Misstated),
        ({"field": "không có"}, feedback.Misstated),
        ({"channel": "chim câu"}, feedback.Misstated),
        ({"about_agency": "H99"}, feedback.Misstated),
    ],
)
def test_what_cannot_be_taken_is_refused(
    world: World, told: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        stories.sent(world, **told)
    assert not Case.objects.exists()


@pytest.mark.parametrize("to", ["complaint", "denunciation"])
def test_complaints_by_law_go_elsewhere_with_an_explanation(world: World, to: str) -> None:
    case = stories.sent(world, by=world["citizen"])
    feedback.refer(code=case.code, to=to, by=world["moderator"], at=MONDAY_8AM + HOUR)

    line = reading.timeline_for_sender(case)[-1].text
    assert ("02/2011/QH13" if to == "complaint" else "25/2018/QH14") in line
    assert any(case.code in subject for subject in _bell(world, "citizen"))


def test_a_dispute_goes_to_the_level_above_the_second_time(world: World) -> None:
    case = stories.published(world)
    case = feedback.reopen(
        code=case.code, reason=REASON, by=PUBLIC, proof=PHONE, at=MONDAY_8AM + 6 * HOUR
    )
    assert (case.state, case.agency_id) == ("reopened", world.agencies["committee"].pk)
    assert case.due_at == datetime(2026, 11, 18, 17, 0, tzinfo=VN)
    at = MONDAY_8AM + 7 * HOUR
    feedback.take(code=case.code, by=world["appraiser"], at=at)
    feedback.answer(code=case.code, text=stories.ANSWER, by=world["appraiser"], at=at)
    feedback.approve(code=case.code, by=world["head"], at=at)
    feedback.rate(code=case.code, score=1, by=PUBLIC, proof=PHONE, at=at)
    case = feedback.reopen(code=case.code, reason=REASON, by=PUBLIC, proof=PHONE, at=at)
    assert case.agency_id == world.agencies["province"].pk
    feedback.take(code=case.code, by=world["province_chairman"], at=at)
    feedback.answer(code=case.code, text=stories.ANSWER, by=world["province_chairman"], at=at)
    feedback.approve(code=case.code, by=world["province_chairman"], at=at)
    with pytest.raises(feedback.NotAgain):
        feedback.reopen(code=case.code, reason=REASON, by=PUBLIC, proof=PHONE, at=at)


def test_the_ladder_is_climbed_once_a_rung(world: World) -> None:
    case = stories.in_progress(world)  # due on the 18th at 17:00, seven working days
    steps = [
        (datetime(2026, 11, 12, 8, tzinfo=VN), 0),
        (datetime(2026, 11, 17, 9, tzinfo=VN), 1),
        (datetime(2026, 11, 18, 9, tzinfo=VN), 3),
        (datetime(2026, 11, 19, 9, tzinfo=VN), 4),
    ]
    for at, rung in steps:
        feedback.remind(at=at)
        feedback.remind(at=at)
        case.refresh_from_db()
        assert case.rung == rung, at
    rungs = [f.body["rung"] for f in trail.facts_of(case.stream) if f.kind.endswith("reminded")]
    assert rungs == ["handler", "day_before", "overdue"]
    for name, count in (("appraiser", 1), ("head", 2), ("chairman", 2), ("director", 1),
                        ("province_chairman", 1)):  # fmt: skip
        found = [s for s in _bell(world, name) if "Nhắc hạn" in s]
        assert len(found) == count, (name, found)


def test_figures_are_the_same_out_of_the_ledger(world: World) -> None:
    stories.sent(world)
    stories.published(world)
    stories.approved(world, place_code="22402")
    refused = stories.sent(world)
    feedback.refuse(
        code=refused.code, reason=REASON, by=world["moderator"], at=MONDAY_8AM + timedelta(days=4)
    )
    merged, main = stories.sent(world), stories.assigned(world)
    feedback.merge(code=merged.code, main=main.code, by=world["moderator"], at=MONDAY_8AM + HOUR)
    rated = stories.published(world)
    feedback.rate(code=rated.code, score=2, by=PUBLIC, proof=PHONE, at=MONDAY_8AM + 6 * HOUR)
    feedback.reopen(
        code=rated.code, reason=REASON, by=PUBLIC, proof=PHONE, at=MONDAY_8AM + 7 * HOUR
    )
    days = {"first": date(2026, 11, 9), "last": date(2026, 11, 9), "at": MONDAY_8AM}

    for by in figures.BY:
        rows, facts = figures.board(by=by, **days), figures.board_from_facts(by=by, **days)
        assert rows == facts
    whole = rows.whole
    assert (whole.received, whole.settled, whole.open, whole.merged) == (7, 4, 2, 1)
    assert (whole.settled_on_time.numerator, whole.settled_on_time.denominator) == (3, 3)
    assert (whole.refused_on_time.numerator, whole.refused_on_time.denominator) == (0, 1)
    assert whole.scores == (0, 1, 0, 0, 0)
    assert not whole.settled_on_time.is_enough
    assert figures.board(by="place", first=date(2026, 1, 1), last=date(2026, 1, 2),
                         at=MONDAY_8AM).whole.satisfied.percent is None  # fmt: skip


@pytest.mark.parametrize(
    ("what", "kind", "urgency", "value"),
    [
        ("refuse", "", "", 2), ("supplement", "rule", "", 5), ("publish", "scene", "high", 2),
        ("settle", "rule", "normal", 15), ("settle", "conduct", "high", 15),
        ("settle", "scene", "normal", 7), ("settle", "scene", "danger", 8),
        ("settle", "question", "normal", 5), ("settle", "question", "high", 1),
        ("intake", "conduct", "normal", 3), ("intake", "rule", "normal", 5),
        ("intake", "question", "danger", 1),
    ],
)  # fmt: skip
def test_limits_by_kind_and_urgency(what: str, kind: str, urgency: str, value: int) -> None:
    rule = limits.limit_for(what=what, on=date(2026, 11, 9), kind=kind, urgency=urgency)

    assert rule.limit.value == value
    with pytest.raises(LookupError):
        limits.limit_for(what="refuse", on=date(2020, 1, 1))
