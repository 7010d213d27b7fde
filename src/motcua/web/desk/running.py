"""What procedure control keeps: working calendars and internal processes."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory.queries import calendars as calendar_queries
from motcua.directory.services import calendars as calendar_services
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import DayException
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import day, line
from motcua.workflow import checks, definition, diagram
from motcua.workflow import queries as workflow
from motcua.workflow import services as workflow_services
from motcua.workflow.bpmn import Imported, write_bpmn

if TYPE_CHECKING:
    from motcua.workflow.models import ProcessVersion

CONTROL = ("controller", "chairman", "keeper", "admin")
KINDS = (
    ("off", _later("ngày nghỉ")),
    ("work", _later("ngày làm việc")),
    ("remove", _later("như tuần thường")),
)
MOST_BYTES = 1024 * 1024


class DayForm(forms.Form):
    date = day(_later("Ngày"))
    kind = forms.ChoiceField(label=_later("Là"), choices=KINDS)
    words = line(_later("Tên ngày, ví dụ: Nghỉ bù Quốc khánh"), required=False, most=120)
    reason = line(_later("Căn cứ điều chỉnh"), hint=_later("số công văn, quyết định"))


@staff(*CONTROL)
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: HttpRequest) -> HttpResponse:
    """Show a calendar's exceptional days; correct one, and open dossiers are recomputed."""
    known = calendar_queries.calendars()
    key = request.GET.get("lich", "")
    if key not in {row.key for row in known}:
        key = calendar_queries.DEFAULT_CALENDAR
    typed = request.GET.get("nam", "")
    year = (
        int(typed) if typed.isdecimal() and 2000 < int(typed) < 2100 else timezone.localdate().year
    )
    form = DayForm(request.POST or None, auto_id="lich_%s", use_required_attribute=False)
    may_correct = actor_of(request).has_role("controller", "admin")
    if request.method == "POST" and may_correct and form.is_valid():
        try:
            _correct(request, key, form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Đã sửa lịch. Hạn của hồ sơ đang mở được tính lại ngay."))
            return redirect(f"{request.path}?lich={key}&nam={form.cleaned_data['date'].year}")
    context = {
        "place": "calendars",
        "calendars": known,
        "key": key,
        "year": year,
        "years": range(2024, timezone.localdate().year + 2),
        "days": calendar_queries.exceptional_days(key, year),
        "versions": calendar_queries.versions_of(key)[:10],
        "form": form if may_correct else None,
    }
    return render(request, "desk/calendars.html", context, status=422 if form.errors else 200)


def _correct(request: HttpRequest, key: str, typed: dict[str, Any]) -> None:
    chosen: date = typed["date"]
    added, removed = [], [chosen]
    if typed["kind"] != "remove":
        words = typed["words"] or dict(KINDS)[typed["kind"]]
        added = [
            DayException(
                date=chosen, kind=typed["kind"], reason=str(words), source=typed["reason"]
            )
        ]
        removed = []
    calendar_services.correct_calendar(
        key=key, add=added, remove=removed, reason=typed["reason"], by=actor_of(request),
        at=timezone.now(),
    )  # fmt: skip


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_later("Tệp BPMN 2.0"), error_messages={"required": _later("Hãy chọn tệp.")}
    )
    procedure = line(
        _later("Mã thủ tục"),
        required=False,
        most=40,
        hint=_later("để trống là quy trình chung của tỉnh"),
    )


class ApproveForm(forms.Form):
    definition = forms.CharField(widget=forms.HiddenInput)
    procedure = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = line(_later("Số quyết định phê duyệt"), most=80)
    valid_from = day(_later("Áp dụng từ ngày"))


@staff(*CONTROL)
@require_http_methods(["GET", "HEAD", "POST"])
def processes(request: HttpRequest) -> HttpResponse:
    """List approved processes; take in a BPMN file and show what it says before it is approved."""
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        auto_id="nhap_%s",
        use_required_attribute=False,
    )
    context: dict[str, Any] = {"place": "processes", "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            imported = _read(request, form)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            context |= _looked_over(imported.process, form.cleaned_data["procedure"])
            context["notes"] = imported.notes
    context["rows"] = workflow.processes()
    context["built_in"] = workflow.BUILT_IN
    return render(request, "desk/processes.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, form: ImportForm) -> Imported:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise Refused(_("Tệp lớn hơn 1 MB."), field="file")
    with transaction.atomic():
        return workflow_services.import_bpmn(
            content=file.read(), procedure_code=form.cleaned_data["procedure"],
            by=actor_of(request), at=timezone.now(),
        )  # fmt: skip


def _looked_over(process: definition.Process, procedure: str) -> dict[str, Any]:
    limit = workflow.legal_limit_minutes(procedure, on=timezone.localdate()) if procedure else None
    kept = json.dumps(definition.to_json(process), ensure_ascii=False)
    return {
        "process": process,
        "drawing": diagram.svg(process),
        "problems": checks.check(process, limit),
        "approve": ApproveForm(
            initial={"definition": kept, "procedure": procedure},
            auto_id="duyet_%s",
            use_required_attribute=False,
        ),
    }


@staff("chairman", "controller")
@require_http_methods(["POST"])
def approval(request: HttpRequest) -> HttpResponse:
    """Approve the process that was looked over."""
    form = ApproveForm(request.POST, auto_id="duyet_%s", use_required_attribute=False)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            process = definition.from_json(json.loads(typed["definition"]))
            workflow_services.approve(
                process=process,
                decision=workflow_services.Decision(
                    number=typed["decision"], valid_from=typed["valid_from"]
                ),
                procedure_code=typed["procedure"],
                by=actor_of(request),
                at=timezone.now(),
            )
        except (Refused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã phê duyệt quy trình."))
            return redirect("desk:processes")
    context: dict[str, Any] = {
        "place": "processes",
        "form": ImportForm(auto_id="nhap_%s"),
        "rows": workflow.processes(),
        "built_in": workflow.BUILT_IN,
        "approve": form,
    }
    return render(request, "desk/processes.html", context, status=422)


@staff()
@require_safe
def process(request: HttpRequest, key: int) -> HttpResponse:
    """Show one approved process with its picture and what the check says; 0 is the built-in one."""
    row = _process_row(key)
    limit = row.limit_minutes
    context = {
        "place": "processes",
        "row": row,
        "process": row.process,
        "drawing": diagram.svg(row.process),
        "steps": diagram.words(row.process),
        "problems": checks.check(row.process, limit),
    }
    return render(request, "desk/process.html", context)


@staff()
@require_safe
def process_file(_request: HttpRequest, key: int) -> HttpResponse:
    """Hand out a process as BPMN 2.0."""
    row = _process_row(key)
    return HttpResponse(
        write_bpmn(row.process),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="quy-trinh-{row.key}.bpmn"'},
    )


def _process_row(key: int) -> "ProcessVersion":
    row = (
        next((one for one in workflow.processes() if one.pk == key), None)
        if key
        else workflow.BUILT_IN
    )
    if row is None:
        raise Http404
    return row
