"""What was attached, as the completeness check sees it: each file with what was read on it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch

from motcua.documents.completeness import Document
from motcua.documents.completeness import Reading as Read
from motcua.documents.models import File, Reading, ReadValue
from motcua.documents.queries.reading import metadata
from motcua.documents.understanding import kinds

_VALUES = Prefetch("values", ReadValue.objects.defer("crop"))


def documents_of(files: Iterable[File]) -> tuple[Document, ...]:
    """Return the files of a case or draft as documents with what was read on them (two queries).

    What a person confirmed is sure; what the machine has not read yet is left to the eye.
    """
    rows = {file.pk: file for file in files}
    if not rows:
        return ()
    readings = Reading.objects.filter(file__in=rows, state=Reading.State.DONE)
    rows_read = readings.defer("text").prefetch_related(_VALUES)
    read = {row.file_id: row for row in rows_read}
    return tuple(
        Document(str(file.uuid), file.component_key, _as_read(read[key]) if key in read else None)
        for key, file in rows.items()
    )


def _as_read(row: Reading) -> Read:
    values = list(row.values.all())
    said = metadata(row)
    kind = kinds().get(row.kind)
    last = _day(said.valid_until) if said else None
    return Read(
        kind=row.kind,
        kind_confidence=1.0 if row.confirmed_at or row.kind_named else row.kind_confidence,
        clarity=_clarity(row),
        owner=said.owner_name if said else "",
        owner_confidence=_confidence(values, kind.owner if kind else ""),
        last_day=last,
        last_day_confidence=_confidence(
            values, (kind.valid_until or kind.issued_on) if kind else ""
        ),
    )


def _clarity(row: Reading) -> float:
    """How surely the words were read, over all pages; pages without words count as unread."""
    shares = [float(page.get("confidence", 0.0)) for page in row.pages if isinstance(page, dict)]
    return sum(shares) / len(shares) if shares else 1.0


def _confidence(values: list[ReadValue], key: str) -> float:
    found = next((one for one in values if one.key == key), None)
    if found is None:
        return 0.0
    return 1.0 if found.confirmed_at else found.confidence


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
