"""Trial keys, and the command that signs one file."""

import json
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.config.cli import main
from motcua.directory.actor import SYSTEM
from motcua.signing import queries
from motcua.signing import services as signing
from motcua.signing.pades import trust
from motcua.signing.services import trial
from tests.signing import letters
from tests.signing.pki import PIN


@pytest.fixture
def equipped(world, settings, tmp_path):
    settings.MOTCUA_KEYS = tmp_path / "keys"
    made = trial.equip(by=SYSTEM, at=datetime.now(UTC))
    yield made
    trust.configured.cache_clear()


def test_demo_officers_and_their_agencies_get_keys(world, equipped):
    assert equipped.officers >= 10
    assert queries.key_of(world["head"]).is_trial
    assert queries.key_of_agency(world.agencies["committee"].pk) is not None
    assert trial.equip(by=SYSTEM, at=datetime.now(UTC)).officers == 0


def test_trial_keys_are_their_owners_alone(world, equipped):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in equipped.folder.iterdir()}

    assert modes == {0o600}


def test_trial_keys_sign_with_a_timestamp(world, equipped, decision, tmp_path):
    signed = signing.sign(
        file=decision,
        kind="personal",
        by=world["head"],
        agency_id=world.agencies["committee"].pk,
        pin=equipped.pin,
        at=datetime.now(UTC),
    )

    assert signed.signature.level == "B-T"
    assert "THỬ NGHIỆM" in signed.signature.key.subject


def test_one_file_is_signed_by_command(pki, trusted, tmp_path, monkeypatch, capsys):
    (tmp_path / "in.pdf").write_bytes(letters.decision())
    (tmp_path / "key.p12").write_bytes(pki.pkcs12("head"))
    monkeypatch.setenv("MOTCUA_PIN", PIN)
    out = tmp_path / "out.pdf"

    code = main(["sign", str(tmp_path / "in.pdf"), "--key", str(tmp_path / "key.p12"),
                 "-o", str(out), "--json", "--quiet"])  # fmt: skip

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (told["signer"], told["level"]) == ("Nguyễn Hữu Lộc", "B-LT")
    said = subprocess.run(["pdfsig", "-nocert", out], capture_output=True, text=True, check=True)
    assert "Signature is Valid" in said.stdout


def test_a_wrong_pin_leaves_no_file(pki, trusted, tmp_path, monkeypatch, capsys):
    (tmp_path / "in.pdf").write_bytes(letters.decision())
    (tmp_path / "key.p12").write_bytes(pki.pkcs12("head"))
    monkeypatch.setenv("MOTCUA_PIN", "000000")

    code = main(["sign", str(tmp_path / "in.pdf"), "--key", str(tmp_path / "key.p12"), "--json",
                 "--quiet", "-o", str(tmp_path / "out.pdf")])  # fmt: skip

    assert code == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "WrongPin"
    assert sorted(path.name for path in Path(tmp_path).iterdir()) == ["in.pdf", "key.p12"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused(pki, trusted, tmp_path, monkeypatch, capsys, content):
    (tmp_path / "in.pdf").write_bytes(content)
    (tmp_path / "key.p12").write_bytes(pki.pkcs12("head"))
    monkeypatch.setenv("MOTCUA_PIN", PIN)

    code = main(["sign", str(tmp_path / "in.pdf"), "--key", str(tmp_path / "key.p12"), "--json",
                 "--quiet", "-o", str(tmp_path / "out.pdf")])  # fmt: skip

    assert code == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] in {"NotAPdf", "CannotBeSigned"}


@pytest.mark.parametrize("key", ["pkcs11:token=A;id=1", "pkcs11:token", "pkcs11:token=A;id=xyz"])
def test_a_token_written_wrongly_is_told_in_words(tmp_path, monkeypatch, capsys, key):
    monkeypatch.setenv("MOTCUA_PIN", "1")

    assert main(["sign", str(tmp_path / "in.pdf"), "--key", key, "--json", "--quiet"]) == 1
    assert "Hãy ghi khóa dạng" in capsys.readouterr().out


def test_a_paper_or_folder_that_is_not_there_is_told_in_words(
    pki, trusted, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("MOTCUA_PIN", PIN)
    (tmp_path / "key.p12").write_bytes(pki.pkcs12("head"))
    words = [
        "sign",
        str(tmp_path / "in.pdf"),
        "--key",
        str(tmp_path / "key.p12"),
        "--json",
        "--quiet",
    ]

    assert main(words) == 1
    assert "không có tệp" in capsys.readouterr().out
