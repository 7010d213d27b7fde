"""Many at once: codes stay gapless and unique; of two who act, one is told what changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.kernel.refused import Refused
from motcua.ledger import queries as ledger
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

RECEPTIONS = 16


@pytest.fixture
def province(transactional_db: None) -> World:
    return worlds.build()


def _together(jobs: list[Callable[[], object]]) -> list[object]:
    """Do all jobs at the same moment, each on a connection of its own; refusals are results."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return job()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_sixteen_receptions_at_once_leave_no_gap(province: World):
    def reception(number: int) -> Dossier:
        owner = worlds.person_details(f"Người {number}", f"0560929{number:05d}")
        return worlds.filed(province, owner=owner)

    made = _together([lambda n=n: reception(n) for n in range(RECEPTIONS)])

    expected = [f"H32.66-20261109-{n:07d}" for n in range(1, RECEPTIONS + 1)]
    assert sorted(row.code for row in made) == expected
    assert ledger.verify().is_whole


def test_a_refused_reception_uses_up_no_code(province: World):
    def reception(number: int) -> Dossier:
        case = "own" if number % 2 else "nowhere"
        return worlds.filed(province, case=case)

    made = _together([lambda n=n: reception(n) for n in range(RECEPTIONS)])

    codes = sorted(row.code for row in made if isinstance(row, Dossier))
    assert codes == [f"H32.66-20261109-{n:07d}" for n in range(1, RECEPTIONS // 2 + 1)]


def test_of_two_who_act_at_once_one_is_told_what_changed(province: World):
    row = worlds.appraised(province)
    later = MONDAY_8AM + timedelta(hours=1)

    def act() -> Dossier:
        return dossiers.approve(
            code=row.code, by=province["head"], at=later, expected=row.revision
        )

    results = _together([act, act])

    refused = [r for r in results if isinstance(r, dossiers.ChangedMeanwhile)]
    assert len(refused) == 1
    assert "Nguyễn Hữu Lộc" in str(refused[0])
    row.refresh_from_db()
    assert row.step_key == "issue"
    assert ledger.verify().is_whole


def test_numbers_of_results_have_no_gap(province: World):
    rows = [worlds.approved(province) for _ in range(6)]

    issued = _together(
        [
            lambda r=r: dossiers.issue(code=r.code, by=province["clerk"], at=MONDAY_8AM)
            for r in rows
        ]
    )

    assert sorted(result.number for result in issued) == [
        f"{n:02d}/2026/TB-H32.66" for n in range(1, 7)
    ]
