"""The result document from draft to issued: both signatures whole, or the dossier as it was."""

import io
import subprocess
from pathlib import Path

import pypdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, NumberCounter, Result, ResultDraft
from motcua.dossiers.queries import results, results_register
from motcua.ledger import queries as ledger
from motcua.signing import queries as signing_queries
from motcua.signing import services as signing
from motcua.signing.queries import completeness
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing.conftest import keys, pki, trusted  # noqa: F401  (fixtures)
from tests.signing.pki import PIN

WHY = "Ghi sai ngày sinh của người được xác nhận"


def content(file: File) -> bytes:
    with documents.open_file(file) as stream:
        return stream.read()


def text_of(file: File) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content(file))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def pdfsig(file: File, folder: Path) -> str:
    path = folder / "result.pdf"
    path.write_bytes(content(file))
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True)
    return done.stdout


def looked_at(file: File) -> list[DiffResult]:
    """Return what stands in the document after each signature, as a strict reader sees it."""
    found = []
    for signature in PdfFileReader(io.BytesIO(content(file))).embedded_regular_signatures:
        signature.compute_integrity_info()
        found.append(signature.diff_result or DiffResult(ModificationLevel.NONE, set()))
    return found


def decided(world: World) -> Dossier:
    row = worlds.appraised(world)
    return dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM, pin=PIN)


def issued(world: World) -> Result:
    row = decided(world)
    return dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM, pin=PIN)


def test_r19_the_result_bears_both_signatures_and_its_number(keys, trusted, tmp_path):  # noqa: F811
    result = issued(keys)

    assert (result.number, result.signed) == ("01/2026/TB-H32.66", "full")
    said = pdfsig(result.file, tmp_path)
    assert said.count("Signature is Valid") == 2
    assert "Total document signed" in said
    assert [look.modification_level.name for look in looked_at(result.file)] == [
        "FORM_FILLING", "NONE"
    ]  # fmt: skip
    reader = pypdf.PdfReader(io.BytesIO(content(result.file)))
    fields = reader.get_fields()
    assert fields["motcua_number"].value == "01/2026/TB-H32.66"
    assert fields["motcua_date"].value == "ngày 09 tháng 11 năm 2026"
    assert ledger.verify_stream(result.dossier.stream, last=result.dossier.revision).is_whole


def test_signed_is_not_issued(keys):  # noqa: F811
    row = decided(keys)

    draft = results.draft_of_result(row)
    assert draft is not None
    assert draft.is_signed
    assert not Result.objects.exists()
    assert not NumberCounter.objects.filter(kind="TB").exists()
    assert "Nguyễn Hữu Lộc" in text_of(draft.file)
    assert queries.result_status(code=row.code).state == "unknown"


def test_a_wrong_pin_leaves_the_dossier_as_it_was(keys):  # noqa: F811
    row = worlds.appraised(keys)
    before = (row.revision, row.state, row.step_key)

    with pytest.raises(signing.WrongPin):
        dossiers.approve(code=row.code, by=keys["head"], at=MONDAY_8AM, pin="000000")

    row.refresh_from_db()
    assert (row.revision, row.state, row.step_key) == before
    assert not ResultDraft.objects.exists()
    assert queries.my_turn(keys["head"]).filter(pk=row.pk).exists()


def test_a_missing_token_leaves_the_work_waiting(keys, tmp_path):  # noqa: F811
    row = decided(keys)
    (tmp_path / "committee.p12").unlink()

    with pytest.raises(signing.TokenMissing):
        dossiers.issue(code=row.code, by=keys["clerk"], at=MONDAY_8AM, pin=PIN)

    row.refresh_from_db()
    assert (row.step_key, row.ended_at) == ("issue", None)
    assert queries.my_turn(keys["clerk"]).filter(pk=row.pk).exists()


def test_nobody_signs_what_their_agency_cannot_stamp(keys):  # noqa: F811
    row = worlds.appraised(keys)
    agency = keys.agencies["committee"].pk
    signing.disable_key(
        key=signing_queries.key_of_agency(agency), reason=WHY, by=keys["head"], at=MONDAY_8AM
    )

    with pytest.raises(signing.NoKey):
        dossiers.approve(code=row.code, by=keys["head"], at=MONDAY_8AM, pin=PIN)

    row.refresh_from_db()
    assert not row.is_decided


def test_a_failing_timestamp_gives_no_number(keys, trusted, pki, settings):  # noqa: F811
    row = decided(keys)
    settings.MOTCUA_TSA = "http://127.0.0.1:9/none"
    from motcua.signing.pades import trust

    trust.configured.cache_clear()

    with pytest.raises(signing.NoTimestamp):
        dossiers.issue(code=row.code, by=keys["clerk"], at=MONDAY_8AM, pin=PIN)

    row.refresh_from_db()
    assert row.step_key == "issue"
    assert not NumberCounter.objects.filter(kind="TB").exists()
    assert queries.my_turn(keys["clerk"]).filter(pk=row.pk).exists()


