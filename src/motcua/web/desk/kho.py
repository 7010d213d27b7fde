"""The owner's store of papers at the desk: offered beside its component, attached with one key."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.parties import party_by_identity
from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.documents.queries import kho as stored
from motcua.documents.rules.kho import Fit, Use, Why
from motcua.documents.services import kho as store
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import completeness
from motcua.dossiers.queries import kho as fitting
from motcua.dossiers.rules.permission import may
from motcua.dossiers.rules.states import Act
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.sheet import Sheet

if TYPE_CHECKING:
    from motcua.directory.models import Party
    from motcua.documents.models import File, PaperUse, StoredPaper
    from motcua.dossiers.models import Dossier

_LOOKED = "kho_looked"
_MOST_LOOKED = 40


@dataclass(frozen=True)
class Offer:
    """What the store has for one component: the strongest fit, and whether it was attached.

    `is_next`: the one key attaches this one.
    """

    fit: Fit
    is_chosen: bool
    is_next: bool

    @property
    def replaces(self) -> bool:
        """Tell whether no paper has to be brought."""
        return self.fit.use is Use.REPLACES

    @property
    def why(self) -> str:
        """Why it does not replace paper, "" when it does."""
        return {
            Why.UPLOADED: _("người dân tự tải lên, vẫn xem bản gốc"),
            Why.ANOTHER_INTAKE: _("bản quét lần nộp trước, vẫn xem bản gốc"),
            Why.SCOPE: _("xem có đúng việc này không"),
            Why.DOUBTED: _("đã có cán bộ báo sai hoặc cũ"),
        }.get(self.fit.why, "")


@dataclass(frozen=True)
class OnSheet:
    """The store and the completeness of what stands on the sheet."""

    offers: dict[str, Offer]
    checked: completeness.Checked


def choose(data: QueryDict) -> None:
    """Put what was pressed ("component key") into the sheet, or take it out."""
    component, _blank, key = data.get("kho", "").partition(" ")
    if key:
        data[f"kho-{component}"] = key
    if dropped := data.get("kho-drop"):
        data[f"kho-{dropped}"] = ""
    for name in ("kho", "kho-drop"):
        data.pop(name, None)


def on_sheet(
    request: HttpRequest,
    sheet: Sheet,
    data: QueryDict,
    drafted: "list[File]",
    *,
    actor: Actor,
    at: datetime,
) -> OnSheet:
    """Return what the owner's store has for this sheet, and what is still wanting on it."""
    party, on = party_by_identity(data.get("owner_id", "")), timezone.localdate(at)
    found = _fits(sheet, party, at) if party is not None else {}
    if party is not None and found:
        _note_once(request, sheet, data, party, len(found), actor, at)
    offers = _offers(found, data)
    checked = completeness.of_sheet(
        content=sheet.content,
        case=sheet.case,
        owner=data.get("owner_name", ""),
        counted={c.key for c in sheet.components if _is_counted(data, c.key)},
        files=drafted,
        taken={k: o.fit.held.name for k, o in offers.items() if o.is_chosen and o.replaces},
        store=found,
        on=on,
    )
    return OnSheet(offers, checked)


def replaced(sheet: Sheet, data: QueryDict, *, at: datetime) -> set[str]:
    """Return the components for which a chosen paper of the store replaces paper."""
    party = party_by_identity(data.get("owner_id", ""))
    offers = _offers(_fits(sheet, party, at), data) if party is not None else {}
    return {key for key, offer in offers.items() if offer.is_chosen and offer.replaces}


def _fits(sheet: Sheet, party: "Party", at: datetime) -> dict[str, list[Fit]]:
    card = cards.card_by_code(sheet.counter.code)
    return completeness.store_for(
        procedure=sheet.code,
        content=sheet.content,
        case=sheet.case,
        owner_id=party.pk,
        agency_id=card.id if card else None,
        on=timezone.localdate(at),
    )


def _offers(found: dict[str, list[Fit]], data: QueryDict) -> dict[str, Offer]:
    offers: dict[str, Offer] = {}
    is_next_free = True
    for key, fits in found.items():
        chosen = next((f for f in fits if f.held.key == data.get(f"kho-{key}")), None)
        fit = chosen or fits[0]
        is_next = is_next_free and chosen is None and fit.use is Use.REPLACES
        is_next_free = is_next_free and not is_next
        offers[key] = Offer(fit, is_chosen=chosen is not None, is_next=is_next)
    return offers


