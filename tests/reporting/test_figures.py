"""Figures of a small province: counted, listed and recomputed from the ledger alike."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import cards
from motcua.dossiers import services as dossiers
from motcua.reporting import queries, rules, services
from motcua.reporting.definitions import COUNTS
from motcua.reporting.models import Standing
from motcua.reporting.queries import lists
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=VN)
LAST_WEEK = MONDAY_8AM - timedelta(days=7)


@pytest.fixture
def lived(world: World) -> World:
    """Eight dossiers in different places of their life."""
    stories.issued(world, at=LAST_WEEK)  # settled in the week before
    stories.accepted(world, at=LAST_WEEK)  # carried over and overdue by Friday
    stories.issued(world)  # received and settled this week, on time
    late = stories.approved(world, at=MONDAY_8AM)
    dossiers.issue(code=late.code, by=world["clerk"], at=datetime(2026, 11, 19, 9, 0, tzinfo=VN))
    stories.accepted(world, at=FRIDAY - timedelta(hours=2))
    asked = stories.accepted(world, at=MONDAY_8AM)
    dossiers.request_supplement(
        code=asked.code, items={"ct01": "Tờ khai chưa có chữ ký"},
        by=stories.assigned_actor(world, asked), reason="Hồ sơ chưa đủ điều kiện giải quyết",
        at=MONDAY_8AM + timedelta(hours=3),
    )  # fmt: skip
    gone = stories.accepted(world, at=MONDAY_8AM)
    dossiers.withdraw(
        code=gone.code, reason="Không còn nhu cầu nữa", by=world["receptionist"], at=MONDAY_8AM
    )
    stories.filed(world, at=FRIDAY)  # not accepted: in no figure
    services.follow()
    return world


def _period(kind: str = "custom", at: datetime = FRIDAY) -> rules.Period:
    return rules.period(kind, at=at, first=MONDAY_8AM.date(), last=FRIDAY.date())


def test_every_dossier_is_counted_where_it_belongs(lived: World):
    board = queries.board(_period())

    counts = board.total.counts
    assert (counts["received"], counts["carried"]) == (5, 1)
    assert (counts["settled"], counts["on_time"], counts["late"], counts["ended"]) == (3, 2, 1, 1)
    assert (counts["open"], counts["overdue"], counts["waiting"], counts["in_time"]) == (
        3,
        1,
        1,
        1,
    )
    assert board.total.on_time == rules.Ratio(2, 3)
    assert board.total.balances


def test_the_parts_balance_and_add_up_to_the_whole(lived: World):
    board = queries.board(_period())

    for part in (board.agencies, board.fields):
        assert all(row.balances for row in part)
        assert sum(row.whole for row in part) == board.total.whole


@pytest.mark.parametrize("figure", [one.key for one in COUNTS])
def test_the_list_has_exactly_the_dossiers_that_were_counted(lived: World, figure: str):
    period = _period()

    found = queries.behind(
        figure, period=period, narrow=queries.Narrow(), actor=lived["controller"]
    )

    assert found.rows.count() == found.counted == queries.board(period).total.counts[figure]


def test_rights_hold_behind_a_figure(lived: World):
    found = queries.behind(
        "received", period=_period(), narrow=queries.Narrow(), actor=lived["other_head"]
    )

    assert found.counted == 5
    assert not found.rows.exists()


def test_a_list_can_be_narrowed(lived: World):
    committee = cards.card_by_code(lived.agencies["committee"].code)
    other = cards.card_by_code(lived.agencies["committee2"].code)
    narrow = {"actor": SYSTEM, "period": _period()}

    assert queries.behind("received", narrow=queries.Narrow(by=committee), **narrow).counted == 5
    assert queries.behind("received", narrow=queries.Narrow(by=other), **narrow).counted == 0
    assert queries.behind("received", narrow=queries.Narrow(weekday=5), **narrow).counted == 1
    assert queries.behind("received", narrow=queries.Narrow(hour=8), **narrow).counted == 4
    assert queries.behind("received", narrow=queries.Narrow(place="22402"), **narrow).counted == 0
    assert (
        queries.behind("overdue", narrow=queries.Narrow(holder=committee), **narrow).counted == 1
    )


def _listed(figure: str, narrow: queries.Narrow, by: Actor, number: int = 1, per_page: int = 50):
    return queries.listed(
        figure, period=_period(), narrow=narrow, actor=by, number=number, per_page=per_page
    )


def test_a_page_of_a_list_holds_what_is_counted_the_soonest_due_first(lived: World):
    for figure in (one.key for one in COUNTS):
        whole = queries.behind(
            figure, period=_period(), narrow=queries.Narrow(), actor=lived["controller"]
        )
        found = _listed(figure, queries.Narrow(), lived["controller"])

        assert found.counted == whole.counted == found.readable
        assert [row.code for row in found.rows] == [row.code for row in whole.rows]


def test_a_long_list_has_the_same_dossiers_page_by_page(
    lived: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lists, "LONG", 0)
    for figure in (one.key for one in COUNTS):
        whole = queries.behind(
            figure, period=_period(), narrow=queries.Narrow(), actor=lived["controller"]
        )
        shown = [
            row.code
            for number in range(1, whole.counted + 1)
            for row in _listed(figure, queries.Narrow(), lived["controller"], number, 1).rows
        ]

        assert sorted(shown) == sorted(row.code for row in whole.rows)
    stranger = _listed("received", queries.Narrow(), lived["other_head"])
    assert (stranger.counted, stranger.rows) == (5, [])


def test_a_part_is_counted_alike_from_the_counts_and_dossier_by_dossier(lived: World):
    committee = cards.card_by_code(lived.agencies["committee"].code)
    centre = cards.card_by_code(lived.agencies["centre"].code)
    for narrow in (
        queries.Narrow(agency=committee), queries.Narrow(by=committee), queries.Narrow(by=centre),
        queries.Narrow(agency=centre), queries.Narrow(agency=centre, by=committee),
        queries.Narrow(level="commune"), queries.Narrow(place="22402"),
    ):  # fmt: skip
        whole = queries.behind("received", period=_period(), narrow=narrow, actor=SYSTEM)

        assert _listed("received", narrow, SYSTEM).counted == whole.counted


def test_figures_are_the_same_from_the_ledger(lived: World):
    for at in (FRIDAY, MONDAY_8AM + timedelta(hours=4), FRIDAY + timedelta(days=20)):
        assert all(one.is_same for one in queries.differences(_period(at=at)))


def test_a_row_changed_behind_the_ledger_is_found(lived: World):
    late = Standing.objects.get(ended_class="late")
    Standing.objects.filter(pk=late.pk).update(ended_class="on_time")

    different = {
        one.figure: one.codes for one in queries.differences(_period()) if not one.is_same
    }

    assert different == {"on_time": (late.code,), "late": (late.code,)}


def test_a_past_period_shows_how_things_stood_then(lived: World):
    wednesday = rules.period(
        "custom", at=FRIDAY + timedelta(days=30), first=MONDAY_8AM.date(),
        last=datetime(2026, 11, 11, tzinfo=VN).date(),
    )  # fmt: skip

    counts = queries.board(wednesday).total.counts

    assert (counts["open"], counts["waiting"], counts["overdue"]) == (3, 1, 1)
    assert queries.board(wednesday).total.balances


def test_an_agency_counts_its_own(lived: World):
    centre = cards.card_by_code(lived.agencies["centre"].code)
    other = cards.card_by_code(lived.agencies["centre2"].code)

    assert queries.board(_period(), agency=centre).total.counts["received"] == 5
    assert queries.board(_period(), agency=other).total.whole == 0


def test_the_figures_are_read_once_from_few_rows(lived: World):
    cards.card(lived.agencies["centre"].pk)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        queries.board(_period())
    with CaptureQueriesContext(connection) as again:
        queries.board(_period())

    assert (len(asked) <= 4, len(again)) == (True, 0)


def test_the_last_days_end_with_what_is_open(lived: World):
    days = queries.days_of(at=FRIDAY, count=14)

    assert (days[-1].open, days[-1].received) == (3, 1)
    assert sum(day.received for day in days) == 5
    assert days[0].open == 1


def test_weeks_hours_and_holders(lived: World):
    weeks = queries.weeks_by_agency(at=FRIDAY, weeks=3)

    assert weeks[lived.agencies["committee"].pk][-1] == rules.Ratio(0, 1)
    assert queries.busy_hours(_period())[1, 8] == 4
    month = rules.period("month", at=FRIDAY)
    stood = rules.period("custom", at=FRIDAY, first=month.first, last=FRIDAY.date())
    assert queries.busy_hours(month) == queries.busy_hours(stood)
    field = next(row.key for row in queries.table(("received",), month, by="field"))
    for scope in (
        queries.Scope(place="22390"),
        queries.Scope(field=field),
        queries.Scope(place="0"),
    ):
        received = queries.total(month, scope=scope).value("received")
        assert sum(queries.busy_hours(month, scope=scope).values()) == received
    (holder,) = queries.holders(_period())
    assert holder.agency.id == lived.agencies["committee"].pk
    assert holder.count == 1
