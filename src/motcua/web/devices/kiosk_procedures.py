"""The kiosk: finding a procedure, seeing what to bring for one's case, and printing it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.catalog import queries as catalog
from motcua.web.accounts.guards import public
from motcua.web.devices.kiosk import common

_LONGEST = 200
_HITS = 6


@public
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """List the procedures that fit, few and large."""
    question = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    hits = catalog.search(question, limit=_HITS) if question else []
    context = common() | {"q": question, "hits": hits}
    return render(request, "devices/kiosk_procedures.html", context)


@public
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers of one case, and where to print them."""
    version = catalog.version_in_force(code, timezone.localdate())
    if version is None:
        raise Http404
    content = catalog.content_of(version.pk)
    wanted = request.GET.get("case", "")
    names = {case.key: case.name for case in content.cases}
    case = wanted if wanted in names else next(iter(names), "")
    paper = reverse("portal:checklist-paper", args=[code])
    context = common() | {
        "code": code,
        "content": content,
        "case": case,
        "papers": content.components_for(case),
        "paper_url": f"{paper}?truong-hop={case}" if case else paper,
    }
    return render(request, "devices/kiosk_procedure.html", context)
