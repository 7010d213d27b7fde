"""Why a dossier is overdue: each reason from the facts that name it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.forms import causes, overdue
from motcua.reporting.forms.causes import Known, reason_of
from motcua.reporting.forms.overdue import Late
from tests.factories.world import VN
from tests.reporting.forms.test_settlement import HEAD, unhurried

START = datetime(2026, 11, 9, 8, 0, tzinfo=VN)
RULES = causes.rules_on(date(2026, 11, 9))


class Around:
    """Hours that never close: what is tested is the way, not the calendar."""

    def working_minutes_between(self, first: datetime, last: datetime) -> int:
        return int((last - first).total_seconds() // 60)

    def add_working_days(self, day: date, count: int) -> date:
        return day + timedelta(days=count)


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def told(days: float, kind: str, **body: Any) -> Known:
    return Known(f"dossier.{kind}", at(days), body)


def reason(*facts: Known, until: float = 20) -> str:
    begun = told(0, "accepted", due_at=at(10).isoformat())
    return reason_of([begun, *facts], until=at(until), rules=RULES, hours=Around())


LATE_PAPERS = (told(8, "taken_over", is_late=True), told(8.1, "assigned", step="appraise"))
QUICK = (told(0.1, "assigned", step="appraise"), told(1, "step_done", next_step="approve"))


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ((told(1, "supplement_requested"), told(2, "supplement_answered"),
          told(3, "supplement_requested")), "repeated_supplement"),
        ((told(9, "supplement_requested"), told(12, "supplement_answered"),
          told(13, "step_done", next_step="approve")), "supplement_late"),
        ((*QUICK[:1], told(1, "opinion_asked", agency="Sở A", due_at=at(3).isoformat()),
          told(18, "opinion_given", agency="Sở A"), told(19, "step_done", next_step="approve")),
         "consultation"),
        ((*QUICK[:1], told(1, "opinion_asked", agency="Sở A", due_at=at(3).isoformat()),
          told(3, "opinion_silent", agency="Sở A")), "consultation"),
        ((*QUICK[:1], told(2, "payment_required", pauses_clock=False)), "finance"),
        (LATE_PAPERS, "papers"),
        ((told(9, "assigned", step="appraise"), told(12, "step_done", next_step="approve"),
          told(13, "approved")), "unassigned"),
        ((told(0.1, "assigned", step="appraise"), told(18, "step_done", next_step="approve"),
          told(19, "approved")), "appraisal"),
        (QUICK, "signature"),
        ((*QUICK, told(2, "approved")), "issuing"),
    ],
)  # fmt: skip
def test_each_reason_is_read_from_its_facts(facts: tuple[Known, ...], key: str):
    until = {"papers": 11, "supplement_late": 14}.get(key, 20)

    assert reason(*facts, until=until) == key


def test_waiting_for_the_person_is_nobodys_delay():
    paused = (told(0.1, "assigned", step="appraise"), told(1, "supplement_requested"),
              told(15, "supplement_answered"), told(16, "step_done", next_step="approve"))  # fmt: skip

    assert reason(*paused) == "signature"


def test_a_payment_that_stops_the_clock_is_not_counted():
    paused = (told(0.1, "assigned", step="appraise"),
              told(1, "payment_required", pauses_clock=True), told(15, "payment_confirmed"),
              told(16, "step_done", next_step="approve"))  # fmt: skip

    assert reason(*paused) == "signature"


def test_facts_after_the_period_say_nothing():
    assert reason(told(30, "step_done", next_step="approve"), until=20) == "appraisal"


def test_nothing_known_is_said_to_be_unknown():
    assert reason_of([], until=at(5), rules=RULES, hours=Around()) == "unknown"


_keys = [one.key for one in RULES.reasons]


@unhurried
@given(st.dictionaries(
    st.text(min_size=1, max_size=12),
    st.tuples(st.lists(st.sampled_from(_keys), max_size=9), st.integers(0, 9)),
    max_size=5,
))  # fmt: skip
def test_every_overdue_dossier_has_one_reason(found: dict[str, tuple[list[str], int]]):
    fields = {
        name: Late(min(split, len(keys)), len(keys) - min(split, len(keys)),
                   {key: keys.count(key) for key in keys})
        for name, (keys, split) in found.items()
    }  # fmt: skip
    late = sum(one.settled for one in fields.values())
    still = sum(one.still for one in fields.values())

    sheet = overdue.reasons_of_overdue(HEAD, fields, rules=RULES, added=("Mất điện (A)",))

    assert overdue.with_settlement(sheet, late, still).balances
    assert overdue.with_settlement(sheet, late + 1, still).balances is False
    assert sheet.notes == ("Giải trình thêm: Mất điện (A)",)


def test_a_dossier_without_a_reason_breaks_the_form():
    sheet = overdue.reasons_of_overdue(HEAD, {"x": Late(1, 0, {})}, rules=RULES)

    assert not sheet.balances
