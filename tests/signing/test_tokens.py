"""Keys on a token (SoftHSM2) and at a remote service: both sign, both fail in words."""

import base64
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from motcua.directory.actor import SYSTEM
from motcua.signing import bench, queries
from motcua.signing import services as signing
from motcua.signing.models import KeyRef, Signature
from motcua.signing.pades import trust
from tests.factories.world import MONDAY_8AM, World
from tests.signing.pki import PIN, Pki
from tests.signing.test_sign import pdfsig, personal

TOKEN, KEY_ID = "MotCuaTest", "0a"


@pytest.fixture(scope="session")
def driver(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a SoftHSM2 token with the head's key; the driver reads its place once per process."""
    try:
        library = bench.softhsm()
    except bench.NoSoftHsm:
        pytest.skip("SoftHSM2 chưa được cài (gói softhsm2)")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    for label in ("head", "elliptic"):
        _import(pki, folder, label)
    return library


def _import(pki: Pki, folder: Path, label: str) -> None:
    pem = pki.key(label).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / f"{label}.pem").write_bytes(pem)
    token = f"{TOKEN}-{label}"
    for words in (
        ["--init-token", "--free", "--label", token, "--pin", PIN, "--so-pin", PIN],
        [
            *["--import", f"{folder / label}.pem", "--token", token, "--label", label],
            *["--id", KEY_ID, "--pin", PIN],
        ],
    ):
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


@pytest.fixture
def on_token(world: World, pki: Pki, driver: str, settings: Any, tmp_path: Path) -> World:
    """Give the head a key on the token; no trial authority beside it that another test made."""
    settings.MOTCUA_PKCS11, settings.MOTCUA_KEYS = driver, tmp_path
    trust.configured.cache_clear()
    _register(world, pki, "head")
    return world


def _register(world: World, pki: Pki, label: str) -> None:
    signing.add_key(
        port="pkcs11",
        place={"token": f"{TOKEN}-{label}", "id": KEY_ID},
        certificate=pki.pem(label),
        chain=pki.pem("intermediate"),
        by=SYSTEM,
        at=MONDAY_8AM,
        account_id=world.accounts["head"].pk,
    )


@pytest.mark.parametrize("label", ["head", "elliptic"])
def test_a_token_signs(on_token, pki, trusted, decision, tmp_path, label):
    _register(on_token, pki, label)

    signed = personal(on_token, decision)

    assert "Signature is Valid" in pdfsig(signed.file, tmp_path)


def test_a_token_stays_open_for_a_batch(on_token, decision):
    from tests.signing import letters
    from tests.signing.conftest import stored

    papers = [decision, *(stored(letters.decision()) for _ in range(3))]

    outcomes = signing.sign_many(
        items=[signing.Item(paper) for paper in papers],
        kind="personal",
        by=on_token["head"],
        agency_id=on_token.agencies["committee"].pk,
        pin=PIN,
        at=MONDAY_8AM,
    )

    assert [one.is_done for one in outcomes] == [True] * 4


def test_a_wrong_pin_is_tried_once(on_token, decision):
    with pytest.raises(signing.WrongPin):
        personal(on_token, decision, pin="000000")

    key = queries.key_of(on_token["head"])
    assert len(queries.wrong_pins(key.pk)) == 1
    assert personal(on_token, decision).signature.pk
    assert not queries.wrong_pins(key.pk)


def test_a_missing_token_is_said_in_words(on_token, decision):
    KeyRef.objects.update(place={"token": "khong-co", "id": KEY_ID})

    with pytest.raises(signing.TokenMissing, match="cắm thiết bị"):
        personal(on_token, decision)

    assert not Signature.objects.exists()


def test_no_driver_is_said_in_words(on_token, decision, settings):
    settings.MOTCUA_PKCS11 = "/nonexistent/driver.so"

    with pytest.raises(signing.TokenMissing):
        personal(on_token, decision)


@dataclass
class Service:
    """A little remote signing service that holds the head's key."""

    url: str
    fails: list[int] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    closed: int = 0


@pytest.fixture
def service(pki: Pki) -> Iterator[Service]:
    """Run the service on loopback."""
    key, state = pki.key("head"), Service("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if state.fails:
                self._answer(state.fails.pop(0), {})
            elif self.path == "/v1/keys/head/session":
                self._answer(200 if body["pin"] == PIN else 401, {"session": "s1"})
            elif self.path == "/v1/sign":
                digest = base64.b64decode(body["hash"])
                state.hashes.append(digest)
                made = key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
                self._answer(200, {"signature": base64.b64encode(made).decode()})
            else:
                state.closed += 1
                self._answer(204, None)

        def _answer(self, status: int, body: Any) -> None:
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def remote(world: World, pki: Pki, service: Service, settings: Any, tmp_path: Path) -> World:
    """Give the head a key at the service."""
    settings.MOTCUA_REMOTE_SIGNING, settings.MOTCUA_KEYS = service.url, tmp_path
    trust.configured.cache_clear()
    signing.add_key(
        port="remote",
        place={"key": "head"},
        certificate=pki.pem("head"),
        chain=pki.pem("intermediate"),
        by=SYSTEM,
        at=MONDAY_8AM,
        account_id=world.accounts["head"].pk,
    )
    return world


def test_a_remote_key_signs_a_hash(remote, service, trusted, decision, tmp_path):
    signed = personal(remote, decision)

    assert "Signature is Valid" in pdfsig(signed.file, tmp_path)
    assert [len(one) for one in service.hashes] == [32]
    assert service.closed == 1


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(401, signing.WrongPin), (423, signing.TokenLocked), (500, signing.TokenMissing)],
)
def test_a_remote_service_that_refuses_is_told(remote, service, decision, status, refusal):
    service.fails.append(status)

    with pytest.raises(refusal):
        personal(remote, decision)

    assert not Signature.objects.exists()


def test_a_remote_service_without_tls_is_not_spoken_to(remote, decision, settings):
    settings.MOTCUA_REMOTE_SIGNING = "http://signing.example/v1"

    with pytest.raises(signing.TokenMissing):
        personal(remote, decision)
