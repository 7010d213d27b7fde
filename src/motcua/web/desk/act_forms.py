"""Shapes of what officers type for each act; whether it is right is decided by the services."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.catalog import queries as catalog
from motcua.catalog.content import FeeRule
from motcua.directory.actor import Actor
from motcua.directory.queries import people
from motcua.directory.queries import territory as directory
from motcua.dossiers import queries
from motcua.dossiers.queries import completeness
from motcua.web.desk import uploads
from motcua.web.desk.inputs import METHODS, MODES, VERDICTS, count, day, end_of, line, text
from motcua.workflow import queries as workflow

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, Paper


class ActForm(forms.Form):
    """What an act asks for; `whole` is the dossier as its page shows it."""

    takes_files = False

    def __init__(
        self, typed: QueryDict | None = None, *, whole: queries.Whole, actor: Actor
    ) -> None:
        super().__init__(typed, auto_id="viec_%s", use_required_attribute=False)
        self.whole = whole
        self.dossier = whole.dossier
        self.actor = actor
        self.prepare()

    def prepare(self) -> None:
        """Add what depends on the dossier."""


class NothingToType(ActForm):
    """An act that only needs to be confirmed."""


class AcceptForm(ActForm):
    originals_held = count(_later("Bản chính giữ lại để đối chiếu"))

    def prepare(self) -> None:
        for fee in counted_fees(self.dossier):
            self.fields[f"qty-{fee.key}"] = count(
                _("%(name)s: số %(unit)s") % {"name": fee.name, "unit": UNITS.get(fee.per, "")},
                initial=1,
            )

    def quantities(self) -> dict[str, int]:
        """How many pages or copies each fee counts."""
        return {
            name.removeprefix("qty-"): value or 0
            for name, value in self.cleaned_data.items()
            if name.startswith("qty-")
        }


UNITS = {
    "page": _later("trang"),
    "copy": _later("bản"),
    "person": _later("người"),
    "item": _later("việc"),
}


def counted_fees(dossier: "Dossier") -> list[FeeRule]:
    """Return the fees of a dossier that take a quantity."""
    content = catalog.content_of(dossier.version_id)
    fees = content.fees_for(dossier.channel, dossier.case_key)
    return [fee for fee in fees if fee.amount_vnd and fee.per in UNITS]


class ReasonForm(ActForm):
    reason = text(_later("Lý do, người dân đọc được"))


class ReasonAndLawForm(ReasonForm):
    law = line(
        _later("Căn cứ: điều, khoản, văn bản"),
        hint=_later("Ví dụ: Điều 20 khoản 2 Luật Cư trú 68/2020/QH14"),
    )


class SupplementRequestForm(ActForm):
    reason = text(_later("Vì sao cần bổ sung, người dân đọc được"), rows=2)
    law = line(_later("Căn cứ"), required=False)

    def prepare(self) -> None:
        """Propose what the completeness check found; the officer decides."""
        self.checked = completeness.of_dossier(
            dossier=self.dossier, papers=self.whole.papers, on=timezone.localdate()
        )
        if count := len(self.checked.proposed):
            self.fields["reason"].initial = (
                _("Hồ sơ còn %d giấy tờ thiếu hoặc đã hết hiệu lực.") % count
            )
        for paper in self.whole.papers:
            found = self.checked.by_key.get(paper.component_key)
            self.fields[f"pick-{paper.component_key}"] = forms.BooleanField(
                required=False,
                initial=found is not None and found.finding.is_proposed,
                label=paper.name,
            )
            field = line(_("Cần bổ sung gì, vì sao"), required=False, most=500)
            field.widget.attrs["placeholder"] = _("cần bổ sung gì, vì sao")
            field.initial = found.reason if found else ""
            self.fields[f"item-{paper.component_key}"] = field
            if found is not None and found.status == "held_by_store":
                self.fields[f"stored-{paper.component_key}"] = forms.BooleanField(
                    required=False, label=_("giấy trong kho sai hoặc cũ")
                )
            if paper.state == "from_database":
                self.fields[f"failed-{paper.component_key}"] = forms.BooleanField(
                    required=False, label=_("cơ sở dữ liệu không trả lời hoặc sai")
                )

    def lines(self) -> list[dict[str, Any]]:
        """Each component with its fields, for the table."""
        return [
            {
                "paper": paper,
                "pick": self[f"pick-{paper.component_key}"],
                "item": self[f"item-{paper.component_key}"],
                "failed": self[f"failed-{paper.component_key}"]
                if f"failed-{paper.component_key}" in self.fields
                else None,
                "stored": self[f"stored-{paper.component_key}"]
                if f"stored-{paper.component_key}" in self.fields
                else None,
                "found": self.checked.by_key.get(paper.component_key),
            }
            for paper in self.whole.papers
        ]

    def items(self) -> dict[str, str]:
        """The chosen components with the reason of each."""
        return {
            key: self.cleaned_data.get(f"item-{key}", "")
            for key in (p.component_key for p in self.whole.papers)
            if self.cleaned_data.get(f"pick-{key}")
        }

    def failed(self) -> list[str]:
        """The components whose database did not answer."""
        return [
            name.removeprefix("failed-")
            for name, value in self.cleaned_data.items()
            if name.startswith("failed-") and value
        ]

    def store_wrong(self) -> list[str]:
        """The components whose paper in the owner's store is wrong or outdated."""
        return [
            name.removeprefix("stored-")
            for name, value in self.cleaned_data.items()
            if name.startswith("stored-") and value
        ]


