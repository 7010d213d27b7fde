"""What our records say about a paper that somebody holds: no more than the paper itself.

The name of the owner is shortened: enough to tell a QR that was cut out and put on another paper,
too little to learn a name from. Of a confidential dossier nothing is added to what the QR says.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from motcua.directory.queries import cards
from motcua.documents.models import File
from motcua.documents.papers.qr import Payload
from motcua.dossiers.models import Dossier, Extension, Result
from motcua.ledger import queries as trail
from motcua.signing.models import Signature
from motcua.signing.verifying.report import Ours

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A paper of ours. standing: "valid", "replaced", "revoked", "unissued" or "unknown".

    `because` is a key: "extended", "supplemented", "corrected", "revoked", "no_record".
    """

    paper: str
    number: str
    dossier_code: str
    procedure_code: str
    printed_at: datetime
    agency: str
    standing: str
    because: str = ""
    procedure: str = ""
    owner: str = ""
    signer: str = ""
    issued_at: datetime | None = None
    ended_at: datetime | None = None
    replaced_by: str = ""


def said_by(payload: Payload) -> Said:
    """Return what our records say about the paper that bears this QR."""
    dossier = _dossier(payload.dossier_code)
    if payload.dossier_code and dossier is None:
        return _said(payload, None, standing="unknown", because="no_record")
    if payload.key == "result" and dossier is not None:
        return _of_result(payload, dossier)
    if dossier is None:
        return _said(payload, None, standing="valid")
    if payload.key and not _was_made(dossier, payload.key):
        return _said(payload, dossier, standing="unknown", because="no_record")
    return _said(payload, dossier, standing="valid", because=_note(dossier, payload.key))


def _dossier(code: str) -> Dossier | None:
    rows = Dossier.objects.select_related("owner", "competent", "receiving")
    return rows.filter(code=code).first() if code else None


def _said(payload: Payload, dossier: Dossier | None, *, standing: str, because: str = "") -> Said:
    is_open = dossier is not None and not dossier.is_confidential
    return Said(
        paper=payload.paper,
        number=payload.number,
        dossier_code=payload.dossier_code,
        procedure_code=payload.procedure_code,
        printed_at=payload.at,
        agency=_agency(payload.agency_code),
        standing=standing,
        because=because,
        procedure=dossier.procedure_name if dossier and is_open else "",
        owner=shortened(dossier.owner.name) if dossier and is_open else "",
    )


def _agency(code: str) -> str:
    card = cards.card_by_code(code)
    return card.name if card else code


def shortened(name: str) -> str:
    """Return the first word of a name and the first letters of the others: "NGUYỄN T. L."."""
    first, *others = name.split() or [""]
    return " ".join([first, *(f"{word[0]}." for word in others)])


def _was_made(dossier: Dossier, key: str) -> bool:
    """Tell whether the dossier ever came to where this paper is made."""
    kinds = {
        "01": ("dossier.accepted", "dossier.filed"),
        "02": ("dossier.supplement_requested",),
        "03": ("dossier.intake_refused", "dossier.step_done"),
        "04": ("dossier.deadline_extended",),
        "05": ("dossier.withdrawn", "dossier.closed_unsupplemented"),
    }.get(key)
    if kinds is None:
        return True
    return any(fact.kind in kinds for fact in trail.facts_of(dossier.stream))


def _note(dossier: Dossier, key: str) -> str:
    if key == "01" and Extension.objects.filter(dossier=dossier).exists():
        return "extended"
    return ""


def _of_result(payload: Payload, dossier: Dossier) -> Said:
    result = _result(payload, dossier)
    said = _said(payload, dossier, standing="unissued")
    if result is None:
        return said
    standing, because = _standing(result)
    replacement = Result.objects.filter(replaces=result).first()
    return Said(
        **{
            **said.__dict__,
            "paper": said.paper or result.title,
            "number": result.number,
            "agency": result.agency.name,
            "signer": f"{result.signer}, {result.signer_title}".strip(", "),
            "issued_at": result.issued_at,
            "standing": standing,
            "because": because,
            "ended_at": result.revoked_at or (replacement.issued_at if replacement else None),
            "replaced_by": replacement.number if replacement else "",
        }
    )


def _result(payload: Payload, dossier: Dossier) -> Result | None:
    """Return the result by its number, or by the second at which it was printed."""
    printed = Q(printed_at__gte=payload.at, printed_at__lt=payload.at + _SECOND)
    wanted = Q(number=payload.number) if payload.number else printed
    rows = Result.objects.filter(dossier=dossier).select_related("agency")
    return rows.filter(wanted).first()


def _standing(result: Result) -> tuple[str, str]:
    if result.state == Result.State.REVOKED:
        return "revoked", "revoked"
    if result.state == Result.State.REPLACED:
        return "replaced", "corrected"
    return "valid", ""


@dataclass(frozen=True)
class Recognised:
    """A file of ours that somebody holds, with what issued it."""

    ours: Ours
    file_id: int | None
    agency_id: int | None = None


def by_digest(sha256: str) -> Recognised | None:
    """Return the result whose file has exactly these bytes, or None.

    Only what we issued is recognised: that we keep some citizen's paper is nobody's business.
    """
    file = (
        File.objects.filter(sha256=sha256, source=File.Source.SYSTEM).first() if sha256 else None
    )
    if file is None:
        return None
    result = (
        Result.objects.filter(file__in=_line(file)).select_related("agency", "dossier").first()
    )
    if result is None or not _was_issued(file, result):
        return None
    ours = Ours(
        relation="same",
        paper=result.title,
        number=result.number,
        dossier_code=result.dossier.code,
        agency=result.agency.name,
        standing=_standing(result)[0],
    )
    return Recognised(ours, file.pk, result.agency_id)


def _was_issued(file: File, result: Result) -> bool:
    """Tell a version that was handed out from a draft: only a later seal replaces the former."""
    if file.pk == result.file_id:
        return True
    return file.at >= result.issued_at and Signature.objects.filter(file=file).exists()


def _line(file: File) -> list[int]:
    """Return the file and the versions that replaced it (a seal makes a new version)."""
    found, current = [file.pk], file
    while (following := File.objects.filter(replaces=current).first()) is not None:
        found.append(following.pk)
        current = following
    return found


def by_qr(payload: Payload, token: str) -> Recognised:
    """Return what the QR on the first page claims, and that this file is not the one we issued."""
    said = said_by(payload)
    relation = "mentioned"
    agency_id = None
    if payload.key == "result":
        dossier = _dossier(payload.dossier_code)
        result = _result(payload, dossier) if dossier else None
        if result is not None and result.file_id:
            relation, agency_id = "differs", result.agency_id
    ours = Ours(
        relation=relation,
        paper=said.paper,
        number=said.number,
        dossier_code=said.dossier_code,
        agency=said.agency,
        standing=said.standing,
        token=token,
    )
    return Recognised(ours, None, agency_id)