def test_r19_what_was_signed_digitally_is_not_issued_without_the_agencys_signature(keys):  # noqa: F811
    row = decided(keys)

    with pytest.raises(dossiers.PinMissing):
        dossiers.issue(code=row.code, by=keys["clerk"], at=MONDAY_8AM)

    row.refresh_from_db()
    assert row.ended_at is None


def test_without_a_key_the_paper_is_for_ink(world: World):
    row = worlds.issued(world)

    result = row.results.get()
    assert (result.signed, result.file) == ("not", None)
    text = pypdf.PdfReader(io.BytesIO(results.issued_paper(result))).pages[0].extract_text()
    assert result.number in text


def test_many_with_one_pin_each_by_itself(keys):  # noqa: F811
    rows = [worlds.appraised(keys) for _ in range(3)]
    codes = [row.code for row in rows] + ["H32.66-20261109-9999999"]

    signed = dossiers.approve_many(codes=codes, by=keys["head"], at=MONDAY_8AM, pin=PIN)
    stamped = dossiers.issue_many(codes=codes, by=keys["clerk"], at=MONDAY_8AM, pin=PIN)

    assert [item.is_done for item in signed] == [True, True, True, False]
    assert [item.is_done for item in stamped] == [True, True, True, False]
    assert set(Result.objects.values_list("signed", flat=True)) == {"full"}
    agency = keys.agencies["committee"].pk
    assert results_register.number_run(agency_id=agency, symbol="TB", year=2026).is_gapless


def test_a_wrong_pin_stops_the_batch_before_it_begins(keys):  # noqa: F811
    row = worlds.appraised(keys)

    with pytest.raises(signing.WrongPin):
        dossiers.approve_many(codes=[row.code], by=keys["head"], at=MONDAY_8AM, pin="000000")

    row.refresh_from_db()
    assert not row.is_decided


def test_a_decision_taken_back_forgets_its_signature(keys):  # noqa: F811
    row = decided(keys)

    dossiers.send_back(code=row.code, reason=WHY, by=keys["clerk"], at=MONDAY_8AM)

    draft = results.draft_of_result(row)
    assert draft is not None
    assert not draft.is_signed


def test_r22_a_correction_is_a_new_document_that_its_clerk_stamps(keys, tmp_path):  # noqa: F811
    wrong = issued(keys)
    code = wrong.dossier.code
    dossiers.correct_result(code=code, reason=WHY, by=keys["head"], at=MONDAY_8AM)

    right = dossiers.issue_correction(
        code=code,
        text=WHY,
        filled={"birth_date": "02/03/1990"},
        by=keys["head"],
        at=MONDAY_8AM,
        pin=PIN,
    )
    assert right.dossier.delivery == "none"
    stamped = dossiers.stamp_result(code=code, pin=PIN, by=keys["clerk"], at=MONDAY_8AM)

    assert pdfsig(stamped.file, tmp_path).count("Signature is Valid") == 2
    assert "02/03/1990" in text_of(stamped.file)
    assert queries.result_status(sha256=wrong.file.sha256).state == "replaced"
    assert queries.result_status(sha256=wrong.file.sha256).replaced_by == stamped.number
    assert queries.result_status(code=code).number == stamped.number


def test_a_revoked_result_is_told_to_whoever_asks(keys):  # noqa: F811
    result = issued(keys)
    code = result.dossier.code

    dossiers.revoke_result(
        code=code, reason=WHY, law="30/2020/NĐ-CP Điều 18", by=keys["head"], at=MONDAY_8AM
    )

    told = queries.result_status(sha256=result.file.sha256)
    assert (told.state, told.revoked_law) == ("revoked", "30/2020/NĐ-CP Điều 18")
    row = Dossier.objects.get(code=code)
    assert (row.state, row.delivery) == ("stopped", "none")
    with pytest.raises(dossiers.WrongState):
        dossiers.revoke_result(
            code=code, reason=WHY, law="30/2020/NĐ-CP Điều 18", by=keys["head"], at=MONDAY_8AM
        )


def test_only_a_head_revokes(world: World):
    row = worlds.issued(world)
    for who in ("clerk", "appraiser", "receptionist"):
        with pytest.raises((dossiers.NotAllowed, dossiers.NotFound)):
            dossiers.revoke_result(
                code=row.code, reason=WHY, law="Điều 18", by=world[who], at=MONDAY_8AM
            )


@pytest.mark.django_db
def test_r19_a_result_on_paper_only_counts_as_not_signed(world: World):
    worlds.issued(world)

    found = completeness.of_month("2026-11")
    line = next(one for one in found.lines if one.paper == "result")
    assert (line.expected, line.right) == (1, 0)
    assert [one.case_id for one in found.faulty] == [Dossier.objects.get().pk]