class SupplementForm(ActForm):
    takes_files = True
    note = line(_later("Ghi chú"), required=False, most=500)

    def prepare(self) -> None:
        for paper in self.asked():
            self.fields[f"originals-{paper.component_key}"] = count(_("Bản chính"), initial=1)
            self.fields[f"copies-{paper.component_key}"] = count(_("Bản sao"))

    def asked(self) -> "list[Paper]":
        """The papers that were asked for."""
        items = self.whole.supplement.items if self.whole.supplement else {}
        return [paper for paper in self.whole.papers if paper.component_key in items]

    def lines(self) -> list[dict[str, Any]]:
        """Each asked paper with its fields, why it was asked, and what was sent beforehand."""
        sent = uploads.waiting(uploads.supplement_key(self.actor, self.dossier.pk))
        items = self.whole.supplement.items if self.whole.supplement else {}
        return [
            {
                "paper": paper,
                "why": items.get(paper.component_key, ""),
                "originals": self[f"originals-{paper.component_key}"],
                "copies": self[f"copies-{paper.component_key}"],
                "file": f"file-{paper.component_key}",
                "sent": sent.get(paper.component_key, ()),
            }
            for paper in self.asked()
        ]


class AssignForm(ActForm):
    officer = forms.TypedChoiceField(
        label=_later("Giao cho"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _later("Hãy chọn cán bộ.")},
    )

    def prepare(self) -> None:
        at = timezone.now()
        agency_id, role = self.dossier.turn_agency_id, self.dossier.turn_role
        self.officers = (
            people.officers_at(agency_id=agency_id, role=role, at=at) if agency_id else []
        )
        load = (
            {one.account_id: one for one in workflow.load_of(agency_id, role, at=at)}
            if agency_id
            else {}
        )
        field: Any = self.fields["officer"]
        field.choices = [
            (row.pk, _load_words(row.name, load.get(row.pk))) for row in self.officers
        ]
        field.initial = self.dossier.assignee_id


def _load_words(name: str, load: workflow.OfficerLoad | None) -> str:
    if load is None:
        return _("%(name)s: chưa có việc") % {"name": name}
    return _("%(name)s: đang làm %(open)d, quá hạn %(late)d") % {
        "name": name,
        "open": load.open_tasks,
        "late": load.overdue_tasks,
    }


