"""Files of a filing or a supplement sent in pieces: what the pages offer where script runs."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.documents import queries
from motcua.documents import services as documents
from motcua.dossiers.queries import dossier_for, whole
from motcua.web.accounts.guards import citizen
from motcua.web.accounts.request import actor_of
from motcua.web.portal import uploads, wizard
from motcua.web.ui import pieces


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: HttpRequest, code: str) -> JsonResponse:
    """Begin to send a paper of a filing, or tell what is still on its way."""
    opened = wizard.open_wizard(code, actor_of(request))
    if opened.draft is None:
        raise Http404
    return _begun(request, {slot.key for slot in opened.slots()}, opened.draft_key)


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, code: str) -> JsonResponse:
    """Begin to send a paper of a supplement, or tell what is still on its way."""
    actor, at = actor_of(request), timezone.now()
    found = dossier_for(actor, code)
    if found is None or found.state != "wait_supplement":
        raise Http404
    asked = whole(found, actor=actor, at=at).supplement
    items: Mapping[str, str] = asked.items if asked else {}
    return _begun(request, set(items), uploads.supplement_key(found.pk))


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "PUT", "POST", "DELETE"])
def piece(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Take a piece of what this person sends."""
    return pieces.one(request, uuid, by=actor_of(request), at=timezone.now())


def _begun(request: HttpRequest, components: set[str], draft_key: str) -> JsonResponse:
    actor = actor_of(request)
    if request.method != "POST":
        return pieces.unfinished(scope=draft_key, by=actor, address=_address)
    component = request.POST.get("component", "")
    if component not in components:
        raise Http404
    there = queries.files_of_draft(draft_key=draft_key)
    if sum(file.component_key == component for file in there) >= uploads.MOST_FILES:
        words = _("Mỗi giấy tờ nhận nhiều nhất %d tệp.") % uploads.MOST_FILES
        return JsonResponse({"message": words}, status=422)
    about = documents.About(
        draft_key=draft_key, component_key=component, party_id=actor.party_id, source="portal"
    )
    return pieces.begin(
        request, scope=draft_key, about=about, by=actor, at=timezone.now(), address=_address
    )


def _address(uuid: UUID) -> str:
    return reverse("portal:upload", args=[uuid])
