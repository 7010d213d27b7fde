"""The dossier's page, its acts, its opinions and its files."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries as documents
from motcua.documents import services as storage
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.rules.states import Act
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk import page
from motcua.web.desk.act_forms import OpinionForm
from motcua.web.desk.acts import DEEDS, Deed, Doing

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


@staff()
@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show the dossier with the act that waits for this person; opening it is a fact."""
    return _shown(request, _found(request, code))


def act_view(act: Act) -> Callable[..., HttpResponseBase]:
    """Return the view of one act: its form on GET, the act itself on POST."""
    deed = DEEDS[act]

    @staff()
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, code: str) -> HttpResponse:
        found = _found(request, code)
        if request.method == "POST":
            return _done(request, found, deed)
        return _shown(request, found, deed=deed)

    return view


def _done(request: HttpRequest, found: "Dossier", deed: Deed) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    whole = queries.whole(found, actor=actor, at=at)
    form = deed.shape(request.POST, whole=whole, actor=actor)
    if form.is_valid():
        doing = Doing(found.code, actor, at, _expected(request), form, request.FILES)
        try:
            with transaction.atomic():
                deed.run(doing)
        except Refused as refusal:
            note(form, refusal)
        else:
            messages.success(request, f"{deed.done} {found.code}")
            return redirect(where_to(request, found.code))
    return _shown(request, _found(request, found.code), deed=deed, form=form, status=422)


def note(form: forms.Form, refusal: Refused) -> None:
    """Put a refusal where it belongs on the form, with its article."""
    words = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
    form.add_error(refusal.field if refusal.field in form.fields else None, words)


def _expected(request: HttpRequest) -> int | None:
    typed = request.POST.get("expected", "")
    return int(typed) if typed.isdecimal() else None


def where_to(request: HttpRequest, code: str) -> str:
    """Return the dossier's page while this person may still read it, else the inbox."""
    if queries.visible_to(actor_of(request)).filter(code=code).exists():
        return page.address(code)
    return page.inbox_address()


def _found(request: HttpRequest, code: str) -> "Dossier":
    found = queries.dossier_for(actor_of(request), code)
    if found is None:
        raise Http404
    return found


def _shown(
    request: HttpRequest,
    found: "Dossier",
    *,
    deed: Deed | None = None,
    form: forms.Form | None = None,
    opinion: dict[int, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    if status == 200:
        dossiers.note_read(dossier=found, part=deed.noun if deed else "page", by=actor, at=at)
    context = page.context_of(found, actor=actor, at=at, deed=deed, form=form, opinion=opinion)
    return render(request, "desk/dossier/page.html", context, status=status)


@staff("appraiser", "head", "chairman", "centre_lead", "clerk")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str, consultation: int) -> HttpResponse:
    """Answer a question put to one's own agency."""
    found = _found(request, code)
    if request.method != "POST":
        return redirect(f"{page.address(code)}#y-kien")
    form = OpinionForm(request.POST, auto_id=f"yk{consultation}_%s")
    if form.is_valid():
        try:
            dossiers.answer_consultation(
                code=found.code, consultation_id=consultation, by=actor_of(request),
                at=timezone.now(), **form.cleaned_data,
            )  # fmt: skip
        except Refused as refusal:
            note(form, refusal)
        else:
            messages.success(request, _("Đã gửi ý kiến trả lời."))
            return redirect(where_to(request, found.code))
    return _shown(request, found, opinion={consultation: form}, status=422)


@staff()
@require_safe
def download(request: HttpRequest, code: str, uuid: UUID) -> HttpResponseBase:
    """Hand out a file of a dossier that this person may read; that too is a fact."""
    found = _found(request, code)
    file = documents.file_within(uuid=uuid, case_ids=[found.pk])
    if file is None:
        raise Http404
    actor = actor_of(request)
    content = storage.open_file(file, by_key=actor.key)
    dossiers.note_read(dossier=found, part=f"file:{file.name}"[:120], by=actor, at=timezone.now())
    # as_attachment: without it Django's own header would show the file inside our origin
    return FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        headers=documents.download_headers(file=file),
    )
