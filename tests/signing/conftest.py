"""The test PKI, once for all tests of signing, and the small province with keys in its hands."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.directory.actor import SYSTEM
from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.signing import services as signing
from motcua.signing.pades import trust
from tests.factories import world as province
from tests.factories.world import MONDAY_8AM, World
from tests.signing import letters
from tests.signing import pki as services
from tests.signing.pki import Pki


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    """Run certificates, timestamps, OCSP and CRL on loopback for the session."""
    folder: Path = tmp_path_factory.mktemp("pki")
    with services.running(folder) as running:
        yield running


@pytest.fixture
def world(db: None) -> World:
    """Make the small province."""
    return province.build()


@pytest.fixture
def trusted(pki: Pki, settings: Any) -> Iterator[None]:
    """Sign with timestamps, and with proof of validity inside (B-LT)."""
    settings.MOTCUA_TSA, settings.MOTCUA_TRUST = pki.tsa_url, str(pki.trust_folder)
    trust.configured.cache_clear()
    yield
    trust.configured.cache_clear()


@pytest.fixture
def keys(world: World, pki: Pki, settings: Any, tmp_path: Path) -> World:
    """Give the head, the receptionist and the two agencies their PKCS#12 files."""
    settings.MOTCUA_KEYS = tmp_path
    trust.configured.cache_clear()
    owners = {
        "head": {"account_id": world.accounts["head"].pk},
        "chairman": {"account_id": world.accounts["chairman"].pk},
        "receptionist": {"account_id": world.accounts["receptionist"].pk},
        "committee": {"agency_id": world.agencies["committee"].pk},
        "centre": {"agency_id": world.agencies["centre"].pk},
    }
    for label, owner in owners.items():
        give_key(pki, tmp_path, label, **owner)
    return world


def give_key(pki: Pki, folder: Path, label: str, **owner: int) -> None:
    """Write a PKCS#12 file and its reference."""
    (folder / f"{label}.p12").write_bytes(pki.pkcs12(label))
    signing.add_key(
        port="pkcs12",
        place={"file": f"{label}.p12"},
        certificate=pki.pem(label),
        chain=pki.pem("intermediate"),
        by=SYSTEM,
        at=MONDAY_8AM,
        **owner,
    )


@pytest.fixture
def decision(world: World) -> File:
    """Store a decision that the head is to sign."""
    return stored(letters.decision())


def stored(content: bytes, *, name: str = "quyet-dinh.pdf", **about: Any) -> File:
    """Store a paper that the system made."""
    values = {"by_key": "system", "source": "system"} | about
    return documents.store(io.BytesIO(content), name=name, at=MONDAY_8AM, **values)
