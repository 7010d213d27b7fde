"""Our keys, as pyHanko wants to call them."""

import hashlib
from dataclasses import dataclass

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.signing.keys import certificates
from motcua.signing.pades import trust
from motcua.signing.ports import Key

DIGEST = "sha256"


@dataclass(frozen=True)
class Identity:
    """A certificate with its chain, parsed once."""

    certificate: x509.Certificate
    store: SimpleCertificateStore
    mechanism: SignedDigestAlgorithm
    signature_bytes: int
    serial: str

    @classmethod
    def read(cls, certificate: str, chain: str = "") -> "Identity":
        """Return the identity of a PEM certificate and of the PEM chain above it.

        Raises ValueError: it is no certificate of an RSA or ECDSA key.
        """
        algorithm = "ecdsa" if certificates.is_elliptic(certificate) else "rsa"
        store = SimpleCertificateStore.from_certs(trust.certificates(chain.encode()))
        own = trust.certificates(certificate.encode())[0]
        return cls(
            certificate=own,
            store=store,
            mechanism=SignedDigestAlgorithm({"algorithm": f"{DIGEST}_{algorithm}"}),
            signature_bytes=certificates.signature_bytes(certificate),
            serial=f"{own.serial_number:X}",
        )


class HashSigner(Signer):
    """Signs with an opened key of any port: the hash goes out, the signature comes in."""

    def __init__(self, key: Key, identity: Identity) -> None:
        super().__init__(
            signing_cert=identity.certificate,
            cert_registry=identity.store,
            signature_mechanism=identity.mechanism,
            embed_roots=False,
        )
        self._key = key
        self._size = identity.signature_bytes

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 (pyHanko's signature)
    ) -> bytes:
        """Return the signature over the data; a rehearsal returns zeros of its length."""
        if dry_run:
            return bytes(self._size)
        return self._key.sign(hashlib.new(digest_algorithm, data).digest())
