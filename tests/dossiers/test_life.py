"""A dossier from the counter back to the counter, with every fact in its chain."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import services as dossiers
from motcua.ledger import queries as ledger
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World


def test_1_004222_goes_from_the_counter_to_the_returned_result(world: World) -> None:
    """R7, R8."""
    row = worlds.accepted(world)
    assert row.code == "H32.66-20261109-0000001"
    assert row.due_at == datetime(2026, 11, 18, 17, 0, tzinfo=VN)
    dossiers.appraise(
        code=row.code, by=worlds.assigned_actor(world, row), at=MONDAY_8AM + timedelta(hours=1)
    )
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM + timedelta(hours=2))
    dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM + timedelta(hours=3))
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    dossiers.return_result(
        code=row.code,
        mode="counter",
        receiver="Nguyễn Văn Phúc",
        by=world["receptionist"],
        at=MONDAY_8AM + timedelta(hours=4),
    )

    row.refresh_from_db()
    assert (row.state, row.npsp_code, row.delivery, row.money) == (
        "returned",
        10,
        "delivered",
        "paid",
    )
    kinds = [fact.kind for fact in ledger.facts_of(row.stream)]
    assert kinds == [
        "dossier.filed",
        "dossier.accepted",
        "dossier.step_done",
        "dossier.approved",
        "dossier.result_issued",
        "dossier.payment_confirmed",
        "dossier.result_returned",
    ]
    assert row.revision == len(kinds)
    assert ledger.verify().is_whole


@pytest.mark.parametrize(
    ("act", "most"),
    [("file", 7), ("accept", 7), ("appraise", 7), ("approve", 7), ("issue", 7), ("return", 7)],
)
def test_no_act_asks_the_database_more_than_the_aim(world: World, act: str, most: int) -> None:
    worlds.issued(world)  # warm: what is kept in memory is read once per process
    row = worlds.accepted(world) if act == "appraise" else None
    row = row or (worlds.filed(world) if act == "accept" else None)
    row = row or (worlds.appraised(world) if act == "approve" else None)
    row = row or (worlds.approved(world) if act == "issue" else None)
    row = row or (worlds.issued(world) if act == "return" else None)
    if act == "return":
        dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    actor = worlds.assigned_actor(world, row) if row and row.task_id else world["receptionist"]

    with CaptureQueriesContext(connection) as asked:
        _do(act, world, row.code if row else "", actor)

    statements = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= most, "\n".join(statements)


def _do(act: str, world: World, code: str, actor: object) -> None:
    if act == "file":
        worlds.filed(world)
    elif act == "return":
        dossiers.return_result(
            code=code, mode="counter", receiver="Bà Lan", by=world["receptionist"], at=MONDAY_8AM
        )
    else:
        getattr(dossiers, act)(code=code, by=actor, at=MONDAY_8AM)
