"""In the competent agency and back to the counter."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Result
from motcua.kernel.refused import Refused
from motcua.workflow.queries import consultations_of
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

QUESTION = "Đề nghị cho ý kiến về ranh giới thửa đất"


def _asked(world: World, code: str) -> None:
    actor = worlds.assigned_actor(world, queries.visible_to(world["auditor"]).get(code=code))
    dossiers.consult(
        code=code,
        agencies=[world.agencies["department"].code, world.agencies["committee2"].code],
        question=QUESTION,
        due_at=MONDAY_8AM + timedelta(days=2),
        by=actor,
        at=MONDAY_8AM,
    )


def test_the_head_gives_the_work_to_somebody_who_has_the_post(world: World) -> None:
    row = worlds.accepted(world)
    for name in ("appraiser2", "appraiser"):
        dossiers.assign(code=row.code, to=world.accounts[name], by=world["head"], at=MONDAY_8AM)
        row.refresh_from_db()
        assert (row.assignee_id, row.state) == (world.accounts[name].pk, "in_progress")
    with pytest.raises(Refused):
        dossiers.assign(code=row.code, to=world.accounts["clerk"], by=world["head"], at=MONDAY_8AM)


def test_only_the_one_it_was_given_to_appraises(world: World) -> None:
    row = worlds.accepted(world)
    dossiers.assign(code=row.code, to=world.accounts["appraiser"], by=world["head"], at=MONDAY_8AM)
    with pytest.raises(dossiers.NotAllowed):
        dossiers.appraise(code=row.code, by=world["appraiser2"], at=MONDAY_8AM)


def test_agencies_are_asked_at_once_and_seen_to_answer(world: World) -> None:
    """R13, R17 (all at once, each with its day)."""
    row = worlds.accepted(world)
    _asked(world, row.code)
    actor = worlds.assigned_actor(world, row)
    with pytest.raises(dossiers.OpinionOpen):
        dossiers.appraise(code=row.code, by=actor, at=MONDAY_8AM + timedelta(hours=1))

    first = next(c for c in consultations_of(row.pk) if c.agency == world.agencies["committee2"])
    dossiers.answer_consultation(
        code=row.code,
        consultation_id=first.pk,
        verdict="agree",
        answer="Thống nhất với đề nghị",
        by=world["other_appraiser"],
        at=MONDAY_8AM + timedelta(hours=1),
    )
    late = MONDAY_8AM + timedelta(days=2, minutes=1)
    assert dossiers.sweep(at=late)["opinions"] == 1
    dossiers.appraise(code=row.code, by=actor, at=late)
    kinds = [line.kind for line in queries.timeline(queries.visible_to(actor).get(code=row.code))]
    assert {"dossier.opinion_asked", "dossier.opinion_given", "dossier.opinion_silent"} <= set(
        kinds
    )


def test_an_asked_agency_reads_the_dossier_and_no_other(world: World) -> None:
    row, other = worlds.accepted(world), worlds.accepted(world)
    assert not queries.visible_to(world["other_appraiser"]).exists()
    _asked(world, row.code)
    assert [d.code for d in queries.visible_to(world["other_appraiser"])] == [row.code]
    assert other.code != row.code


def test_sending_back_takes_the_decision_back(world: World) -> None:
    row = worlds.approved(world)
    dossiers.send_back(
        code=row.code, reason="sai tên chủ hộ trong dự thảo", by=world["clerk"], at=MONDAY_8AM
    )
    row.refresh_from_db()
    assert (row.step_key, row.decided_at, row.outcome) == ("approve", None, "")
    dossiers.send_back(
        code=row.code, reason="kiểm tra lại giấy tờ nhà", by=world["head"], at=MONDAY_8AM
    )
    row.refresh_from_db()
    assert row.step_key == "appraise"


def test_sending_back_needs_a_reason(world: World) -> None:
    row = worlds.appraised(world)
    with pytest.raises(Refused):
        dossiers.send_back(code=row.code, reason="sai", by=world["head"], at=MONDAY_8AM)


def test_the_clerk_stamps_only_what_was_decided(world: World) -> None:
    row = worlds.appraised(world)
    with pytest.raises(dossiers.NotFound):
        dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)


def test_a_refusal_goes_the_same_way_and_reaches_the_person(world: World) -> None:
    row = worlds.accepted(world)
    actor = worlds.assigned_actor(world, row)
    with pytest.raises(dossiers.LawMissing):
        dossiers.propose_refusal(
            code=row.code, reason="chỗ ở không hợp pháp", law="", by=actor, at=MONDAY_8AM
        )
    dossiers.propose_refusal(
        code=row.code,
        reason="chỗ ở không hợp pháp",
        law="68/2020/QH14 Điều 23",
        by=actor,
        at=MONDAY_8AM,
    )
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)
    dossiers.return_result(
        code=row.code,
        mode="counter",
        receiver="Nguyễn Văn Phúc",
        by=world["receptionist"],
        at=MONDAY_8AM,
    )
    row.refresh_from_db()
    assert (row.outcome, row.state) == ("refused", "returned")


def test_numbers_of_results_have_no_gaps(world: World) -> None:
    for _ in range(3):
        worlds.issued(world)
    assert list(Result.objects.values_list("number", flat=True)) == [
        f"0{n}/2026/TB-H32.66" for n in (1, 2, 3)
    ]


def test_a_result_is_not_handed_over_while_fees_are_owed(world: World) -> None:
    """R24."""
    row = worlds.issued(world)
    hand = {"code": row.code, "mode": "counter", "by": world["receptionist"], "at": MONDAY_8AM}
    with pytest.raises(dossiers.StillOwed):
        dossiers.return_result(receiver="Nguyễn Văn Phúc", **hand)
    dossiers.confirm_payment(code=row.code, method="qr", by=world["cashier"], at=MONDAY_8AM)
    with pytest.raises(dossiers.ReceiverMissing):
        dossiers.return_result(receiver=" ", **hand)
    dossiers.return_result(receiver="Nguyễn Văn Phúc", **hand)


def test_originals_are_given_back(world: World) -> None:
    """R20."""
    row = worlds.filed(world)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM, originals_held=2)
    dossiers.appraise(code=row.code, by=worlds.assigned_actor(world, row), at=MONDAY_8AM)
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    hand = {
        "code": row.code,
        "mode": "counter",
        "receiver": "Ông Phúc",
        "by": world["receptionist"],
        "at": MONDAY_8AM,
    }
    with pytest.raises(dossiers.OriginalsHeld):
        dossiers.return_result(originals_returned=1, **hand)
    assert dossiers.return_result(originals_returned=2, **hand).originals_held == 0


def test_a_wrong_result_is_corrected_within_three_working_days(world: World) -> None:
    """R22."""
    row = worlds.issued(world)
    with pytest.raises(dossiers.WrongState):
        dossiers.issue_correction(
            code=row.code, text="sửa họ tên thành Phúc", by=world["head"], at=MONDAY_8AM
        )
    opened = dossiers.correct_result(
        code=row.code, reason="sai năm sinh của con", by=world["head"], at=MONDAY_8AM
    )
    assert opened.correction_due_at == datetime(2026, 11, 12, 17, 0, tzinfo=VN)
    with pytest.raises(dossiers.WrongState):
        dossiers.correct_result(
            code=row.code, reason="sai năm sinh của con", by=world["head"], at=MONDAY_8AM
        )
    fixed = dossiers.issue_correction(
        code=row.code,
        text="sửa năm sinh thành 2019",
        by=world["head"],
        at=MONDAY_8AM + timedelta(days=1),
    )
    assert fixed.replaces_id == opened.pk


def test_a_batch_tells_what_came_of_each(world: World) -> None:
    good, owed = worlds.appraised(world), worlds.accepted(world)
    items = dossiers.approve_many(
        codes=[good.code, owed.code, good.code], by=world["head"], at=MONDAY_8AM
    )
    assert [(item.code, item.is_done) for item in items] == [(good.code, True), (owed.code, False)]


def test_acts_offered_are_those_that_can_be_done(world: World) -> None:
    row = worlds.accepted(world)
    whole = queries.whole(row, actor=worlds.assigned_actor(world, row), at=MONDAY_8AM)
    keys = [allowed.key for allowed in whole.acts]
    assert {"appraise", "propose_refusal", "request_supplement", "consult"} <= set(keys)
    assert not {"approve", "issue", "accept", "receive"} & set(keys)
    assert [a.key for a in queries.acts_allowed(row, actor=world["citizen"])] == ["withdraw"]
