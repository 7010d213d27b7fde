"""The test PKI, once for all tests of signing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.signing import pki as services
from tests.signing.pki import Pki


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    """Run certificates, timestamps, OCSP and CRL on loopback for the session."""
    folder: Path = tmp_path_factory.mktemp("pki")
    with services.running(folder) as running:
        yield running
