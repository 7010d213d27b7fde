"""Places: who lives farther than 10 km from where people are served, and where one more helps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.web.accounts.guards import public
from motcua.web.boards import places_page
from motcua.web.boards.asked import asked
from motcua.web.boards.views import shell_of


@public
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The map of service points of one kind, the communes that live far, the next best points."""
    wanted = asked(request, at=timezone.now())
    on = timezone.localdate()
    context = places_page.context_of(
        kind=request.GET.get("loai", ""), put=request.GET.getlist("dat"), on=on
    )
    frame = {"asked": wanted, "place": "boards", "shell": shell_of(wanted)}
    return render(request, "boards/places.html", frame | context)
