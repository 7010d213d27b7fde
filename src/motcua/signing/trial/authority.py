"""A certificate authority of this installation's own, worth nothing outside it.

Its files lie in the folder of keys under `trial/`, readable by their owner only.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

WORD = "THỬ NGHIỆM"
PIN = "123456"
YEARS = 5
_MOST_BYTES, _FEWEST = 64, 20
_SHORTER = (
    ("Ủy ban nhân dân", "UBND"),
    ("Trung tâm Phục vụ hành chính công", "Trung tâm PVHCC"),
)
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Subject:
    """Whom a trial certificate names."""

    name: str
    title: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def pem(self) -> str:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def packed(self, *, pin: str = PIN) -> bytes:
        """Return key and certificate as PKCS#12, locked with the PIN."""
        return pkcs12.serialize_key_and_certificates(
            None, self.key, self.certificate, None, BestAvailableEncryption(pin.encode())
        )


@dataclass(frozen=True)
class Authority:
    """The trial authority: its own certificate, and what it issues."""

    own: Issued

    @classmethod
    def at(cls, folder: Path) -> "Authority":
        """Return the authority that lives in a folder, made there on first use."""
        kept = folder / "ca.p12"
        if not kept.exists():
            made = cls.made(at=datetime.now(UTC))
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write(kept, made.own.packed())
            write(folder / "tsa.p12", made.timestamps().packed())
            write(folder / "root.pem", made.own.pem.encode())
        return cls(load(kept))

    @classmethod
    def made(cls, *, at: datetime) -> "Authority":
        """Return a new authority, kept nowhere."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(Subject("CA thử nghiệm Một Cửa", organisation=WORD))
        builder = _builder(name, name, key, at=at).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        return cls(Issued(builder.sign(key, hashes.SHA256()), key))

    def issue(self, subject: Subject, *, at: datetime, key: PrivateKey | None = None) -> Issued:
        """Return a certificate for signing documents (non-repudiation), ECDSA unless a key is given."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(subject), self.own.certificate.subject, key, at=at)
        builder = builder.add_extension(
            _usage("content_commitment", "digital_signature"), critical=True
        )
        return Issued(builder.sign(self.own.key, hashes.SHA256()), key)

    def timestamps(self) -> Issued:
        """Return a certificate for timestamps."""
        key = rsa.generate_private_key(65537, 2048)
        at = self.own.certificate.not_valid_before_utc
        name = _name(Subject("Dấu thời gian thử nghiệm Một Cửa", organisation=WORD))
        builder = _builder(name, self.own.certificate.subject, key, at=at)
        builder = builder.add_extension(_usage("digital_signature"), critical=True).add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
        return Issued(builder.sign(self.own.key, hashes.SHA256()), key)


def load(path: Path, *, pin: str = PIN) -> Issued:
    """Return what a PKCS#12 of the trial authority holds.

    Raises ValueError: it holds no key and certificate, or does not open.
    """
    found = pkcs12.load_pkcs12(path.read_bytes(), pin.encode())
    if found.cert is None or not isinstance(found.key, PrivateKey):
        raise ValueError(f"{path.name} holds no key with its certificate")
    return Issued(found.cert.certificate, found.key)


def write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    partial.replace(path)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, *, at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=3 * 365))  # the demo world's past is signed too
        .not_valid_after(at + timedelta(days=YEARS * 365))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(subject: Subject) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATIONAL_UNIT_NAME, WORD)]
    if subject.organisation:
        parts.append((NameOID.ORGANIZATION_NAME, fitting(subject.organisation)))
    if subject.title:
        parts.append((NameOID.TITLE, fitting(subject.title)))
    parts.append((NameOID.COMMON_NAME, fitting(subject.name)))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def fitting(text: str) -> str:
    """Return the text in the 64 bytes that a certificate has for it, cut between words."""
    for long, short in _SHORTER if len(text.encode()) > _MOST_BYTES else ():
        text = text.replace(long, short)
    while len(text.encode()) > _MOST_BYTES:
        text = text.rpartition(" ")[0] or text[:_FEWEST]
    return text


def _usage(*usages: str) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in usages for name in names})
