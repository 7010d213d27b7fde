"""Whom we trust, and what it costs: roots, timestamps and revocation, kept for some minutes."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from time import monotonic

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.signing.trial import authority

# An OCSP answer or CRL that is some minutes old proves a signature as well as a fresh one.
KEEP_SECONDS = 300.0
TRIAL = "trial"


@dataclass
class Trust:
    """The trust of one installation: a timestamp authority and trusted roots, each optional."""

    tsa_url: str = ""
    folder: str = ""
    _contexts: dict[str, tuple[float, ValidationContext]] = field(default_factory=dict)
    _local: threading.local = field(default_factory=threading.local)

    def stamper(self) -> TimeStamper | None:
        """Return the client of the timestamp authority; one per thread, so that it may remember."""
        if not self.tsa_url:
            return None
        if not hasattr(self._local, "stamper"):
            self._local.stamper = (
                trial_stamper(trial_folder())
                if self.tsa_url == TRIAL
                else import_string(settings.MOTCUA_STAMPER)(self.tsa_url)
            )
        stamper: TimeStamper = self._local.stamper
        return stamper

    def rest(self) -> None:
        """Close the line to the authority that this thread left open."""
        rest = getattr(getattr(self._local, "stamper", None), "rest", None)
        if rest is not None:
            rest()

    def context(self, *, serial: str) -> ValidationContext | None:
        """Return the validation context of a certificate, with what was fetched for it lately."""
        if not self.folder or not self.tsa_url:
            return None
        key = f"{threading.get_ident()}:{serial}"
        made_at, kept = self._contexts.get(key, (0.0, None))
        if kept is not None and monotonic() - made_at < KEEP_SECONDS:
            return kept
        context = ValidationContext(
            trust_roots=list(roots(self.folder)),
            allow_fetching=True,
            revocation_mode="hard-fail" if settings.MOTCUA_REVOCATION else "soft-fail",
            time_tolerance=timedelta(minutes=5),
        )
        self._contexts[key] = (monotonic(), context)
        return context

    def forget(self, *, serial: str) -> None:
        """Drop what was fetched for a certificate, because it could not be proven."""
        self._contexts.pop(f"{threading.get_ident()}:{serial}", None)


@cache
def configured() -> Trust:
    """Return the trust that the settings name; where they name none, that of the trial, if made."""
    is_trial = not settings.MOTCUA_TSA and (trial_folder() / "root.pem").exists()
    if is_trial:
        return Trust(tsa_url=TRIAL, folder=settings.MOTCUA_TRUST or str(trial_folder()))
    return Trust(tsa_url=settings.MOTCUA_TSA, folder=settings.MOTCUA_TRUST)


def trial_folder() -> Path:
    """Return where the trial authority keeps its files."""
    return Path(settings.MOTCUA_KEYS) / TRIAL


def trial_stamper(folder: Path) -> TimeStamper:
    """Return the timestamps of the trial authority, made in this process."""
    own = authority.load(folder / "tsa.p12")
    der = own.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    root = certificates((folder / "root.pem").read_bytes())
    return DummyTimeStamper(
        tsa_cert=x509.Certificate.load(own.certificate.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(der),
        certs_to_embed=SimpleCertificateStore.from_certs(root),
    )


@cache
def roots(folder: str) -> tuple[x509.Certificate, ...]:
    """Return the trusted roots of a folder of .pem, .crt and .cer files, read once."""
    found: list[x509.Certificate] = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix in {".pem", ".crt", ".cer"}:
            found += certificates(path.read_bytes())
    return tuple(found)


def certificates(content: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM (any number) or a DER (one)."""
    if pem.detect(content):
        return [x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)]
    return [x509.Certificate.load(content)] if content else []
