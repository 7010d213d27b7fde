"""What was found when a document was verified: plain values, kept and shown as they are."""

import dataclasses
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, get_type_hints


class Verdict(StrEnum):
    """The one word about a document or a signature."""

    VALID = "valid"
    UNCERTAIN = "uncertain"
    INVALID = "invalid"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


class Whole(StrEnum):
    """Whether what was signed is what is there."""

    WHOLE = "whole"  # nothing came after the signature
    ADDED = "added"  # only what a signature allows came after it
    FILLED = "filled"  # fields were filled in after it, and somebody signed that
    CHANGED = "changed"  # the content was changed after it
    BROKEN = "broken"  # the signed bytes are not those that were signed
    UNCLEAR = "unclear"  # the signature does not cover the document as it should


class Chain(StrEnum):
    """Where the certificate leads to."""

    TRUSTED = "trusted"
    UNKNOWN_ROOT = "unknown_root"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    WRONG_USE = "wrong_use"
    BROKEN = "broken"


class Revocation(StrEnum):
    """Whether the certificate was taken back before the signature was made."""

    GOOD = "good"
    LATER = "later"  # after the signature was proven to exist
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    ABSENT = "absent"  # the certificate names nobody who could be asked


class Clock(StrEnum):
    """How the time of a signature is known."""

    STAMPED = "stamped"  # by a trusted timestamp authority
    DOUBTFUL = "doubtful"  # stamped, but by nobody we trust
    CLAIMED = "claimed"  # by the signer's own clock
    NONE = "none"


class Kind(StrEnum):
    """Whose signature it is."""

    PERSONAL = "personal"
    AGENCY = "agency"
    COPY = "copy"
    TIMESTAMP = "timestamp"
    UNKNOWN = "unknown"


class Competence(StrEnum):
    """Whether the one who signed was the one who had to."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, kw_only=True)
class Integrity:
    """The signed bytes, and what came after them."""

    state: Whole = Whole.UNCLEAR
    covers: str = ""  # "file", "revision" or "part"
    later_revisions: int = 0
    changed_fields: tuple[str, ...] = ()
    signed_sha256: str = ""  # of the document as it stood when this signature was made

    @property
    def is_whole(self) -> bool:
        """Tell whether what was signed stands as it was signed."""
        return self.state in {Whole.WHOLE, Whole.ADDED, Whole.FILLED}


@dataclass(frozen=True, kw_only=True)
class Trust:
    """The chain of the certificate, and whether it was taken back."""

    chain: Chain = Chain.BROKEN
    path: tuple[str, ...] = ()
    is_trial: bool = False
    revocation: Revocation = Revocation.UNKNOWN
    revocation_source: str = ""  # "embedded", "asked"
    revoked_at: datetime | None = None
    checked_for: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Time:
    """When it was signed, and who says so."""

    clock: Clock = Clock.NONE
    at: datetime | None = None
    claimed_at: datetime | None = None
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class Algorithm:
    """How it was signed."""

    digest: str = ""
    key: str = ""
    bits: int = 0
    is_weak: bool = False


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signed: by the certificate, and by our own records of that day."""

    name: str = ""
    title: str = ""
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    fingerprint: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    is_recorded: bool = False
    recorded_name: str = ""
    recorded_post: str = ""
    recorded_agency: str = ""


@dataclass(frozen=True, kw_only=True)
class SignatureReport:
    """One signature of the document."""

    field: str
    kind: Kind = Kind.UNKNOWN
    verdict: Verdict = Verdict.INVALID
    level: str = ""  # "B-B", "B-T", "B-LT", "B-LTA"; "" where it is no PAdES
    reason: str = ""
    fault: str = ""
    page: int = 0
    signer: Signer = dataclasses.field(default_factory=Signer)
    integrity: Integrity = dataclasses.field(default_factory=Integrity)
    trust: Trust = dataclasses.field(default_factory=Trust)
    time: Time = dataclasses.field(default_factory=Time)
    algorithm: Algorithm = dataclasses.field(default_factory=Algorithm)
    competence: Competence = Competence.NOT_OURS


