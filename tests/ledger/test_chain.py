"""The chain finds every changed, removed or reordered row; listeners hear all, in order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from motcua.dossiers import services as dossiers
from motcua.ledger import queries, services
from motcua.ledger.models import FactRow, Pending
from tests.factories import world as worlds
from tests.factories.world import World


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_an_untouched_ledger_is_whole(world: World) -> None:
    worlds.issued(world)
    verdict = queries.verify()
    assert verdict.is_whole
    assert verdict.facts == FactRow.objects.count() > 5


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE ledger_factrow SET body = replace(body, 'counter', 'online')",
        "UPDATE ledger_factrow SET at = at - interval '1 minute' WHERE kind = 'dossier.accepted'",
        "UPDATE ledger_factrow SET actor_name = 'Ai đó' WHERE kind = 'dossier.approved'",
        "DELETE FROM ledger_factrow WHERE kind = 'dossier.accepted'",
        "DELETE FROM ledger_factrow WHERE kind = 'dossier.result_issued'",
        "UPDATE ledger_factrow SET seq = 105 - seq WHERE stream LIKE 'dossier:%' AND seq IN (2, 3)",
    ],
)
def test_every_crime_is_found(world: World, crime: str) -> None:
    worlds.issued(world)
    _sql(crime)
    assert not queries.verify().is_whole


def test_an_anchor_finds_what_no_chain_can(world: World) -> None:
    worlds.issued(world)
    assert services.anchor(upto=timezone.now() + timedelta(hours=2)) >= 1
    assert queries.verify().is_whole
    _sql("DELETE FROM ledger_factrow WHERE stream = 'directory'")
    assert any("neo" in fault for fault in queries.verify().faults)


def test_anchoring_again_adds_nothing(world: World) -> None:
    later = timezone.now() + timedelta(hours=2)
    services.anchor(upto=later)
    assert services.anchor(upto=later) == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    from motcua.dossiers.events import DossierAmended

    with pytest.raises(RuntimeError):
        services.record(DossierAmended(code="x"), stream="s", at=datetime.now(UTC), actor="system")


def test_listeners_hear_in_order_and_again_after_a_fault(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    faults = [True]

    def hear(fact: FactRow) -> None:
        if fact.kind == "dossier.accepted" and faults:
            faults.pop()
            raise ValueError("a listener's fault")
        heard.append(fact.kind)

    registered = services._Registered("dossier.", "test", hear)
    monkeypatch.setattr(services, "_listeners", [registered])
    row = worlds.appraised(world)
    with transaction.atomic():
        services.dispatch()
    assert heard == ["dossier.filed"]
    Pending.objects.update(not_before=None)
    services.dispatch()
    assert heard == ["dossier.filed", "dossier.accepted", "dossier.step_done"]
    assert queries.pending_count() == 0
    assert row.revision == 3


def test_reading_is_a_fact_that_the_owner_sees(world: World) -> None:
    from motcua.dossiers import queries as reads

    row = worlds.accepted(world)
    dossiers.note_read(dossier=row, part="page", by=world["appraiser"], at=worlds.MONDAY_8AM)
    assert [line.who for line in reads.readers_of(row)] == ["Phạm Hoài An"]
    assert queries.verify().is_whole


def test_an_act_that_goes_on_while_the_chains_are_read_is_no_fault(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.filed(world)
    read = queries._verify_anchors

    def meanwhile(verdict: queries.Verdict) -> None:
        dossiers.accept(code=row.code, by=world["receptionist"], at=worlds.MONDAY_8AM)
        read(verdict)

    monkeypatch.setattr(queries, "_verify_anchors", meanwhile)
    assert queries.verify().is_whole


def test_no_identity_number_gets_into_the_ledger(world: World) -> None:
    row = worlds.filed(world)
    dossiers.refuse_intake(
        code=row.code,
        reason="Số 056092999118 trên tờ khai không khớp thẻ (056092999119)",
        law="Điều 17 khoản 1",
        by=world["receptionist"],
        at=worlds.MONDAY_8AM,
    )
    said = queries.facts_of(row.stream)[-1].body["reason"]
    assert said == "Số ••••9118 trên tờ khai không khớp thẻ (••••9119)"
    assert not FactRow.objects.filter(body__regex="[0-9]{12}").exists()
    assert queries.verify().is_whole


def test_a_stream_that_waits_for_another_try_keeps_nobody_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def hear(fact: FactRow) -> None:
        if fact.stream == stuck.stream:
            raise RuntimeError("down")
        heard.append(fact.stream)

    monkeypatch.setattr(services, "_listeners", [services._Registered("dossier.", "test", hear)])
    services.dispatch()  # what the making of the world left to be heard
    stuck = worlds.accepted(world)
    other = worlds.filed(world)
    services.dispatch(batch=1)  # the first fact fails and holds back the second of its stream
    services.dispatch(batch=1)
    assert heard == [other.stream]
