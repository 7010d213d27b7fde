"""What a certificate says: whose it is, until when it counts, what signatures look like."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Card:
    """The lines of a certificate that people read."""

    subject: str
    name: str
    title: str
    organisation: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime


def read(pem: str) -> Card:
    """Return what the first certificate in a PEM says.

    Raises ValueError: it is no certificate.
    """
    certificate = x509.load_pem_x509_certificate(pem.encode())
    return Card(
        subject=certificate.subject.rfc4514_string(),
        name=_part(certificate.subject, NameOID.COMMON_NAME),
        title=_part(certificate.subject, NameOID.TITLE),
        organisation=_part(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_part(certificate.issuer, NameOID.COMMON_NAME),
        serial=f"{certificate.serial_number:X}",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
    )


def is_elliptic(pem: str) -> bool:
    """Tell whether the key is ECDSA; RSA otherwise.

    Raises ValueError: the key is neither, or the PEM is no certificate.
    """
    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError("neither RSA nor ECDSA")
    return isinstance(key, ec.EllipticCurvePublicKey)


def signature_bytes(pem: str) -> int:
    """Return the greatest length of a signature of this key, in bytes."""
    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return (key.key_size + 7) // 8
    if isinstance(key, ec.EllipticCurvePublicKey):
        return 2 * ((key.key_size + 7) // 8) + 9
    raise ValueError("neither RSA nor ECDSA")


def _part(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    parts = name.get_attributes_for_oid(oid)
    return str(parts[0].value) if parts else ""
