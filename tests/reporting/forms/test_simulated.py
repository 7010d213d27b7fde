"""The forms of a simulated quarter: every identity holds, and all of them tell the same numbers."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from motcua.catalog import services as catalogue
from motcua.config.simulation import loading
from motcua.config.simulation.loading import Simulated
from motcua.directory.actor import SYSTEM
from motcua.directory.services import territory
from motcua.reporting import services as figures
from motcua.reporting.forms.sheet import Sheet
from motcua.reporting.queries import forms as queries
from motcua.reporting.services import forms as services
from tests.config.simulation.test_quarter import Quiet, _forget

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
COUNT = 300


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker) -> Iterator[Simulated]:
    """Simulate once for this module, and roll it back afterwards."""
    _forget()
    with django_db_blocker.unblock(), transaction.atomic():
        at = timezone.now()
        territory.load_territory(by=SYSTEM, at=at)
        catalogue.load_file("starter", by=SYSTEM, at=at)
        told = loading.simulate(
            quarter="2025Q3", seed=3, dossiers=COUNT, processes=1, progress=Quiet()
        )
        while figures.follow().facts:
            pass
        cache.clear()
        yield told
        transaction.set_rollback(True)
    _forget()


def sheet(kind: str, agency: str = "", breakdown: str = "agency") -> Sheet:
    return queries.sheet_of(
        services.wanted(
            form=kind, period="2025Q3", agency=agency, by=SYSTEM, at=timezone.now(),
            breakdown=breakdown,
        )
    )  # fmt: skip


def test_every_form_balances_and_tells_what_was_simulated(made: Simulated):
    by_agency, by_field = sheet("06b"), sheet("06b", breakdown="field")
    reasons, report = sheet("07b"), sheet("quarterly")

    for one in (by_agency, by_field, reasons, report, sheet("agencies"), sheet("evidence")):
        assert one.balances, (one.form, [check for check in one.checks if not check.holds])
    assert by_agency.total is not None
    assert by_field.total is not None
    assert reasons.total is not None
    assert by_agency.total.values == by_field.total.values
    assert reasons.value(reasons.total, "settled") == by_agency.value(by_agency.total, "late")
    assert by_agency.value(by_agency.total, "settled") == report.rows[2].values[0]


def test_each_agency_tells_in_its_own_form_what_the_aggregated_one_says(made: Simulated):
    lines = [row for row in sheet("06b").rows if row.opens[0] == "agency"]

    assert len(lines) > 5
    for row in lines[:25]:
        own = sheet("06a", agency=row.opens[1])
        assert own.balances
        assert own.total is not None
        assert own.total.values == row.values
