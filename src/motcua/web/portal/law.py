"""What an answer rests on, opened by one click: an article of law, a document, another source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.assistant import knowledge
from motcua.assistant.knowledge.rows import law_url
from motcua.catalog import queries as catalog
from motcua.kernel.text import fold
from motcua.web.accounts.guards import public
from motcua.web.ui.parts import Crumb

if TYPE_CHECKING:
    from motcua.assistant.models import LawDocument, Passage

_TEXT, _MOST_LISTED = "article", 400


@dataclass(frozen=True)
class Validity:
    """Whether something holds on a day, in words; tone: "sea" in force, "late" not any more."""

    words: str
    tone: str
    icon: str
    replaced_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entry:
    """A fact of the digest; `anchor` is where its citation leads to."""

    anchor: str
    title: str
    text: str
    cite: str
    note: str
    is_verified: bool


@dataclass(frozen=True)
class Line:
    """A line of an article's text; depth 1 a point, 2 a hyphen below it."""

    text: str
    depth: int


@public
@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a document: whether it is in force, what replaced it, its articles at hand."""
    found = _document(slug)
    rows = knowledge.law(found.number)[:_MOST_LISTED]
    context = {
        "document": found,
        "validity": _validity_of_document(found, _day(request)),
        "amended_by": [(number, law_url(number)) for number in found.amended_by],
        "articles": [row for row in rows if row.section == _TEXT],
        "entries": [_entry(row) for row in rows if row.section != _TEXT],
        "crumbs": [Crumb(_("Trang đầu"), "/")],
    }
    return render(request, "portal/law_document.html", context)


@public
@require_safe
def article(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show one article with its validity, what changed it, and what it says in plain words."""
    found = _document(slug)
    every = knowledge.law(found.number)
    rows = [row for row in every if fold(row.article) == fold(name)]
    if not rows:
        raise Http404
    text = next((row for row in rows if row.section == _TEXT), None)
    entries = [row for row in rows if row.section != _TEXT]
    day = _day(request)
    shown = text or entries[0]
    context = {
        "document": found,
        "article": shown.article,
        "heading": text.title if text is not None else found.title,
        "lines": _lines(text.text) if text is not None else [],
        "entries": [_entry(row) for row in entries],
        "amended": _amended(text),
        "note": text.note if text is not None else found.note,
        "validity": _validity(shown, found, day),
        "day": day,
        "is_other_day": day != timezone.localdate(),
        "procedures": _procedures(entries, day),
        "beside": _beside(every, shown.article),
        "crumbs": [Crumb(_("Trang đầu"), "/"), Crumb(found.number, law_url(found.number))],
    }
    return render(request, "portal/law_article.html", context)


@public
@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show another source of an answer; what has a page of its own is shown there."""
    row = knowledge.passages([key]).get(key)
    if row is None:
        raise Http404
    if row.kind in {"procedure", "law"}:
        return redirect(row.url)
    context = {
        "row": row,
        "kind": row.get_kind_display(),
        "text": row.facts.get("answer") or row.text,
        "origin": row.facts.get("source", ""),
        "validity": _validity(row, None, _day(request)),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
    }
    return render(request, "portal/source.html", context)


def _document(slug: str) -> "LawDocument":
    found = knowledge.document(slug)
    if found is None:
        raise Http404
    if found.consolidates:
        return knowledge.document(found.consolidates) or found
    return found


def _day(request: HttpRequest) -> date:
    """The day that is asked about ("ngay"), today without one."""
    try:
        return parse_date(request.GET.get("ngay", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _validity_of_document(found: "LawDocument", day: date) -> Validity:
    return _words(found.in_force_from, found.ended_on, found.replaced_by, day)


def _validity(row: "Passage", found: "LawDocument | None", day: date) -> Validity:
    replaced = found.replaced_by if found is not None else []
    return _words(row.valid_from, row.valid_to, replaced, day)


def _words(since: date | None, until: date | None, replaced: list[str], day: date) -> Validity:
    links = tuple((number, law_url(number)) for number in replaced)
    if until is not None and until <= day:
        words = _("Hết hiệu lực từ %(day)s") % {"day": f"{until:%d/%m/%Y}"}
        return Validity(words, "late", "alert", links)
    if since is not None and since > day:
        words = _("Chưa có hiệu lực, bắt đầu từ %(day)s") % {"day": f"{since:%d/%m/%Y}"}
        return Validity(words, "gold", "clock")
    if until is not None:
        said = {"day": f"{until:%d/%m/%Y}"}
        return Validity(_("Đang có hiệu lực, đến trước %(day)s") % said, "sea", "check", links)
    if since is None:
        return Validity(_("Chưa biết hết hiệu lực; ngày có hiệu lực chưa rõ"), "", "info")
    return Validity(
        _("Đang có hiệu lực, từ %(day)s") % {"day": f"{since:%d/%m/%Y}"}, "sea", "check"
    )


def _amended(text: "Passage | None") -> tuple[str, str] | None:
    """The article that changed this one: its name and its address."""
    found = text.facts.get("amended") if text is not None else None
    if not isinstance(found, dict):
        return None
    name = _("%(number)s Điều %(article)s") % {"article": found["article"], "number": found["by"]}
    return name, law_url(found["by"], found["article"])


def _entry(row: "Passage") -> Entry:
    anchor = row.key.partition("#")[2]
    return Entry(anchor, row.title, row.text, row.facts.get("cite", ""), row.note, row.is_verified)


def _lines(text: str) -> list[Line]:
    return [Line(line, _depth(line)) for line in text.splitlines() if line.strip()]


def _depth(line: str) -> int:
    if line.startswith(("-", "+", "–")):
        return 2
    return 1 if line[1:2] == ")" or line[2:3] == ")" else 0


def _procedures(entries: "Sequence[Passage]", day: date) -> list[tuple[str, str]]:
    """Procedures that the entries concern: code and name, in force on the day."""
    codes = [code for row in entries for code in row.facts.get("procedures", [])]
    found = catalog.versions_of_codes(dict.fromkeys(codes), day)
    return [(code, row.procedure.name) for code, row in found.items()]


def _beside(every: "Sequence[Passage]", name: str) -> dict[str, tuple[str, str] | None]:
    """The articles before and after this one, each with its address; None at the ends."""
    places = {row.article: row.url for row in every if row.section == _TEXT}
    names = list(places)
    if name not in names:
        return {}
    at = names.index(name)
    before = names[at - 1] if at else ""
    after = names[at + 1] if at + 1 < len(names) else ""
    return {
        "before": (before, places[before]) if before else None,
        "after": (after, places[after]) if after else None,
    }
