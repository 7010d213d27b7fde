"""One signature of a PDF, looked at from every side, and the word about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature

from motcua.signing.verifying import algorithms, integrity, moments, persons
from motcua.signing.verifying.chains import Means, Question, judge
from motcua.signing.verifying.report import (
    Chain,
    Clock,
    Kind,
    Revocation,
    SignatureReport,
    Time,
    Trust,
    Verdict,
    Whole,
)

_PADES, _PLAIN, _STAMP = "/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "/ETSI.RFC3161"


@dataclass(frozen=True)
class Found:
    """A field that is signed, or why its signature cannot be read."""

    field: str
    signature: EmbeddedPdfSignature | None = None
    fault: str = ""

    @property
    def is_stamp(self) -> bool:
        """Tell whether it is a timestamp of the document."""
        return self.signature is not None and self.signature.sig_object_type == "/DocTimeStamp"


def opened(reader: PdfFileReader, field: DictionaryObject, name: str) -> Found:
    """Return the signature of a field; a fault of one leaves the others readable."""
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        known = {_STAMP} if signature.sig_object_type == "/DocTimeStamp" else {_PADES, _PLAIN}
        if str(signature.sig_object.get("/SubFilter", "")) not in known:
            return Found(name, fault="unknown_format")
        signature.signer_cert  # noqa: B018 (refuses another certificate than the one signed with)
    except integrity.FAULTS as fault:
        is_swapped = "certificate" in str(fault).lower()
        return Found(name, fault="certificate_swapped" if is_swapped else "damaged")
    return Found(name, signature)


async def stamp_report(found: Found, means: Means) -> tuple[SignatureReport, moments.Stamp | None]:
    """Return the report on a timestamp of the whole document, and the timestamp."""
    signature = found.signature
    if signature is None:
        return SignatureReport(field=found.field, kind=Kind.TIMESTAMP, fault=found.fault), None
    state = integrity.look(signature, certificate=None)
    token = await moments.stamp(signature.signed_data, signature.compute_digest, means)
    if token is None or not token.is_fitting:
        state = replace(state, state=Whole.BROKEN)
    is_sound = state.is_whole
    is_good = is_sound and token is not None and token.is_trusted
    report = SignatureReport(
        field=found.field,
        kind=Kind.TIMESTAMP,
        verdict=Verdict.VALID if is_good else Verdict.UNCERTAIN if is_sound else Verdict.INVALID,
        signer=persons.signer_of(signature.signer_cert),
        integrity=state,
        trust=token.trust if token else Trust(),
        time=Time(clock=Clock.STAMPED, at=token.at, authority=token.authority)
        if token
        else Time(),
        algorithm=algorithms.of_signature(signature.signer_info, signature.signer_cert),
    )
    return report, token if is_sound else None


async def report(
    found: Found, later_stamps: Sequence[moments.Stamp], means: Means
) -> SignatureReport:
    """Return the report on the signature of a person or an agency.

    later_stamps: sound timestamps of the document that cover this signature too.
    """
    signature = found.signature
    if signature is None:
        return SignatureReport(field=found.field, fault=found.fault)
    certificate = signature.signer_cert
    means = replace(means, evidence=means.evidence.joined(signature.signer_info))
    own_stamps = await moments.stamps_on(signature, means)
    time = moments.time_of(signature, [*own_stamps, *later_stamps])
    proven_at = time.at if time.clock is Clock.STAMPED and time.at else means.now
    trust = await judge(Question(certificate, signature.other_embedded_certs, proven_at, means))
    signer = persons.signer_of(certificate)
    reason = str(signature.sig_object.get("/Reason", ""))[:300]
    drawn = SignatureReport(
        field=found.field,
        kind=persons.kind_of(signer, reason=reason),
        reason=reason,
        signer=signer,
        integrity=integrity.look(signature, certificate=certificate),
        trust=trust,
        time=time,
        algorithm=algorithms.of_signature(signature.signer_info, certificate),
    )
    level = _level(signature, drawn, is_archived=bool(later_stamps), means=means)
    return replace(drawn, level=level, verdict=verdict_on(drawn))


def verdict_on(drawn: SignatureReport) -> Verdict:
    """Return the word about a signature: what is wrong counts before what is not known."""
    trust, time = drawn.trust, drawn.time
    if (
        drawn.fault
        or not drawn.integrity.is_whole
        or drawn.algorithm.is_weak
        or trust.chain in {Chain.BROKEN, Chain.WRONG_USE, Chain.NOT_YET}
        or trust.revocation is Revocation.REVOKED
        or (trust.chain is Chain.EXPIRED and time.clock is Clock.STAMPED)
    ):
        return Verdict.INVALID
    if (
        trust.chain is not Chain.TRUSTED
        or trust.revocation is Revocation.UNKNOWN
        or (trust.revocation is Revocation.ABSENT and not trust.is_trial)
        or time.clock is Clock.DOUBTFUL
    ):
        return Verdict.UNCERTAIN
    return Verdict.VALID


def answered_for(reports: Sequence[SignatureReport]) -> list[SignatureReport]:
    """Return the reports where fields filled after a signature count as changed, unless signed.

    reports: in the order of signing. A number that the clerk fills in under the seal of the agency
    is signed by the agency; what is filled in after the last signature is signed by nobody.
    """
    done: list[SignatureReport] = []
    is_signed_later = False
    for one in reversed(reports):
        is_open = one.integrity.state is Whole.FILLED and not is_signed_later
        done.append(_changed(one) if is_open else one)
        is_last_word = one.integrity.state in {Whole.WHOLE, Whole.ADDED}
        is_person = one.kind is not Kind.TIMESTAMP and one.verdict is not Verdict.INVALID
        is_signed_later = is_signed_later or (is_last_word and is_person)
    return done[::-1]


def _changed(one: SignatureReport) -> SignatureReport:
    integrity_then = replace(one.integrity, state=Whole.CHANGED)
    return replace(one, integrity=integrity_then, verdict=Verdict.INVALID)


def _level(
    signature: EmbeddedPdfSignature, drawn: SignatureReport, *, is_archived: bool, means: Means
) -> str:
    """Return the PAdES level that the signature reaches as it stands."""
    if str(signature.sig_object.get("/SubFilter", "")) != _PADES:
        return ""
    if drawn.time.clock not in {Clock.STAMPED, Clock.DOUBTFUL}:
        return "B-B"
    is_proven = drawn.trust.revocation_source == "embedded" and means.evidence.has_store
    if not is_proven:
        return "B-T"
    return "B-LTA" if is_archived else "B-LT"
