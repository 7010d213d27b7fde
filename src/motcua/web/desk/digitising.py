"""The digitisation desk: what waits, the scans of one dossier, and one stack of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents.assembling.separating import separators
from motcua.documents.queries import digitising as stacks
from motcua.documents.services import digitising as desk
from motcua.dossiers import queries
from motcua.dossiers.queries import digitising as scans
from motcua.dossiers.services import digitising
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.prints import pdf

if TYPE_CHECKING:
    from motcua.documents.models import Batch
    from motcua.dossiers.models import Dossier

_REFRESH_SECONDS = "3"


@staff()
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what the machine has, what failed, and what waits to be compared or signed."""
    mine = queries.visible_to(actor_of(request)).values("pk")
    context = {
        "place": "digitise",
        "batches": stacks.unfinished(case_ids=mine),
        "papers": stacks.papers_in_work(case_ids=mine),
    }
    return render(request, "desk/digitise/waiting.html", context)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def scanning(request: HttpRequest, code: str) -> HttpResponse:
    """Show the scans of one dossier; a POST lays down a new stack."""
    dossier = found_dossier(request, code)
    status = 200
    if request.method == "POST":
        try:
            batch = digitising.open_stack(
                code=code, scans=_sent(request), by=actor_of(request), at=timezone.now()
            )
        except Refused as refusal:
            tell(request, refusal)
            status = 422
        else:
            return redirect("desk:digitise-stack", code, batch.uuid)
    context = {
        "place": "digitise",
        "dossier": dossier,
        "scans": scans.scans_of(dossier, by=actor_of(request)),
        "batches": stacks.batches_of_case(case_id=dossier.pk),
    }
    return render(request, "desk/digitise/dossier.html", context, status=status)


def _sent(request: HttpRequest) -> list[desk.Scan]:
    return [desk.Scan(file, file.name or "") for file in request.FILES.getlist("files")]


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Say why something was not done, with its article."""
    messages.error(request, f"{refusal} ({refusal.law})" if refusal.law else str(refusal))


@staff()
@require_safe
def separator_sheets(request: HttpRequest, code: str) -> HttpResponse:
    """Print the sheets that part a stack and name its papers."""
    dossier = found_dossier(request, code)
    listed = scans.components_of(dossier)
    return pdf(separators(code=dossier.code, components=listed), f"to-phan-cach-{code}.pdf")


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def stack(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """Show a stack as it lies; a POST does one step on it."""
    dossier = found_dossier(request, code)
    batch = _found(dossier, uuid)
    if request.method == "POST":
        _step(request, dossier, batch)
        if request.headers.get("X-Requested-With") != "fetch":
            return redirect("desk:digitise-stack", code, uuid)
        batch = _found(dossier, uuid)
    context = {
        "place": "digitise",
        "dossier": dossier,
        "stack": stacks.stack_of(batch=batch),
        "components": scans.components_of(dossier),
        "may_work": scans.may_digitise(dossier, by=actor_of(request)),
    }
    is_part = request.method == "POST"
    page = "desk/digitise/_stack.html" if is_part else "desk/digitise/stack.html"
    response = render(request, page, context)
    if batch.is_busy and not is_part:
        response["Refresh"] = _REFRESH_SECONDS
    return response


def _step(request: HttpRequest, dossier: "Dossier", batch: "Batch") -> None:
    """Do what the pressed button says: "turn:12:90", "undo", "assemble"."""
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    typed = request.POST.get("expected", "")
    expected = int(typed) if typed.isdecimal() else -1
    at = timezone.now()
    try:
        if not scans.may_digitise(dossier, by=actor_of(request)):
            raise digitising.NothingToDo(_("Chồng này do người khác số hóa; bạn chỉ xem được."))
        if verb in _ON_WHOLE:
            _ON_WHOLE[verb](batch.uuid, expected)
        elif verb == "add":
            desk.add_files(uuid=batch.uuid, scans=_sent(request), by=actor_of(request), at=at)
        else:
            what = _arguments(request, verb, rest)
            desk.arrange(uuid=batch.uuid, step=verb, expected=expected, at=at, **what)
    except Refused as refusal:
        tell(request, refusal)


_ON_WHOLE: dict[str, Callable[[UUID, int], object]] = {
    "undo": lambda uuid, seen: desk.undo(uuid=uuid, expected=seen, at=timezone.now()),
    "redo": lambda uuid, seen: desk.redo(uuid=uuid, expected=seen, at=timezone.now()),
    "assemble": lambda uuid, seen: desk.assemble(uuid=uuid, expected=seen, at=timezone.now()),
    "retry": lambda uuid, _seen: desk.retry(uuid=uuid, at=timezone.now()),
}


def _arguments(request: HttpRequest, verb: str, rest: str) -> dict[str, int | str]:
    """Return what a step takes, from the button's value and the chosen components."""
    parts = rest.split(":")
    if verb == "assign":
        chosen = parts[1] if len(parts) > 1 else request.POST.get(f"component-{parts[0]}", "")
        return {"piece": parts[0], "component": chosen[:120]}
    if verb == "merge":
        return {"piece": parts[0]}
    if not parts[0].isdecimal():
        return {}
    what: dict[str, int | str] = {"sheet": int(parts[0])}
    if verb in {"turn", "shift"} and len(parts) > 1 and parts[1] in {"90", "270", "1", "-1"}:
        what["by"] = int(parts[1])
    if verb == "move":
        what["piece"] = parts[1] if len(parts) > 1 else request.POST.get(f"to-{parts[0]}", "")
    return what


@staff()
@require_safe
def sheet(request: HttpRequest, code: str, uuid: UUID, key: int) -> HttpResponseBase:
    """Hand out the picture of a sheet: small, or large with `?large=1`."""
    dossier = found_dossier(request, code)
    batch = _found(dossier, uuid)
    jpeg = stacks.picture_of_sheet(batch=batch, key=key, is_large="large" in request.GET)
    if jpeg is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)


def found_dossier(request: HttpRequest, code: str) -> "Dossier":
    """Return the dossier that this person may read. Raises Http404: there is none."""
    dossier = queries.dossier_for(actor_of(request), code)
    if dossier is None:
        raise Http404
    return dossier


def _found(dossier: "Dossier", uuid: UUID) -> "Batch":
    batch = stacks.batch_within(uuid=uuid, case_ids=[dossier.pk])
    if batch is None:
        raise Http404
    return batch


def address_of(code: str) -> str:
    """Return the address of a dossier's scans."""
    return reverse("desk:digitise-dossier", args=[code])
