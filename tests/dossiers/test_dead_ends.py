"""No dossier is ever stuck: in every corner somebody can go on, and nobody can do too much."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.directory.actor import SYSTEM, Actor, PostRef
from motcua.directory.services import calendars
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk
from motcua.dossiers.rules import clock
from motcua.dossiers.services.core import calendar_of
from motcua.kernel.worktime import ClockKind, DayException, Limit, Unit, fold_clock
from motcua.ledger import queries as ledger
from motcua.payments.queries import charges_of
from motcua.workflow import queries as workflow
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUESTION = "Đề nghị cho ý kiến về ranh giới thửa đất"
TAX = "thuế thu nhập theo thông báo"
SORRY = "chờ xác minh tại nơi ở cũ"


def _elsewhere(world: World) -> Dossier:
    row = worlds.filed(world, by="other_receptionist", receiving=world.agencies["centre2"].code)
    return dossiers.accept(code=row.code, by=world["other_receptionist"], at=MONDAY_8AM)


def _assign(world: World, row: Dossier, to: str = "appraiser", by: str = "head") -> None:
    dossiers.assign(code=row.code, to=world.accounts[to], by=world[by], at=MONDAY_8AM)


def _pay_first(world: World, row: Dossier) -> None:
    act: dict[str, Any] = {"code": row.code, "at": MONDAY_8AM}
    dossiers.require_payment(amount_vnd=5_000, reason=TAX, by=world["head"], **act)
    dossiers.confirm_payment(method="cash", by=world["other_receptionist"], **act)


def _supplement(world: World, row: Dossier) -> None:
    dossiers.request_supplement(
        code=row.code, items={"ct01": "chưa có chữ ký"}, reason="Hồ sơ chưa đầy đủ",
        by=worlds.assigned_actor(world, row), at=MONDAY_8AM,
    )  # fmt: skip
    dossiers.answer_supplement(
        code=row.code, papers=[dossiers.PaperIn("ct01", originals=1)],
        by=world["other_receptionist"], at=MONDAY_8AM,
    )  # fmt: skip


@pytest.mark.parametrize("act", [_assign, _pay_first, _supplement])
def test_r7_what_was_touched_before_it_was_received_is_received_all_the_same(
    world: World, act: Any
) -> None:
    """R7: assigning, billing or supplementing first never leaves a dossier without a clock."""
    row = _elsewhere(world)
    act(world, row)
    row = dossiers.receive(code=row.code, by=world["head"], at=MONDAY_8AM + DAY)
    assert row.due_at == datetime(2026, 11, 19, 17, 0, tzinfo=VN)
    dossiers.appraise(code=row.code, by=worlds.assigned_actor(world, row), at=MONDAY_8AM + DAY)


def test_the_chairman_heads_the_committee_too(world: World) -> None:
    """Điều 19 khoản 1: the head of the agency assigns; in a commune that is its chairman."""
    row = worlds.accepted(world)
    _assign(world, row, by="chairman")
    dossiers.extend(
        code=row.code, new_due=datetime(2026, 11, 20, 17, 0, tzinfo=VN), reason=SORRY,
        by=world["chairman"], at=MONDAY_8AM,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.assignee_id, row.extension_count) == (world.accounts["appraiser"].pk, 1)


def test_a_confidential_dossier_reaches_its_owner(world: World) -> None:
    row = worlds.accepted(world, is_confidential=True)
    with pytest.raises(dossiers.WrongState):
        dossiers.consult(
            code=row.code, agencies=["H32.05"], question=QUESTION, due_at=MONDAY_8AM + DAY,
            by=world["head"], at=MONDAY_8AM,
        )  # fmt: skip
    _assign(world, row)
    dossiers.appraise(code=row.code, by=world["appraiser"], at=MONDAY_8AM)
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    with pytest.raises(dossiers.NotFound):
        dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)
    _assign(world, row, to="clerk")
    dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)
    for stranger in ("appraiser2", "auditor", "controller", "cashier", "other_head"):
        assert queries.dossier_for(world[stranger], row.code) is None


def test_who_reads_all_the_province_still_reads_what_the_own_post_needs(world: World) -> None:
    row = worlds.filed(world, is_confidential=True)
    wide = PostRef(
        1, world.agencies["province_centre"].pk, "H32.01", "", "province", "", "auditor"
    )
    both = replace(world["receptionist"], posts=(*world["receptionist"].posts, wide))
    assert queries.dossier_for(both, row.code) == row


def test_nobody_files_confidentially_but_an_officer(world: World) -> None:
    row = worlds.filed(world, by="citizen", channel="online", is_confidential=True)
    assert not row.is_confidential


def test_r13_the_head_does_not_decide_while_an_answer_is_awaited(world: World) -> None:
    row = worlds.appraised(world)
    dossiers.consult(
        code=row.code, agencies=["H32.05"], question=QUESTION, due_at=MONDAY_8AM + DAY,
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip
    with pytest.raises(dossiers.OpinionOpen):
        dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM + HOUR)
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM + DAY + HOUR)
    with pytest.raises(dossiers.AlreadyDecided):
        dossiers.consult(
            code=row.code, agencies=["H32.666"], question=QUESTION, due_at=MONDAY_8AM + 3 * DAY,
            by=world["head"], at=MONDAY_8AM + 2 * DAY,
        )  # fmt: skip


def test_what_was_accepted_does_not_go_back_to_the_counter_unasked(world: World) -> None:
    """R4: the way back to the person is the one supplement."""
    row = worlds.appraised(world)
    with pytest.raises(dossiers.WrongState):
        dossiers.send_back(
            code=row.code, to_step="receive", reason="giấy tờ chưa đủ", by=world["head"],
            at=MONDAY_8AM,
        )  # fmt: skip
    dossiers.request_supplement(
        code=row.code, items={"ct01": "chưa có chữ ký"}, reason="Hồ sơ chưa đầy đủ",
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip


def _return(world: World, row: Dossier) -> Dossier:
    return dossiers.return_result(
        code=row.code, mode="counter", receiver="Ông Phúc", by=world["receptionist"], at=MONDAY_8AM
    )


def test_r22_a_result_found_wrong_is_held_back_and_the_corrected_one_handed_over(
    world: World,
) -> None:
    row = worlds.issued(world)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    for _again in range(2):  # found before the hand-over, and once more after it
        act: dict[str, Any] = {"code": row.code, "at": MONDAY_8AM}
        dossiers.correct_result(reason="sai năm sinh của con", by=world["clerk"], **act)
        with pytest.raises(dossiers.WrongState):
            _return(world, row)
        with pytest.raises(dossiers.NotAllowed):
            dossiers.issue_correction(text="sửa thành 2019", by=world["clerk"], **act)
        fixed = dossiers.issue_correction(text="sửa thành 2019", by=world["head"], **act)
        assert fixed.signer == "Nguyễn Hữu Lộc"
        assert [d.code for d in desk.results_waiting(world["receptionist"])] == [row.code]
        assert _return(world, row).state == "returned"
        with pytest.raises(dossiers.WrongState):
            _return(world, row)
    assert ledger.verify().is_whole


def test_money_that_was_paid_is_not_forgotten_when_the_dossier_stops(world: World) -> None:
    """R18, R24: giving it back follows the law of the sector, so it must still be known."""
    row = worlds.accepted(world)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    dossiers.require_payment(
        code=row.code, amount_vnd=5_000, reason=TAX, by=world["head"], at=MONDAY_8AM
    )
    row = dossiers.withdraw(code=row.code, reason="đổi ý", by=world["citizen"], at=MONDAY_8AM)
    assert row.money == "paid"
    assert [c.state for c in charges_of(row.pk)] == ["paid", "cancelled"]


def test_r16_while_money_is_awaited_the_time_may_run_and_run_out(world: World) -> None:
    row = worlds.accepted(world)
    due_at = row.due_at
    assert due_at is not None
    act: dict[str, Any] = {"code": row.code, "at": MONDAY_8AM}
    extension: dict[str, Any] = {
        "new_due": due_at + 2 * DAY, "reason": SORRY, "by": world["head"]
    }  # fmt: skip
    dossiers.require_payment(
        amount_vnd=5_000, reason=TAX, pauses_clock=False, by=world["head"], **act
    )
    dossiers.extend(**extension, **act)
    assert dossiers.sweep(at=due_at + 2 * DAY + HOUR)["overdue"] == 1

    other = worlds.accepted(world)
    act["code"] = other.code
    dossiers.require_payment(amount_vnd=5_000, reason=TAX, by=world["head"], **act)
    with pytest.raises(dossiers.WrongState):
        dossiers.extend(**extension, **act)
    assert dossiers.sweep(at=due_at + 2 * DAY + HOUR)["overdue"] == 0


def test_a_corrected_calendar_wakes_no_step_that_stands_still(world: World) -> None:
    row = worlds.accepted(world)
    dossiers.require_payment(
        code=row.code, amount_vnd=5_000, reason=TAX, by=world["head"], at=MONDAY_8AM
    )
    calendars.correct_calendar(
        key="hanh-chinh", add=[DayException(date(2026, 11, 16), "off", "bão số 13")], remove=(),
        reason="nghỉ tránh bão", by=SYSTEM, at=MONDAY_8AM,
    )  # fmt: skip
    dossiers.recompute(calendar_key="hanh-chinh", reason="nghỉ tránh bão", at=MONDAY_8AM)
    task = workflow.open_task_of(row.pk)
    assert task is not None
    assert task.is_paused


def test_two_acts_that_cross_leave_a_clock_that_can_be_read() -> None:
    """The act that waited for the other's lock began earlier and happened later."""
    kept = clock.started(MONDAY_8AM, Limit(3, Unit.WORKING_DAY))
    kept = clock.added(kept, ClockKind.PAUSE, MONDAY_8AM + HOUR)
    kept = clock.added(kept, ClockKind.STOP, MONDAY_8AM + HOUR - timedelta(milliseconds=3))
    assert [event.at for event in clock.events(kept)] == sorted(e.at for e in clock.events(kept))
    assert clock.is_paused(kept[:2])
    assert not clock.is_paused(kept)


