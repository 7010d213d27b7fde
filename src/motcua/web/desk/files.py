"""The state of stored files, for those who run the house: how safe, how whole, what is isolated."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries as documents
from motcua.documents import services as storage
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import line


class DestructionForm(forms.Form):
    reason = line(_later("Lý do hủy"))
    sure = forms.BooleanField(
        label=_later("Tôi đã kiểm tra và hiểu rằng không lấy lại được tệp này"),
        error_messages={"required": _later("Hãy đánh dấu vào ô xác nhận.")},
    )


@staff("admin")
@never_cache
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Show what the virus scanner and the inspections found."""
    context = {"place": "files", "condition": documents.condition()}
    return render(request, "desk/files.html", context)


@staff("admin")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def destruction(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show an isolated file, and remove its bytes for good once that is confirmed."""
    found = documents.isolated_file(uuid=uuid)
    if found is None:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = DestructionForm(typed, use_required_attribute=False)
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], actor_of(request)
        try:
            storage.destroy(uuid=uuid, reason=reason, by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Đã hủy tệp “%s”.") % found.file.name)
            return redirect("desk:files")
    context = {"place": "files", "one": found, "form": form}
    return render(
        request, "desk/file_destruction.html", context, status=422 if form.errors else 200
    )
