"""Our own results in somebody's hand: recognised by their bytes, told apart from altered copies."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from motcua.directory.actor import SYSTEM
from motcua.directory.models import Post
from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.documents.papers import results
from motcua.documents.scanning import pages_of
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Result
from motcua.dossiers.services.verifying import Verified, verify
from motcua.signing import services as signing
from motcua.signing.models import Signature, VerificationReport
from motcua.signing.pades import trust
from motcua.signing.queries.verification import kept_report
from motcua.signing.services import reporting, trial
from motcua.signing.verifying import words
from motcua.signing.verifying.report import Competence, Kind, Report, Verdict, Whole
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing import forgeries
from tests.signing.pki import PIN, Pki

WHY = "Ghi sai ngày sinh của người được xác nhận"


@pytest.fixture
def result(keys: World, trusted: None) -> Result:
    row = worlds.appraised(keys)
    dossiers.approve(code=row.code, by=keys["head"], at=MONDAY_8AM, pin=PIN)
    return dossiers.issue(code=row.code, by=keys["clerk"], at=MONDAY_8AM, pin=PIN)


def bytes_of(result: Result) -> bytes:
    with documents.open_file(result.file) as stream:
        return stream.read()


def looked(content: bytes, at: datetime | None = None) -> Report:
    return verify(source=content, name="kq.pdf", at=at or timezone.now()).report


def test_our_result_is_recognised_and_both_signatures_are_right(result: Result) -> None:
    report = looked(bytes_of(result))

    personal, agency = report.signatures
    assert report.verdict is Verdict.VALID
    assert report.ours is not None
    assert (report.ours.relation, report.ours.number) == ("same", result.number)
    assert (personal.kind, agency.kind) == (Kind.PERSONAL, Kind.AGENCY)
    assert (personal.competence, agency.competence) == (Competence.RIGHT, Competence.RIGHT)
    assert personal.integrity.state is Whole.FILLED
    assert personal.signer.is_recorded
    assert "Nguyễn Hữu Lộc" in words.signer_of(personal)
    assert words.signer_of(agency) == result.dossier.competent.name
    filled = " ".join(line.text for line in words.findings(personal))
    assert "số văn bản" in filled
    assert "motcua" not in filled


def test_a_photograph_of_our_paper_is_not_said_to_differ(result: Result, tmp_path: Path) -> None:
    paper = tmp_path / "giay.pdf"
    paper.write_bytes(bytes_of(result))
    (page,) = pages_of(paper, "application/pdf", dpi=200)
    picture = io.BytesIO()
    Image.fromarray(page).save(picture, "PNG")

    report = looked(picture.getvalue())

    assert report.qr_genuine == "yes"
    assert report.ours is not None
    assert report.ours.relation == "mentioned"
    assert "ảnh" in words.headline(report)


def test_the_post_told_is_the_one_held_when_signing(result: Result) -> None:
    before = words.signer_of(looked(bytes_of(result)).signatures[0])

    Post.objects.filter(account__name="Nguyễn Hữu Lộc").update(valid_to=MONDAY_8AM.date())

    assert words.signer_of(looked(bytes_of(result)).signatures[0]) == before


def test_a_key_of_ours_used_elsewhere_is_known_by_its_certificate(
    keys: World, pki: Pki, trusted: None
) -> None:
    (one,) = looked(forgeries.sign(pki, is_proven=True)).signatures

    assert one.signer.is_recorded
    assert one.signer.recorded_name == "Nguyễn Hữu Lộc"
    assert one.competence is Competence.NOT_OURS


def test_an_altered_copy_is_said_to_differ(result: Result) -> None:
    report = looked(forgeries.with_new_words(bytes_of(result)))

    assert report.verdict is Verdict.INVALID
    assert report.ours is None or report.ours.relation == "differs"


def test_another_number_filled_in_after_the_seal_is_found_out(result: Result) -> None:
    changed = results.numbered(bytes_of(result), number="99/2026/TB-H32.66", at=MONDAY_8AM)

    report = looked(changed)

    assert report.verdict is Verdict.INVALID
    assert [one.integrity.state for one in report.signatures] == [Whole.CHANGED, Whole.CHANGED]


def test_a_copy_signed_by_somebody_else_is_said_to_differ(result: Result, pki: Pki) -> None:
    stranger = forgeries.sign(pki, "stranger", content=bytes_of(result), field="La")

    report = looked(stranger)

    assert report.verdict is Verdict.INVALID
    assert report.ours is not None
    assert report.ours.relation == "differs"
    assert report.signatures[-1].competence is Competence.WRONG
    assert any("KHÁC" in line for line in words.about_ours(report))


def test_a_copy_without_its_signatures_is_said_to_differ(result: Result) -> None:
    first = Signature.objects.order_by("pk").first()
    assert first is not None
    with documents.open_file(first.before) as stream:
        unsigned = stream.read()

    report = looked(unsigned)

    assert report.verdict is Verdict.UNSIGNED
    assert report.ours is not None
    assert report.ours.relation != "same"


def test_a_revoked_result_is_recognised_and_said_to_be_revoked(
    result: Result, keys: World
) -> None:
    dossiers.revoke_result(
        code=result.dossier.code,
        reason=WHY,
        law="Luật Hộ tịch 60/2014/QH13 Điều 27",
        by=keys["head"],
        at=MONDAY_8AM + timedelta(days=1),
    )

    report = looked(bytes_of(result))

    assert report.ours is not None
    assert report.ours.standing == "revoked"
    assert not report.is_to_be_believed
    assert words.tone(report) == "danger"
    assert "THU HỒI" in words.headline(report)
    assert any("THU HỒI" in line for line in words.about_ours(report))


def test_a_report_is_kept_with_our_file_and_nobody_elses_is(
    result: Result, keys: World, pki: Pki
) -> None:
    at = timezone.now()
    own: Verified = verify(source=bytes_of(result), name="kq.pdf", by=keys["head"], at=at)
    strange = verify(source=forgeries.sign(pki), name="la.pdf", by=keys["head"], at=at)

    assert kept_report(own.key) == own.report
    assert VerificationReport.objects.get(key=own.key).file_id == result.file_id
    assert VerificationReport.objects.get(key=strange.key).file_id is None
    assert reporting.forget(at=at + timedelta(days=91)) == 1
    assert kept_report(own.key) is not None


def test_a_trial_signature_holds_and_says_that_it_is_worth_nothing(
    world: World, decision: File, settings: Any, tmp_path: Path
) -> None:
    settings.MOTCUA_KEYS = tmp_path / "keys"
    made = trial.equip(by=SYSTEM, at=timezone.now())
    signed = signing.sign(
        file=decision,
        kind="personal",
        by=world["head"],
        agency_id=world.agencies["committee"].pk,
        pin=made.pin,
        at=timezone.now(),
    )
    with documents.open_file(signed.file) as stream:
        report = looked(stream.read())
    trust.configured.cache_clear()

    assert report.verdict is Verdict.VALID
    assert report.is_trial
    assert words.tone(report) == "turn"
    assert "THỬ NGHIỆM" in words.headline(report)
