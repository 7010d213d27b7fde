"""Finding dossiers, results that wait at the counter, and procedures."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.catalog import queries as catalog
from motcua.dossiers import queries
from motcua.dossiers.queries import desk
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.rows import rows_of
from motcua.web.ui.parts import page_links
from motcua.web.ui.states import LOOKS
from motcua.workflow import diagram
from motcua.workflow import queries as workflow

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

PER_PAGE = 25


@staff()
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find dossiers by code, name, number or phone among those this person may read."""
    actor, at = actor_of(request), timezone.now()
    typed = request.GET
    late = {"1": True, "0": False}.get(typed.get("late", ""))
    state = typed.get("state", "") if typed.get("state") in LOOKS else ""
    wish = queries.Wish(
        text=typed.get("q", "")[:120],
        state=state,
        procedure=typed.get("procedure", "")[:40],
        since=_day(typed.get("since", "")),
        until=_day(typed.get("until", "")),
        late=late,
    )
    context: dict[str, Any] = {
        "place": "search",
        "q": wish.text,
        "state": wish.state,
        "late": typed.get("late", ""),
        "states": [(key, look.word) for key, look in LOOKS.items()],
        "is_asked": any(
            typed.get(name) for name in ("q", "state", "procedure", "since", "until", "late")
        ),
    }
    context |= _page(request, queries.dossiers(actor, wish, at=at), at)
    return render(request, "desk/search.html", context)


def _page(request: HttpRequest, found: "QuerySet[Dossier]", at: datetime) -> dict[str, Any]:
    typed = request.GET.get("trang", "1")
    number = min(max(1, int(typed)), 400) if typed.isdecimal() and len(typed) < 9 else 1
    rows = list(found[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    links = page_links(
        number=number, last=number + (len(rows) > PER_PAGE), query=request.GET.dict()
    )
    return {"rows": rows_of(rows[:PER_PAGE], actor=actor_of(request), at=at), "pages": links}


def _day(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None


@staff("receptionist", "centre_lead")
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """List the results that wait at this counter for their people."""
    at = timezone.now()
    found = desk.results_waiting(actor_of(request)).select_related(
        "turn_agency", "owner", "competent"
    )
    held = desk.originals_waiting(actor_of(request))
    context = {"place": "results", "now": at, "held": held, **_page(request, found, at)}
    return render(request, "desk/results.html", context)


@staff()
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Find a procedure."""
    text = request.GET.get("q", "").strip()
    context = {
        "place": "procedures",
        "q": text,
        "hits": catalog.search(text, limit=20) if text else [],
        "often": [] if text else catalog.most_used(20),
    }
    return render(request, "desk/procedures.html", context)


@staff()
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show a procedure with its internal process."""
    version = catalog.version_in_force(code, on=timezone.localdate())
    if version is None:
        raise Http404
    held = workflow.process_for(code, version.pk, on=timezone.localdate())
    context = {
        "place": "procedures",
        "version": version,
        "procedure": version.procedure,
        "content": catalog.content_of(version.pk),
        "process": held,
        "drawing": diagram.svg(held.process),
        "steps": diagram.words(held.process),
    }
    return render(request, "desk/procedure.html", context)