@dataclass(frozen=True, kw_only=True)
class Ours:
    """What our own records say about the document.

    relation: "same" (the very file), "differs" (it bears our paper's QR or code, but is another
    file), "mentioned" (its QR is ours; we keep no file of it). standing: "valid", "replaced",
    "revoked" or "".
    """

    relation: str
    paper: str = ""
    number: str = ""
    dossier_code: str = ""
    agency: str = ""
    standing: str = ""
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that was found about a document."""

    name: str
    sha256: str
    size_bytes: int
    verified_at: datetime
    verdict: Verdict
    content_type: str = ""
    pages: int = 0
    fault: str = ""  # why it could not be read: a key of words.FAULTS
    detail: str = ""
    removed_signatures: int = 0
    signatures: tuple[SignatureReport, ...] = ()
    qr: str = ""
    qr_genuine: str = ""
    ours: Ours | None = None

    @property
    def signers(self) -> tuple[SignatureReport, ...]:
        """Return the signatures of people and agencies, timestamps left out."""
        return tuple(one for one in self.signatures if one.kind is not Kind.TIMESTAMP)

    @property
    def is_trial(self) -> bool:
        """Tell whether a signature rests on a certificate for trying out only."""
        return any(one.trust.is_trial for one in self.signers)

    @property
    def is_to_be_believed(self) -> bool:
        """Tell whether the signatures hold and, where it is ours, the paper still counts."""
        is_ours_good = self.ours is None or (
            self.ours.relation != "differs" and self.ours.standing in {"", "valid"}
        )
        return self.verdict is Verdict.VALID and is_ours_good


_KINDS: dict[str, type] = {
    "signer": Signer,
    "integrity": Integrity,
    "trust": Trust,
    "time": Time,
    "algorithm": Algorithm,
    "ours": Ours,
}


def as_document(report: Report) -> dict[str, Any]:
    """Return the report as JSON values."""
    plain: dict[str, Any] = _plain(asdict(report))
    for one, told in zip(report.signatures, plain["signatures"], strict=True):
        told["integrity"]["whole"] = one.integrity.is_whole
    return plain


def read(document: Mapping[str, Any]) -> Report:
    """Return the report that was kept as JSON values."""
    report: Report = _built(Report, document)
    return report


def with_signatures(report: Report, *signatures: SignatureReport) -> Report:
    """Return the report with other signatures, its verdict drawn from them again."""
    return replace(report, signatures=signatures, verdict=overall(signatures, report))


def overall(signatures: tuple[SignatureReport, ...], report: Report) -> Verdict:
    """Return the verdict on the document: as good as its worst signature."""
    verdicts = {one.verdict for one in signatures if one.kind is not Kind.TIMESTAMP}
    if report.verdict is Verdict.UNREADABLE:
        return Verdict.UNREADABLE
    if not verdicts:
        return Verdict.INVALID if report.removed_signatures else Verdict.UNSIGNED
    for verdict in (Verdict.INVALID, Verdict.UNCERTAIN):
        if verdict in verdicts:
            return verdict
    return Verdict.VALID


def _plain(value: Any) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _built(kind: Any, document: Mapping[str, Any]) -> Any:  # noqa: ANN401 (any of the classes)
    hints = get_type_hints(kind)
    known = {one.name for one in fields(kind)}
    return kind(
        **{
            name: _value(name, hints[name], value)
            for name, value in document.items()
            if name in known
        }
    )


def _value(name: str, hint: Any, value: Any) -> Any:  # noqa: ANN401 (any of the classes)
    if value is None:
        return None
    if name == "signatures":
        return tuple(_built(SignatureReport, one) for one in value)
    if name in _KINDS and is_dataclass(_KINDS[name]):
        return _built(_KINDS[name], value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if "datetime" in str(hint):
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
