"""Building anew while others look on: once is enough, and nothing half built is told as a figure."""

import threading
from collections.abc import Callable
from datetime import datetime
from time import sleep

import pytest
from django.db import connection

from motcua.directory.actor import SYSTEM
from motcua.reporting import rules, services
from motcua.reporting.models import ClosedPeriod, Followed
from motcua.reporting.refusals import NotReady
from motcua.reporting.services.following import _LOCK
from tests.factories.world import VN
from tests.reporting.test_following import another

pytestmark = pytest.mark.django_db(transaction=True)
DECEMBER = datetime(2026, 12, 15, 9, 0, tzinfo=VN)
NOVEMBER = rules.period("month", at=DECEMBER, first=datetime(2026, 11, 1, tzinfo=VN).date())


@pytest.fixture(autouse=True)
def _building() -> None:
    services.rebuild(processes=0)
    Followed.objects.update(is_building=True)


def _meanwhile(work: Callable[[], object]) -> object:
    """Do something while another process builds, which ends before that may."""
    found: list[object] = []

    def done() -> None:
        found.append(work())
        connection.close()

    with another() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        thread = threading.Thread(target=done)
        thread.start()
        while not other.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted",
            [_LOCK],
        ).fetchone():
            sleep(0.01)
        other.execute("UPDATE reporting_followed SET is_building = false, upto = 5")
        other.commit()
        other.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        thread.join()
    return found[0]


def test_what_another_process_has_built_is_not_built_once_more():
    assert _meanwhile(lambda: services.rebuild_when_needed(most=10**9)) is False
    assert Followed.objects.get().upto == 5


def test_who_asks_for_figures_waits_until_they_are_built():
    assert _meanwhile(services.wait_until_built) is None


def test_what_was_broken_off_is_built_and_until_then_told():
    with pytest.raises(NotReady):
        services.wait_until_built()
    with pytest.raises(NotReady):
        services.close_period(
            key="II.06a:2026-11", period=NOVEMBER, figures={}, by=SYSTEM, at=DECEMBER
        )
    assert not ClosedPeriod.objects.exists()

    assert services.rebuild_when_needed(most=10**9)
    services.wait_until_built()
    assert not services.rebuild_when_needed(most=10**9)
