"""Following: each fact once, in order, whatever transactions do meanwhile."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection

from motcua.dossiers import events
from motcua.ledger import rules as chain
from motcua.ledger import services as ledger
from motcua.reporting import queries, services
from motcua.reporting.models import Followed, Standing
from motcua.reporting.services import following
from tests.factories.world import MONDAY_8AM

pytestmark = pytest.mark.django_db(transaction=True)
_numbers = count(920_000)


@pytest.fixture(autouse=True)
def _from_here() -> None:
    cache.clear()
    services.rebuild(processes=0)


@contextmanager
def another() -> Iterator["psycopg.Connection[object]"]:
    """Open a connection of somebody else."""
    wanted = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{key: wanted[key] for key in keys if wanted.get(key)}) as other:
        yield other


def write(other: "psycopg.Connection[object]") -> str:
    """Write that a dossier was filed, without committing; return its code."""
    number = next(_numbers)
    fact = events.DossierFiled(
        code=f"G{number}", procedure="1", version_id=1, case="", channel="counter", support="",
        receiving="", competent="", field="x", papers=0,
    )  # fmt: skip
    other.execute(
        "INSERT INTO ledger_factrow (stream, seq, kind, at, recorded_at, actor, actor_name, post, "
        "body, hash) VALUES (%s, 1, %s, now(), now(), 'x', '', '', %s, '')",
        [f"dossier:{number}", fact.kind, chain.canonical(fact.body())],
    )
    return fact.code


def known() -> set[str]:
    return set(Standing.objects.filter(code__startswith="G").values_list("code", flat=True))


def test_a_fact_that_commits_late_is_folded_then():
    with another() as slow, another() as quick:
        early = write(slow)
        late = write(quick)
        quick.commit()
        services.follow()
        assert known() == {late}
        services.follow()
        assert Followed.objects.get().gaps
        slow.commit()
        services.follow()

        assert known() == {early, late}
        services.follow()
        assert not Followed.objects.get().gaps


def test_a_fact_that_was_rolled_back_is_not_waited_for():
    with another() as gone, another() as quick:
        write(gone)
        late = write(quick)
        quick.commit()
        services.follow()
        gone.rollback()
        services.follow()

        assert known() == {late}
        assert not Followed.objects.get().gaps


def test_many_transactions_in_any_order():
    with another() as a, another() as b, another() as c:
        told = {write(a), write(c)}
        write(b)
        told |= {write(a), write(c)}
        services.follow()
        c.commit()
        services.follow()
        write(b)
        b.rollback()
        services.follow()
        told.add(write(b))
        b.commit()
        services.follow()
        a.commit()
        for _ in range(3):
            services.follow()

    assert known() == told
    assert not Followed.objects.get().gaps
    assert queries.recompute() == []


def test_one_follower_works_at_a_time():
    with another() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [following._LOCK])
        write(other)
        assert services.follow().facts == 0
        other.commit()
    assert services.follow().facts == 1


def test_a_follower_that_is_cut_off_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch):
    with another() as other:
        told = write(other)
        other.commit()
    before = Followed.objects.get().upto

    def broken(*_args: object) -> None:
        raise ConnectionError("the power went")

    with monkeypatch.context() as cut:
        cut.setattr(following.storing, "apply_flows", broken)
        with pytest.raises(ConnectionError):
            services.follow()
    assert (Followed.objects.get().upto, known()) == (before, set())

    services.follow()
    assert known() == {told}
    assert queries.recompute() == []


def test_whoever_shows_figures_is_told():
    with another() as listener, another() as other:
        listener.autocommit = True
        listener.execute("LISTEN motcua_figures")
        write(other)
        other.commit()
        step = services.follow()

        (notice,) = list(listener.notifies(timeout=5, stop_after=1))

    told = json.loads(notice.payload)
    assert told["upto"] == step.upto
    assert told["agencies"] == sorted(queries.channel_of(one) for one in step.agencies)


def test_building_anew_in_processes_ends_where_following_does():
    with another() as other:
        told = {write(other) for _ in range(25)}
        other.commit()
    services.follow()

    services.rebuild()

    assert known() == told
    assert queries.recompute() == []


def test_nobody_follows_while_everything_is_built_anew():
    Followed.objects.update(is_building=True)
    with another() as other:
        write(other)
        other.commit()

    assert services.follow().facts == 0
    assert services.needs_rebuild(most=10**9)
    services.rebuild(processes=0)
    assert not services.needs_rebuild(most=10**9)
    assert len(known()) == 1


def _in_thread(work: Callable[[], None]) -> threading.Thread:
    def done() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=done)
    thread.start()
    return thread


def test_writers_and_follower_at_once():
    fact = events.DossierAccepted(code="x", due_at=MONDAY_8AM + timedelta(days=1), originals=0)

    def writes() -> None:
        with another() as other:
            for turn in range(30):
                write(other)
                if turn % 4 == 3:
                    other.rollback()
                else:
                    other.commit()
        for _ in range(5):
            ledger.record_alone(fact, stream=f"dossier:{next(_numbers)}", at=MONDAY_8AM, actor="x")

    threads = [_in_thread(writes) for _ in range(3)]
    while any(thread.is_alive() for thread in threads):
        services.follow()
    for _ in range(3):
        services.follow()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT stream) FROM ledger_factrow WHERE stream LIKE 'dossier:92%'"
        )
        assert Standing.objects.filter(dossier_id__gte=920_000).count() == cursor.fetchone()[0]
    assert queries.recompute() == []
