"""What a signature is worth: on documents really signed, and on what forgers make of them."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyhanko.sign import fields

from motcua.signing.verifying import documents, roots, words
from motcua.signing.verifying import report as reports
from motcua.signing.verifying.report import (
    Chain,
    Clock,
    Kind,
    Report,
    Revocation,
    Verdict,
    Whole,
)
from tests.signing import forgeries
from tests.signing.letters import decision
from tests.signing.pki import Pki

Look = Callable[..., Report]
TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def look(pki: Pki, tmp_path: Path) -> Look:
    """Return a function that verifies bytes; `asking` lets it ask the PKI's OCSP and CRL."""

    def verified(content: bytes, *, asking: bool = False, trusting: bool = True) -> Report:
        path = tmp_path / "giay.pdf"
        path.write_bytes(content)
        trusted = roots.trusted(str(pki.trust_folder) if trusting else "")
        terms = documents.Terms(trusted=trusted, now=datetime.now(UTC), may_ask=asking)
        return asyncio.run(documents.inspect(path, name="giay.pdf", terms=terms))

    return verified


def test_a_proven_signature_is_valid(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, is_proven=True))

    (one,) = report.signatures
    assert report.verdict is Verdict.VALID
    assert one.level == "B-LT"
    assert one.trust.revocation is Revocation.GOOD
    assert one.trust.revocation_source == "embedded"
    assert one.time.clock is Clock.STAMPED
    assert one.signer.name == "Nguyễn Hữu Lộc"
    assert one.signer.title == "Phó Chủ tịch"
    assert one.kind is Kind.PERSONAL


@pytest.mark.parametrize(
    ("how", "level"),
    [
        ({"stamper": None}, "B-B"),
        ({}, "B-T"),
        ({"is_proven": True}, "B-LT"),
        ({"is_proven": True, "is_archived": True}, "B-LTA"),
        ({"subfilter": fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED}, ""),
    ],
)
def test_the_level_is_told(pki: Pki, look: Look, how: dict[str, object], level: str) -> None:
    report = look(forgeries.sign(pki, **how), asking=True)

    assert report.signers[0].level == level
    assert report.verdict is Verdict.VALID


def test_without_an_answer_revocation_is_not_known(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki))

    assert report.verdict is Verdict.UNCERTAIN
    assert report.signatures[0].trust.revocation is Revocation.UNKNOWN
    assert "Chưa biết" in " ".join(line.text for line in words.findings(report.signatures[0]))


def test_an_unknown_root_is_said_and_not_called_valid(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, "stranger", stamper=None), asking=True)

    assert report.verdict is Verdict.UNCERTAIN
    assert report.signatures[0].trust.chain is Chain.UNKNOWN_ROOT
    assert "không biết ai cấp" in words.headline(report)


def test_nobody_is_trusted_where_no_folder_is_set(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, is_proven=True), trusting=False)

    assert report.verdict is Verdict.UNCERTAIN
    assert report.signatures[0].time.clock is Clock.DOUBTFUL


def test_person_then_agency_are_both_valid(pki: Pki, look: Look) -> None:
    first = forgeries.sign(pki, is_proven=True)
    both = forgeries.sign(pki, "committee", content=first, field="KySo2", is_proven=True)

    report = look(both)

    assert report.verdict is Verdict.VALID
    assert [one.kind for one in report.signatures] == [Kind.PERSONAL, Kind.AGENCY]
    assert report.signatures[0].integrity.state is Whole.ADDED


def test_a_copy_is_told_by_its_reason(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, "committee", reason="Sao y bản chính"), asking=True)

    assert report.signatures[0].kind is Kind.COPY


FORGED: list[tuple[str, Callable[[Pki], bytes], Whole]] = [
    ("flipped", lambda p: forgeries.with_a_flipped_byte(forgeries.sign(p)), Whole.BROKEN),
    ("new words", lambda p: forgeries.with_new_words(forgeries.sign(p)), Whole.CHANGED),
    ("note", lambda p: forgeries.with_a_note(forgeries.sign(p)), Whole.CHANGED),
    ("hole", lambda p: forgeries.with_a_hole(forgeries.sign(p)), Whole.UNCLEAR),
    ("tail", lambda p: forgeries.sign(p) + b"\n% them\n", Whole.UNCLEAR),
]


@pytest.mark.parametrize(("forge", "state"), [f[1:] for f in FORGED], ids=[f[0] for f in FORGED])
def test_a_forged_document_is_found_out(
    pki: Pki, look: Look, forge: Callable[[Pki], bytes], state: Whole
) -> None:
    report = look(forge(pki), asking=True)

    assert report.verdict is Verdict.INVALID
    assert report.signatures[0].integrity.state is state


def test_an_earlier_signature_counts_for_nothing_when_a_later_hand_changed_the_words(
    pki: Pki, look: Look
) -> None:
    changed = forgeries.with_new_words(forgeries.sign(pki))

    report = look(forgeries.sign(pki, "stranger", content=changed, field="KySo2"), asking=True)

    assert report.verdict is Verdict.INVALID
    assert report.signatures[0].integrity.state is Whole.CHANGED


def test_a_signature_taken_away_leaves_traces(pki: Pki, look: Look) -> None:
    report = look(forgeries.without_its_signature(forgeries.sign(pki)))

    assert report.verdict is Verdict.INVALID
    assert report.removed_signatures == 1
    assert "bị gỡ" in words.headline(report)


