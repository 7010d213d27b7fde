"""Folding: one by one or all at once, live or as of a moment, the counts are the same."""

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motcua.directory.queries import cards
from motcua.reporting import queries, rules, services
from motcua.reporting.models import Rollup, Standing, Stock
from motcua.reporting.queries import counting, counts
from motcua.reporting.rules import measures
from tests.factories.world import MONDAY_8AM, World

KINDS = (
    "accepted", "received", "supplement_requested", "supplement_answered", "payment_required",
    "payment_confirmed", "assigned", "step_done", "deadline_extended", "deadline_recomputed",
    "paper_from_store", "papers_digitised", "result_stamped", "approved", "result_issued",
    "result_returned", "withdrawn", "closed_unsupplemented", "officer_notified",
)  # fmt: skip
steps = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(KINDS), st.integers(0, 96), st.integers(-24, 240),
        st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


# A walk is short enough to be read as it is: it need not be made shorter, at the cost of minutes.
_WALKS = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _body(kind: str, at: datetime, due_hours: int, flag: int) -> dict[str, object]:
    body: dict[str, object] = {"code": "x"}
    if kind in ("accepted", "received", "supplement_answered", "payment_confirmed"):
        body["due_at"] = (at + timedelta(hours=due_hours)).isoformat() if flag else None
    if kind in ("deadline_extended", "deadline_recomputed"):
        body["due_at"] = (at + timedelta(hours=due_hours)).isoformat()
    more = {
        "payment_required": {"pauses_clock": flag, "amount_vnd": 1},
        "payment_confirmed": {"method": "qr" if flag else "cash", "amount_vnd": 5},
        "paper_from_store": {"replaces": flag},
        "approved": {"outcome": "granted" if flag else "refused", "step": "approve"},
        "result_issued": {"outcome": "granted" if flag else "refused"},
        "assigned": {"officer_id": 1 + due_hours % 3, "step": "appraise"},
        "step_done": {"step": "a", "next_step": "b"},
    }
    return body | more.get(kind, {})


