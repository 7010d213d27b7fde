"""From pages as read to a kind of paper and its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.documents.papers import qr
from motcua.documents.reading.words import Box, PageRead
from motcua.documents.understanding import agreeing, cards
from motcua.documents.understanding.finding import Candidate, candidates
from motcua.documents.understanding.layout import Sheet, sheet_of
from motcua.documents.understanding.metadata import Metadata, metadata_of
from motcua.documents.understanding.places import title_runs
from motcua.documents.understanding.spec import OTHER, Field, Kind, kinds
from motcua.documents.understanding.telling import kind_of

if TYPE_CHECKING:
    from motcua.documents.scanning.arrays import Image

__all__ = ["FieldRead", "Metadata", "Understood", "understand"]

_LATER, _EXACT = 0.97, 0.999


@dataclass(frozen=True)
class FieldRead:
    """One field as read; `value` is "" and `box` None where nothing was found."""

    key: str
    label: str
    shape: str
    value: str
    raw: str
    confidence: float
    page: int = 0
    box: Box | None = None


@dataclass(frozen=True)
class Understood:
    """What the pages of one file are: kind, fields, R11's metadata, and our own paper's dossier."""

    kind: str
    confidence: float
    title: str = ""
    fields: tuple[FieldRead, ...] = ()
    metadata: Metadata | None = None
    dossier_code: str = ""

    def value(self, key: str) -> str:
        """Return what a field says, "" when it says nothing."""
        return next((one.value for one in self.fields if one.key == key), "")


def understand(
    pages: Sequence[PageRead], images: "Sequence[Image]" = (), *, kind: str = ""
) -> Understood:
    """Return what these pages are and say (R11).

    images: the straightened pages, for a card's machine-readable zone. `kind`: a person named it,
    so it is not guessed.
    """
    sheets = [sheet_of(page) for page in pages]
    key, sure = (kind, 1.0) if kind else kind_of(sheets)
    exact = cards.from_codes(pages)
    if exact and not kind:
        key, sure = "identity_card", max(sure, _EXACT)
    code = _own_dossier(pages)
    known = kinds().get(key)
    if known is None:
        return Understood(OTHER, sure, dossier_code=code)
    if key == "identity_card":
        exact = _exact(sheets, images, exact)
    fields = tuple(_field(sheets, known, one, sure, exact) for one in known.fields)
    fields = agreeing.weighed(sheets, fields)
    title = _title(sheets, known)
    values = {one.key: one.value for one in fields}
    return Understood(key, sure, title, fields, metadata_of(known, title, values), code)


def _exact(sheets: list[Sheet], images: "Sequence[Image]", said: cards.Exact) -> cards.Exact:
    found: cards.Exact = {}
    for sheet, image in zip(sheets, images, strict=False):
        found |= cards.from_zone(sheet, image)
    return found | said


def _field(
    sheets: list[Sheet], kind: Kind, field: Field, sure: float, exact: cards.Exact
) -> FieldRead:
    if field.key in exact:
        value, page, box = exact[field.key]
        return FieldRead(field.key, field.label, field.shape, value, value, _EXACT, page, box)
    found = _best(sheets, kind, field)
    if found is None:
        return FieldRead(field.key, field.label, field.shape, "", "", 0.0)
    one = found.shaped
    confidence = round(min(found.score, 0.995) * min(1.0, sure + 0.15), 4)
    return FieldRead(
        field.key, field.label, field.shape, one.value, one.raw, confidence, found.page, found.box
    )


def _best(sheets: list[Sheet], kind: Kind, field: Field) -> Candidate | None:
    found = [one for sheet in sheets for one in candidates(sheet, kind, field)]
    if not found:
        return None
    weighed = [(one.score * _LATER**place, -place) for place, one in enumerate(found)]
    return found[-max(weighed)[1]]


def _title(sheets: list[Sheet], kind: Kind) -> str:
    for sheet in sheets:
        runs = title_runs(sheet, kind)
        if runs:
            text = " ".join(run.text for run in runs)
            return text.capitalize() if text.isupper() else text
    return kind.name


def _own_dossier(pages: Sequence[PageRead]) -> str:
    """Return the dossier that the QR of one of our own papers names."""
    for page in pages:
        for code in page.codes:
            payload = qr.decode(code.text)
            if payload:
                return payload.dossier_code
    return ""
