"""Files that come with a form at the counter: in the form itself, or in pieces beforehand."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.directory.actor import Actor
from motcua.documents import queries
from motcua.documents import services as documents
from motcua.dossiers.queries import dossier_for
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.intake_form import draft_key
from motcua.web.ui import pieces

if TYPE_CHECKING:
    from motcua.web.desk.acts import Doing

MOST_FILES = 10
MOST_WAITING = 100


def stored(doing: "Doing", component: str, *, case_id: int) -> tuple[str, ...]:
    """Store the files sent for a component with its dossier, and return their keys.

    What was sent in pieces beforehand joins them.
    Raises what `documents.store` raises: a file is too large, damaged or of another kind.
    """
    key = supplement_key(doing.by, case_id)
    waited = [one.uuid for one in waiting(key).get(component, ())][:MOST_FILES]
    documents.attach(uuids=waited, draft_key=key, case_id=case_id)
    sent = doing.files.getlist(f"file-{component}") if doing.files is not None else []
    kept = [
        documents.store(
            file,
            name=file.name,
            by_key=doing.by.key,
            at=doing.at,
            case_id=case_id,
            component_key=component,
            source="scan",
        ).uuid
        for file in sent[: MOST_FILES - len(waited)]
    ]
    return tuple(str(uuid) for uuid in (*waited, *kept))


def supplement_key(by: Actor, case_id: int) -> str:
    """Return under which key an officer's scans wait until the supplement is recorded."""
    return f"desk:{by.account_id}:sup:{case_id}"


def waiting(key: str) -> Mapping[str, Sequence[Any]]:
    """Return the files that wait there, by component."""
    found: dict[str, list[Any]] = {}
    for one in queries.files_of_draft(draft_key=key):
        found.setdefault(one.component_key, []).append(one)
    return found


@staff("receptionist", "centre_lead", "support")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: HttpRequest) -> JsonResponse:
    """Begin to send a scan of the sheet at the counter, or tell what is still on its way."""
    token = request.POST.get("draft", "") or request.GET.get("draft", "")
    key = draft_key(actor_of(request).account_id, token)
    if not key:
        return JsonResponse({"unfinished": []})
    return _begun(request, key)


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, code: str) -> JsonResponse:
    """Begin to send a scan for a paper of a dossier, or tell what is still on its way."""
    actor = actor_of(request)
    found = dossier_for(actor, code)
    if found is None:
        raise Http404
    return _begun(request, supplement_key(actor, found.pk))


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "PUT", "POST", "DELETE"])
def piece(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Take a piece of what this officer sends."""
    return pieces.one(request, uuid, by=actor_of(request), at=timezone.now())


def _begun(request: HttpRequest, key: str) -> JsonResponse:
    actor = actor_of(request)
    if request.method != "POST":
        return pieces.unfinished(scope=key, by=actor, address=_address)
    component = request.POST.get("component", "")[:120]
    if len(queries.files_of_draft(draft_key=key)) >= MOST_WAITING:
        words = _("Đã có %d tệp chờ gửi. Hãy gửi hồ sơ này trước.") % MOST_WAITING
        return JsonResponse({"message": words}, status=422)
    about = documents.About(draft_key=key, component_key=component, source="scan")
    return pieces.begin(
        request, scope=key, about=about, by=actor, at=timezone.now(), address=_address
    )


def _address(uuid: UUID) -> str:
    return reverse("desk:upload", args=[uuid])
