"""The catalogue for people: searching it, and a procedure in plain words."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.catalog import queries as catalog
from motcua.documents import papers
from motcua.dossiers import services as dossiers
from motcua.kernel import codes
from motcua.kernel.text import fold
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import actor_of, address_of
from motcua.web.portal import listing, places, procedure_page
from motcua.web.portal.life_events import EVENTS
from motcua.web.ui.parts import Crumb, Tab
from motcua.web.ui.throttle import Throttle

_LONGEST_QUESTION = 200
_HITS = 12
_SUGGESTIONS = 6
_GUIDED = Throttle("guidance", most=30, seconds=3600)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a question with procedures; a code leads straight to what it names."""
    question = " ".join(request.GET.get("q", "").split())[:_LONGEST_QUESTION]
    if codes.DOSSIER.match(question.upper()):
        return redirect(f"{reverse('portal:track')}?ma={question.upper()}")
    if codes.PROCEDURE.match(question) and listing.of_codes([question]):
        return redirect("portal:procedure", question)
    level = request.GET.get("cap", "")
    hits = listing.found(question, limit=_HITS, level=level or None) if question else []
    context = {
        "q": question,
        "hits": hits,
        "events": EVENTS,
        "level_tabs": _level_tabs(question, level),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
        "place": "procedures",
    }
    return render(request, "portal/results.html", context)


@public
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return the first hits as links, for the list under the search box."""
    question = request.GET.get("q", "").strip()[:_LONGEST_QUESTION]
    hits = catalog.search(question, limit=_SUGGESTIONS) if question else []
    return render(request, "portal/_suggestions.html", {"hits": hits})


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the fields, or the procedures of one field."""
    field = request.GET.get("linh-vuc", "")
    crumbs = [Crumb(_("Trang đầu"), "/")]
    context = {"crumbs": crumbs, "place": "procedures"}
    if field:
        crumbs.append(Crumb(_("Thủ tục"), reverse("portal:procedures")))
        listed = listing.of_codes([row.code for row in catalog.in_field(field)])
        if not listed:
            raise Http404
        context |= {"heading": field, "here": field, "listed": listed}
    else:
        heading = _("Thủ tục của tỉnh")
        fields = sorted(catalog.fields(), key=lambda row: fold(row[0]))
        context |= {"heading": heading, "here": _("Thủ tục"), "fields": fields, "events": EVENTS}
    return render(request, "portal/procedures.html", context)


@public
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Answer in plain words: what to bring for my case, how much, how long, where, how."""
    shown = _shown(request, code)
    now = timezone.now()
    context = {
        "page": shown,
        "now": now,
        "nearest": places.nearest(request.COOKIES.get(places.COOKIE, ""), now),
        "crumbs": [Crumb(_("Trang đầu"), "/"), *_field_crumb(shown.field)],
        "place": "procedures",
    }
    return render(request, "portal/procedure.html", context)


@public
@require_safe
def checklist(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers to take along as boxes to tick."""
    shown = _shown(request, code)
    context = {
        "page": shown,
        "now": timezone.now(),
        "crumbs": [
            Crumb(_("Trang đầu"), "/"),
            Crumb(shown.short_name, reverse("portal:procedure", args=[code])),
        ],
        "place": "procedures",
    }
    return render(request, "portal/checklist.html", context)


@public
@require_safe
def checklist_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Return the same list as a paper to print."""
    return _sheet(_shown(request, code), timezone.now())


@public
@require_POST
def guidance(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what this person was told, and give it as a paper (118/2025/NĐ-CP Điều 16)."""
    now = timezone.now()
    shown = procedure_page.page_of(code=code, case=request.POST.get("truong-hop", ""), now=now)
    if shown is None:
        raise Http404
    _GUIDED.count(address_of(request))
    dossiers.guide(
        procedure=code,
        case=shown.case,
        channel="portal",
        text=procedure_page.guidance_text(shown),
        agency="",
        by=actor_of(request),
        at=now,
    )
    return _sheet(shown, now)


def _shown(request: HttpRequest, code: str) -> procedure_page.Page:
    shown = procedure_page.page_of(
        code=code, case=request.GET.get("truong-hop", ""), now=timezone.now()
    )
    if shown is None:
        raise Http404
    return shown


def _sheet(shown: procedure_page.Page, now: datetime) -> HttpResponse:
    sheet = papers.render("checklist", procedure_page.checklist_data(shown), at=now)
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="giay-to-{shown.code}.pdf"'
    return response


def _level_tabs(question: str, level: str) -> list[Tab]:
    named = [("", _("Tất cả")), ("commune", _("Cấp xã")), ("province", _("Cấp tỉnh"))]
    href = reverse("portal:search")
    return [
        Tab(word, f"{href}?q={question}" + (f"&cap={key}" if key else ""), is_current=key == level)
        for key, word in named
    ]


def _field_crumb(field: str) -> list[Crumb]:
    if not field:
        return []
    return [Crumb(field, f"{reverse('portal:procedures')}?linh-vuc={field}")]