def _is_counted(data: QueryDict, key: str) -> bool:
    return any(data.get(f"{what}-{key}", "0").strip("0 ") for what in ("originals", "copies"))


def _note_once(
    request: HttpRequest,
    sheet: Sheet,
    data: QueryDict,
    party: "Party",
    found: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Record the look into somebody's store, once for each sheet."""
    looked = request.session.get(_LOOKED, [])
    mark = f"{data.get('draft', '')}:{party.pk}:{sheet.code}"
    if mark in looked:
        return
    request.session[_LOOKED] = [*looked, mark][-_MOST_LOOKED:]
    about = _("tiếp nhận thủ tục %s") % sheet.content.name
    store.note_searched(owner_id=party.pk, about=about, found=found, by=actor, at=at)


@staff()
@require_POST
def attachment(request: HttpRequest, code: str) -> HttpResponse:
    """Attach a paper of the owner's store to a component, instead of asking for it."""
    typed = request.POST.get("expected", "")
    component, _blank, key = request.POST.get("kho", "").partition(" ")
    try:
        dossiers.attach_stored(
            code=code,
            component=component,
            paper=_key(key),
            by=actor_of(request),
            at=timezone.now(),
            expected=int(typed) if typed.isdecimal() else None,
        )
    except Refused as refusal:
        messages.error(request, f"{refusal} ({refusal.law})" if refusal.law else str(refusal))
    else:
        messages.success(request, _("Đã lấy giấy tờ từ kho vào hồ sơ."))
    return redirect("desk:dossier", code)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@staff()
@require_safe
def paper(request: HttpRequest, code: str, uuid: UUID) -> HttpResponseBase:
    """Hand out a stored paper that stands in a dossier or fits it; its owner sees who opened it."""
    actor, at = actor_of(request), timezone.now()
    dossier = queries.dossier_for(actor, code)
    found = stored.paper_of(owner_id=dossier.owner_id, uuid=uuid) if dossier else None
    if dossier is None or found is None or found.file is None:
        raise Http404
    if not _concerns(dossier, found, actor, at):
        raise Http404
    opened = files.open_file(found.file, by_key=actor.key)
    store.note_opened(paper=found, about=dossier.code, by=actor, at=at)
    return FileResponse(
        opened,
        as_attachment=True,
        filename=found.file.name,
        headers=documents.download_headers(file=found.file),
    )


def _concerns(dossier: "Dossier", paper: "StoredPaper", actor: Actor, at: datetime) -> bool:
    """Whether the paper stands in the dossier, or fits it today and this officer decides that."""
    used = stored.uses_of_case(case_id=dossier.pk)
    if any(use.paper_id == paper.pk for uses in used.values() for use in uses):
        return True
    if not dossier.is_open or not may(dossier, Act.REQUEST_SUPPLEMENT, by=actor):
        return False
    fits = fitting.fitting(dossier=dossier, on=timezone.localdate(at))
    return any(fit.held.key == str(paper.uuid) for found in fits.values() for fit in found)


@dataclass(frozen=True)
class OnDossier:
    """The store on a dossier's page: what was taken from it, what is offered, what is wanting.

    `checked` is None where nobody here decides about completeness now.
    """

    uses: "dict[str, list[PaperUse]]"
    checked: completeness.Checked | None
    next_offer: str


def on_dossier(
    dossier: "Dossier", whole: queries.Whole, *, form: object, at: datetime
) -> OnDossier:
    """Return the store and the completeness of a dossier, for who decides about it now."""
    is_mine = any(one.act is Act.REQUEST_SUPPLEMENT for one in whole.acts)
    checked: completeness.Checked | None = getattr(form, "checked", None)
    if checked is None and is_mine and dossier.state == "submitted":
        checked = completeness.of_dossier(
            dossier=dossier, papers=whole.papers, on=timezone.localdate(at)
        )
    uses = {}
    if any(paper.state == "from_store" or paper.files for paper in whole.papers):
        uses = stored.uses_of_case(case_id=dossier.pk)
    offered = [line for line in checked.offered if line.key not in uses] if checked else []
    replacing = [line.key for line in offered if line.offer and line.offer.use is Use.REPLACES]
    return OnDossier(uses, checked, next(iter(replacing), ""))
