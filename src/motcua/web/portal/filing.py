"""Filing on the portal, page by page; each page keeps what was typed, right or wrong."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import services as dossiers
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import citizen
from motcua.web.accounts.request import actor_of
from motcua.web.portal import plain, uploads, wizard, wizard_store
from motcua.web.portal.forms import SendForm
from motcua.web.portal.wizard import CASE, DECLARATION, PAPERS, REVIEW, Wizard
from motcua.web.ui.parts import Crumb
from motcua.web.ui.prose import head_and_rest

_NAMES = {
    CASE: gettext_lazy("Trường hợp, nơi nhận"),
    DECLARATION: gettext_lazy("Tờ khai"),
    PAPERS: gettext_lazy("Giấy tờ"),
    REVIEW: gettext_lazy("Xem lại, nộp"),
}


@citizen
@never_cache
@require_safe
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Go to the page where this person left off."""
    filing = wizard.open_wizard(code, actor_of(request))
    chosen = request.GET.get("truong-hop", "")
    if filing.draft is None or (chosen and chosen != filing.case):
        return redirect(f"{filing.url(CASE)}?truong-hop={chosen}" if chosen else filing.url(CASE))
    return redirect(filing.url(filing.steps[1]))


@citizen
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Show or take one page of the filing."""
    filing = wizard.open_wizard(code, actor_of(request))
    if name not in filing.steps:
        raise Http404
    if filing.draft is None and name != CASE:
        return redirect(filing.url(CASE))
    return _PAGES[name](request, filing)


@citizen
@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    dossiers.drop_draft(procedure=code, by=actor_of(request))
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("portal:account")


def _case(request: HttpRequest, filing: Wizard) -> HttpResponse:
    if request.method != "POST":
        form = filing.case_form()
        if chosen := request.GET.get("truong-hop"):
            form.initial["case"] = chosen
        return _page(request, filing, CASE, {"form": form})
    form = filing.case_form(request.POST)
    if not form.is_valid():
        return _page(request, filing, CASE, {"form": form})
    kept = {**filing.kept, **wizard.own_keys(form.cleaned_data)}
    _keep(filing, kept, case=form.cleaned_data.get("case", ""))
    return redirect(filing.following(CASE))


def _declaration(request: HttpRequest, filing: Wizard) -> HttpResponse:
    if request.method != "POST":
        return _page(request, filing, DECLARATION, {"form": filing.declaration()})
    form = filing.declaration(request.POST)
    typed = wizard.answers_of(request.POST, filing.content)
    _keep(filing, {**filing.kept, **typed, "_is_sent": True}, case=filing.case)
    if "luu" in request.POST:
        messages.success(request, _("Đã lưu bản nháp. Bạn có thể quay lại bất cứ lúc nào."))
        return redirect("portal:account")
    if not form.is_valid():
        return _page(request, filing, DECLARATION, {"form": form})
    return redirect(filing.following(DECLARATION))


def _papers(request: HttpRequest, filing: Wizard) -> HttpResponse:
    slots = filing.slots()
    if request.method == "POST":
        actor = actor_of(request)
        are_fit = uploads.take(
            request, slots, draft_key=filing.draft_key, by=actor, at=timezone.now()
        )
        wizard_store.show(filing, slots)
        if kept := wizard_store.pressed(request.POST, filing):
            _keep(filing, kept, case=filing.case)
            return redirect(filing.url(PAPERS))
        if are_fit and "tiep" in request.POST:
            missing = [slot for slot in slots if slot.is_required and not slot.is_filled]
            if not missing:
                return redirect(filing.following(PAPERS))
            for slot in missing:
                slot.errors.append(_("Chưa có tệp nào. Chụp ảnh rõ bốn góc hoặc chọn tệp PDF."))
        elif are_fit:
            return redirect(filing.url(PAPERS))
    else:
        uploads.show(slots, draft_key=filing.draft_key)
        wizard_store.show(filing, slots)
    return _page(request, filing, PAPERS, {"slots": slots, **_free_papers(filing)})


def _review(request: HttpRequest, filing: Wizard) -> HttpResponse:
    form = SendForm(request.POST if request.method == "POST" else None)
    declaration = filing.declaration() if filing.content.form else None
    if declaration is not None and not (declaration.is_bound and declaration.is_valid()):
        return redirect(filing.url(DECLARATION))
    slots = filing.slots()
    uploads.show(slots, draft_key=filing.draft_key)
    wizard_store.show(filing, slots)
    if any(slot.is_required and not slot.is_filled for slot in slots):
        return redirect(filing.url(PAPERS))
    if request.method == "POST" and form.is_valid():
        try:
            dossier = dossiers.file_draft(
                filing=filing.filing(declaration),
                draft_key=filing.draft_key,
                by=filing.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã nộp. Mã hồ sơ của bạn: %s") % dossier.code)
            return redirect("portal:account-dossier", dossier.code)
    context = {"form": form, "slots": slots, "spoken": declaration.spoken() if declaration else []}
    return _page(request, filing, REVIEW, {**context, **_summary(filing)})


_PAGES = {CASE: _case, DECLARATION: _declaration, PAPERS: _papers, REVIEW: _review}


def _keep(filing: Wizard, kept: dict[str, Any], *, case: str) -> None:
    dossiers.keep_draft(
        procedure=filing.code,
        case=case,
        form_data=kept,
        files={},
        by=filing.actor,
        at=timezone.now(),
    )


def _free_papers(filing: Wizard) -> dict[str, Any]:
    lines = plain.papers(filing.content, filing.case)
    return {"free": [line for line in lines if line.is_free], "accept": uploads.ACCEPT}


def _summary(filing: Wizard) -> dict[str, Any]:
    kept = filing.kept
    place = next((p for p in filing.communes if p.code == kept.get("_place")), None)
    return {
        "site": place,
        "phone": kept.get("_phone", ""),
        "return_mode": kept.get("_return_mode", "counter"),
        "address": kept.get("_address", ""),
        "case_name": next((c.name for c in filing.content.cases if c.key == filing.case), ""),
        "fee": plain.how_much(filing.content, filing.case),
        "time": plain.how_long(filing.content, filing.case),
    }


def _page(request: HttpRequest, filing: Wizard, name: str, shown: dict[str, Any]) -> HttpResponse:
    short = head_and_rest(filing.content.name, 60)[0]
    context = {
        "filing": filing,
        "name": filing.content.name,
        "step_names": [_NAMES[key] for key in filing.steps],
        "step_number": filing.steps.index(name) + 1,
        "step_name": _NAMES[name],
        "back": filing.url(filing.steps[filing.steps.index(name) - 1]) if name != CASE else "",
        "crumbs": [
            Crumb(_("Trang đầu"), "/"),
            Crumb(short, reverse("portal:procedure", args=[filing.code])),
        ],
        "place": "procedures",
        **shown,
    }
    is_wrong = bool("form" in shown and shown["form"].is_bound and shown["form"].errors)
    is_wrong = is_wrong or any(slot.errors for slot in shown.get("slots", ()))
    template = _TEMPLATES[name]
    return render(
        request, template, context, status=422 if is_wrong and request.method == "POST" else 200
    )


_TEMPLATES = {
    CASE: "portal/filing_case.html",
    DECLARATION: "portal/filing_declaration.html",
    PAPERS: "portal/filing_papers.html",
    REVIEW: "portal/filing_review.html",
}
