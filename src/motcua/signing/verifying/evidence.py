"""What a PDF brings along to prove its signatures: certificates, OCSP answers, CRLs."""

from dataclasses import dataclass, field
from typing import Any

from asn1crypto import cms, core, crl, ocsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import (
    MultivaluedAttributeError,
    NonexistentAttributeError,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError

_MOST_PIECES = 200


@dataclass
class Evidence:
    """Certificates and proofs of validity, from the document and from what was asked for."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)
    has_store: bool = False

    @property
    def has_proof(self) -> bool:
        """Tell whether there is any proof of validity."""
        return bool(self.ocsps or self.crls)

    def joined(self, signer_info: cms.SignerInfo) -> "Evidence":
        """Return the evidence with what the signature itself carries (Adobe's way)."""
        found = _archived(signer_info)
        if found is None:
            return self
        return Evidence(
            certificates=self.certificates,
            ocsps=[*self.ocsps, *_listed(found["ocsp"])],
            crls=[*self.crls, *_listed(found["crl"])],
            has_store=self.has_store,
        )


def of(reader: PdfFileReader) -> Evidence:
    """Return what the document's security store holds; nothing where it is damaged."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        found = Evidence(has_store=True)
        found.certificates = list(store.load_certs())[:_MOST_PIECES]
        found.ocsps = [_loaded(ocsp.OCSPResponse, one) for one in store.ocsps[:_MOST_PIECES]]
        found.crls = [_loaded(crl.CertificateList, one) for one in store.crls[:_MOST_PIECES]]
    except (ValidationInfoReadingError, PdfError, ValueError, KeyError, TypeError):
        return Evidence()
    return found


def _loaded(kind: Any, reference: Any) -> Any:  # noqa: ANN401 (asn1crypto)
    return kind.load(reference.get_object().data)


def _archived(signer_info: cms.SignerInfo) -> Any:  # noqa: ANN401 (asn1crypto)
    try:
        return find_unique_cms_attribute(
            signer_info["signed_attrs"], "adobe_revocation_info_archival"
        )
    except (NonexistentAttributeError, MultivaluedAttributeError):
        return None


def _listed(pieces: Any) -> list[Any]:  # noqa: ANN401 (asn1crypto)
    return [] if isinstance(pieces, core.Void) else list(pieces)[:_MOST_PIECES]
