""" "Ký số đúng, đủ": papers found, judged, counted, within reach of who asks."""

from datetime import timedelta

import pytest

from motcua.signing import services as signing
from motcua.signing.queries import completeness
from motcua.signing.queries.completeness import Due
from motcua.signing.rules import Fault, Paper
from tests.factories.world import MONDAY_8AM, World
from tests.signing import letters
from tests.signing.conftest import stored
from tests.signing.pki import PIN

SINCE, UNTIL = MONDAY_8AM - timedelta(days=1), MONDAY_8AM + timedelta(days=1)


def scan(world: World, case_id: int = 7):
    """Store what the receptionist scanned into a dossier."""
    by = world["receptionist"].key
    return stored(letters.decision(), source="scan", case_id=case_id, by_key=by)


def signed_by_receptionist(world: World, file):
    """Sign a scan as its law wants it."""
    return signing.sign(
        file=file,
        kind="personal",
        by=world["receptionist"],
        agency_id=world.agencies["centre"].pk,
        pin=PIN,
        at=MONDAY_8AM,
    )


def test_r26_scans_are_counted_signed_or_not(keys):
    signed_by_receptionist(keys, scan(keys))
    scan(keys, case_id=8)

    found = completeness.report(since=SINCE, until=UNTIL)

    assert [(line.expected, line.right, line.wrong) for line in found.lines] == [(2, 1, 1)]
    assert [one.fault for one in found.faulty] == [Fault.MISSING_PERSONAL]


def test_r26_somebody_elses_signature_is_a_wrong_signer(keys):
    paper = scan(keys)
    signing.sign(
        file=paper,
        kind="personal",
        by=keys["head"],
        agency_id=keys.agencies["committee"].pk,
        pin=PIN,
        at=MONDAY_8AM,
    )

    found = completeness.report(since=SINCE, until=UNTIL)

    assert [one.fault for one in found.faulty] == [Fault.WRONG_SIGNER]
    assert found.faulty[0].signers == ("Nguyễn Hữu Lộc (chữ ký số cá nhân)",)


def test_only_papers_of_the_asked_agencies_are_counted(keys):
    scan(keys)
    elsewhere = frozenset({keys.agencies["centre2"].pk})

    assert not completeness.report(since=SINCE, until=UNTIL, agency_ids=elsewhere).papers


def test_r19_other_modules_bring_their_papers(keys, monkeypatch):
    result = stored(letters.decision())
    due = Due(result.pk, Paper.RESULT, "12/QĐ-UBND", agency_ids=frozenset({1}))
    monkeypatch.setattr(completeness, "sources", [lambda _since, _until: [due]])

    found = completeness.report(since=SINCE, until=UNTIL)

    assert [(line.paper, line.expected, line.right) for line in found.lines] == [("result", 1, 0)]


@pytest.mark.parametrize("month", ["2026-13", "hai", ""])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ValueError, match=r"."):
        completeness.bounds(month)


def test_december_ends_in_january():
    since, until = completeness.bounds("2026-12")

    assert (since.month, until.year, until.month) == (12, 2027, 1)
