"""Loading what is known from its sources: the catalogue, texts of law, the digest, the directory."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from importlib import resources
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from motcua.assistant.knowledge.catalogue import Version, procedure_rows
from motcua.assistant.knowledge.legal.digest import digest_rows
from motcua.assistant.knowledge.legal.passages import law_rows
from motcua.assistant.knowledge.legal.reading import Article, BadLawFile, read_file
from motcua.assistant.knowledge.legal.validity import Document, Validity, known, with_texts
from motcua.assistant.knowledge.places import place_rows
from motcua.assistant.knowledge.rows import SHAPE, slug_of
from motcua.assistant.models import KnowledgeLoad, LawDocument
from motcua.assistant.services.knowing.core import Advance, LoadReport, hold, write
from motcua.catalog.models import Procedure, ProcedureVersion, Revision
from motcua.directory.actor import Actor

CATALOGUE, LAW, DIGEST, PLACES = "catalogue", "law", "digest", "places"
_DOCUMENT = (
    "slug", "title", "issued_on", "in_force_from", "ended_on", "replaced_by", "amended_by",
    "consolidates", "note",
)  # fmt: skip


def refresh(*, by: Actor, at: datetime) -> list[LoadReport]:
    """Bring up to date what comes from our own tables and files; what stayed the same costs little."""
    return [
        *load_catalogue(by=by, at=at),
        *load_digest(by=by, at=at),
        *load_places(by=by, at=at),
    ]


def load_catalogue(*, by: Actor, at: datetime, advance: Advance | None = None) -> list[LoadReport]:
    """Load the procedures of the catalogue, each version by section; none when it did not move."""
    number = Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    checksum = f"{SHAPE}:{number}"
    if _is_loaded(CATALOGUE, checksum):
        return []
    rows = (row for version in _versions() for row in procedure_rows(version))
    report = write(rows, load=CATALOGUE, checksum=checksum, by=by, at=at, advance=advance)
    return [report]


def _versions() -> Iterator[Version]:
    """Every version of what our centres may receive."""
    rows = ProcedureVersion.objects.select_related("procedure").filter(
        procedure__is_offered=True, procedure__state=Procedure.State.ACTIVE
    )
    for row in rows.order_by("procedure__code", "number").iterator(500):
        yield Version(
            code=row.procedure.code,
            number=row.number,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            content=row.as_content(),
            aliases=tuple(row.procedure.aliases),
        )


def load_places(*, by: Actor, at: datetime) -> list[LoadReport]:
    """Load communes, centres, opening hours and the hotline of the directory."""
    rows = list(place_rows(timezone.localdate(at)))
    checksum = _digest(f"{row.key}{row.checksum}" for row in rows)
    if _is_loaded(PLACES, checksum):
        return []
    return [write(rows, load=PLACES, checksum=checksum, by=by, at=at)]


def load_digest(*, by: Actor, at: datetime) -> list[LoadReport]:
    """Load the digest of the law that ships with us, and the dates of documents.

    Where texts were loaded, their dates are known already and stay.
    """
    checksum = _own_files()
    if _is_loaded(DIGEST, checksum):
        return []
    facts = known()
    with transaction.atomic():
        hold()
        _write_documents(facts, is_whole=False)
        report = write(digest_rows(facts), load=DIGEST, checksum=checksum, by=by, at=at)
    return [report]


def load_law(
    *, files: Sequence[Path], by: Actor, at: datetime, advance: Advance | None = None
) -> list[LoadReport]:
    """Load texts of law from files, the first file that has an article wins; the same files again
    change nothing.

    What the texts say of their own dates is believed where we know no better (data/validity.toml):
    a text known to be replaced keeps its end whatever a file claims.
    Raises BadLawFile: a file is not a list of articles (with the line); nothing is loaded then.
    """
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise BadLawFile(f"không có tệp {missing[0]}")
    checksum = _digest([_own_files(), *(_file_digest(path) for path in files)])
    if _is_loaded(LAW, checksum):
        return []
    readings = [read_file(path) for path in files]
    articles = [article for reading in readings for article in reading.articles]
    aside = [row for reading in readings for row in reading.set_aside]
    names = [path.name for path in files]
    return [_write_law(articles, aside, checksum, names, by=by, at=at, advance=advance)]


@transaction.atomic
def _write_law(
    articles: list[Article],
    aside: list[tuple[str, str]],
    checksum: str,
    files: list[str],
    *,
    by: Actor,
    at: datetime,
    advance: Advance | None,
) -> LoadReport:
    hold()
    facts = with_texts(known(), articles)
    _write_documents(facts, is_whole=True)
    write(digest_rows(facts), load=DIGEST, checksum=_own_files(), by=by, at=at)
    return write(
        law_rows(articles, facts),
        load=LAW,
        checksum=checksum,
        by=by,
        at=at,
        set_aside=aside,
        files=files,
        advance=advance,
    )


def _write_documents(facts: Validity, *, is_whole: bool) -> None:
    """Write the dates of documents; without `is_whole` what texts told of others stays."""
    fresh = {number: _values(document) for number, document in facts.documents.items()}
    stored = {row.number: row for row in LawDocument.objects.all()}
    changed = [
        LawDocument(number=number, **values)
        for number, values in fresh.items()
        if number not in stored
        or any(getattr(stored[number], name) != value for name, value in values.items())
    ]
    if is_whole:
        gone = sorted(set(stored) - set(fresh))
        if gone:
            LawDocument.objects.filter(number__in=gone).delete()
    if changed:
        LawDocument.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["number"], update_fields=_DOCUMENT
        )


def _values(document: Document) -> dict[str, str | date | list[str] | None]:
    return {
        "slug": slug_of(document.number),
        "title": document.title,
        "issued_on": document.issued,
        "in_force_from": document.in_force,
        "ended_on": document.ended,
        "replaced_by": list(document.replaced_by),
        "amended_by": list(document.amended_by),
        "consolidates": document.consolidates,
        "note": document.note,
    }


def _is_loaded(load: str, checksum: str) -> bool:
    return KnowledgeLoad.objects.filter(pk=load, checksum=checksum).exists()


def _own_files() -> str:
    """A digest of the files that ship with us."""
    folder = resources.files("motcua.assistant.data")
    files = [folder.joinpath("validity.toml"), *folder.joinpath("law").iterdir()]
    texts = (
        file.read_text("utf-8") for file in sorted(files, key=lambda f: f.name) if file.is_file()
    )
    return _digest([SHAPE, *texts])


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(parts: Iterable[str]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode())
    return total.hexdigest()
