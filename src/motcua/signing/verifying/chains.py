"""Whether a certificate leads to a trusted root, and whether it was taken back before a moment.

Nothing is asked of anybody before the chain is known to end at a trusted root: addresses in a
stranger's certificate are the stranger's choice.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from asn1crypto import x509
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    CRLFetchError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    OCSPFetchError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import OwnedFetcherBackend
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.util import get_declared_revinfo

from motcua.signing.verifying import roots
from motcua.signing.verifying.evidence import Evidence
from motcua.signing.verifying.report import Chain, Revocation, Trust

_ASKING_SECONDS = 5
_TOLERANCE = timedelta(minutes=5)
_SIGNING = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)
_OTHER_PURPOSES = {"time_stamping", "ocsp_signing", "server_auth", "code_signing"}
_STAMPING = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"},
    match_all_key_usages=False,
    extd_key_usage={"time_stamping"},
)


@dataclass(frozen=True)
class Means:
    """With what a document is judged: trusted roots, proofs, the hour, and whether we may ask."""

    trusted: Sequence[x509.Certificate]
    evidence: Evidence
    now: datetime
    may_ask: bool = False


@dataclass(frozen=True)
class Question:
    """A certificate, those beside it, and the moment at which it counts."""

    certificate: x509.Certificate
    others: Sequence[x509.Certificate]
    at: datetime
    means: Means
    is_stamping: bool = False


async def judge(question: Question) -> Trust:
    """Return where the certificate leads at the moment, and its revocation."""
    trust, path = await _chain(question)
    if path is None:
        return trust
    if not _may_be_used(question):
        return replace(trust, chain=Chain.WRONG_USE)
    return await _revocation(question, trust, path)


def _may_be_used(question: Question) -> bool:
    """Tell whether the certificate was given for this: signing documents, or stamping time."""
    usage = _STAMPING if question.is_stamping else _SIGNING
    try:
        usage.validate(question.certificate)
    except InvalidCertificateError:
        return False
    named = question.certificate.extended_key_usage_value
    purposes = set(named.native) if named is not None else set()
    return question.is_stamping or not purposes or bool(purposes - _OTHER_PURPOSES)


async def _chain(question: Question) -> tuple[Trust, ValidationPath | None]:
    context = _context(question, question.at, mode="soft-fail", with_proofs=False)
    checked = Trust(checked_for=question.at)
    try:
        path = await CertificateValidator(
            question.certificate, validation_context=context
        ).async_validate_path()
    except ExpiredError:
        return replace(checked, chain=Chain.EXPIRED), None
    except NotYetValidError:
        return replace(checked, chain=Chain.NOT_YET), None
    except (PathBuildingError, InvalidCertificateError):
        return replace(checked, chain=Chain.UNKNOWN_ROOT), None
    except (ValidationError, ValueError):
        return replace(checked, chain=Chain.BROKEN), None
    certificates = _certificates(path)
    trusted = replace(
        checked,
        chain=Chain.TRUSTED,
        path=tuple(one.subject.human_friendly for one in certificates),
        is_trial=any(roots.is_trial(one) for one in certificates),
    )
    return trusted, path


async def _revocation(question: Question, trust: Trust, path: ValidationPath) -> Trust:
    if question.means.evidence.has_proof:
        found = await _looked_up(question, replace(trust, revocation_source="embedded"))
        if found.revocation is not Revocation.UNKNOWN or not question.means.may_ask:
            return found
    if not any(get_declared_revinfo(question.certificate)):
        return replace(trust, revocation=Revocation.ABSENT)
    if not question.means.may_ask:
        return trust
    asked = await _asked(question, path)
    return await _looked_up(
        replace(question, means=replace(question.means, evidence=asked)),
        replace(trust, revocation_source="asked"),
    )


async def _looked_up(question: Question, trust: Trust) -> Trust:
    """Return what authentic answers say: first for the moment of signing, then for today."""
    try:
        await _validate(question, question.at)
    except RevokedError as revoked:
        return _revoked(revoked, question, trust)
    except (InsufficientRevinfoError, ValidationError, ValueError, PathBuildingError):
        return await _known_today(question, trust)
    if question.at >= question.means.now:
        return replace(trust, revocation=Revocation.GOOD)
    today = await _known_today(question, trust)
    is_later = today.revocation is Revocation.LATER
    return today if is_later else replace(trust, revocation=Revocation.GOOD)


async def _known_today(question: Question, trust: Trust) -> Trust:
    """A certificate that was taken back later is told from one of which nothing is known."""
    try:
        await _validate(question, question.means.now)
    except RevokedError as revoked:
        return _revoked(revoked, question, trust)
    except (InsufficientRevinfoError, ValidationError, ValueError, PathBuildingError):
        return replace(trust, revocation=Revocation.UNKNOWN, revocation_source="")
    return replace(trust, revocation=Revocation.GOOD)


def _revoked(error: RevokedError, question: Question, trust: Trust) -> Trust:
    at = error.revocation_dt
    state = Revocation.LATER if at > question.at else Revocation.REVOKED
    return replace(trust, revocation=state, revoked_at=at)


async def _validate(question: Question, at: datetime) -> None:
    context = _context(question, at, mode="require", with_proofs=True)
    await CertificateValidator(
        question.certificate, validation_context=context
    ).async_validate_path()


async def _asked(question: Question, path: ValidationPath) -> Evidence:
    """Return the evidence with what the authorities of a trusted chain answer today."""
    context = ValidationContext(
        trust_roots=list(question.means.trusted),
        allow_fetching=True,
        fetcher_backend=OwnedFetcherBackend(
            AIOHttpFetcherBackend(per_request_timeout=_ASKING_SECONDS)
        ),
    )
    try:
        for issuer, certificate in pairwise(_certificates(path)):
            await _ask(context, certificate, issuer)
    finally:
        await context.aclose()
    known = question.means.evidence
    return Evidence(
        certificates=known.certificates,
        ocsps=[*known.ocsps, *context.ocsps],
        crls=[*known.crls, *context.crls],
        has_store=known.has_store,
    )


async def _ask(
    context: ValidationContext, certificate: x509.Certificate, issuer: x509.Certificate
) -> None:
    """Ask for one certificate; who does not answer leaves its state unknown."""
    with contextlib.suppress(OCSPFetchError, CRLFetchError, ValueError):
        await context.async_retrieve_ocsps(certificate, issuer)
    with contextlib.suppress(OCSPFetchError, CRLFetchError, ValueError):
        await context.async_retrieve_crls(certificate)


def _certificates(path: ValidationPath) -> list[x509.Certificate]:
    """Return the certificates of the chain, the root first."""
    return [one for one in path if isinstance(one, x509.Certificate)]


def _context(
    question: Question, at: datetime, *, mode: str, with_proofs: bool
) -> ValidationContext:
    proofs: dict[str, Any] = {}
    if with_proofs:
        proofs = {"ocsps": question.means.evidence.ocsps, "crls": question.means.evidence.crls}
    return ValidationContext(
        trust_roots=list(question.means.trusted),
        other_certs=[*question.others, *question.means.evidence.certificates],
        moment=at,
        revocation_mode=mode,
        retroactive_revinfo=True,
        time_tolerance=_TOLERANCE,
        allow_fetching=False,
        **proofs,
    )
