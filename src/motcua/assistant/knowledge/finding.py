"""The door to what is known: passages that answer, by score, on a day."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.assistant.knowledge import files, nearest
from motcua.assistant.knowledge.rows import slug_of
from motcua.assistant.models import KnowledgeIndex, LawDocument, Passage

_LONGEST_QUESTION = 500
# The index tells entries of the digest from whole articles; both are of kind "law".
_LAW, _DIGEST = "law", "digest"
_BARE = re.compile(r"\d{1,4}-(?:19|20)\d{2}")  # a number without its kind
_MORE = 2  # asked of the index for each one wanted: some fall away as doubles


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may answer, how sure that is (0..1), and what the score is made of."""

    passage: Passage
    score: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is known: for "Tôi đã tìm trong N thủ tục và M điều luật"."""

    procedures: int = 0
    articles: int = 0
    documents: int = 0
    places: int = 0
    answers: int = 0
    passages: int = 0


def find(
    question: str,
    *,
    on: date,
    limit: int = 10,
    kinds: Collection[str] | None = None,
    dense: Mapping[str, float] | None = None,
    unverified: bool = False,
) -> list[Found]:
    """Return the passages that answer and hold on that day, best first.

    `kinds`: of the table, where "law" is articles and entries of the digest; "digest": entries
    only. Entries that could not be checked are left out unless `unverified` asks for them.

    An entry of the digest and the article it is taken from are both kept: the entry says it
    plainly, the article is the source. Passages that were changed since the index was built are
    read as they are now, and fall away when they no longer hold. `dense`: likenesses by key; asked
    of the embedding server when one is set up.
    Raises NothingKnown: nothing has been loaded.
    """
    text = question[:_LONGEST_QUESTION]
    dense = nearest.near(text) if dense is None else dense
    wanted = None if kinds is None else {*kinds, *((_DIGEST,) if _LAW in kinds else ())}
    hits = files.opened().search(text, limit=limit * _MORE, on=on, kinds=wanted, dense=dense)
    rows = {row.key: row for row in _on(on).filter(key__in=[hit.key for hit in hits])}
    found = [
        Found(rows[hit.key], hit.score, hit.features)
        for hit in hits
        if hit.key in rows and (unverified or rows[hit.key].is_verified)
    ]
    return found[:limit]


def _on(day: date) -> QuerySet[Passage]:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return Passage.objects.filter(begun & lasts)


def passages(keys: Collection[str]) -> dict[str, Passage]:
    """Return passages by key, whatever their dates; unknown keys fall away (one query)."""
    return {row.key: row for row in Passage.objects.filter(key__in=list(keys))}


def about_procedure(code: str, *, on: date) -> dict[str, list[Passage]]:
    """Return what the procedure's version in force on that day says, by section (one query).

    A section has several passages where its papers differ by case; entries of the digest that
    concern the procedure and could be checked stand under "law".
    """
    own = Q(kind=Passage.Kind.PROCEDURE, procedure=code)
    law = Q(kind=Passage.Kind.LAW, is_verified=True, facts__procedures__contains=[code])
    answers = Q(kind=Passage.Kind.ANSWER, procedure=code)
    sections: dict[str, list[Passage]] = {}
    for row in _on(on).filter(own | law | answers).order_by("key"):
        section = row.section if row.kind == Passage.Kind.PROCEDURE else row.kind
        sections.setdefault(section, []).append(row)
    return sections


def law(number: str, article: str = "", *, on: date | None = None) -> list[Passage]:
    """Return the passages of an article (of a document without one): the text first, then entries.

    `on`: only when it holds on that day; without it whatever is known, in force or not.
    """
    rows = (
        Passage.objects.filter(kind=Passage.Kind.LAW, document=number)
        if on is None
        else _on(on).filter(kind=Passage.Kind.LAW, document=number)
    )
    if article:
        rows = rows.filter(article=article)
    return sorted(rows, key=lambda row: (_order(row.article), row.section != "article", row.key))


def _order(article: str) -> tuple[int, str]:
    number = re.match(r"\d+", article)
    return (int(number.group()) if number else 0, article)


def document(slug_or_number: str) -> LawDocument | None:
    """Return what is known of a document by its number or the name in its address.

    A number without its kind ("61/2018") is enough where only one document has it.
    """
    slug = slug_of(slug_or_number)
    found = LawDocument.objects.filter(slug=slug).first()
    if found is not None or not _BARE.fullmatch(slug):
        return found
    rows = list(LawDocument.objects.filter(slug__startswith=f"{slug}-")[:2])
    return rows[0] if len(rows) == 1 else None


def documents(numbers: Collection[str]) -> dict[str, LawDocument]:
    """Return what is known of documents by number (one query)."""
    return {row.number: row for row in LawDocument.objects.filter(number__in=list(numbers))}


def is_current(number: str, *, on: date) -> bool:
    """Tell whether a document may be cited as current on that day; an unknown one may.

    Nothing that is known to have been replaced may (61/2018/NĐ-CP since 01/07/2025).
    """
    known = document(number)
    return known is None or known.ended_on is None or on < known.ended_on


def coverage() -> Coverage:
    """Return how much is known, counted when the index was built."""
    counts = KnowledgeIndex.objects.filter(pk=1).values_list("counts", flat=True).first() or {}
    return Coverage(**{name: int(counts.get(name, 0)) for name in Coverage.__slots__})
