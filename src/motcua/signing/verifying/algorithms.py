"""How a signature was made, and whether that is still strong enough."""

from asn1crypto import cms, x509

from motcua.signing.verifying.report import Algorithm

_WEAK_DIGESTS = {"md2", "md5", "sha1"}
_LEAST_BITS = {"rsa": 2048, "rsassa_pss": 2048, "ec": 256}


def of_signature(info: cms.SignerInfo, certificate: x509.Certificate) -> Algorithm:
    """Return digest, kind and size of the key; SHA-1, MD5, short keys and DSA are weak."""
    digest = str(info["digest_algorithm"]["algorithm"].native)
    mechanism = str(info["signature_algorithm"]["algorithm"].native)
    kind = str(certificate.public_key.algorithm)
    bits = int(certificate.public_key.bit_size)
    is_weak = (
        digest in _WEAK_DIGESTS
        or any(weak in mechanism for weak in _WEAK_DIGESTS)
        or bits < _LEAST_BITS.get(kind, 1 << 20)
    )
    return Algorithm(digest=digest, key=kind, bits=bits, is_weak=is_weak)
