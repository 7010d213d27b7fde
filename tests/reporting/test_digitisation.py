"""The four figures of digitisation: counted by facts, listed, and the same from the ledger."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.directory.actor import SYSTEM
from motcua.dossiers import events, scan_events
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import core
from motcua.kernel.facts import Fact
from motcua.reporting import queries, rules, services
from motcua.reporting.definitions import DIGITISATION
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World

FRIDAY = datetime(2026, 11, 13, 15, 0, tzinfo=VN)


def _period(at: datetime = FRIDAY) -> rules.Period:
    return rules.period("custom", at=at, first=MONDAY_8AM.date(), last=FRIDAY.date())


def _tell(row: Dossier, fact: Fact, at: datetime) -> None:
    row.refresh_from_db()
    with transaction.atomic():
        core.finish(row, fact, by=SYSTEM, at=at)


def _scanned(row: Dossier, at: datetime) -> None:
    fact = scan_events.PapersDigitised(code=row.code, components=("Tờ khai",), papers=("x",))
    _tell(row, fact, at)


def _stored(row: Dossier, at: datetime, *, replaces: bool) -> None:
    fact = events.PaperFromStore(
        code=row.code, component="Giấy khai sinh", level=2, replaces=replaces
    )
    _tell(row, fact, at)


def _stamped(row: Dossier, at: datetime) -> None:
    _tell(row, events.ResultStamped(code=row.code, number="1", file="x", sha256="x"), at)


@pytest.fixture
def lived(world: World) -> World:
    """Two settled, one with all electronic; three in progress, of which two lean on the store."""
    at = MONDAY_8AM + timedelta(days=1)
    whole, paper = stories.issued(world), stories.issued(world)
    _scanned(whole, at)
    _stamped(whole, at)
    _stamped(paper, at)
    _stored(stories.accepted(world), at, replaces=True)
    _stored(stories.accepted(world), at, replaces=False)
    stories.accepted(world)
    services.follow()
    return world


def test_the_four_figures_are_made_of_what_the_law_counts(lived: World):
    found = {
        one.key: (one.ratio.numerator, one.ratio.denominator)
        for one in queries.digitisation_shares(_period())
    }

    assert found == {
        "e_result_share": (2, 2),
        "digitised_share": (1, 2),
        "reused_share": (2, 3),
        "from_store_share": (1, 5),
    }


@pytest.mark.parametrize("figure", [one.key for one in DIGITISATION if not one.of])
def test_the_list_has_exactly_the_dossiers_that_were_counted(lived: World, figure: str):
    behind = queries.behind(figure, period=_period(), narrow=queries.Narrow(), actor=SYSTEM)
    counts = {}
    for one in queries.digitisation_shares(_period()):
        counts |= {one.numerator: one.ratio.numerator, one.denominator: one.ratio.denominator}

    assert behind.counted == len(behind.rows) == counts[figure]


def test_the_figures_are_the_same_from_the_ledger(lived: World):
    for at in (FRIDAY, MONDAY_8AM + timedelta(hours=12)):
        assert all(one.is_same for one in queries.differences(_period(at)))


def test_nothing_of_nothing_is_no_share(world: World):
    assert all(one.ratio.percent is None for one in queries.digitisation_shares(_period()))


def test_a_fact_after_the_period_does_not_count(lived: World):
    late = rules.period("custom", at=FRIDAY, first=MONDAY_8AM.date(), last=MONDAY_8AM.date())

    assert {one.ratio.numerator for one in queries.digitisation_shares(late)} == {0}


def test_the_figures_take_few_statements(lived: World):
    with CaptureQueriesContext(connection) as taken:
        queries.digitisation_shares(_period())

    assert len(taken) <= 4