class ConsultForm(ActForm):
    agencies = forms.MultipleChoiceField(
        label=_later("Cơ quan được hỏi"),
        widget=forms.SelectMultiple({"size": 6}),
        error_messages={"required": _later("Hãy chọn cơ quan cần lấy ý kiến.")},
        help_text=_later("Giữ Ctrl để chọn nhiều cơ quan; hỏi cùng một lúc."),
    )
    due_day = day(_later("Trả lời trước ngày"))
    question = text(_later("Nội dung cần lấy ý kiến"))

    def prepare(self) -> None:
        own = self.dossier.competent_id
        place = self.dossier.competent.place_id
        rows = [a for a in directory.agencies() if a.pk != own and a.kind != "centre"]
        rows.sort(key=lambda a: (a.place_id not in (place, None), a.level != "province", a.name))
        self.fields["agencies"].choices = [(a.code, a.name) for a in rows]  # type: ignore[attr-defined]

    def due_at(self) -> datetime:
        """The end of the chosen day."""
        return end_of(self.cleaned_data["due_day"])


class OpinionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_later("Ý kiến"),
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": _later("Hãy chọn ý kiến.")},
    )
    answer = text(_later("Nội dung trả lời"), required=False)


class AppraiseForm(ActForm):
    note = text(_later("Ý kiến thẩm định"), required=False, rows=2)


class SendBackForm(ActForm):
    to_step = forms.ChoiceField(label=_later("Trả về bước"), required=False)
    reason = text(_later("Lý do trả lại"), rows=2)

    def prepare(self) -> None:
        process = workflow.process_by_id(self.dossier.process_id).process
        here = process.step(self.dossier.step_key)
        back = [process.step(key) for key in (here.back if here else ())]
        steps = [step for step in back if step is not None]
        self.fields["to_step"].choices = [(s.key, s.name) for s in reversed(steps)]  # type: ignore[attr-defined]


class DeliveryForm(ActForm):
    mode = forms.ChoiceField(label=_later("Trả bằng cách"), choices=MODES)
    receiver = line(_later("Người nhận"), most=120)
    proof = line(
        _later("Bằng chứng đã trả"),
        required=False,
        hint=_later("Ký nhận, số giấy tờ đã xem, hoặc mã bưu gửi"),
    )
    originals = count(_later("Bản chính trả lại"))

    def prepare(self) -> None:
        self.fields["mode"].initial = self.dossier.return_mode
        self.fields["receiver"].initial = self.dossier.applicant.name
        self.fields["originals"].initial = self.dossier.originals_held


class ExtendForm(ActForm):
    new_day = day(_later("Ngày hẹn mới (chỉ một lần)"))
    reason = text(_later("Lý do xin lỗi, người dân đọc được"), rows=3)


class PaymentRequestForm(ActForm):
    amount_vnd = forms.IntegerField(
        label=_later("Số tiền phải nộp, đồng"),
        min_value=1,
        widget=forms.NumberInput({"class": "num", "inputmode": "numeric"}),
        error_messages={"required": _later("Hãy ghi số tiền."), "invalid": _later("Nhập một số.")},
    )
    reason = text(_later("Khoản phải nộp và căn cứ"), rows=2)
    pauses_clock = forms.BooleanField(
        label=_later("Ngừng tính thời hạn trong khi chờ nộp"), required=False, initial=True
    )


class PaymentForm(ActForm):
    method = forms.ChoiceField(label=_later("Thu bằng"), choices=METHODS)
    reference = line(_later("Số biên lai hoặc mã giao dịch"), required=False, most=80)


class SettleForm(AcceptForm):
    receiver = line(_later("Người nhận kết quả"), most=120)
    method = forms.ChoiceField(label=_later("Thu bằng"), choices=METHODS)

    def prepare(self) -> None:
        super().prepare()
        del self.fields["originals_held"]
        self.fields["receiver"].initial = self.dossier.applicant.name