def test_another_certificate_than_the_one_that_signed_is_found_out(pki: Pki, look: Look) -> None:
    report = look(forgeries.with_another_certificate(pki, forgeries.sign(pki)), asking=True)

    assert report.verdict is Verdict.INVALID
    assert report.signatures[0].fault == "certificate_swapped"


def test_the_timestamp_of_another_signature_is_not_believed(pki: Pki, look: Look) -> None:
    old = forgeries.sign(pki, stamper=forgeries.authority(pki, forgeries.LONG_AGO))

    report = look(forgeries.with_the_stamp_of(forgeries.sign(pki), old), asking=True)

    assert report.signatures[0].time.clock is Clock.DOUBTFUL
    assert report.verdict is Verdict.UNCERTAIN


def test_signed_after_revocation_is_invalid(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, "revoked"), asking=True)

    assert report.verdict is Verdict.INVALID
    assert report.signatures[0].trust.revocation is Revocation.REVOKED


def test_signed_before_revocation_stays_valid_when_the_time_is_proven(
    pki: Pki, look: Look
) -> None:
    stamper = forgeries.authority(pki, forgeries.BEFORE_REVOCATION)

    report = look(forgeries.sign(pki, "revoked", stamper=stamper), asking=True)

    assert report.signatures[0].trust.revocation is Revocation.LATER
    assert report.verdict is Verdict.VALID


def test_a_claimed_time_before_revocation_proves_nothing(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, "revoked", stamper=None), asking=True)

    assert report.signatures[0].trust.revocation is Revocation.REVOKED
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("at", "chain", "verdict"),
    [
        (forgeries.LONG_AGO, Chain.TRUSTED, Verdict.VALID),
        (forgeries.BEFORE_REVOCATION, Chain.EXPIRED, Verdict.INVALID),
        (None, Chain.EXPIRED, Verdict.UNCERTAIN),
    ],
)
def test_an_expired_certificate_counts_only_for_its_time(
    pki: Pki, look: Look, at: datetime | None, chain: Chain, verdict: Verdict
) -> None:
    stamper = forgeries.authority(pki, at) if at else None

    report = look(forgeries.sign(pki, "expired", stamper=stamper), asking=True)

    assert report.signatures[0].trust.chain is chain
    assert report.verdict is verdict


def test_sha1_is_refused(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, digest="sha1"), asking=True)

    assert report.signatures[0].algorithm.is_weak
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("label", ["tsa", "ocsp"])
def test_a_certificate_for_something_else_signs_no_document(
    pki: Pki, look: Look, label: str
) -> None:
    report = look(forgeries.sign(pki, label), asking=True)

    assert report.signatures[0].trust.chain is Chain.WRONG_USE
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("content", "verdict", "fault"),
    [
        (decision, Verdict.UNSIGNED, ""),
        (lambda: b"", Verdict.UNREADABLE, "empty"),
        (lambda: b"PK\x03\x04zip", Verdict.UNREADABLE, "not_a_pdf"),
        (lambda: b"%PDF-1.7 nothing", Verdict.UNREADABLE, "damaged"),
        (lambda: decision()[:2000], Verdict.UNREADABLE, "damaged"),
        (lambda: forgeries.locked(decision()), Verdict.UNREADABLE, "encrypted"),
        (lambda: forgeries.pages(2000), Verdict.UNREADABLE, "too_many_pages"),
        (lambda: b"%PDF-" + bytes(21 * 1024 * 1024), Verdict.UNREADABLE, "too_large"),
        (lambda: b"\xff\xd8\xff", Verdict.UNSIGNED, "image"),
    ],
)
def test_what_is_not_signed_or_not_readable_is_said(
    look: Look, content: Callable[[], bytes], verdict: Verdict, fault: str
) -> None:
    report = look(content())

    assert (report.verdict, report.fault) == (verdict, fault)
    assert words.headline(report)
    assert words.advice(report)


def test_a_report_comes_back_from_its_document(pki: Pki, look: Look) -> None:
    report = look(forgeries.sign(pki, is_proven=True, is_archived=True))

    assert reports.read(reports.as_document(report)) == report


PDFSIG = shutil.which("pdfsig")
CROSSED = [
    ("signed", forgeries.sign),
    ("proven", lambda p: forgeries.sign(p, is_proven=True)),
    ("elliptic", lambda p: forgeries.sign(p, "elliptic")),
    *((name, forge) for name, forge, _state in FORGED if name not in {"hole", "tail"}),
    ("swapped", lambda p: forgeries.with_another_certificate(p, forgeries.sign(p))),
]


@pytest.mark.skipif(PDFSIG is None, reason="poppler-utils (pdfsig) is not installed")
@pytest.mark.parametrize("make", [one[1] for one in CROSSED], ids=[one[0] for one in CROSSED])
def test_pdfsig_agrees_about_integrity(
    pki: Pki, look: Look, tmp_path: Path, make: Callable[[Pki], bytes]
) -> None:
    content = make(pki)
    (tmp_path / "crossed.pdf").write_bytes(content)

    told = subprocess.run(
        [str(PDFSIG), "-nocert", str(tmp_path / "crossed.pdf")],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    (one,) = look(content).signatures

    is_sound = not one.fault and one.integrity.state is not Whole.BROKEN
    assert is_sound == ("Signature is Valid" in told)
    is_all = one.integrity.covers == "file" and not one.fault
    assert is_all == bool(re.search(r"- Total document signed", told)) or not is_sound
