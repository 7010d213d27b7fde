"""Views of the components themselves: the page that shows each once, and how pages are displayed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.web.accounts.guards import public
from motcua.web.ui import samples

_YEAR_SECONDS = 365 * 24 * 3600
_SWITCHES = {"co_chu": {"lon", "thuong"}, "nen": {"toi", "sang"}}


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component once, in its hardest state."""
    return render(request, "ui/components.html", samples.context(now=timezone.now()))


@public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep how this browser wants pages shown: large type, dark ground."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    for name, values in _SWITCHES.items():
        value = request.POST.get(name)
        if value in values:
            response.set_cookie(name, value, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True)
    return response
