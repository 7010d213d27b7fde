"""The order of the inbox: due soon or likely to be late; and what overdue keeps meaning."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.ledger.models import FactRow
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def estimated(row: Dossier, risk: int | None) -> dossiers.Estimated:
    return dossiers.Estimated(row.pk, risk, {"reasons": [{"key": "time"}]} if risk else {})


def in_order(world: World, tab: str = "todo", *, at=MONDAY_8AM) -> list[str]:
    return [row.code for row in queries.inbox(world["head"], tab=tab, at=at)]


def test_what_is_likely_to_be_late_goes_ahead_of_what_is_due_somewhat_earlier(world):
    sooner = worlds.appraised(world)
    later = worlds.appraised(world, at=MONDAY_8AM + timedelta(days=2))
    assert in_order(world) == [sooner.code, later.code]

    dossiers.note_risks(estimates=[estimated(sooner, 20), estimated(later, 900)])

    assert in_order(world) == [later.code, sooner.code]


def test_no_risk_brings_a_dossier_ahead_of_one_that_is_overdue(world):
    late = worlds.appraised(world)
    other = worlds.appraised(world, at=MONDAY_8AM + timedelta(days=1))
    at = late.due_at + timedelta(minutes=1)
    dossiers.mark_overdue(at=at)
    dossiers.note_risks(estimates=[estimated(other, 1000)])

    assert in_order(world, at=at) == [late.code, other.code]


def test_risk_makes_nothing_overdue_and_nothing_due_today(world):
    row = worlds.appraised(world)
    dossiers.note_risks(estimates=[estimated(row, 1000)])
    row.refresh_from_db()
    at = row.due_at - timedelta(days=2)

    counts = queries.inbox_counts(world["head"], at=at)

    assert row.urgent_at < at
    assert (counts.overdue, counts.today) == (0, 0)
    assert in_order(world, "overdue", at=at) == in_order(world, "today", at=at) == []
    assert in_order(world, "today", at=row.due_at - timedelta(hours=1)) == [row.code]
    assert in_order(world, "overdue", at=row.due_at + timedelta(hours=1)) == [row.code]


def test_an_estimate_is_no_fact_and_no_revision(world):
    row = worlds.appraised(world)
    facts = FactRow.objects.count()

    assert dossiers.note_risks(estimates=[estimated(row, 700)]) == 1

    after = Dossier.objects.get(pk=row.pk)
    assert (after.risk, after.risk_reasons) == (700, {"reasons": [{"key": "time"}]})
    assert after.revision == row.revision
    assert FactRow.objects.count() == facts
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM, expected=row.revision)


def test_an_estimate_can_be_taken_back(world):
    row = worlds.appraised(world)
    dossiers.note_risks(estimates=[estimated(row, 700)])

    dossiers.note_risks(estimates=[estimated(row, None)])

    row.refresh_from_db()
    assert (row.risk, row.risk_reasons, row.urgent_at) == (None, None, row.due_at)


def test_the_index_of_the_inbox_still_gives_its_order(world):
    for _number in range(5):
        worlds.appraised(world)
    wanted = (
        Dossier.objects.filter(
            turn_agency=world.agencies["committee"],
            turn_role="head",
            state__in=sorted(queries.lists.OPEN_STATES),
        )
        .order_by(queries.lists.F("ended_at").asc(nulls_first=True), "urgent_at", "pk")
        .values_list("pk")[:3]
    )
    with connection.cursor() as cursor:
        # Few rows tempt the planner to sort them: whether the index can give the order is asked here.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = wanted.explain()

    assert "dossier_turn" in plan
    assert "Sort" not in plan


def test_a_dossier_that_becomes_overdue_has_the_whole_risk(world):
    row = worlds.appraised(world)

    dossiers.mark_overdue(at=row.due_at + timedelta(minutes=1))

    row.refresh_from_db()
    assert row.risk == 1000