def test_crossing_acts_fold(world: World) -> None:
    row = worlds.accepted(world)
    act: dict[str, Any] = {"code": row.code}
    dossiers.require_payment(
        amount_vnd=5_000, reason=TAX, by=world["head"], at=MONDAY_8AM + HOUR, **act
    )
    row = dossiers.withdraw(reason="đổi ý", by=world["citizen"], at=MONDAY_8AM, **act)
    assert fold_clock(calendar_of(row), clock.events(row.clock)).state == "stopped"


def test_r9_at_once_ends_with_somebody_who_took_it(world: World) -> None:
    head: Actor = replace(
        world["receptionist"], posts=(*world["receptionist"].posts, *world["head"].posts)
    )
    papers = (dossiers.PaperIn("original", originals=1), dossiers.PaperIn("copy", copies=2))
    row = worlds.filed(world, procedure="2.000815", case="", papers=papers)
    dossiers.accept(code=row.code, originals_held=1, by=head, at=MONDAY_8AM)
    with pytest.raises(dossiers.ReceiverMissing):
        dossiers.settle_at_once(code=row.code, receiver=" ", by=head, at=MONDAY_8AM)
    dossiers.settle_at_once(code=row.code, receiver="Ông Phúc", by=head, at=MONDAY_8AM)
    row.refresh_from_db()
    assert (row.state, row.originals_held) == ("returned", 0)


