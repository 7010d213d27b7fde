"""Reception: one screen on which a dossier is checked, filed and accepted with the keyboard alone."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.documents import queries as documents
from motcua.documents import services as storage
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk import intake_form as intake
from motcua.web.desk import kho
from motcua.web.desk.sheet import Sheet, counters_of, outlook_of, sheet_of

HITS = 8
MOST_SENT = 20
_SENT = "sheets"
ROLES = ("receptionist", "centre_lead", "support")


@staff(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: HttpRequest) -> HttpResponse:
    """Show the sheet; choose and look up on it; file and accept what it says."""
    actor, at = actor_of(request), timezone.now()
    if request.method != "POST":
        return _page(request, request.GET.copy(), actor, at)
    wish = request.POST.get("do", "refresh")
    data = intake.completed(request.POST, look_up=wish == "look-up")
    kho.choose(data)
    if chosen := data.get("choose"):
        data["procedure"], data["case"], data["q"] = chosen, "", ""
        wish = "refresh"
    if wish == "drop":
        data["procedure"] = data["case"] = ""
    sheet = sheet_of(data, actor=actor, at=at)
    faults = _take_files(request, data, sheet, actor, at)
    if sheet is not None and wish == "all":
        data = intake.everything_there(data, sheet, but=kho.replaced(sheet, data, at=at))
    if wish in ENDINGS and not faults:
        return _ended(request, data, sheet, actor, at, wish)
    return _page(
        request, data, actor, at, sheet=sheet, faults=faults, status=422 if faults else 200
    )


def _take_files(
    request: HttpRequest, data: QueryDict, sheet: Sheet | None, actor: Actor, at: datetime
) -> dict[str, str]:
    """Keep the scans that came, whatever else happens; return why some were not taken."""
    faults: dict[str, str] = {}
    key = intake.draft_key(actor.account_id, data.get("draft", ""))
    for component in sheet.components if sheet and key else ():
        for file in request.FILES.getlist(f"file-{component.key}"):
            try:
                storage.store(
                    file, name=file.name or "", by_key=actor.key, at=at, draft_key=key,
                    component_key=component.key, source="scan",
                )  # fmt: skip
            except Refused as refusal:
                faults[component.key] = str(refusal)
    return faults


def _ended(
    request: HttpRequest,
    data: QueryDict,
    sheet: Sheet | None,
    actor: Actor,
    at: datetime,
    wish: str,
) -> HttpResponse:
    form = intake.IntakeForm(data, sheet=sheet)
    if sheet is None:
        form.add_error(None, _("Hãy chọn thủ tục trước."))
    elif form.is_valid():
        token = data.get("draft", "")
        if before := request.session.get(_SENT, {}).get(token):
            messages.info(request, _("Tờ này đã được gửi rồi; đây là hồ sơ đã lập."))
            return redirect("desk:dossier", before)
        try:
            code, answer = ENDINGS[wish](
                request, form, intake.draft_key(actor.account_id, token), actor, at
            )
        except Refused as refusal:
            words = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
            form.add_error(intake.where(refusal.field, form.fields), words)
        else:
            _remember(request, token, code)
            return answer
    return _page(request, data, actor, at, sheet=sheet, form=form, status=422)


def _remember(request: HttpRequest, token: str, code: str) -> None:
    """Remember what the last sheets became, so that one sent again makes no second dossier."""
    if token:
        sent = [*request.session.get(_SENT, {}).items(), (token, code)]
        request.session[_SENT] = dict(sent[-MOST_SENT:])


def _accept(
    _request: HttpRequest, form: intake.IntakeForm, key: str, by: Actor, at: datetime
) -> tuple[str, HttpResponse]:
    dossier = dossiers.receive_at_counter(
        filed=form.filing(key),
        draft_key=key,
        quantities=form.quantities(),
        originals_held=form.cleaned_data["originals_held"] or 0,
        by=by,
        at=at,
    )
    return dossier.code, redirect("desk:receipt", dossier.code)


def _supplement(
    request: HttpRequest, form: intake.IntakeForm, key: str, by: Actor, at: datetime
) -> tuple[str, HttpResponse]:
    dossier = dossiers.file_at_counter(filed=form.filing(key), draft_key=key, by=by, at=at)
    messages.info(
        request, _("Đã ghi hồ sơ %s. Nêu đủ giấy tờ cần bổ sung rồi gửi.") % dossier.code
    )
    return dossier.code, redirect("desk:dossier-supplement-request", dossier.code)


def _refuse(
    request: HttpRequest, form: intake.IntakeForm, key: str, by: Actor, at: datetime
) -> tuple[str, HttpResponse]:
    dossier = dossiers.file_at_counter(filed=form.filing(key), draft_key=key, by=by, at=at)
    messages.info(request, _("Đã ghi hồ sơ %s. Nêu lý do và căn cứ từ chối.") % dossier.code)
    return dossier.code, redirect("desk:dossier-intake-refusal", dossier.code)


def _settle(
    _request: HttpRequest, form: intake.IntakeForm, key: str, by: Actor, at: datetime
) -> tuple[str, HttpResponse]:
    typed = form.cleaned_data
    result = dossiers.settle_at_counter(
        filed=form.filing(key),
        draft_key=key,
        quantities=form.quantities(),
        receiver=typed["applicant_name"] if typed["is_other"] else typed["owner_name"],
        method=typed["method"] or "cash",
        by=by,
        at=at,
    )
    return result.dossier.code, redirect("desk:receipt", result.dossier.code)


ENDINGS = {"accept": _accept, "supplement": _supplement, "refuse": _refuse, "settle": _settle}


def _page(
    request: HttpRequest,
    data: QueryDict,
    actor: Actor,
    at: datetime,
    *,
    sheet: Sheet | None = None,
    form: intake.IntakeForm | None = None,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet = sheet or sheet_of(data, actor=actor, at=at)
    form = form or intake.IntakeForm(initial=_initial(data), sheet=sheet)
    text = data.get("q", "").strip()
    token = data.get("draft") or intake.new_token()
    if not form.is_bound:
        form.data = data
    context: dict[str, Any] = {
        "place": "reception",
        "counters": counters_of(actor),
        "sheet": sheet,
        "form": form,
        "q": text,
        "hits": catalog.search(text, limit=HITS) if text and sheet is None else [],
        "often": catalog.most_used(HITS) if not text and sheet is None else [],
        "draft": token,
        "is_known": intake.is_known(data.get("owner_id", "")),
        "now": at,
    }
    if sheet is not None:
        drafted = documents.files_of_draft(draft_key=intake.draft_key(actor.account_id, token))
        seen = kho.on_sheet(request, sheet, data, drafted, actor=actor, at=at)
        context["lines"] = _lines(sheet, form, drafted, seen, faults or {})
        context["checked"] = seen.checked
        context["outlook"] = outlook_of(sheet, quantities=form.quantities(), at=at)
    return render(request, "desk/reception/page.html", context, status=status)


def _initial(data: QueryDict) -> dict[str, Any]:
    """Return what was typed as starting values; nothing typed is lost between two looks."""
    return {
        name: data.get(name)
        for name in data
        if name != "csrfmiddlewaretoken" and data.get(name) != ""
    }


def _lines(
    sheet: Sheet,
    form: intake.IntakeForm,
    drafted: list[Any],
    seen: kho.OnSheet,
    faults: dict[str, str],
) -> list[dict[str, Any]]:
    files: dict[str, list[Any]] = {}
    for file in drafted:
        files.setdefault(file.component_key, []).append(file)
    return [
        {
            "component": component,
            "originals": form[f"originals-{component.key}"],
            "copies": form[f"copies-{component.key}"],
            "files": files.get(component.key, []),
            "fault": faults.get(component.key, ""),
            "offer": seen.offers.get(component.key),
        }
        for component in sheet.components
    ]


@staff(*ROLES)
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it is done, with the receipt ready to print and the way to the next person."""
    actor, at = actor_of(request), timezone.now()
    dossier = queries.dossier_for(actor, code)
    if dossier is None:
        raise Http404
    whole = queries.whole(dossier, actor=actor, at=at)
    owed = sum(c.amount_vnd for c in whole.charges if c.state == "due")
    context = {"place": "reception", "dossier": dossier, "whole": whole, "owed": owed, "now": at}
    return render(request, "desk/reception/receipt.html", context)
