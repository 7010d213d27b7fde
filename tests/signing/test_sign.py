"""Signing a stored paper: what comes out, what is written down, who may not."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from certomancer.services import CertomancerServiceError
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.kernel.refused import Refused
from motcua.ledger.models import FactRow
from motcua.ledger.queries import facts_of
from motcua.signing import queries
from motcua.signing import services as signing
from motcua.signing.models import KeyRef, Signature
from tests.factories.world import MONDAY_8AM, World
from tests.signing.conftest import give_key
from tests.signing.pki import PIN


def personal(world: World, file: File, who: str = "head", pin: str = PIN) -> signing.SignedFile:
    """Sign as the committee's officer."""
    return signing.sign(
        file=file,
        kind="personal",
        by=world[who],
        agency_id=world.agencies["committee"].pk,
        pin=pin,
        at=MONDAY_8AM,
    )


def sealed(
    world: World, file: File, kind: str = "agency", who: str = "clerk"
) -> signing.SignedFile:
    """Seal in the committee's name."""
    return signing.sign(
        file=file,
        kind=kind,
        by=world[who],
        agency_id=world.agencies["committee"].pk,
        pin=PIN,
        at=MONDAY_8AM + timedelta(minutes=5),
    )


def pdfsig(file: File, folder: Path) -> str:
    """Return what poppler's pdfsig says of a stored file."""
    path = folder / "signed.pdf"
    with documents.open_file(file) as source:
        path.write_bytes(source.read())
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_personal_signature_then_the_seal_are_both_whole(keys, trusted, decision, tmp_path):
    first = personal(keys, decision)
    second = sealed(keys, first.file)

    said = pdfsig(second.file, tmp_path)
    assert said.count("Signature is Valid") == 2
    assert "Total document signed" in said
    assert [row.kind for row in queries.made_on(second.file.pk)] == ["personal", "agency"]
    assert second.signature.level == "B-LT"


def test_a_signature_is_written_down_whole(keys, trusted, decision):
    signed = personal(keys, decision)

    row = Signature.objects.get()
    assert (row.file_id, row.before_id, row.root_id) == (signed.file.pk, decision.pk, decision.pk)
    assert row.sha256_before == decision.sha256
    assert row.sha256_after == signed.file.sha256
    assert row.post == "Phó Chủ tịch, UBND phường Tây Nha Trang"
    assert row.key.serial == row.serial
    fact = facts_of(f"paper:{decision.pk}")[0]
    assert fact.kind == "signing.paper-signed"
    assert fact.body["sha256_after"] == signed.file.sha256


def test_the_signature_carries_a_timestamp_and_its_proof(keys, trusted, decision):
    signed = personal(keys, decision)

    with documents.open_file(signed.file) as source:
        reader = PdfFileReader(source)
        one = reader.embedded_signatures[0]
        assert one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        unsigned = {attribute["type"].native for attribute in one.signer_info["unsigned_attrs"]}
        assert "signature_time_stamp_token" in unsigned
        dss = reader.root["/DSS"]
        assert len(dss["/OCSPs"]) >= 1
        assert len(dss["/CRLs"]) >= 1
        assert len(dss["/Certs"]) >= 3


def test_the_clerk_seals_only_what_the_competent_person_signed(keys, decision):
    with pytest.raises(signing.NotSignedYet) as refusal:
        sealed(keys, decision)

    assert refusal.value.law == "30/2020/NĐ-CP Điều 32"
    assert not Signature.objects.exists()


def test_the_agencys_key_is_the_clerks(keys, decision):
    signed = personal(keys, decision)

    with pytest.raises(signing.NotTheKeeper):
        sealed(keys, signed.file, who="appraiser")


def test_a_copy_from_elsewhere_is_not_sealed(keys, decision):
    with pytest.raises(signing.NotMade):
        sealed(keys, decision, kind="copy")


def test_somebody_without_a_key_is_told_so(keys, decision):
    with pytest.raises(signing.NoKey):
        personal(keys, decision, who="appraiser")


def test_a_wrong_pin_changes_nothing(keys, decision):
    before = File.objects.count()

    with pytest.raises(signing.WrongPin):
        personal(keys, decision, pin="000000")

    assert File.objects.count() == before
    assert not Signature.objects.exists()


def test_pins_rest_after_three_wrong_ones(keys, decision):
    for _try in range(3):
        with pytest.raises(signing.WrongPin):
            personal(keys, decision, pin="000000")

    with pytest.raises(signing.PinAtRest):
        personal(keys, decision)


def test_a_paper_signed_on_is_not_signed_twice(keys, decision):
    personal(keys, decision)

    with pytest.raises(signing.CannotBeSigned):
        personal(keys, decision, who="chairman")


def test_no_timestamp_no_signature(keys, trusted, decision, settings):
    from motcua.signing.pades import trust

    settings.MOTCUA_TSA = "http://127.0.0.1:9/"
    trust.configured.cache_clear()

    with pytest.raises(signing.NoTimestamp):
        personal(keys, decision)

    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("label", "refusal"),
    [
        ("revoked", signing.CertificateRevoked),
        ("stranger", signing.CertificateUnproven),
        ("expired", signing.KeyOutOfTime),
    ],
)
def test_a_certificate_that_does_not_count_signs_nothing(
    keys, trusted, pki, decision, tmp_path, label, refusal
):
    give_key(pki, tmp_path, label, account_id=keys.accounts["head"].pk)

    with pytest.raises(refusal):
        personal(keys, decision)

    assert not Signature.objects.exists()


def test_without_revocation_answers_nothing_is_signed(keys, trusted, pki, decision, monkeypatch):
    monkeypatch.setattr(pki.arch.service_registry, "get_crl", _silent)
    monkeypatch.setattr(pki.arch.service_registry, "summon_responder", _silent)

    with pytest.raises(signing.CertificateUnproven):
        personal(keys, decision)


def test_the_named_keeper_seals_beside_the_clerk(keys, decision):
    signed = personal(keys, decision)
    key = queries.key_of_agency(keys.agencies["committee"].pk)
    account = keys.accounts["appraiser"].pk

    signing.name_keeper(key=key, account_id=account, by=keys["chairman"], at=MONDAY_8AM)

    assert sealed(keys, signed.file, who="appraiser").signature.kind == "agency"


def test_a_new_key_takes_the_place_of_the_old_one(keys, pki, tmp_path):
    old = queries.key_of(keys["head"])

    give_key(pki, tmp_path, "head", account_id=keys.accounts["head"].pk)

    assert queries.key_of(keys["head"]).pk != old.pk
    assert KeyRef.objects.get(pk=old.pk).is_enabled is False


def test_what_is_no_certificate_is_no_key(world):
    with pytest.raises(Refused):
        signing.add_key(
            port="pkcs12",
            place={"file": "x.p12"},
            certificate="-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n",
            by=world["admin"],
            at=MONDAY_8AM,
            account_id=world.accounts["head"].pk,
        )
    with pytest.raises(Refused):
        signing.add_key(
            port="fax", place={}, certificate="", by=world["admin"], at=MONDAY_8AM, agency_id=1
        )


def test_no_pin_and_no_private_key_is_ever_written_down(keys, decision, caplog):
    personal(keys, decision)

    said = [repr(row) for table in (KeyRef, Signature, FactRow) for row in table.objects.values()]
    assert not any(PIN in one or "PRIVATE" in one for one in [*said, caplog.text])


def _silent(*_args: object, **_words: object) -> None:
    raise CertomancerServiceError("không trả lời")
