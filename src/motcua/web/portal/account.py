"""A citizen's own dossiers: what to do next, the dossier's page, its files, who read it."""

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import lists, reading, results, visibility
from motcua.feedback.queries import lists as cases
from motcua.feedback.queries import rating
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import citizen
from motcua.web.accounts.request import actor_of
from motcua.web.portal import progress, uploads
from motcua.web.portal.forms import SupplementForm, WithdrawForm
from motcua.web.ui.parts import Crumb

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

HOME = "/"
MINE = "/tai-khoan/"


@citizen
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the citizen's dossiers, those that wait for them first, and drafts not sent yet."""
    actor = actor_of(request)
    rows = lists.own_dossiers(actor)
    context = {
        "actor": actor,
        "waiting": [_row(d) for d in rows if d.state in progress.YOURS],
        "running": [_row(d) for d in rows if d.state not in progress.YOURS and d.ended_at is None],
        "ended": [_row(d) for d in rows if d.state not in progress.YOURS and d.ended_at],
        "drafts": lists.drafts_of(actor),
        "cases": cases.own_cases(actor),
        "followed": cases.followed_by(actor),
        "crumbs": [Crumb(_("Trang đầu"), HOME)],
        "place": "account",
        "now": timezone.now(),
    }
    return render(request, "portal/account.html", context)


@citizen
@never_cache
@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show a dossier to its owner: what to do, papers, trail, why it is due, who read it."""
    actor = actor_of(request)
    found = own(request, code)
    now = timezone.now()
    whole = reading.whole(found, actor=actor, at=now)
    context = {
        "dossier": found,
        "whole": whole,
        "acts": {act.key for act in whole.acts},
        "progress": progress.of_whole(whole),
        "readers": _readers(found),
        "official": official(found),
        "results": [(row, reading.paper_number(row)) for row in whole.results],
        "has_result": any(key == "result" for key, _name in official(found)),
        "asked": _asked(whole) if found.state == "wait_supplement" else [],
        "files": {str(file.uuid): file for file in documents.files_of_case(case_id=found.pk)},
        "rating": rating.token_of(found),
        "crumbs": crumbs_of(),
        "place": "account",
        "now": now,
    }
    return render(request, "portal/dossier.html", context)


@citizen
@never_cache
@require_safe
def file(request: HttpRequest, code: str, uuid: UUID) -> HttpResponseBase:
    """Hand out a file of one's own dossier, to be saved."""
    visible = visibility.visible_to(actor_of(request)).filter(code=code).values("pk")
    found = documents.file_within(uuid=uuid, case_ids=visible)
    if found is None or results.is_result_file(found):
        raise Http404  # the result is handed out as an official paper, once nothing is owed for it
    response = FileResponse(files.open_file(found, by_key=actor_of(request).key))
    for name, value in documents.download_headers(file=found).items():
        response[name] = value
    return response


