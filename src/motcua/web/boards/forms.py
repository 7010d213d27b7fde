"""Report forms: the list of a period, one form with its checks, its files, making and closing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel.refused import Refused
from motcua.reporting.queries import forms as queries
from motcua.reporting.services import forms as services
from motcua.reporting.services import sending
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.boards import forms_page as page
from motcua.web.boards import forms_parts

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}


@staff()
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """The forms of a period that this officer may see: made, due, sent."""
    return render(request, "boards/forms/list.html", page.list_of(request, at=timezone.now()))


@staff()
@require_safe
def form(request: HttpRequest, kind: str) -> HttpResponse:
    """One form: its figures with the way to their dossiers, its identities, what changed since."""
    wanted = _wanted(request, kind)
    return render(request, "boards/forms/form.html", page.form_of(request, wanted))


@staff()
@require_safe
def form_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The form as a file: the one that was sent, or as it is counted now (`moi`)."""
    wanted = _wanted(request, kind)
    type_of = request.GET.get("dang", "")
    if type_of not in _TYPES:
        raise Http404(_("Không có dạng tệp này."))
    row = queries.kept_form(wanted)
    content = None
    if row is not None and row.is_closed and "moi" not in request.GET and page.is_kept(wanted):
        content = queries.kept_file(row, type_of)
    if content is None:
        content = services.rendered(sheet=queries.sheet_of(wanted), kind=type_of, at=wanted.at)
    answer = HttpResponse(content, content_type=_TYPES[type_of])
    answer["Content-Disposition"] = f'attachment; filename="{page.file_name(wanted, type_of)}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@staff()
@require_safe
def form_dossiers(request: HttpRequest, kind: str) -> HttpResponse:
    """The dossiers of one reason, or of one part of a score, as far as this officer may read them."""
    wanted = _wanted(request, kind)
    context = forms_parts.dossiers_of(request, wanted)
    if context is None:
        raise Http404(_("Không có danh sách này."))
    return render(request, "boards/forms/dossiers.html", context)


@staff()
@require_safe
def form_parts(request: HttpRequest, kind: str) -> HttpResponse:
    """The parts of one score or share, each with the way to its dossiers."""
    wanted = _wanted(request, kind)
    context = forms_parts.parts_of(request, wanted)
    if context is None:
        raise Http404(_("Không có điểm, tỷ lệ này."))
    return render(request, "boards/forms/parts.html", context)


@staff()
@require_POST
def form_making(request: HttpRequest, kind: str) -> HttpResponse:
    """Make the form and keep it."""
    wanted = _wanted(request, kind, said=request.POST.get("hoi", ""))
    try:
        services.make(asked=wanted)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã lập và lưu biểu."))
    return redirect(page.address(wanted))


@staff()
@require_POST
def form_closing(request: HttpRequest, kind: str) -> HttpResponse:
    """Close the form: it stays as it is."""
    wanted = _wanted(request, kind, said=request.POST.get("hoi", ""))
    try:
        services.close(asked=wanted)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Đã chốt biểu; hệ thống giữ nguyên từ đây. Gửi xong thì ghi lại.")
        )
    return redirect(page.address(wanted))


@staff()
@require_POST
def form_sending(request: HttpRequest, kind: str) -> HttpResponse:
    """Note that the closed form was sent: to whom, by which way, which file."""
    said = request.POST
    wanted = _wanted(request, kind, said=said.get("hoi", ""))
    try:
        sent = sending.send(
            asked=wanted,
            receiver=said.get("noi-nhan", ""),
            way=said.get("cach", ""),
            number=said.get("so-van-ban", ""),
            kind=said.get("tep", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi việc gửi: %s.") % sent.receiver)
    return redirect(page.address(wanted))


@staff()
@require_POST
def form_reasons(request: HttpRequest, kind: str) -> HttpResponse:
    """Put words beside the figures of overdue dossiers."""
    wanted = _wanted(request, kind, said=request.POST.get("hoi", ""))
    try:
        services.add_reason(
            asked=wanted,
            text=request.POST.get("giai-trinh", ""),
            field=request.POST.get("linh-vuc", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thêm giải trình; số liệu giữ nguyên."))
    return redirect(page.address(wanted))


def _wanted(request: HttpRequest, kind: str, said: str = "") -> queries.Wanted:
    asked = page.said_of(request, said)
    try:
        wanted = services.wanted(
            form=kind,
            period=asked.period,
            agency=asked.agency,
            by=actor_of(request),
            at=timezone.now(),
            breakdown=asked.breakdown,
        )
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    if not queries.may_read(wanted):
        raise PermissionDenied(_("Biểu này ngoài phạm vi của ông/bà."))
    return wanted