def test_a_sweep_goes_on_past_a_dossier_that_changed_on_the_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R15: the answer that comes at the last moment stops its own closing, and no other's."""
    from motcua.dossiers.services import supplements

    rows = [worlds.filed(world, papers=()) for _ in range(2)]
    for row in rows:
        dossiers.request_supplement(
            code=row.code, items={"ct01": "chưa có chữ ký"}, reason="Hồ sơ chưa đầy đủ",
            by=world["receptionist"], at=MONDAY_8AM,
        )  # fmt: skip
    close = supplements.close_unsupplemented
    late = MONDAY_8AM + 20 * DAY

    def answered_meanwhile(*, code: str, by: Actor, at: datetime) -> Dossier:
        if code == rows[0].code:
            dossiers.withdraw(code=code, reason="đổi ý", by=world["citizen"], at=at)
        return close(code=code, by=by, at=at)

    monkeypatch.setattr(supplements, "close_unsupplemented", answered_meanwhile)
    assert dossiers.sweep(at=late)["closed"] == 1


def test_r3p_which_database_failed_is_on_record(world: World) -> None:
    row = worlds.accepted(world)
    dossiers.request_supplement(
        code=row.code, items={"home": "cơ sở dữ liệu không trả lời"}, reason="Hồ sơ chưa đầy đủ",
        database_failed=["home"], by=worlds.assigned_actor(world, row), at=MONDAY_8AM,
    )  # fmt: skip
    assert ledger.facts_of(row.stream)[-1].body["database_failed"] == ["home"]


def test_a_lent_post_reaches_the_lenders_work_and_nobody_elses(world: World) -> None:
    """Điều 17 khoản 5: who lends lends the own post; it ends with its last minute."""
    from motcua.directory.services import people

    end = MONDAY_8AM + 2 * DAY
    people.delegate(
        post=world.accounts["appraiser"].posts.get(), to=world.accounts["clerk"],
        start=MONDAY_8AM - DAY, end=end, decision="12/QĐ-UBND", by=world["appraiser"],
        at=MONDAY_8AM,
    )  # fmt: skip
    world.refresh()
    ask: dict[str, Any] = {"items": {"ct01": "chưa có chữ ký"}, "reason": "Hồ sơ chưa đầy đủ"}
    lenders, others = worlds.accepted(world), worlds.accepted(world)
    _assign(world, lenders, to="appraiser")
    _assign(world, others, to="appraiser2")
    with pytest.raises(dossiers.NotAllowed):
        dossiers.request_supplement(code=others.code, by=world["clerk"], at=MONDAY_8AM, **ask)
    assert [d.code for d in queries.my_turn(world["clerk"])] == [lenders.code]
    world.refresh(at=end)
    with pytest.raises((dossiers.NotAllowed, dossiers.NotFound)):
        dossiers.request_supplement(code=lenders.code, by=world["clerk"], at=end, **ask)
    world.refresh()
    dossiers.request_supplement(code=lenders.code, by=world["clerk"], at=MONDAY_8AM, **ask)


def test_posts_are_lent_to_officers(world: World) -> None:
    from motcua.directory.services import people

    post = world.accounts["head"].posts.get()
    for name in ("citizen", "head"):
        with pytest.raises(people.NotAnOfficer):
            people.delegate(
                post=post, to=world.accounts[name], start=MONDAY_8AM, end=MONDAY_8AM + DAY,
                decision="12/QĐ", by=world["head"], at=MONDAY_8AM,
            )  # fmt: skip
    with pytest.raises(people.NotYours):
        people.revoke_delegation(delegation_id=10**6, by=world["head"], at=MONDAY_8AM)
