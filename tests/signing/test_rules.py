"""Who signs what: the decree's own sentences as tables."""

from datetime import datetime, timedelta, timezone

import pytest

from motcua.signing import rules
from motcua.signing.rules import Fault, Made, Paper
from tests.factories.world import MONDAY_8AM

HERE, THERE = frozenset({1}), 2
SCAN = Made("personal", account_id=10, role="receptionist", agency_id=1)
HEAD = Made("personal", account_id=20, role="head", agency_id=1)
SEAL = Made("agency", account_id=30, role="clerk", agency_id=1)
COPY = Made("copy", account_id=30, role="clerk", agency_id=1)


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ([SCAN], Fault.NONE),
        ([], Fault.MISSING_PERSONAL),
        ([Made("personal", account_id=11, role="receptionist", agency_id=1)], Fault.WRONG_SIGNER),
        ([COPY], Fault.MISSING_PERSONAL),
    ],
)
def test_r26_a_scan_carries_the_signature_of_who_scanned_it(made, fault):
    want = rules.expected(Paper.SCAN, done_by=10)

    assert rules.fault(want, made, agency_ids=frozenset()) is fault


@pytest.mark.parametrize("paper", [Paper.EARLIER_RESULT, Paper.LISTED])
@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ([SCAN, COPY], Fault.NONE),
        ([SCAN], Fault.MISSING_AGENCY),
        ([COPY], Fault.MISSING_PERSONAL),
        ([SCAN, SEAL], Fault.MISSING_AGENCY),
        ([SCAN, Made("copy", account_id=30, agency_id=THERE)], Fault.WRONG_SIGNER),
    ],
)
def test_r12_an_earlier_result_or_listed_paper_is_the_agencys_copy(paper, made, fault):
    want = rules.expected(paper, done_by=10)

    assert rules.fault(want, made, agency_ids=HERE) is fault


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ([HEAD, SEAL], Fault.NONE),
        ([HEAD], Fault.MISSING_AGENCY),
        ([SEAL], Fault.MISSING_PERSONAL),
        ([SEAL, HEAD], Fault.WRONG_ORDER),
        ([SCAN, SEAL], Fault.WRONG_SIGNER),
        ([Made("personal", 20, "head", THERE), SEAL], Fault.WRONG_SIGNER),
        ([HEAD, Made("agency", 30, "clerk", THERE)], Fault.WRONG_SIGNER),
    ],
)
def test_r19_a_result_is_signed_by_the_competent_person_then_sealed(made, fault):
    want = rules.expected(Paper.RESULT)

    assert rules.fault(want, made, agency_ids=HERE) is fault


def test_other_papers_need_no_signature():
    assert rules.fault(rules.expected(Paper.OTHER), [], agency_ids=HERE) is Fault.NONE


@pytest.mark.parametrize(
    ("made", "may"),
    [([HEAD], True), ([SCAN], False), ([], False), ([SEAL], False),
     ([Made("personal", 20, "head", THERE)], False)],
)  # fmt: skip
def test_r19_the_seal_follows_the_competent_person(made, may):
    assert rules.is_signed_by_competent(made, agency_id=1) is may


@pytest.mark.parametrize(
    ("made", "makers", "may"),
    [([], HERE, True), ([SCAN], frozenset(), True), ([], frozenset({THERE}), False),
     ([Made("personal", 10, "receptionist", THERE)], frozenset(), False)],
)  # fmt: skip
def test_r12_only_copies_made_here_are_sealed(made, makers, may):
    assert rules.is_made_here(made, agency_id=1, maker_agencies=makers) is may


@pytest.mark.parametrize(
    ("minutes_ago", "rests"),
    [((), None), ((1, 2), None), ((1, 2, 3), 57), ((1, 2, 70), None), ((1, 2, 3, 4), 57)],
)
def test_pins_rest_for_an_hour_after_three_wrong_ones(minutes_ago, rests):
    wrong = [MONDAY_8AM - timedelta(minutes=minutes) for minutes in minutes_ago]

    until = rules.pin_rests_until(wrong=wrong, at=MONDAY_8AM)

    assert until == (MONDAY_8AM + timedelta(minutes=rests) if rests else None)


def test_the_moment_of_signing_is_printed_to_the_second_with_its_zone():
    at = datetime(2026, 11, 9, 8, 5, 7, tzinfo=timezone(timedelta(hours=7)))

    assert rules.moment_of_signing(at) == "09/11/2026 08:05:07 +07:00"
