"""One's own store of papers: what is there, what it is good for, who opened it, what is allowed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.documents.queries import kho
from motcua.documents.rules.kho import Standing
from motcua.documents.services import consents
from motcua.documents.services import kho as store
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import citizen
from motcua.web.accounts.request import actor_of
from motcua.web.portal import uploads
from motcua.web.portal.store_forms import OwnPaperForm
from motcua.web.ui.parts import Crumb

if TYPE_CHECKING:
    from motcua.documents.models import StoredPaper

CHANNEL = "portal"


@dataclass(frozen=True)
class Shown:
    """A stored paper with what it is good for, in words that everybody understands."""

    paper: "StoredPaper"
    standing: str
    tone: str
    icon: str
    worth: str
    can_be_removed: bool
    is_valid: bool


@citizen
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List one's papers, those that count today first."""
    actor, today = actor_of(request), timezone.localdate()
    rows = [shown(paper, today) for paper in kho.own_papers(actor)]
    context = {
        "valid": [row for row in rows if row.is_valid],
        "ended": [row for row in rows if not row.is_valid],
        "openings": kho.openings_of(party_id=actor.party_id or 0, limit=5),
        "crumbs": _crumbs(),
        "place": "account",
    }
    return render(request, "portal/store.html", context)


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def addition(request: HttpRequest) -> HttpResponse:
    """Put a paper into one's own store."""
    form = OwnPaperForm(accept=uploads.ACCEPT)
    if request.method == "POST":
        form = OwnPaperForm(request.POST, request.FILES, accept=uploads.ACCEPT)
        if form.is_valid():
            try:
                kept = _kept(request, form)
            except Refused as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, str(refusal))
            else:
                messages.success(request, _("Đã đưa “%s” vào kho của bạn.") % kept.name)
                return redirect("portal:store")
    context = {"form": form, "crumbs": [*_crumbs(), _store_crumb()], "place": "account"}
    status = 422 if form.errors else 200
    return render(request, "portal/store_addition.html", context, status=status)


def _kept(request: HttpRequest, form: OwnPaperForm) -> "StoredPaper":
    typed = form.cleaned_data
    sent = typed["file"]
    told = {key: typed[key] for key in ("kind", "name", "number", "issuer", "issued_on")}
    paper = store.ToKeep(
        owner_id=0, level=0, source="", origin="", valid_until=typed["valid_until"], **told
    )
    return store.upload(
        stream=sent, file_name=sent.name, paper=paper, by=actor_of(request), at=timezone.now()
    )


@citizen
@never_cache
@require_safe
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one paper: what is on it, where it was used, who opened it."""
    actor = actor_of(request)
    found = _own(request, uuid)
    openings = kho.openings_of(party_id=actor.party_id or 0)
    context = {
        "row": shown(found, timezone.localdate()),
        "paper": found,
        "number": kho.number_of(found),
        "last_day": kho.last_day_of(found),
        "uses": list(found.uses.order_by("-at")),
        "openings": [one for one in openings if one.paper == str(found.uuid) and one.post],
        "crumbs": [*_crumbs(), _store_crumb()],
        "place": "account",
    }
    return render(request, "portal/store_paper.html", context)


@citizen
@never_cache
@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Hand out the file of one's own paper, to be saved."""
    found = _own(request, uuid)
    if found.file is None:
        raise Http404
    response = FileResponse(files.open_file(found.file, by_key=actor_of(request).key))
    for name, value in documents.download_headers(file=found.file).items():
        response[name] = value
    return response


@citizen
@require_POST
def removal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Remove a paper that one uploaded oneself and that no dossier rests on."""
    found = _own(request, uuid)
    try:
        store.remove_upload(paper=found, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:store-paper", uuid)
    messages.success(request, _("Đã bỏ “%s” khỏi kho.") % found.name)
    return redirect("portal:store")


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Show what may be allowed beyond settling; give or take back one consent."""
    actor, now = actor_of(request), timezone.now()
    party_id = actor.party_id or 0
    if request.method == "POST":
        try:
            _decide(request)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("portal:store-consent")
    context = {
        "allowed": kho.allowed_by(party_id=party_id, on=timezone.localdate(now)),
        "past": kho.past_consents(party_id=party_id),
        "openings": kho.openings_of(party_id=party_id),
        "crumbs": [*_crumbs(), _store_crumb()],
        "place": "account",
    }
    return render(request, "portal/store_consent.html", context)


