"""When a signature was made: by a timestamp authority, or by the signer's own clock."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp, x509
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)

from motcua.signing.verifying.algorithms import of_signature
from motcua.signing.verifying.chains import Means, Question, judge
from motcua.signing.verifying.integrity import FAULTS
from motcua.signing.verifying.report import Chain, Clock, Revocation, Time, Trust

_MOST_STAMPS = 5


@dataclass(frozen=True)
class Stamp:
    """One timestamp: its time, who made it, whether it fits and whom it leads to."""

    at: datetime
    authority: str
    is_fitting: bool
    trust: Trust

    @property
    def is_trusted(self) -> bool:
        """Tell whether its time may be believed."""
        is_good = self.trust.revocation is not Revocation.REVOKED
        return self.is_fitting and self.trust.chain is Chain.TRUSTED and is_good


async def stamps_on(signature: EmbeddedPdfSignature, means: Means) -> list[Stamp]:
    """Return the timestamps that the signature carries."""
    value = signature.signer_info["signature"].native
    tokens = list(extract_tst_data_iter(signature.signer_info, signed=False))[:_MOST_STAMPS]
    # Authorities leave their chain out where the signature brings the same one.
    beside = [signature.signer_cert, *signature.other_embedded_certs]
    found = [
        await stamp(token, lambda name: hashlib.new(name, value).digest(), means, beside=beside)
        for token in tokens
    ]
    return [one for one in found if one is not None]


async def stamp(
    token: cms.SignedData,
    imprint: Callable[[str], bytes],
    means: Means,
    *,
    beside: Sequence[x509.Certificate] = (),
) -> Stamp | None:
    """Return what a timestamp token says; None where it cannot be read.

    imprint: from the name of a digest to the digest of what was stamped.
    """
    try:
        told: Any = token["encap_content_info"]["content"].parsed
        if not isinstance(told, tsp.TSTInfo):
            return None
        certificates = extract_certs_for_validation(token)
        signer, at = certificates.signer_cert, told["gen_time"].native
        is_fitting = _fits(token, told, imprint)
        trust = await judge(
            Question(
                certificate=signer,
                others=[*certificates.other_certs, *beside],
                at=at,
                means=means,
                is_stamping=True,
            )
        )
    except FAULTS:
        return None
    return Stamp(at, str(signer.subject.native.get("common_name", "")), is_fitting, trust)


def _fits(token: cms.SignedData, told: tsp.TSTInfo, imprint: Callable[[str], bytes]) -> bool:
    asked = told["message_imprint"]
    name = asked["hash_algorithm"]["algorithm"].native
    info = extract_signer_info(token)
    certificate = extract_certs_for_validation(token).signer_cert
    digest = hashlib.new(
        info["digest_algorithm"]["algorithm"].native, bytes(token["encap_content_info"]["content"])
    ).digest()
    intact, valid = validate_sig_integrity(info, certificate, "tst_info", digest)
    is_weak = of_signature(info, certificate).is_weak
    is_of_this = bool(imprint(name) == asked["hashed_message"].native)
    return bool(intact and valid and is_of_this and not is_weak)


def time_of(signature: EmbeddedPdfSignature, stamps: Sequence[Stamp]) -> Time:
    """Return when it was signed: the earliest time that a trusted authority vouches for."""
    claimed = _claimed(signature)
    trusted = sorted((one for one in stamps if one.is_trusted), key=lambda one: one.at)
    if trusted:
        first = trusted[0]
        return Time(
            clock=Clock.STAMPED, at=first.at, claimed_at=claimed, authority=first.authority
        )
    if stamps:
        doubtful = stamps[0]
        return Time(
            clock=Clock.DOUBTFUL,
            at=doubtful.at,
            claimed_at=claimed,
            authority=doubtful.authority,
        )
    return Time(clock=Clock.CLAIMED if claimed else Clock.NONE, at=claimed, claimed_at=claimed)


def _claimed(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        claimed = signature.self_reported_timestamp
    except FAULTS:
        return None
    return claimed.astimezone() if isinstance(claimed, datetime) else None
