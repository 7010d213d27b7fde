"""Facts written in bulk have the chain that facts recorded one by one have."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from motcua.dossiers.events import DossierWithdrawn
from motcua.ledger import bulk, queries, rules, services
from motcua.ledger.models import FactRow

AT = datetime(2025, 7, 1, 1, 2, 3, 456789, tzinfo=UTC)
FACTS = [
    DossierWithdrawn(code="H32.1-20250701-0000001", reason=reason, stage="accepted")
    for reason in ("Tôi xin rút", 'tab\t, dòng\n, gạch \\ và "nháy"', "số 056123456789 bị che", "")
]


def _written(chains: list[bulk.Chain]) -> int:
    with connection.cursor() as cursor, cursor.copy(bulk.copy_statement()) as copy:
        return bulk.write(copy, chains)


@pytest.mark.django_db
def test_bulk_facts_are_recorded_facts() -> None:
    chain = bulk.Chain("dossier:1", recorded_at=AT)
    for number, fact in enumerate(FACTS, 1):
        assert (
            chain.add(fact, at=AT, actor="account:1", actor_name="Lê\\Lan", post="a\tb") == number
        )
    assert _written([chain]) == len(FACTS)
    with transaction.atomic():
        for fact in FACTS:
            services.record(
                fact,
                stream="dossier:2",
                at=AT,
                actor="account:1",
                actor_name="Lê\\Lan",
                post="a\tb",
            )

    assert queries.verify().is_whole
    ours, theirs = (FactRow.objects.filter(stream=f"dossier:{n}").order_by("seq") for n in (1, 2))
    for one, other in zip(ours, theirs, strict=True):
        assert (one.seq, one.kind, one.at, one.body) == (
            other.seq,
            other.kind,
            other.at,
            other.body,
        )
        assert (one.actor, one.actor_name, one.post) == (other.actor, other.actor_name, other.post)


@pytest.mark.django_db
def test_a_stream_begun_in_bulk_goes_on_one_by_one() -> None:
    chain = bulk.Chain("dossier:3", recorded_at=AT)
    chain.add(FACTS[0], at=AT, actor="system")
    _written([chain])
    with transaction.atomic():
        assert services.record(FACTS[1], stream="dossier:3", at=AT, actor="system") == 2

    assert queries.verify_stream("dossier:3", last=2).is_whole


def test_the_hash_is_the_ledgers_own() -> None:
    chain = bulk.Chain("demo", recorded_at=AT)
    chain.add(FACTS[0], at=AT, actor="system", actor_name="Hệ thống")
    digest = rules.digest(
        previous=rules.GENESIS, stream="demo", seq=1, kind=FACTS[0].kind, at=AT, recorded_at=AT,
        actor="system", actor_name="Hệ thống", post="", body=rules.canonical(FACTS[0].body()),
    )  # fmt: skip

    assert chain.lines[0].rstrip("\n").endswith(digest.hex())
