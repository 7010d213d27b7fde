"""Who signed, by the certificate alone."""

from typing import Any

from asn1crypto import x509

from motcua.kernel.text import fold
from motcua.signing.verifying.report import Kind, Signer

_COPIES = ("sao y", "sao luc", "trich sao", "chung thuc ban sao")
_AGENCY_STARTS = (
    "ubnd",
    "uy ban nhan dan",
    "so ",
    "phong ",
    "trung tam",
    "tt ",
    "van phong",
    "bo ",
)


def signer_of(certificate: x509.Certificate) -> Signer:
    """Return what the certificate says about its holder."""
    subject: dict[str, Any] = certificate.subject.native
    issuer: dict[str, Any] = certificate.issuer.native
    return Signer(
        name=_first(subject.get("common_name")),
        title=_first(subject.get("title")),
        organisation=_first(subject.get("organization_name")),
        issuer=_first(issuer.get("common_name")) or certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:X}",
        fingerprint=certificate.sha256.hex(),
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
    )


def kind_of(signer: Signer, *, reason: str) -> Kind:
    """Return whose signature it seems to be; our own records may know better."""
    if any(word in fold(reason) for word in _COPIES):
        return Kind.COPY
    name = fold(signer.name)
    is_agency = bool(name) and (
        name == fold(signer.organisation) or name.startswith(_AGENCY_STARTS)
    )
    return Kind.AGENCY if is_agency else Kind.PERSONAL


def _first(value: Any) -> str:  # noqa: ANN401 (asn1crypto: a text or a list of them)
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value or "")[:200]
