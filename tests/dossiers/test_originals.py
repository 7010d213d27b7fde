"""Originals go back to their owner, result or none."""

import pytest

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Act
from motcua.ledger import queries as trail
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World


@pytest.fixture
def withdrawn(world: World) -> Dossier:
    row = worlds.filed(world)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM, originals_held=2)
    who = {"by": world["receptionist"], "at": MONDAY_8AM}
    return dossiers.withdraw(code=row.code, reason="Không còn nhu cầu", **who)


def give_back(world: World, row: Dossier, **about: object) -> Dossier:
    given = {"code": row.code, "receiver": "Ông Phúc", "at": MONDAY_8AM}
    return dossiers.return_originals(**{**given, "by": world["receptionist"], **about})


def test_r20_a_withdrawn_dossier_gives_its_originals_back(
    world: World, withdrawn: Dossier
) -> None:
    row = give_back(world, withdrawn, proof="ký nhận")

    fact = trail.facts_of(row.stream)[-1]
    assert row.originals_held == 0
    assert row.state == "withdrawn"
    assert fact.kind == "dossier.originals_returned"
    assert (fact.body["originals"], fact.body["receiver"]) == (2, "Ông Phúc")


def test_r20_it_is_offered_only_while_originals_are_held(world: World, withdrawn: Dossier) -> None:
    def offered() -> list[Act]:
        return [a.act for a in queries.acts_allowed(withdrawn, actor=world["receptionist"])]

    before = offered()
    give_back(world, withdrawn)
    withdrawn.refresh_from_db()

    assert before == [Act.RETURN_ORIGINALS]
    assert offered() == []


def test_r20_nobody_named_nothing_held_and_a_running_dossier_are_refused(
    world: World, withdrawn: Dossier
) -> None:
    with pytest.raises(dossiers.ReceiverMissing):
        give_back(world, withdrawn, receiver=" ")
    with pytest.raises(dossiers.NotAllowed):
        give_back(world, withdrawn, by=world["appraiser"])
    give_back(world, withdrawn)
    with pytest.raises(dossiers.WrongState):
        give_back(world, withdrawn)
    with pytest.raises(dossiers.WrongState):
        give_back(world, worlds.accepted(world))


def test_the_reason_of_a_withdrawal_stands_in_the_trail(withdrawn: Dossier) -> None:
    said = [line.text for line in queries.timeline(withdrawn)]

    assert "Người dân rút hồ sơ: Không còn nhu cầu" in said