@citizen
@never_cache
@require_safe
def paper(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Hand out an official paper of one's own dossier: the receipt, the apology, the result."""
    found, now = own(request, code), timezone.now()
    if key not in {known for known, _name in official(found)}:
        raise Http404
    whole = reading.whole(found, actor=actor_of(request), at=now)
    try:
        sheet = results.printed(whole, key=key, at=now)
    except LookupError as missing:
        raise Http404 from missing
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{key}.pdf"'
    return response


def official(found: "Dossier") -> list[tuple[str, str]]:
    """Return the official papers that its owner may have by now: key and name.

    The result is handed out once nothing is owed for it (118/2025/NĐ-CP Điều 24).
    """
    is_refused = found.state == "rejected" or found.outcome == "refused"
    has_result = found.delivery != "none" and found.money != "due"
    there = [
        ("01", _("Giấy tiếp nhận và hẹn trả kết quả"), found.accepted_at is not None),
        ("02", _("Phiếu yêu cầu bổ sung"), found.supplement_count > 0),
        ("03", _("Phiếu từ chối, có lý do"), is_refused),
        ("04", _("Văn bản xin lỗi và hẹn lại"), found.extension_count > 0),
        ("05", _("Thông báo dừng giải quyết"), found.state in ("withdrawn", "stopped")),
        ("result", _("Kết quả"), has_result and found.outcome != ""),
    ]
    return [(key, name) for key, name, is_there in there if is_there]


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether the dossier is to stop, and stop it."""
    found = own(request, code)
    typed = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and typed.is_valid():
        try:
            dossiers.withdraw(
                code=code,
                reason=typed.cleaned_data["reason"],
                by=actor_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            typed.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Hồ sơ đã dừng. Giấy tờ gốc (nếu có) xin nhận lại tại quầy.")
            )
            return redirect("portal:account-dossier", code)
    context = {
        "dossier": found,
        "form": typed,
        "crumbs": [*crumbs_of(), Crumb(code, f"{MINE}ho-so/{code}/")],
        "place": "account",
    }
    return render(request, "portal/withdrawal.html", context, status=422 if typed.errors else 200)


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the one supplement online: each paper that was asked for, with a file."""
    found = own(request, code)
    actor, now = actor_of(request), timezone.now()
    whole = reading.whole(found, actor=actor, at=now)
    if whole.supplement is None or found.state != "wait_supplement":
        messages.info(request, _("Hồ sơ này không chờ bổ sung."))
        return redirect("portal:account-dossier", code)
    names = {paper.component_key: paper.name for paper in whole.papers}
    slots = [
        uploads.Slot(key, names.get(key, key), note=reason)
        for key, reason in whole.supplement.items.items()
    ]
    draft_key = uploads.supplement_key(found.pk)
    form = SupplementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _answer(request, code, slots, draft_key, form):
        return redirect("portal:account-dossier", code)
    if request.method != "POST":
        uploads.show(slots, draft_key=draft_key)
    context = {
        "dossier": found,
        "supplement": whole.supplement,
        "slots": slots,
        "form": form,
        "accept": uploads.ACCEPT,
        "crumbs": [*crumbs_of(), Crumb(code, f"{MINE}ho-so/{code}/")],
        "place": "account",
    }
    is_wrong = bool(form.errors) or any(slot.errors for slot in slots)
    return render(request, "portal/supplement.html", context, status=422 if is_wrong else 200)


def _answer(
    request: HttpRequest,
    code: str,
    slots: list[uploads.Slot],
    draft_key: str,
    form: SupplementForm,
) -> bool:
    """Keep the files; send the answer when the person says so. True when it was taken."""
    actor, now = actor_of(request), timezone.now()
    are_fit = uploads.take(request, slots, draft_key=draft_key, by=actor, at=now)
    if not (are_fit and form.is_valid() and "gui" in request.POST):
        return False
    brought = tuple(
        dossiers.PaperIn(
            slot.key, copies=len(slot.files), files=tuple(str(f.uuid) for f in slot.files)
        )
        for slot in slots
        if slot.files
    )
    try:
        dossiers.answer_online(
            code=code,
            papers=brought,
            draft_key=draft_key,
            note=form.cleaned_data["note"],
            by=actor,
            at=now,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Đã nhận giấy tờ bổ sung. Hạn trả mới hiện ở dưới."))
    return True


def own(request: HttpRequest, code: str) -> "Dossier":
    """Return the dossier if this citizen may read it; otherwise there is no such page."""
    found = reading.dossier_for(actor_of(request), code)
    if found is None:
        raise Http404
    return found


def crumbs_of() -> list[Crumb]:
    """Return the way from the first page to a dossier."""
    return [Crumb(_("Trang đầu"), HOME), Crumb(_("Hồ sơ của tôi"), MINE)]


def _row(found: "Dossier") -> dict[str, Any]:
    act, more, tone = progress.todo(
        found.state, answer_by=found.close_on, receiving=found.receiving.name
    )
    until = reading.counted_to(found, at=timezone.now())
    is_late = bool(found.due_at and not found.ended_at and found.due_at < until)
    return {
        "dossier": found,
        "headline": progress.headline(found.state, is_late=is_late),
        "todo": act if tone else "",
        "todo_more": more,
        "is_late": is_late,
    }


def _asked(whole: reading.Whole) -> list[tuple[str, str]]:
    """What the one supplement asks for: each paper with its reason."""
    names = {paper.component_key: paper.name for paper in whole.papers}
    items = whole.supplement.items if whole.supplement else {}
    return [(names.get(key, key), reason) for key, reason in items.items()]


def _readers(found: "Dossier") -> list[tuple[str, str, int]]:
    """Who opened the dossier, with post and how often, latest first."""
    lines = [line for line in reading.readers_of(found) if line.post]
    counted = Counter((line.who, line.post) for line in lines)
    return [(who, post, times) for (who, post), times in counted.items()]
