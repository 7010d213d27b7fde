"""Reads of the catalogue for pages and for other modules; everything in it is public."""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from motcua.catalog.content import Content
from motcua.catalog.models import Procedure, ProcedureVersion, Revision
from motcua.catalog.search import engine
from motcua.catalog.search.entries import Entry
from motcua.catalog.search.index import Index, build
from motcua.catalog.search.lexicon import lexicon
from motcua.catalog.search.query import spelled as correct

_LOOK_AGAIN_SECONDS = 3.0
_LONGEST_QUESTION = 300
_MOST_KEPT = 2000
_lock = threading.Lock()
_in_force: dict[tuple[str, date], tuple[float, ProcedureVersion | None]] = {}


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure that answers a question. variants: how many codes were folded into it."""

    code: str
    name: str
    score: float
    field: str
    is_offered: bool
    level_province: bool
    level_commune: bool
    scope: str
    state: str
    variants: int = 1


def procedure_of(code: str) -> Procedure | None:
    """Return the procedure of that code, None when it is unknown."""
    return Procedure.objects.filter(code=code.strip()).first()


def _on(on: date, prefix: str = "") -> Q:
    begun = Q(**{f"{prefix}valid_from__lte": on})
    open_still = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return begun & open_still


def version_in_force(code: str, on: date) -> ProcedureVersion | None:
    """Return the version of that code that applies on the day, with its procedure; None: there is none.

    Kept for a moment (MOTCUA_CATALOG_SECONDS), so that an act costs no query; a version loaded
    elsewhere is seen that many seconds later. The row is shared: nobody changes it.
    """
    seconds = getattr(settings, "MOTCUA_CATALOG_SECONDS", _LOOK_AGAIN_SECONDS)
    kept = _in_force.get((code, on))
    if kept is not None and time.monotonic() - kept[0] < seconds:
        return kept[1]
    versions = ProcedureVersion.objects.select_related("procedure").defer("content")
    found = versions.filter(_on(on), procedure__code=code.strip()).order_by("-number").first()
    if len(_in_force) >= _MOST_KEPT:
        _in_force.clear()
    _in_force[code, on] = (time.monotonic(), found)
    return found


def forget_versions() -> None:
    """Ask the database anew which versions are in force (this process loaded some)."""
    _in_force.clear()


def version_of(version_id: int) -> ProcedureVersion:
    """Return a version by its key, with its procedure and without its content.

    Raises ProcedureVersion.DoesNotExist: there is none.
    """
    return ProcedureVersion.objects.select_related("procedure").defer("content").get(pk=version_id)


def versions_of(procedure: Procedure) -> list[ProcedureVersion]:
    """Return every version of the procedure, latest first, without their contents."""
    return list(procedure.versions.defer("content").order_by("-number"))


def versions_of_codes(codes: Iterable[str], on: date) -> dict[str, ProcedureVersion]:
    """Return the versions in force of these codes by code; unknown codes fall away (one query)."""
    versions = ProcedureVersion.objects.select_related("procedure").defer("content")
    rows = versions.filter(_on(on), procedure__code__in=list(codes)).order_by("number")
    return {row.procedure.code: row for row in rows}


@lru_cache(maxsize=4096)
def content_of(version_id: int) -> Content:
    """Return the content of a version; versions are never edited, so it is kept at hand.

    Raises ProcedureVersion.DoesNotExist: there is none.
    """
    row = ProcedureVersion.objects.values_list("content", flat=True).get(pk=version_id)
    return Content.from_json(row)


def plain_words(version_ids: Iterable[int]) -> dict[int, str]:
    """Return the everyday introductions of versions by key, for lists (one query)."""
    rows = ProcedureVersion.objects.filter(pk__in=list(version_ids))
    return {key: plain or "" for key, plain in rows.values_list("pk", "content__plain")}


def offered() -> QuerySet[Procedure]:
    """Return the procedures that our centres receive, most used first."""
    return Procedure.objects.filter(is_offered=True).order_by("-usage", "field", "name")


def most_used(limit: int = 12) -> list[Procedure]:
    """Return the offered procedures that are asked for most."""
    return list(offered()[:limit])


def fields(level: str = "") -> list[tuple[str, int]]:
    """Return the fields of what we offer with how many procedures each has, by name.

    level: "province" or "commune" counts only what is settled there.
    """
    rows = Procedure.objects.filter(is_offered=True).exclude(field="")
    if level:
        rows = rows.filter(**{f"level_{level}": True})
    counted = rows.order_by().values("field").annotate(many=Count("pk")).order_by("field")
    return [(row["field"], row["many"]) for row in counted]


def in_field(field: str) -> list[Procedure]:
    """Return what we offer in one field."""
    return list(offered().filter(field=field))


def variants_of(procedure: Procedure) -> list[Procedure]:
    """Return the other variants of the procedure: of other levels and of other provinces."""
    rows = Procedure.objects.filter(family=procedure.family).exclude(pk=procedure.pk)
    return list(rows.order_by("-is_offered", "scope", "code")[:40])


def compare_variants(family: str, on: date) -> list[tuple[Procedure, Content]]:
    """Return every variant of a family with its content in force, ours first, to set side by side."""
    versions = ProcedureVersion.objects.select_related("procedure")
    rows = versions.filter(_on(on), procedure__family=family)
    ordered = rows.order_by("-procedure__is_offered", "procedure__scope", "procedure__code")
    return [(row.procedure, row.as_content()) for row in ordered]


def known_contents() -> Iterator[tuple[Procedure, Content]]:
    """Return what our people can ask for, each procedure with the content of its open version."""
    wanted = Q(procedure__is_offered=True) | Q(procedure__usage__gt=0)
    versions = ProcedureVersion.objects.select_related("procedure").filter(wanted)
    for row in versions.filter(valid_to__isnull=True).order_by("procedure_id").iterator(300):
        yield row.procedure, row.as_content()


def procedures_of(codes: Iterable[str]) -> dict[str, Procedure]:
    """Return procedures by code; unknown codes fall away (one query)."""
    rows = Procedure.objects.defer("paper_words").filter(code__in=list(codes))
    return {row.code: row for row in rows}


def state_mark() -> str:
    """Return a short mark that differs whenever the catalogue does (one query each)."""
    revision = Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    last = ProcedureVersion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{revision}-{last}"


def search(text: str, limit: int = 10, level: str | None = None) -> list[Hit]:
    """Return the procedures that answer a question, best first, one hit per family of variants.

    level: "province" or "commune" keeps only what is settled there.
    """
    found = engine.search(
        text[:_LONGEST_QUESTION], _index(), lexicon(), limit=limit, level=level or ""
    )
    return [_hit(one) for one in found]


def spelled(text: str) -> str:
    """Return a text with its typing errors corrected towards the words of titles."""
    return correct(text[:_LONGEST_QUESTION], _index(), lexicon())


def fits(text: str, codes: Iterable[str]) -> dict[str, engine.Fit]:
    """Return how much of a question each procedure answers, and the telling words left over."""
    return engine.fits(text[:_LONGEST_QUESTION], codes, _index(), lexicon())


def _hit(found: engine.Found) -> Hit:
    entry = found.entry
    return Hit(
        code=entry.code,
        name=entry.name,
        score=found.score,
        field=entry.field,
        is_offered=entry.is_offered,
        level_province=entry.level_province,
        level_commune=entry.level_commune,
        scope=entry.scope,
        state=entry.state,
        variants=found.variants,
    )


class _Kept:
    """The index of this process and the revision of the catalogue that it was built from."""

    index: Index | None = None
    revision = -1
    looked_at = float("-inf")


def _index() -> Index:
    """The index of the present catalogue; looks for a later revision every few seconds."""
    now = time.monotonic()
    if _Kept.index is not None and now - _Kept.looked_at < _LOOK_AGAIN_SECONDS:
        return _Kept.index
    with _lock:
        revision = Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
        if _Kept.index is None or revision != _Kept.revision:
            _Kept.index = build(entries(), lexicon())
            _Kept.revision = revision
        _Kept.looked_at = time.monotonic()
        return _Kept.index


def forget_index() -> None:
    """Drop this process's index, so that the next search builds it anew (tests roll data back)."""
    _Kept.index = None
    _Kept.looked_at = float("-inf")


def entries() -> list[Entry]:
    """Return every procedure as search sees it (one query)."""
    rows = Procedure.objects.values_list(
        "code", "name", "family", "field", "scope", "state", "issuer", "is_offered",
        "level_province", "level_commune", "usage", "aliases", "result_names", "paper_words",
    )  # fmt: skip
    return [
        Entry(*row[:11], tuple(row[11]), tuple(row[12]), row[13]) for row in rows.iterator(2000)
    ]
