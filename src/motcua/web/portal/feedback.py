"""Sending feedback: a text, a place, pictures; read back once with what it seems to be, then sent."""

from contextlib import ExitStack
from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.directory.actor import Actor
from motcua.directory.queries import parties
from motcua.directory.queries import territory as directory
from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.feedback import services as feedback
from motcua.feedback.queries.suggesting import Suggested, suggested
from motcua.feedback.services.intake import ARTICLES, WHERE
from motcua.feedback.triage import About
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import actor_of, address_of
from motcua.web.portal import feedback_proof, geography, places, uploads
from motcua.web.portal.feedback_forms import SendForm
from motcua.web.ui import pieces
from motcua.web.ui.parts import Crumb
from motcua.web.ui.throttle import Throttle, TooManyTries

SLOT = "anh"
_SENDINGS = Throttle("feedback-send", most=30, seconds=3600)
_UPLOADS = Throttle("feedback-upload", most=120, seconds=3600)
_FIELD_OF = {"place_code": "place", "files": "", "address": "sender_address"}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Ask for a report; read it back with what it seems to be; send it."""
    if request.method != "POST":
        return _asked(request, _form(request, _known(request)), _slot(request, ""))
    form = _form(request)
    form.is_valid()
    slot = _slot(request, form.cleaned_data.get("draft", ""), is_sent=True)
    if "bo" in request.POST or "sua" in request.POST:
        form = _form(request, request.POST.dict())
        return _asked(request, form, slot)
    if not form.is_valid() or slot.errors:
        return _asked(request, form, slot, status=422)
    if "theo" in request.POST:
        return _joined(request)
    if "gui" not in request.POST:
        return _read_back(request, form, slot)
    return _sent(request, form, slot)


def _form(request: HttpRequest, initial: dict[str, Any] | None = None) -> SendForm:
    form = SendForm(initial=initial) if initial is not None else SendForm(request.POST)
    form.offer(directory.communes(), directory.centres())
    return form


def _known(request: HttpRequest) -> dict[str, Any]:
    """What is known before anything is typed: the commune chosen last, the account's own data."""
    said = request.GET
    known: dict[str, Any] = {
        "place": said.get("xa", request.COOKIES.get(places.COOKIE, ""))[:10],
        "text": said.get("noi-dung", "")[:2000],
        "about_dossier": said.get("ho-so", "")[:60],
        "about_agency": said.get("noi", "")[:40],
        "draft": token_hex(16),
        # the assistant hands on what it cannot answer as a question to an officer
        "kind": "question" if said.get("loai") == "hoi-dap" else "",
    }
    actor = actor_of(request)
    if actor.is_citizen and actor.party_id and (party := parties.party(actor.party_id)):
        known |= {"name": party.name, "phone": party.phone, "email": party.email}
    return known


def draft_key(draft: str) -> str:
    """Return under which key the pictures of a report wait until it is sent."""
    return f"phan-anh:{draft}" if draft else ""


def _slot(request: HttpRequest, draft: str, *, is_sent: bool = False) -> uploads.Slot:
    slot = uploads.Slot(SLOT, _("Ảnh"), is_required=False)
    if is_sent and draft:
        actor = actor_of(request)
        uploads.take(request, [slot], draft_key=draft_key(draft), by=actor, at=timezone.now())
    return slot


def _asked(
    request: HttpRequest, form: SendForm, slot: uploads.Slot, *, status: int = 200
) -> HttpResponse:
    communes = directory.communes()
    context = {
        "form": form,
        "slots": [slot],
        "accept": uploads.ACCEPT,
        "spots": places.spots(communes, [], None),
        "outline": geography.outline(),
        "map_size": (geography.WIDTH, geography.HEIGHT),
        "bounds": geography.bounds(),
        "crumbs": crumbs_of(),
        "place": "feedback",
    }
    return render(request, "portal/feedback/send.html", context, status=status)


def _read_back(
    request: HttpRequest, form: SendForm, slot: uploads.Slot, *, status: int = 200
) -> HttpResponse:
    """Show what will be sent, what it seems to be, and who reported the same."""
    said = form.cleaned_data
    seems = suggested(
        text=said["text"],
        at=timezone.now(),
        place_code=said["place"],
        lat=said["lat"],
        lon=said["lon"],
        address=said["address"],
        about=About(dossier=said["about_dossier"], agency_code=said["about_agency"]),
    )
    typed = request.POST.copy()
    typed.setdefault("kind", seems.kind)
    typed.setdefault("field", seems.field)
    form.data = typed
    context = {
        "form": form,
        "kept": [
            (name, form[name].value() or "")
            for name in form.fields
            if name not in ("kind", "field")
        ],
        "slot": slot,
        "seems": seems,
        "elsewhere": _elsewhere(seems),
        "place_name": dict(form.fields["place"].choices).get(said["place"], ""),  # type: ignore[attr-defined]
        "crumbs": [*crumbs_of(), Crumb(_("Gửi phản ánh"), reverse("portal:feedback-send"))],
        "place": "feedback",
    }
    return render(request, "portal/feedback/review.html", context, status=status)


