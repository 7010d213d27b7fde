"""The state of stored files, for those who run the house: how safe, how whole, what is isolated."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.documents import queries as documents
from motcua.web.accounts.guards import staff


@staff("admin")
@never_cache
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Show what the virus scanner and the inspections found."""
    context = {"place": "files", "condition": documents.condition()}
    return render(request, "desk/files.html", context)
