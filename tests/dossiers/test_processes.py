"""Dossiers under processes that are not the five steps on the spot."""

from datetime import timedelta

import pytest

from motcua.directory.actor import SYSTEM
from motcua.dossiers import services as dossiers
from motcua.workflow import services as workflow
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

COPIED = {
    "procedure": "2.000815",
    "case": "",
    "papers": (
        dossiers.PaperIn("original", originals=1),
        dossiers.PaperIn("copy", copies=1),
    ),
}


def _step(key: str, role: str, place: str, following: str, back: list[str]) -> dict[str, object]:
    return {
        "key": key, "name": key.title(), "role": role, "place": place, "hours": 2,
        "product": "Sản phẩm", "next": following, "back": back, "assignment": "pool",
    }  # fmt: skip


def _approve(steps: list[dict[str, object]]) -> None:
    from motcua.workflow import definition
    from motcua.workflow.services import Decision

    process = definition.from_json({"key": "short", "name": "Rút gọn", "steps": steps})
    decision = Decision(number="1/QĐ-UBND", valid_from=(MONDAY_8AM - timedelta(days=30)).date())
    workflow.approve(
        process=process, procedure_code="2.000815", decision=decision, by=SYSTEM, at=MONDAY_8AM
    )


def test_where_the_process_ends_with_the_signature_the_result_is_issued_with_it(
    world: World,
) -> None:
    _approve([
        _step("receive", "receptionist", "receiving", "approve", []),
        _step("approve", "head", "competent", "", ["receive"]),
    ])  # fmt: skip
    row = worlds.filed(world, **COPIED)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    row.refresh_from_db()
    assert (row.state, row.delivery, row.results.count()) == ("result_ready", "ready", 1)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    dossiers.return_result(
        code=row.code, mode="counter", receiver="Bà Lan", by=world["receptionist"], at=MONDAY_8AM
    )


def test_where_two_heads_sign_the_second_decides(world: World) -> None:
    _approve([
        _step("receive", "receptionist", "receiving", "deputy", []),
        _step("deputy", "head", "competent", "chair", ["receive"]),
        _step("chair", "chairman", "competent", "issue", ["deputy"]),
        _step("issue", "clerk", "competent", "", ["chair"]),
    ])  # fmt: skip
    row = worlds.filed(world, **COPIED)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    assert dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM).decided_at is None
    with pytest.raises(dossiers.NotAllowed):
        dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    assert dossiers.approve(code=row.code, by=world["chairman"], at=MONDAY_8AM).decided_at
    dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)