def _write(stream: str, seq: int, kind: str, at: datetime, body: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_factrow (stream, seq, kind, at, recorded_at, actor, actor_name, post, "
            "body, hash) VALUES (%s, %s, %s, %s, %s, 'x', '', '', %s, '')",
            [stream, seq, f"dossier.{kind}", at, at, json.dumps(body)],
        )


def _live(walk: list[tuple[int, str, int, int, bool]], world: World) -> datetime:
    """Write the facts of a walk and follow every few of them; return a moment after them all."""
    agencies = [world.agencies["committee"].code, world.agencies["committee2"].code]
    at, seqs = MONDAY_8AM, Counter[int]()
    for number in range(5):
        filed = {
            "code": f"D{number}", "procedure": f"P{number % 2}", "version_id": 1,
            "field": f"F{number % 3}",
            "channel": "online" if number % 2 else "counter", "receiving": agencies[number % 2],
            "competent": agencies[number % 2],
        }  # fmt: skip
        seqs[number] += 1
        _write(f"dossier:{910_000 + number}", 1, "filed", at, filed)
    for turn, (number, kind, hours, due_hours, flag) in enumerate(walk):
        at += timedelta(hours=hours / 4)
        seqs[number] += 1
        body = _body(kind, at, due_hours, flag)
        _write(f"dossier:{910_000 + number}", seqs[number], kind, at, body)
        if turn % 7 == 3:
            services.follow()
    services.follow()
    cache.clear()
    return at + timedelta(minutes=1)


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_factrow WHERE stream LIKE 'dossier:91000_'")
        for table in ("standing", "rollup", "stock", "past"):
            cursor.execute(f"DELETE FROM reporting_{table}")  # noqa: S608
        cursor.execute("DELETE FROM reporting_followed")
    cache.clear()


@_WALKS
@given(steps)
def test_a_walk_of_facts_counts_alike_everywhere(world: World, walk):
    _forget()
    now = _live(walk, world)
    month = rules.period("custom", at=now, first=MONDAY_8AM.date(), last=now.date())

    # what was followed is what folding at once gives: standings, counts of days, stock
    assert queries.recompute() == []
    # live counts from the counts of days are those of the standings, and they balance
    total = counts.total_of(month)
    stood = counts._from_standings(month, (), queries.Scope())[()]
    assert total == stood
    assert rules.balances(total)
    by_agency = counts.counts_of(month, by=("competent_id",)).values()
    assert Counter(total) == sum(
        (Counter(row) for row in by_agency), Counter(dict.fromkeys(total, 0))
    )
    # every day that is over: as it stood then, what came in is what went out or is still there
    for back in range(0, month.days, 5):
        day = rules.period("custom", at=now, first=MONDAY_8AM.date(),
                           last=now.date() - timedelta(days=back))  # fmt: skip
        assert rules.balances(counts.total_of(day))


@_WALKS
@given(steps, st.integers(0, 60))
def test_a_period_that_is_over_does_not_know_what_came_after(world: World, walk, cut):
    """The first facts alone, and all facts as of the same moment, give the same."""
    _forget()
    at = _live(walk[:cut], world)
    then = rules.period("custom", at=at, first=MONDAY_8AM.date(), last=at.date())
    before = counts._from_standings(then, (), queries.Scope())[()]
    _forget()
    gap = [(number, kind, 96, due, flag) for number, kind, _hours, due, flag in walk[cut:]]
    _live([*walk[:cut], *gap], world)

    asked = rules.Period("custom", then.first, then.last, then.start, at, is_current=False)
    assert counts._from_standings(asked, (), queries.Scope())[()] == before


def test_python_and_sql_name_the_same_counts():
    assert set(counting.OF_ACCEPTED) == set(measures.OF_ACCEPTED)
    assert {*counting.OF_ENDED, *counting.SUMS} == set(measures.OF_ENDED)
    assert set(measures.FLOWS) <= {field.name for field in Rollup._meta.fields}


def test_every_column_of_a_standing_is_folded():
    from motcua.reporting.rules.folding import COLUMNS

    generated = {
        "is_digitised",
        "e_result",
        "reused",
        "from_store",
        "has_obligation",
        "paid_online",
        "officer_id",
    }
    assert {field.column for field in Standing._meta.fields} - generated == set(COLUMNS)


@pytest.mark.parametrize(
    "by", ["agency", "centre", "field", "level", "place", "procedure", "channel"]
)
def test_tables_add_up_to_the_whole(world: World, by: str):
    now = _live([(n, "accepted", 1, 90, True) for n in range(5)], world)
    week = rules.period("month", at=now)

    rows = queries.table(("received",), week, by=by)

    assert sum(row.counts["received"] for row in rows) == queries.value("received", week) == 5
    assert sum(row.counts["open"] for row in rows) == 5
    assert Stock.objects.filter(count__gt=0).exists()


def test_a_scope_narrows_every_figure(world: World):
    now = _live([(n, "accepted", 1, 90, True) for n in range(5)], world)
    month = rules.period("month", at=now)
    committee = cards.card_by_code(world.agencies["committee"].code)

    for scope in (queries.Scope(agency=committee), queries.Scope(place=committee.place_code),
                  queries.Scope(procedure="P0")):  # fmt: skip
        assert queries.value("received", month, scope) == 3
        assert queries.total(month, scope=scope).balances
    assert queries.value("received", month, queries.Scope(level="province")) == 0
    assert queries.value("on_time_share", month, queries.Scope(level="province")).percent is None


def test_a_series_adds_up_and_ends_with_now(world: World):
    now = _live([(n, "accepted", 40, 90, True) for n in range(5)], world)
    first, last = MONDAY_8AM.date(), now.date()
    asked = {"first": first, "last": last, "at": now}

    for by in ("day", "week", "month"):
        assert sum(n for _day, n in queries.series("received", by=by, **asked)) == 5
    assert queries.series("open", **asked)[-1] == (last, 5)
    assert queries.days_of(at=now, count=3)[-1].open == 5


def test_what_is_due_today_is_overdue_from_its_hour_on(world: World):
    _live([(0, "accepted", 0, 4, True), (1, "accepted", 0, 2, True)], world)
    noon = MONDAY_8AM + timedelta(hours=3)

    found = queries.stock_by_due(queries.Scope(), noon)

    assert {day: (row["open"], row["overdue"], row["over"]) for day, row in found.items()} == {
        MONDAY_8AM.date(): (2, 1, 1)
    }
