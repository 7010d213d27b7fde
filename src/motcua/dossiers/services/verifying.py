"""Verifying a document that somebody holds: what it is worth by itself, and what we know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from motcua.directory.actor import Actor
from motcua.documents.papers import qr
from motcua.dossiers.queries import verifying as known
from motcua.dossiers.queries.verifying import Recognised
from motcua.signing import rules as signing_rules
from motcua.signing.services import reporting
from motcua.signing.verifying import process, records
from motcua.signing.verifying.records import Holder
from motcua.signing.verifying.report import (
    Competence,
    Kind,
    Report,
    SignatureReport,
    Verdict,
    overall,
)


@dataclass(frozen=True)
class Verified:
    """A report, and the key that opens it again ("" where it was not kept)."""

    report: Report
    key: str = ""


def verify(*, source: Path | bytes, name: str, at: datetime, by: Actor | None = None) -> Verified:
    """Verify a document; with `by` the report is kept.

    source: where the file lies, or its bytes. Nothing of a stranger's file is kept but its digest.
    Source: 30/2020/NĐ-CP Điều 32; rule of the house (bounds, and what is told about our papers).
    """
    looked = process.look(source, name=name, at=at)
    report, holders = records.completed(looked.report)
    report, recognised = _recognised(report, looked.codes)
    if recognised is not None and recognised.agency_id is not None:
        report = _judged(report, holders, recognised.agency_id)
    if by is None:
        return Verified(report)
    file_id = recognised.file_id if recognised else None
    return Verified(report, reporting.keep(report=report, file_id=file_id, by_key=by.key))


def _recognised(report: Report, codes: Sequence[str]) -> tuple[Report, Recognised | None]:
    same = known.by_digest(report.sha256)
    found = [(text, checked) for text in codes if (checked := qr.check(text)) is not None]
    if found:
        text, checked = found[0]
        # The part behind "#" names the owner: it is not kept.
        report = replace(report, qr=text.partition("#")[0], qr_genuine=checked.genuine)
        if same is None and checked.genuine is qr.Genuine.YES:
            same = known.by_qr(checked.payload, qr.token_of(text))
    if same is None:
        return report, None
    ours = same.ours
    if report.fault == "image" and ours.relation == "differs":  # a photograph is no altered file
        ours = replace(ours, relation="mentioned")
    return replace(report, ours=ours), same


def _judged(report: Report, holders: Mapping[str, Holder], agency_id: int) -> Report:
    """Return the report with the word whether those signed who had to."""
    signatures = tuple(
        _competent(one, holders.get(one.field), agency_id) for one in report.signatures
    )
    verdict = overall(signatures, report)
    if report.ours is not None and report.ours.relation == "differs":
        verdict = Verdict.INVALID if signatures else report.verdict
    return replace(report, signatures=signatures, verdict=verdict)


def _competent(one: SignatureReport, holder: Holder | None, agency_id: int) -> SignatureReport:
    if one.kind is Kind.TIMESTAMP or one.fault:
        return one
    is_right = holder is not None and agency_id in holder.agency_ids
    if is_right and holder is not None and one.kind is Kind.PERSONAL:
        is_right = bool(holder.roles & signing_rules.COMPETENT)
    if is_right:
        return replace(one, competence=Competence.RIGHT)
    worse = Verdict.INVALID if one.verdict is Verdict.VALID else one.verdict
    return replace(one, competence=Competence.WRONG, verdict=worse)
