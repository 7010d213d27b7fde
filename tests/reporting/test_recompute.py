"""What is stored is proven from the ledger, and what was tampered with is named."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from motcua.dossiers import services as dossiers
from motcua.reporting import queries, rules, services
from motcua.reporting.models import ClosedPeriod, Past, Rollup, Standing, Stock
from motcua.reporting.refusals import AlreadyClosed, NotOver
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World

DECEMBER = datetime(2026, 12, 15, 9, 0, tzinfo=VN)
NOVEMBER = rules.period("month", at=DECEMBER, first=MONDAY_8AM.date())


@pytest.fixture
def lived(world: World) -> World:
    stories.issued(world)
    stories.accepted(world)
    late = stories.approved(world)
    dossiers.issue(code=late.code, by=world["clerk"], at=datetime(2026, 11, 19, 9, 0, tzinfo=VN))
    services.follow()
    return world


def test_what_is_stored_is_what_the_ledger_gives(lived: World):
    before = queries.total(NOVEMBER).counts
    services.keep_past(at=DECEMBER)

    assert queries.total(NOVEMBER).counts == before
    assert before["received"] == 3
    assert queries.recompute(period=NOVEMBER) == []


def test_following_ends_where_building_anew_does(lived: World):
    services.rebuild(processes=0)

    assert queries.recompute() == []
    assert queries.upto()[0] > 0


@pytest.mark.parametrize(
    ("what", "tamper"),
    [
        ("standing", lambda: Standing.objects.filter(ended_class="late").update(ended_class="early")),
        ("standing", Standing.objects.filter(ended_at=None).delete),
        ("rollup", lambda: Rollup.objects.filter(grain="d").update(received=F("received") + 1)),
        ("rollup", lambda: Rollup.objects.filter(grain="p", late=1).delete()),
        ("stock", lambda: Stock.objects.filter(count__gt=0).update(state="waits")),
    ],
)  # fmt: skip
def test_a_row_that_was_changed_is_named(lived: World, what: str, tamper):
    tamper()

    assert {one.what for one in queries.recompute()} == {what}


def test_a_kept_period_that_was_changed_is_named(lived: World):
    services.keep_past(at=DECEMBER)
    assert queries.total(NOVEMBER).counts["settled"] == 2
    Past.objects.filter(settled__gt=0).update(settled=7)

    (found,) = queries.recompute()

    assert found.what.startswith("past")
    assert "settled=7" in found.stored


def _close(world: World) -> ClosedPeriod:
    return services.close_period(
        key="II.06a:2026-11", period=NOVEMBER, figures={"settled": 2, "rate": 66.67},
        by=world["controller"], at=DECEMBER,
    )  # fmt: skip


def test_a_closed_period_keeps_what_was_sent(lived: World):
    closed = _close(lived)

    assert queries.changed_since(closed).is_same
    assert queries.recompute(key=closed.key) == []
    with pytest.raises(AlreadyClosed):
        _close(lived)


def test_a_period_that_runs_is_not_closed(lived: World):
    running = rules.period("month", at=DECEMBER)

    with pytest.raises(NotOver):
        services.close_period(
            key="x", period=running, figures={}, by=lived["controller"], at=DECEMBER
        )


def test_a_closed_figure_that_was_changed_is_named(lived: World):
    closed = _close(lived)
    ClosedPeriod.objects.update(figures={"settled": 3, "rate": 66.67})
    assert [one.what for one in queries.recompute(key=closed.key)] == ["closed"]

    ClosedPeriod.objects.update(figures={"settled": 2, "rate": 66.67}, counts={"settled": 9})
    (found,) = queries.recompute(key=closed.key)
    assert (found.stored, found.ledger) == ("9", "2")


def test_what_came_late_stands_beside_the_closed_period(lived: World):
    closed = _close(lived)
    open_one = Standing.objects.get(ended_at=None)
    dossiers.withdraw(
        code=open_one.code, reason="Không còn nhu cầu nữa", by=lived["receptionist"],
        at=MONDAY_8AM + timedelta(days=2),
    )  # fmt: skip
    services.follow()

    changes = queries.changed_since(closed)

    assert changes.codes == (open_one.code,)
    assert {one.key: (one.then, one.now) for one in changes.counts}["settled"] == (2, 3)
    assert queries.total(NOVEMBER).counts["settled"] == 3
    assert queries.recompute() == []