def _decide(request: HttpRequest) -> None:
    actor, now = actor_of(request), timezone.now()
    if purpose := request.POST.get("cho", ""):
        consents.give(purpose=purpose, channel=CHANNEL, by=actor, at=now)
        messages.success(request, _("Đã ghi nhận bạn đồng ý. Bạn rút lại lúc nào cũng được."))
    elif purpose := request.POST.get("rut", ""):
        consents.withdraw(purpose=purpose, channel=CHANNEL, by=actor, at=now)
        messages.success(request, _("Đã rút lại. Từ bây giờ hệ thống không dùng cho việc này."))


def shown(paper: "StoredPaper", today: date) -> Shown:
    """Return a paper with what it is good for on a day."""
    standing = kho.standing_of(paper, on=today)
    words, tone, icon = _standing_words(paper, standing)
    return Shown(
        paper=paper,
        standing=words,
        tone=tone,
        icon=icon,
        worth=worth_of(paper, standing),
        is_valid=standing in (Standing.VALID, Standing.NOT_YET),
        can_be_removed=paper.source == "upload" and not paper.uses.all(),
    )


def _standing_words(paper: "StoredPaper", standing: Standing) -> tuple[str, str, str]:
    last = kho.last_day_of(paper)
    if standing is Standing.VALID and not paper.level:
        return _("tự tải lên, chưa đối chiếu"), "gold", "info"
    if standing is Standing.VALID:
        until = _("dùng được đến hết %s") % f"{last:%d/%m/%Y}" if last else _("đang dùng được")
        return until, "sea", "check"
    return {
        Standing.EXPIRED: (
            _("đã hết hạn %s") % (f"{last:%d/%m/%Y}" if last else ""),
            "late",
            "clock",
        ),
        Standing.NOT_YET: (_("chưa đến ngày có giá trị"), "gold", "clock"),
        Standing.REPLACED: (_("đã thay bằng bản khác"), "gold", "back"),
        Standing.REVOKED: (_("đã bị thu hồi"), "late", "x"),
    }[standing]


def worth_of(paper: "StoredPaper", standing: Standing) -> str:
    """Return what a paper is good for, in a sentence for its owner."""
    over = {
        Standing.EXPIRED: _("Không dùng được nữa. Khi cần, hãy xin bản mới."),
        Standing.REPLACED: _("Không dùng được nữa: đã có bản mới hơn thay thế."),
        Standing.REVOKED: _("Không dùng được nữa: nơi cấp đã thu hồi."),
    }.get(standing)
    if over:
        return over
    if paper.level == 3:
        return _("Bản gốc điện tử: dùng thay bản giấy, không phải nộp lại.")
    if paper.level == 2:
        return _("Bản sao y có chữ ký của cơ quan: dùng thay bản giấy, không phải nộp lại.")
    if paper.level == 1 and paper.source == "result":
        return _("Cơ quan đã cấp bản giấy. Bản điện tử chưa ký đủ nên khi cần vẫn mang bản giấy.")
    if paper.level == 1:
        return _("Cán bộ đã xem bản gốc và quét lại. Lần nộp khác vẫn mang bản gốc để đối chiếu.")
    return _("Bạn tự tải lên, chưa ai xem bản gốc. Nộp tại quầy thì vẫn mang bản gốc theo.")


def _own(request: HttpRequest, uuid: UUID) -> "StoredPaper":
    found = kho.own_paper(actor_of(request), uuid)
    if found is None:
        raise Http404
    return found


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Trang đầu"), "/"), Crumb(_("Hồ sơ của tôi"), reverse("portal:account"))]


def _store_crumb() -> Crumb:
    return Crumb(_("Giấy tờ của tôi"), reverse("portal:store"))
