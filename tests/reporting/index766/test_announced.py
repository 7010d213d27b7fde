"""1.2: announced decisions that stood in our catalogue within five working days, from facts."""

from datetime import date, datetime, timedelta

import pytest

from motcua.catalog import events
from motcua.catalog.models import Comparison
from motcua.directory.actor import SYSTEM
from motcua.directory.services.calendars import load_calendars
from motcua.kernel.facts import Fact
from motcua.ledger import services as ledger
from motcua.reporting.index766 import announced
from motcua.reporting.index766.rules import Measured
from tests.factories.world import MONDAY_8AM

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
DECEMBER = MONDAY_8AM + timedelta(days=40)


@pytest.fixture(autouse=True)
def _hours(db: None) -> None:
    """Working days are counted by the calendars of the house."""
    load_calendars(by=SYSTEM, at=MONDAY_8AM)


def note(fact: Fact, stream: str, at: datetime) -> None:
    ledger.record_alone(fact, stream=stream, at=at, actor="system", actor_name="")


def compared(*differences: int, name: str = "1/QĐ-UBND", against: str = "decision",
             at: datetime = MONDAY_8AM) -> None:  # fmt: skip
    run = Comparison.objects.create(against=against, name=name, digest="0" * 64, rows=9, at=at)
    for key in differences:
        found = events.DifferenceFound(
            difference_id=key, what="lacking", code="", here="", there="x"
        )
        note(found, f"difference:{key}", at)
    told = events.ListsCompared(
        comparison_id=run.pk, against=against, rows=9, found=len(differences), known=0, gone=0
    )
    note(told, "catalog", at)


def gone(key: int, days: float) -> None:
    fact = events.DifferenceGone(difference_id=key, comparison_id=0)
    note(fact, f"difference:{key}", MONDAY_8AM + timedelta(days=days))


def published(until: datetime = DECEMBER) -> Measured:
    return announced.published(FIRST, LAST, until=until)


def test_nothing_compared_is_nothing_to_count():
    compared(1, against="national")

    assert published() == Measured(0, 0, announced.NONE_DUE)


def test_in_line_from_the_first_is_in_time():
    compared()

    assert published() == Measured(1, 1)


@pytest.mark.parametrize(("days", "good"), [(4, 1), (7, 1), (8, 0), (None, 0)])
def test_every_difference_closed_within_five_working_days(days: int | None, good: int):
    compared(1, 2)
    gone(1, 1)
    if days is not None:
        gone(2, days)

    assert published() == Measured(good, 1)


def test_what_may_still_come_in_time_is_not_counted_yet():
    compared(1)

    assert published(MONDAY_8AM + timedelta(days=3)).denominator == 0


def test_what_was_opened_again_is_not_in_line():
    compared(1)
    gone(1, 1)
    again = events.DifferenceReopened(difference_id=1, here="", there="x")
    note(again, "difference:1", MONDAY_8AM + timedelta(days=2))

    assert published() == Measured(0, 1)


def test_the_same_decision_compared_again_is_one():
    compared(1)
    compared(2, name="1/qđ-ubnd ", at=MONDAY_8AM + timedelta(days=1))
    compared(at=MONDAY_8AM + timedelta(days=1, hours=1), name="2/QĐ-UBND")
    gone(1, 2)
    gone(2, 3)

    assert published() == Measured(2, 2)
