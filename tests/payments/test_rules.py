"""Arithmetic of fees, and until when money reaches the budget."""

from datetime import datetime

import pytest

from motcua.directory.actor import SYSTEM
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.services import calendars
from motcua.payments import queries, rules, services
from motcua.payments.rules import Line
from tests.factories.world import VN

AT = datetime(2026, 11, 9, 15, 0, tzinfo=VN)


@pytest.mark.django_db
def test_r24_money_reaches_the_budget_within_eight_working_hours() -> None:
    calendars.load_calendars(by=SYSTEM, at=AT)
    until = rules.remit_by(calendar_for("hanh-chinh"), AT)
    assert until == datetime(2026, 11, 10, 15, 0, tzinfo=VN)


def test_a_bill_adds_up() -> None:
    lines = [
        Line("a", "Lệ phí", "le_phi", 2000, 3),
        Line("b", "Phí", "phi", 5000, amount_vnd=7000),
    ]
    assert rules.total_vnd(lines) == 13000


@pytest.mark.django_db
def test_what_is_free_is_not_billed_and_what_was_cancelled_is_not_owed() -> None:
    lines = [Line("a", "Lệ phí", "le_phi", 20000), Line("b", "Miễn", "phi", 0)]
    assert services.bill(case_id=7, lines=lines, at=AT) == 20000
    assert queries.owed_vnd(7) == 20000
    services.cancel(case_id=7)
    assert queries.owed_vnd(7) == 0
    assert services.settle(case_id=7, method="cash", reference="", collected_by="", at=AT) == 0