def _elsewhere(seems: Suggested) -> tuple[str, str, str] | None:
    """Where a complaint or denunciation by law goes: what it is, where, by which article."""
    if not seems.referred:
        return None
    what = _("khiếu nại") if seems.referred == "complaint" else _("tố cáo")
    return what, WHERE[seems.referred], ARTICLES[seems.referred]


def _joined(request: HttpRequest) -> HttpResponse:
    """Follow a public case instead of sending the same once more."""
    code = request.POST["theo"]
    try:
        feedback.follow(code=code, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return redirect("portal:feedback-case", code)


def _sent(request: HttpRequest, form: SendForm, slot: uploads.Slot) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    said = form.cleaned_data
    try:
        _SENDINGS.count(address_of(request))
        receipt = _taken(form, slot, by=actor, at=now)
    except TooManyTries:
        form.add_error(None, _("Đã gửi nhiều lần trong một giờ. Xin đợi, hoặc gọi 1022."))
        return _asked(request, form, slot, status=429)
    except Refused as refusal:
        field = _FIELD_OF.get(refusal.field, refusal.field)
        words = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
        form.add_error(field if field in form.fields else None, words)
        return _asked(request, form, slot, status=422)
    for file in slot.files:
        files.discard(uuid=file.uuid, draft_key=draft_key(said["draft"]))
    feedback_proof.remember(request, receipt.case.code, receipt.pin or said["phone"])
    feedback_proof.show_once(request, receipt.pin)
    return redirect("portal:feedback-own", receipt.case.code)


def _taken(form: SendForm, slot: uploads.Slot, *, by: Actor, at: datetime) -> feedback.Receipt:
    said = form.cleaned_data
    with ExitStack() as opened:
        pictures = [
            feedback.Picture(opened.enter_context(files.open_file(file, by_key=by.key)), file.name)
            for file in slot.files
        ]
        return feedback.send_with_pin(
            text=said["text"], kind=said["kind"] or None, field=said["field"] or None,
            place_code=said["place"], lat=said["lat"], lon=said["lon"], address=said["address"],
            about_dossier=said["about_dossier"], about_agency=said["about_agency"],
            about_words=said["about_words"], name=said["name"], phone=said["phone"],
            email=said["email"], sender_address=said["sender_address"], channel="web",
            files=pictures, by=by, at=at,
        )  # fmt: skip


def crumbs_of() -> list[Crumb]:
    """Return the way from the first page to the pages of feedback."""
    return [Crumb(_("Trang đầu"), "/"), Crumb(_("Phản ánh, kiến nghị"), "/phan-anh/")]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> JsonResponse:
    """Begin to send a picture of a report that is being written, or tell what is on its way."""
    form = SendForm({"draft": request.POST.get("draft", request.GET.get("draft", ""))})
    form.is_valid()
    key, actor = draft_key(form.cleaned_data.get("draft", "")), actor_of(request)
    if not key:
        return JsonResponse({"unfinished": []})
    if request.method != "POST":
        return pieces.unfinished(scope=key, by=actor, address=_address)
    try:
        _UPLOADS.count(address_of(request))
    except TooManyTries:
        return JsonResponse({"message": _("Đã gửi quá nhiều ảnh trong một giờ.")}, status=422)
    if len(documents.files_of_draft(draft_key=key)) >= uploads.MOST_FILES:
        words = _("Mỗi giấy tờ nhận nhiều nhất %d tệp.") % uploads.MOST_FILES
        return JsonResponse({"message": words}, status=422)
    about = files.About(
        draft_key=key, component_key=SLOT, party_id=actor.party_id, source="portal"
    )
    return pieces.begin(
        request, scope=key, about=about, by=actor, at=timezone.now(), address=_address
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "PUT", "POST", "DELETE"])
def piece(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Take a piece of a picture; whoever knows its address began it."""
    return pieces.one(request, uuid, by=actor_of(request), at=timezone.now())


def _address(uuid: UUID) -> str:
    return reverse("portal:feedback-piece", args=[uuid])
