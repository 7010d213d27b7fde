"""The one supplement: R3, R4, R14, R15."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.directory.actor import SYSTEM
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import clock
from motcua.kernel.worktime import fold_clock
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

# 15 days from the day after Monday 09/11 end on 24/11, a holiday, so with Wednesday 25/11.
LAST_MOMENT = datetime(2026, 11, 25, 23, 59, 59, tzinfo=VN)
WHY = "chưa có chữ ký của chủ hộ"


def _ask(world: World, row: Dossier, *, at: datetime = MONDAY_8AM, **changes: Any) -> Any:
    values: dict[str, Any] = {"items": {"ct01": WHY}, "reason": "Hồ sơ chưa đầy đủ"} | changes
    return dossiers.request_supplement(
        code=row.code, by=worlds.assigned_actor(world, row), at=at, **values
    )


def test_at_the_counter_no_clock_has_started(world: World) -> None:
    """R4, R7."""
    row = worlds.filed(world, papers=())
    asked = _ask(world, row)

    row.refresh_from_db()
    assert (row.state, row.npsp_code, row.due_at) == ("wait_supplement", 5, None)
    assert asked.answer_by == LAST_MOMENT


def test_after_acceptance_the_clock_restarts_from_zero(world: World) -> None:
    """R14."""
    row = worlds.accepted(world)
    _ask(world, row, at=MONDAY_8AM + timedelta(days=1))
    back = datetime(2026, 11, 16, 9, 0, tzinfo=VN)
    row = dossiers.answer_supplement(
        code=row.code,
        papers=[dossiers.PaperIn("ct01", originals=1)],
        by=world["receptionist"],
        at=back,
    )

    assert row.state == "in_progress"
    assert row.due_at == datetime(2026, 11, 26, 17, 0, tzinfo=VN)  # 24/11 is a holiday
    assert row.due_original == datetime(2026, 11, 18, 17, 0, tzinfo=VN)
    from motcua.dossiers.services.core import calendar_of

    assert fold_clock(calendar_of(row), clock.events(row.clock)).due_at == row.due_at
    assert worlds.assigned_actor(world, row).has_role("appraiser")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "thiếu"}, dossiers.ReasonMissing),
        ({"items": {}}, dossiers.ReasonMissing),
        ({"items": {"ct01": "sai"}}, dossiers.ReasonMissing),
        ({"items": {"dowry": WHY}}, dossiers.NotPublished),
        ({"items": {"lease": WHY}}, dossiers.NotPublished),
        ({"items": {"ct01": WHY, "home": WHY}}, dossiers.HeldByDatabase),
    ],
)
def test_asking_wrongly_is_refused(
    world: World, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """R3', R4."""
    row = worlds.accepted(world)
    with pytest.raises(refusal):
        _ask(world, row, **changes)
    row.refresh_from_db()
    assert (row.state, row.supplement_count) == ("accepted", 0)


def test_a_database_that_failed_may_be_replaced_by_paper(world: World) -> None:
    """R3'."""
    row = worlds.accepted(world)
    _ask(
        world, row, items={"home": "cơ sở dữ liệu đất đai không trả lời"}, database_failed=["home"]
    )
    row.refresh_from_db()
    assert row.state == "wait_supplement"


def test_everything_missing_is_asked_for_at_once(world: World) -> None:
    """R4."""
    row = worlds.filed(world, case="rent", papers=())
    with pytest.raises(dossiers.NotComplete):
        _ask(world, row)


def test_the_second_request_is_refused(world: World) -> None:
    """R4."""
    row = worlds.accepted(world)
    _ask(world, row)
    dossiers.answer_supplement(
        code=row.code,
        papers=[dossiers.PaperIn("ct01", originals=1)],
        by=world["receptionist"],
        at=MONDAY_8AM,
    )
    row.refresh_from_db()
    with pytest.raises(dossiers.SecondSupplement):
        _ask(world, row)


@pytest.mark.parametrize(
    ("at", "in_time"),
    [
        (datetime(2026, 11, 12, 17, 0, tzinfo=VN), True),  # the third working day
        (datetime(2026, 11, 13, 8, 0, tzinfo=VN), False),
    ],
)
def test_not_eligible_yet_is_said_within_three_working_days(
    world: World, at: datetime, in_time: object
) -> None:
    """R14."""
    row = worlds.accepted(world)
    if in_time:
        _ask(world, row, at=at)
    else:
        with pytest.raises(dossiers.SupplementTooLate):
            _ask(world, row, at=at)


def test_an_answer_that_leaves_something_out_is_refused(world: World) -> None:
    row = worlds.filed(world, case="rent", papers=())
    _ask(world, row, items={"ct01": WHY, "lease": "chưa có hợp đồng thuê"})
    with pytest.raises(dossiers.Incomplete) as refusal:
        dossiers.answer_supplement(
            code=row.code,
            papers=[dossiers.PaperIn("ct01", originals=1)],
            by=world["receptionist"],
            at=MONDAY_8AM,
        )
    assert "Hợp đồng thuê" in str(refusal.value)


def test_the_owner_answers_online(world: World) -> None:
    row = worlds.filed(world, papers=())
    _ask(world, row)
    dossiers.answer_supplement(
        code=row.code,
        papers=[dossiers.PaperIn("ct01", files=("file-1",))],
        by=world["citizen"],
        at=MONDAY_8AM,
    )
    row.refresh_from_db()
    assert row.state == "submitted"
    with pytest.raises(dossiers.NotFound):
        dossiers.answer_supplement(code=row.code, papers=[], by=world["neighbour"], at=MONDAY_8AM)


def test_fifteen_days_of_silence_close_the_dossier(world: World) -> None:
    """R15."""
    row = worlds.accepted(world)
    _ask(world, row)
    last_day = LAST_MOMENT
    with pytest.raises(dossiers.StillSilent):
        dossiers.close_unsupplemented(code=row.code, by=world["receptionist"], at=last_day)

    assert dossiers.sweep(at=last_day)["closed"] == 0
    assert dossiers.sweep(at=last_day + timedelta(minutes=1))["closed"] == 1
    row.refresh_from_db()
    assert (row.state, row.npsp_code, row.money) == ("stopped", 8, "free")
    assert dossiers.sweep(at=last_day + timedelta(days=1))["closed"] == 0


def test_the_system_itself_may_close(world: World) -> None:
    """R15."""
    row = worlds.accepted(world)
    _ask(world, row)
    dossiers.close_unsupplemented(code=row.code, by=SYSTEM, at=MONDAY_8AM + timedelta(days=17))
    row.refresh_from_db()
    assert row.state == "stopped"
