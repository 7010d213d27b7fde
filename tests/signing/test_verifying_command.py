"""`motcua verify`: a file, or the text of a QR with nothing but the public keys."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from motcua.config import prepare
from motcua.config.cli import main
from motcua.documents.papers import qr, qr_keys
from tests.factories.world import MONDAY_8AM, World
from tests.signing import forgeries
from tests.signing.letters import decision
from tests.signing.pki import Pki

PAPER = qr.Payload(
    dossier_code="H32.18-20261116-0000147",
    procedure_code="1.013992",
    owner_id="056161000103",
    paper="GIẤY TIẾP NHẬN HỒ SƠ",
    agency_code="H32.118",
    at=MONDAY_8AM,
)


@pytest.fixture
def verify(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command: verify(path, …) → exit code and the document it printed."""
    monkeypatch.setattr(prepare, "stand_up", lambda *_, **__: None)

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        code = main(["verify", *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_a_signed_file_is_told_in_words_and_as_data(
    keys: World, trusted: None, pki: Pki, tmp_path: Path, verify: Any
) -> None:
    path = tmp_path / "giay.pdf"
    path.write_bytes(forgeries.sign(pki, is_proven=True))

    code, document = verify(str(path))

    assert code == 0
    assert document["verdict"] == "valid"
    assert document["signatures"][0]["level"] == "B-LT"
    assert document["signatures"][0]["integrity"]["whole"] is True
    assert document["words"]["headline"]
    assert "Nguyễn Hữu Lộc" in document["words"]["signatures"][0]["signer"]


def test_an_unsigned_file_ends_with_one(db: None, tmp_path: Path, verify: Any) -> None:
    path = tmp_path / "giay.pdf"
    path.write_bytes(decision())

    assert verify(str(path))[0] == 1
    assert verify(str(tmp_path / "khong-co.pdf"))[0] == 1
    assert verify()[0] == 1


def test_a_qr_is_checked_with_the_public_key_file_only(tmp_path: Path) -> None:
    keys = tmp_path / "keys.pem"
    keys.write_text(qr_keys.ours().pem())
    text = qr.encode(PAPER)
    alone = {"PATH": os.environ["PATH"], "MOTCUA_VAR": str(tmp_path / "var")}
    alone["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/none"

    def run(said: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "motcua", "verify", "--qr", said, "--keys", str(keys)]
        return subprocess.run(
            [*words, "--json"], capture_output=True, text=True, check=False, env=alone
        )

    good = run(text)
    bad = run(text[:60] + ("A" if text[60] != "A" else "B") + text[61:])

    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)["genuine"] == "yes"
    assert json.loads(good.stdout)["owner_id"] == PAPER.owner_id
    assert bad.returncode == 1


def test_an_old_qr_is_said_to_prove_nothing(verify: Any) -> None:
    code, document = verify("--qr", "H32.18|1.01|0561|GIẤY|H32.118|2026-11-16T09:12:40+07:00")

    assert code == 1
    assert document["genuine"] == "unsigned"
    assert verify("--qr", "xin chào") == (1, {"genuine": "not_ours"})


def test_the_key_of_qrs_is_replaced_and_the_old_one_stays_good(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MOTCUA_QR_KEYS = tmp_path / "qr-keys"
    old = qr.encode(PAPER)

    code = main(["qr-key", "--replace", "--json"])
    document = json.loads(capsys.readouterr().out)

    assert code == 0
    assert len(document["keys"]) == 2
    assert qr.check(old).genuine is qr.Genuine.YES
    assert qr.check(qr.encode(PAPER)).key_id == document["signing"]


def test_a_file_that_is_not_there_is_no_fault_of_ours(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["verify", str(tmp_path / "khong-co.pdf")]) == 1

    said = capsys.readouterr().err
    assert "không có tệp" in said
    assert "ngoài dự tính" not in said
