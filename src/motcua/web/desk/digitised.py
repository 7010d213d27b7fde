"""One scanned paper: compared with its original, described, signed, stored."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.documents.queries import digitising as stacks
from motcua.documents.services import digitising as desk
from motcua.dossiers.queries import digitising as scans
from motcua.dossiers.services import digitising
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.digitising import found_dossier, tell
from motcua.web.desk.inputs import line

if TYPE_CHECKING:
    from motcua.documents.models import Digitised
    from motcua.dossiers.models import Dossier


def _day(label: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date", "class": "num"}, format="%Y-%m-%d"),
        error_messages={"invalid": _later("Ngày có dạng 27/11/2026.")},
    )


class PaperForm(forms.Form):
    """What R11 wants known of a paper (118/2025/NĐ-CP Điều 19 khoản 2)."""

    kind = forms.ChoiceField(label=_later("Loại giấy tờ"))
    title = line(_later("Tên giấy tờ"), most=300)
    owner = line(_later("Chủ sở hữu"), hint=_later("họ tên, năm sinh"), most=250)
    number = line(_later("Số, ký hiệu"), required=False, most=80)
    abstract = line(_later("Trích yếu"), most=500)
    issuer = line(_later("Cơ quan ban hành"), required=False, most=250)
    issued_on = _day(_later("Ngày ban hành"))
    valid_from = _day(_later("Có hiệu lực từ"))
    valid_until = _day(_later("Có hiệu lực đến"))
    is_unlimited = forms.BooleanField(label=_later("Không thời hạn"), required=False)
    scope = line(_later("Phạm vi hiệu lực"), required=False, hint=_later("nếu có"), most=250)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kinds: list[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id="gt_%s", use_required_attribute=False)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Refuse a validity that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("valid_until", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
        return cleaned


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """Show a scan beside what is known of it; a POST says that it was compared, or opens it again."""
    dossier = found_dossier(request, code)
    row = stacks.paper_within(uuid=uuid, case_ids=[dossier.pk])
    if row is None:
        raise Http404
    kinds, reading = scans.kinds(), scans.reading_of(row)
    form = PaperForm(initial=scans.said_of(row, dossier, reading), kinds=kinds)
    status = 200
    if request.method == "POST" and request.POST.get("do") == "reopen":
        return _reopened(request, dossier, row)
    if request.method == "POST":
        form = PaperForm(request.POST, kinds=kinds)
        status = 422
        if form.is_valid() and _compared(request, dossier, row, form):
            return _onward(dossier)
    context = {
        "place": "digitise",
        "dossier": dossier,
        "paper": row,
        "form": form,
        "sheets": stacks.sheets_of_paper(paper=row),
        "component": dict(scans.components_of(dossier)).get(row.component_key, ""),
        "is_open": row.state in ("scanned", "read"),
        "may_work": scans.may_digitise(dossier, by=actor_of(request)),
        "reading": reading,
        "kind_read": scans.kind_read(reading),
    }
    return render(request, "desk/digitise/paper.html", context, status=status)


def _compared(request: HttpRequest, dossier: "Dossier", row: "Digitised", form: PaperForm) -> bool:
    if request.POST.get("compared") != "on":
        form.add_error(None, _("Hãy đối chiếu với bản giấy rồi đánh dấu vào ô xác nhận."))
        return False
    said = desk.Described(owner_party_id=dossier.owner_id, **form.cleaned_data)
    try:
        digitising.compare(
            code=dossier.code, paper=row.uuid, said=said, by=actor_of(request), at=timezone.now()
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("Đã ghi nhận đối chiếu với bản giấy."))
    return True


def _onward(dossier: "Dossier") -> HttpResponse:
    """Go on to the next paper that waits to be compared, or back to the dossier's scans."""
    following = scans.next_to_compare(dossier)
    if following is not None:
        return redirect("desk:digitise-paper", dossier.code, following.uuid)
    return redirect("desk:digitise-dossier", dossier.code)


def _reopened(request: HttpRequest, dossier: "Dossier", row: "Digitised") -> HttpResponse:
    try:
        digitising.reopen(
            code=dossier.code, paper=row.uuid, by=actor_of(request), at=timezone.now()
        )
    except Refused as refusal:
        tell(request, refusal)
    return redirect("desk:digitise-paper", dossier.code, row.uuid)


@staff()
@require_POST
def signatures(request: HttpRequest, code: str) -> HttpResponse:
    """Sign what was compared with one PIN, seal what is to be sealed, or store what is complete."""
    dossier = found_dossier(request, code)
    who, at, chosen = actor_of(request), timezone.now(), _keys(request)
    verb = request.POST.get("do", "sign")
    try:
        if verb == "keep":
            for key in chosen:
                digitising.keep(code=dossier.code, paper=key, by=who, at=at)
            if chosen:
                messages.success(request, _("Đã lưu Kho."))
            else:
                messages.error(request, _("Chưa chọn giấy tờ nào để lưu Kho."))
        else:
            act = digitising.certify if verb == "certify" else digitising.sign
            pin = request.POST.get("pin", "")
            _told(request, act(code=dossier.code, papers=chosen, pin=pin, by=who, at=at))
    except Refused as refusal:
        tell(request, refusal)
    return redirect("desk:digitise-dossier", dossier.code)


def _keys(request: HttpRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("paper"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _told(request: HttpRequest, done: list[digitising.Done]) -> None:
    went = sum(1 for one in done if not one.refused)
    if went:
        words = ngettext("Đã ký số %d giấy tờ.", "Đã ký số %d giấy tờ.", went) % went
        messages.success(request, words)
    for one in done:
        if one.refused:
            messages.error(request, f"{one.paper.title}: {one.refused}")
