"""Result documents: a wording filled, drawn as PDF/A, with room for number, date and signatures.

The competent person signs a document that has no number yet; the clerk gives number and date when it
is issued (30/2020/NĐ-CP Điều 15, Điều 32). Both are therefore form fields that stand in the document
before the first signature and are filled before the second: a change that a signature permits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import typst

from motcua.documents.papers import data, fields, manifest, plain, press, qr, words
from motcua.documents.papers.wordings import FOLDER, Part, Wording

# A claim that still holds once signatures stand in the document; tags are written all the same.
STANDARDS: "list[typst.PDFStandard]" = ["a-2b"]
NUMBER, DATE, SIGNER = "number", "date", "signer"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One labelled value."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One part with its blanks filled."""

    kind: str
    text: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResultPaper:
    """What is printed; `number` empty: number and date are left as fields for the clerk."""

    issuer: data.Issuer
    dossier: data.DossierHead
    subject: str
    parts: tuple[Drawn, ...]
    signer: data.Signature
    number: str = ""
    authority: str = ""
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Printed:
    """A document with the places of its signature and fields."""

    pdf: bytes
    places: tuple[fields.Place, ...]

    def place(self, name: str) -> fields.Place | None:
        """Return the place of that name."""
        return next((one for one in self.places if one.name == name), None)


def drawn(wording: Wording, values: Mapping[str, str]) -> tuple[Drawn, ...]:
    """Return the parts of a wording with its blanks filled; empty optional parts are left out."""
    return tuple(
        _drawn(wording, part, values)
        for part in wording.parts
        if not part.optional or any(values.get(key) for key in part.blanks)
    )


def _drawn(wording: Wording, part: Part, values: Mapping[str, str]) -> Drawn:
    if part.kind != "rows":
        return Drawn(kind=part.kind, text=wording.filled(part.text, values))
    labelled = [blank for key in part.blanks if (blank := wording.blank(key))]
    rows = tuple(Row(label=blank.label, value=values.get(blank.key, "")) for blank in labelled)
    return Drawn(kind="rows", rows=rows)


def render_result(wording: Wording, paper: ResultPaper, at: datetime) -> Printed:
    """Return the document drawn at that moment (printed in its QR)."""
    inputs = {
        "form": "",
        "source": wording.source,
        "size": "a4",
        "title": wording.title,
        "at": at,
        "data": paper,
    }
    payload = qr.Payload(
        dossier_code=paper.dossier.code,
        procedure_code=paper.dossier.procedure_code,
        owner_id=paper.dossier.owner_id,
        paper=wording.name,
        agency_code=paper.issuer.code,
        at=at,
        key="result",
        number=paper.number,
    )
    pdf = press.pressed(
        FOLDER / "v1.typ",
        {"paper": plain.as_json(inputs), "qr": qr.svg(qr.encode(payload))},
        at=at,
        standards=STANDARDS,
    )
    return Printed(*fields.settled(pdf))


def is_open(pdf: bytes) -> bool:
    """Tell whether a document waits for its number and date."""
    named = {place.name for place in fields.places_of(pdf) if not place.is_filled}
    return {NUMBER, DATE} <= named


def numbered(pdf: bytes, *, number: str, at: datetime) -> bytes:
    """Return the document with number and date in their fields, as an addition to its bytes.

    Signatures that the document bears stay whole.
    Raises LookupError: the document has no such fields.
    """
    day = words.day(at.astimezone(words.HERE).date())
    wanted = {NUMBER: number, DATE: day}
    stamps = {
        place.name: (wanted[place.name], _stamp(wanted[place.name], place, at))
        for place in fields.places_of(pdf)
        if place.name in wanted
    }
    if set(stamps) != set(wanted):
        raise LookupError("the document has no fields for number and date")
    return fields.filled(pdf, stamps)


def _stamp(text: str, place: fields.Place, at: datetime) -> bytes:
    """Return a page as large as the field, with the text in it."""
    inputs = {
        "text": plain.as_json({"text": text}),
        "width": f"{place.width:.3f}",
        "height": f"{place.height:.3f}",
        "slant": "italic" if place.name == DATE else "normal",
    }
    path = manifest.TEMPLATES / "results" / "stamp.typ"
    return press.pressed(path, inputs, at=at, standards=STANDARDS, tags=False)
