"""Extension, money, stopping, a corrected calendar, lateness, paper: R10, R16, R18, R24."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.directory.actor import SYSTEM
from motcua.directory.services import calendars
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.kernel.worktime import DayException
from motcua.workflow import queries as workflow
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

DUE = datetime(2026, 11, 18, 17, 0, tzinfo=VN)
NEW = datetime(2026, 11, 20, 17, 0, tzinfo=VN)
SORRY = "chờ xác minh tại nơi ở cũ"


def _extend(world: World, row: Dossier, *, at: datetime, **changes: Any) -> Any:
    values: dict[str, Any] = {"new_due": NEW, "reason": SORRY} | changes
    return dossiers.extend(code=row.code, by=world["head"], at=at, **values)


def test_one_extension_a_day_before(world: World) -> None:
    """R16."""
    row = worlds.accepted(world)
    with pytest.raises(dossiers.ExtensionTooLate):
        _extend(world, row, at=DUE - timedelta(days=1) + timedelta(minutes=1))
    _extend(world, row, at=DUE - timedelta(days=1))
    row.refresh_from_db()
    assert (row.due_at, row.due_original, row.extension_count) == (NEW, DUE, 1)
    with pytest.raises(dossiers.SecondExtension):
        _extend(world, row, at=MONDAY_8AM, new_due=NEW + timedelta(days=7))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "bận"}, dossiers.ReasonMissing),
        ({"new_due": DUE}, dossiers.DueNotLater),
        ({"new_due": datetime(2026, 11, 22, 17, 0, tzinfo=VN)}, dossiers.DueNotLater),
    ],
)
def test_extending_wrongly_is_refused(
    world: World, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """R16."""
    row = worlds.accepted(world)
    with pytest.raises(refusal):
        _extend(world, row, at=MONDAY_8AM, **changes)


def test_waiting_for_the_land_tax_pauses_the_clock(world: World) -> None:
    """R24."""
    row = worlds.accepted(world)
    actor = worlds.assigned_actor(world, row)
    day = timedelta(days=1)
    dossiers.require_payment(
        code=row.code,
        amount_vnd=5_000_000,
        reason="thuế thu nhập theo thông báo",
        by=actor,
        at=MONDAY_8AM + day,
    )
    row.refresh_from_db()
    assert (row.state, row.npsp_code) == ("wait_finance", 6)
    row = dossiers.confirm_payment(
        code=row.code,
        method="transfer",
        reference="FT1",
        by=world["cashier"],
        at=MONDAY_8AM + 3 * day,
    )
    assert (row.state, row.money) == ("in_progress", "paid")
    assert row.due_at is not None
    assert row.due_at.date() == date(2026, 11, 20)
    with pytest.raises(dossiers.WrongState):
        dossiers.confirm_payment(
            code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM + 3 * day
        )


def test_an_amount_must_be_an_amount(world: World) -> None:
    row = worlds.accepted(world)
    with pytest.raises(dossiers.WrongState):
        dossiers.require_payment(
            code=row.code,
            amount_vnd=0,
            reason="thuế theo thông báo",
            by=world["head"],
            at=MONDAY_8AM,
        )


def test_the_applicant_stops_before_the_decision_and_not_after(world: World) -> None:
    """R18."""
    row = worlds.accepted(world)
    dossiers.withdraw(code=row.code, reason="đổi ý", by=world["citizen"], at=MONDAY_8AM)
    row.refresh_from_db()
    assert (row.state, row.npsp_code, row.money) == ("withdrawn", 7, "free")
    assert workflow.open_task_of(row.pk) is None

    decided = worlds.approved(world)
    with pytest.raises(dossiers.AlreadyDecided):
        dossiers.withdraw(code=decided.code, reason="đổi ý", by=world["citizen"], at=MONDAY_8AM)


def test_only_an_online_dossier_is_adjusted_online(world: World) -> None:
    """R18."""
    counter = worlds.filed(world)
    with pytest.raises(dossiers.WrongState):
        dossiers.amend(code=counter.code, form_data={"a": 1}, by=world["citizen"], at=MONDAY_8AM)
    online = worlds.filed(world, by="citizen", channel="online", form_data={"a": 1, "b": 2})
    dossiers.amend(code=online.code, form_data={"a": 3}, by=world["citizen"], at=MONDAY_8AM)
    online.refresh_from_db()
    assert online.form_data == {"a": 3, "b": 2}


def test_an_online_filing_is_answered_within_eight_working_hours(world: World) -> None:
    """R5."""
    row = worlds.filed(
        world, by="citizen", channel="online", at=datetime(2026, 11, 9, 15, 0, tzinfo=VN)
    )
    assert row.step_due_at == datetime(2026, 11, 10, 15, 0, tzinfo=VN)
    assert dossiers.sweep(at=MONDAY_8AM + timedelta(hours=8))["notified"] == 1
    assert dossiers.sweep(at=MONDAY_8AM + timedelta(hours=9))["notified"] == 0


def test_a_corrected_calendar_moves_open_dossiers_and_says_so(world: World) -> None:
    row, ended = worlds.accepted(world), worlds.issued(world)
    calendars.correct_calendar(
        key="hanh-chinh",
        add=[DayException(date(2026, 11, 16), "off", "bão số 13")],
        remove=(),
        reason="nghỉ tránh bão",
        by=SYSTEM,
        at=MONDAY_8AM,
    )
    assert (
        dossiers.recompute(calendar_key="hanh-chinh", reason="nghỉ tránh bão", at=MONDAY_8AM) == 1
    )
    row.refresh_from_db()
    ended_due = ended.due_at
    ended.refresh_from_db()
    assert row.due_at == datetime(2026, 11, 19, 17, 0, tzinfo=VN)
    assert ended.due_at == ended_due
    for one in (row, ended):
        proof = queries.proof_of(one)
        assert proof is not None
        assert proof.due_at == one.due_at, "the proof proves the date that stands beside it"
    assert queries.timeline(row)[0].kind == "dossier.deadline_recomputed"
    assert (
        dossiers.recompute(calendar_key="hanh-chinh", reason="nghỉ tránh bão", at=MONDAY_8AM) == 0
    )


def test_lateness_is_recorded_once(world: World) -> None:
    worlds.accepted(world)
    assert dossiers.sweep(at=DUE)["overdue"] == 0
    assert dossiers.sweep(at=DUE + timedelta(minutes=1))["overdue"] == 1
    assert dossiers.sweep(at=DUE + timedelta(hours=1))["overdue"] == 0


@pytest.mark.parametrize(
    ("accepted_at", "leaves_by"),
    [
        (datetime(2026, 11, 9, 9, 0, tzinfo=VN), date(2026, 11, 9)),
        (datetime(2026, 11, 9, 15, 1, tzinfo=VN), date(2026, 11, 10)),
    ],
)
def test_paper_leaves_the_same_day_or_the_next_morning(
    world: World, accepted_at: datetime, leaves_by: date
) -> None:
    """R10."""
    row = worlds.accepted(world, at=accepted_at)
    handed = dossiers.hand_over(
        codes=[row.code, "H32.66-20261109-0000099"],
        sender="H32.66.01",
        receiver="H32.66",
        carrier="Bưu tá",
        by=world["receptionist"],
        at=accepted_at,
    )
    assert handed.slip.due_at.astimezone(VN).date() == leaves_by
    assert [code for code, _why in handed.refused] == ["H32.66-20261109-0000099"]
    with pytest.raises(dossiers.WrongState):
        dossiers.hand_over(
            codes=[row.code],
            sender="H32.66.01",
            receiver="H32.66",
            carrier="",
            by=world["receptionist"],
            at=accepted_at,
        )
    with pytest.raises(dossiers.NotAllowed):
        dossiers.take_over(
            number=handed.slip.number, by=world["other_receptionist"], at=accepted_at
        )
    dossiers.take_over(number=handed.slip.number, by=world["appraiser"], at=accepted_at)
    with pytest.raises(dossiers.WrongState):
        dossiers.take_over(number=handed.slip.number, by=world["appraiser"], at=accepted_at)
