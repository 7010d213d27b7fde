"""A report that an officer takes down: on the telephone, or at the counter."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods

from motcua.directory.queries import territory as directory
from motcua.feedback import services as feedback
from motcua.feedback.queries import reading
from motcua.feedback.rules import fields
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.feedback_forms import MOST_FILES
from motcua.web.desk.inputs import line
from motcua.web.desk.inputs import text as lines
from motcua.web.ui import words

_FIELD_OF = {"place_code": "place", "address": "sender_address"}


class NewForm(forms.Form):
    """What somebody reports, in their own words."""

    channel = forms.ChoiceField(
        label=_later("Nhận"),
        choices=(("phone", _later("qua điện thoại")), ("counter", _later("tại quầy"))),
    )
    text = lines(_later("Nội dung, ghi đúng lời người dân"), rows=6)
    place = forms.ChoiceField(label=_later("Xã, phường"), required=False)
    address = line(_later("Chỗ nào, gần đâu"), required=False)
    phone = line(_later("Số điện thoại người gửi"), required=False, most=20)
    name = line(_later("Họ tên"), required=False, most=120)
    sender_address = line(
        _later("Địa chỉ người gửi"), required=False, hint=_later("Cần khi kiến nghị về quy định.")
    )
    kind = forms.ChoiceField(label=_later("Loại"), required=False)
    field = forms.ChoiceField(label=_later("Lĩnh vực"), required=False)
    about_dossier = line(_later("Mã hồ sơ liên quan"), required=False, most=60)
    about_agency = forms.ChoiceField(label=_later("Cơ quan, quầy liên quan"), required=False)
    about_words = line(_later("Cán bộ, quầy nào"), required=False)

    def offer(self) -> None:
        """Put communes, agencies and fields into the form."""
        communes = [
            (p.code, p.full_name[:1].upper() + p.full_name[1:]) for p in directory.communes()
        ]
        offered: dict[str, list[tuple[str, Any]]] = {
            "place": communes,
            "about_agency": [(a.code, a.name) for a in directory.centres()],
            "field": list(fields.names(words.language()).items()),
            "kind": [
                ("scene", _("Hiện trường")), ("conduct", _("Hành vi cán bộ")),
                ("rule", _("Quy định hành chính")), ("question", _("Hỏi đáp")),
            ],
        }  # fmt: skip
        for name, choices in offered.items():
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
            chosen.choices = [
                ("", _("Máy đề xuất") if name in ("field", "kind") else "–"),
                *choices,
            ]


@staff("receptionist", "centre_lead", "support", "controller")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take a report down for somebody; nothing typed is lost by a refusal."""
    form = NewForm(
        request.POST if request.method == "POST" else None, use_required_attribute=False
    )
    form.offer()
    if request.method == "POST" and form.is_valid():
        receipt = _sent(request, form)
        if receipt is not None:
            return _told(request, receipt)
    context = {"place": "feedback", "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/feedback/new.html", context, status=status)


def _sent(request: HttpRequest, form: NewForm) -> feedback.Receipt | None:
    said = dict(form.cleaned_data)
    said["place_code"] = said.pop("place")
    said["kind"], said["field"] = said["kind"] or None, said["field"] or None
    sent = request.FILES.getlist("photos")[:MOST_FILES]
    pictures = [feedback.Picture(one, one.name or "") for one in sent]
    try:
        return feedback.send_with_pin(
            **said, files=pictures, by=actor_of(request), at=timezone.now()
        )
    except Refused as refusal:
        field = _FIELD_OF.get(refusal.field, refusal.field)
        words_ = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
        form.add_error(field if field in form.fields else None, words_)
        return None


def _told(request: HttpRequest, receipt: feedback.Receipt) -> HttpResponse:
    """Say what the person is to write down; then the case, where this officer may read it."""
    code = receipt.case.code
    said = _("Đã ghi. Đọc cho người dân mã %s.") % code
    if receipt.pin:
        said += " " + _("Mã bí mật để theo dõi: %s.") % receipt.pin
    messages.success(request, said)
    if reading.case_for(actor_of(request), code) is None:
        return redirect("desk:feedback-new")
    return redirect("desk:feedback-case", code)
