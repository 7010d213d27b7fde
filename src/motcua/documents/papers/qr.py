"""The QR of every exported paper.

Source: 01/2023/TT-VPCP Điều 24; TCVN 7322:2009. Six fields joined by "|": dossier code, procedure
code, identifier of the owner, name of the paper, agency code, time.
"""

import io
from dataclasses import dataclass
from datetime import datetime

import segno

from motcua.documents.papers.words import HERE

# Six fields of this length still fit a QR of error correction M, whatever their letters.
LONGEST_FIELD = 120


@dataclass(frozen=True, kw_only=True)
class Payload:
    """What the QR of a paper says."""

    dossier_code: str
    procedure_code: str
    owner_id: str
    paper: str
    agency_code: str
    at: datetime


def encode(payload: Payload) -> str:
    """Return the text inside the QR."""
    fields = (
        payload.dossier_code,
        payload.procedure_code,
        payload.owner_id,
        payload.paper,
        payload.agency_code,
        payload.at.astimezone(HERE).isoformat(timespec="seconds"),
    )
    return "|".join(field.replace("|", "/")[:LONGEST_FIELD] for field in fields)


def decode(text: str) -> Payload | None:
    """Return what the text of one of our QRs says, or None where it is not ours."""
    fields = text.strip().split("|")
    if len(fields) != 6:
        return None
    try:
        at = datetime.fromisoformat(fields[5])
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    code, procedure, owner, paper, agency, _ = fields
    return Payload(
        dossier_code=code,
        procedure_code=procedure,
        owner_id=owner,
        paper=paper,
        agency_code=agency,
        at=at,
    )


def svg(text: str) -> str:
    """Return the QR of the text as SVG, error correction M, with no quiet zone of its own."""
    out = io.BytesIO()
    segno.make(text, error="m", boost_error=False, micro=False, encoding="utf-8").save(
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode()
