"""Certified copies at the desk: a batch on one screen, by keyboard alone, with one PIN."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory.actor import Actor
from motcua.documents import services as storage
from motcua.documents.papers import copies as sheets
from motcua.documents.services import tidying
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import copies as queries
from motcua.dossiers.services import copies as services
from motcua.dossiers.services import copy_register
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk import copies_form as shapes
from motcua.web.desk import intake_form as intake
from motcua.web.desk.prints import pdf
from motcua.web.desk.sheet import Sheet, sheet_of

ROLES = ("receptionist", "centre_lead")
PER_PAGE = 50
_DONE = "copies"


@staff(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def copies(request: HttpRequest) -> HttpResponse:
    """Gather papers to be copied, each a line; certify them all."""
    actor, at = actor_of(request), timezone.now()
    sheet = sheet_of({"procedure": copy_register.procedure()}, actor=actor, at=at)
    if request.method != "POST":
        return _page(request, shapes.Batch.empty(), sheet)
    batch = shapes.Batch.read(intake.completed(request.POST, look_up=False))
    wish = request.POST.get("do", "add")
    if wish == "add":
        faults = _add(request, batch, actor, at)
        return _page(request, batch, sheet, faults=faults, status=422 if faults else 200)
    if wish.startswith("drop-"):
        batch.drop(wish.removeprefix("drop-"))
        return _page(request, batch, sheet)
    return _certified(request, batch, sheet, actor, at)


def _add(request: HttpRequest, batch: shapes.Batch, actor: Actor, at: datetime) -> list[str]:
    """Keep the scans that came as new lines; without a scan, one line for a paper compared by eye.

    A card that was just read, and nothing else, only fills the person in.
    """
    faults = batch.faults_of_person()
    if faults:
        return faults
    key = intake.draft_key(actor.account_id, batch.draft)
    files, pages = request.FILES.getlist("file"), 0
    for file in files:
        try:
            kept = storage.store(
                file, name=file.name or "", by_key=actor.key, at=at, draft_key=key,
                component_key="original", source="scan",
            )  # fmt: skip
            made = tidying.tidy(file=kept, at=at, before=pages)
            pages += made.pages
        except Refused as refusal:
            faults.append(f"{file.name}: {refusal}")
        else:
            batch.add_scan(str(made.uuid), kept.name, made.pages)
    if not files and not batch.is_blank:
        faults += batch.add_typed()
    if not faults:
        batch.forget_document()
    return faults


def _certified(
    request: HttpRequest, batch: shapes.Batch, sheet: Sheet | None, actor: Actor, at: datetime
) -> HttpResponse:
    if sheet is None or not batch.lines:
        faults = [_("Chưa có giấy tờ nào trong lượt này.")]
        return _page(request, batch, sheet, faults=faults, status=422)
    counter = services.Counter(
        receiving=sheet.counter.code,
        competent=sheet.competent,
        draft_key=intake.draft_key(actor.account_id, batch.draft),
    )
    try:
        done = services.certify_many(
            wanted=batch.wanted(), counter=counter, by=actor, at=at,
            pin=request.POST.get("pin", ""),
            seal_pin=request.POST.get("seal_pin", "") or request.POST.get("pin", ""),
        )  # fmt: skip
    except Refused as refusal:
        words = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
        return _page(request, batch, sheet, faults=[words], status=422)
    refused = batch.keep_refused(done)
    keys = [one.copy.pk for one in done if one.copy is not None]
    request.session[_DONE] = keys
    if refused:
        kept = _("Đã chứng thực %(done)d, còn %(left)d giấy tờ cần sửa.")
        messages.warning(request, kept % {"done": len(keys), "left": len(refused)})
        return _page(request, batch, sheet, faults=refused, status=422)
    messages.success(request, _("Đã chứng thực %d giấy tờ.") % len(keys))
    return redirect("desk:copies-outcome")


def _page(
    request: HttpRequest,
    batch: shapes.Batch,
    sheet: Sheet | None,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    prices = [
        queries.fee_vnd(
            procedure=copy_register.procedure(), pages=line.pages, copies=line.copies,
            on=timezone.localdate(), case="vietnam",
        )
        for line in batch.lines
    ]  # fmt: skip
    context: dict[str, Any] = {
        "place": "copies",
        "batch": batch,
        "rows": list(zip(batch.lines, prices, strict=True)),
        "total": sum(price or 0 for price in prices),
        "papers": shapes.USUAL,
        "faults": faults or [],
        "may_certify": sheet is not None and sheet.settles_at_once,
    }
    return render(request, "desk/copies/page.html", context, status=status)


@staff(*ROLES)
@require_safe
def outcome(request: HttpRequest) -> HttpResponse:
    """Show what the last batch became, ready to print."""
    rows = queries.named(actor_of(request), request.session.get(_DONE, []))
    context = {
        "place": "copies",
        "rows": rows,
        "total": sum(row.fee_vnd for row in rows),
        "to_print": any(row.medium == "paper" for row in rows),
        "has_electronic": any(row.medium == "electronic" for row in rows),
    }
    return render(request, "desk/copies/outcome.html", context)


@staff(*ROLES)
@require_safe
def printing(request: HttpRequest) -> HttpResponse:
    """Hand out the paper copies of the last batch as one file, each as often as it was asked for."""
    actor, at = actor_of(request), timezone.now()
    found = queries.named(actor, request.session.get(_DONE, []))
    rows = [row for row in found if row.medium == "paper"]
    if not rows:
        raise Http404
    for row in rows:
        dossiers.note_read(dossier=row.result.dossier, part="copy", by=actor, at=at)
    content = sheets.repeated([(queries.sheet(row), row.copies) for row in rows])
    return pdf(content, "ban-sao.pdf")


@staff()
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the register of certified copies."""
    typed = request.GET
    number, year = typed.get("number", ""), typed.get("year", "")
    after = typed.get("sau", "")
    found = queries.register(
        actor_of(request),
        text=typed.get("q", "")[:120],
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        sequence=int(number) if number.isdecimal() and len(number) < 8 else None,
    )
    if after.isdecimal() and len(after) < 12:
        found = found.filter(pk__lt=int(after))
    rows = list(found[: PER_PAGE + 1])
    kept = typed.copy()
    kept.pop("sau", None)
    context = {
        "place": "copies",
        "rows": rows[:PER_PAGE],
        "next": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "query": kept.urlencode(),
        "typed": typed,
    }
    return render(request, "desk/copies/register.html", context)
