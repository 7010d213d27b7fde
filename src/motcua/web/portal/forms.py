"""Shapes of what citizens send; the rules are in the services."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalog.content import Content
from motcua.documents.papers import qr
from motcua.kernel import codes

if TYPE_CHECKING:
    from motcua.directory.models import Place


class TrackForm(forms.Form):
    """A dossier's code and the phone number given when it was filed; or the QR of one of its papers.

    The text of the QR names the owner too, so that whoever holds the paper needs no phone number.
    """

    code = forms.CharField(
        label=_("Mã hồ sơ"),
        max_length=800,
        error_messages={"required": _("Nhập mã in ở đầu giấy tiếp nhận.")},
        widget=forms.TextInput(
            {"class": "num", "placeholder": "H32.18-20261116-0000147", "autocomplete": "off"}
        ),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            {"class": "num", "inputmode": "tel", "autocomplete": "tel", "required": True}
        ),
    )
    owner_id = ""

    def clean_code(self) -> str:
        """Accept small letters, stray spaces and the text of a QR; other shapes are typing errors."""
        text = self.cleaned_data["code"]
        paper = qr.decode(text)
        if paper is not None:
            self.owner_id = paper.owner_id
            text = paper.dossier_code
        code = re.sub(r"\s+", "", text).upper().replace("–", "-")
        if not codes.DOSSIER.match(code):
            raise forms.ValidationError(
                _("Mã có dạng H32.18-20261116-0000147. Xin xem lại trên giấy tiếp nhận.")
            )
        return code

    def clean_phone(self) -> str:
        """Accept +84 and separators; the QR stands for the number."""
        phone = self.cleaned_data["phone"]
        if self.owner_id and not phone:
            return ""
        if not phone:
            raise forms.ValidationError(_("Nhập số điện thoại bạn đã ghi khi nộp."))
        return clean_phone(phone)


class WithdrawForm(forms.Form):
    """Why a dossier is taken back; the reason helps us, it is no condition."""

    reason = forms.CharField(
        label=_("Vì sao bạn rút hồ sơ?"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    is_sure = forms.BooleanField(
        label=_("Tôi hiểu rằng hồ sơ sẽ dừng ngay, muốn làm lại thì nộp hồ sơ mới."),
        error_messages={"required": _("Đánh dấu vào ô này để rút hồ sơ.")},
    )


class CaseForm(forms.Form):
    """What decides the rest of a filing: the case, where it is settled, how the result comes."""

    case = forms.ChoiceField(
        label=_("Trường hợp của bạn"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một trường hợp.")},
    )
    place = forms.ChoiceField(
        label=_("Xã, phường giải quyết"),
        help_text=_("Thường là nơi bạn ở, hoặc nơi có nhà, đất, cơ sở cần làm thủ tục."),
        error_messages={"required": _("Hãy chọn xã, phường.")},
    )
    phone = forms.CharField(
        label=_("Số điện thoại nhận tin"),
        help_text=_("Chúng tôi nhắn khi hồ sơ sang bước mới; cũng dùng để tra cứu."),
        max_length=20,
        error_messages={"required": _("Nhập số điện thoại.")},
        widget=forms.TextInput({"class": "num", "inputmode": "tel", "autocomplete": "tel"}),
    )
    return_mode = forms.ChoiceField(
        label=_("Nhận kết quả"),
        choices=[
            ("counter", _("Tại trung tâm của xã, phường đó")),
            ("post", _("Gửi về nhà qua bưu chính công ích (trả cước)")),
            ("online", _("Bản điện tử")),
        ],
        widget=forms.RadioSelect,
        initial="counter",
    )
    address = forms.CharField(
        label=_("Địa chỉ nhận"),
        help_text=_("Chỉ cần khi nhận qua bưu chính."),
        required=False,
        max_length=250,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )

    def offer(self, content: Content, communes: Sequence["Place"]) -> None:
        """Put the procedure's cases and the communes into the form."""
        case, place = self.fields["case"], self.fields["place"]
        assert isinstance(case, forms.ChoiceField) and isinstance(place, forms.ChoiceField)  # noqa: S101, PT018
        case.choices = [(known.key, known.name) for known in content.cases]
        if not content.cases:
            del self.fields["case"]
        names = [(p.code, p.full_name[:1].upper() + p.full_name[1:]) for p in communes]
        place.choices = [("", _("Chọn…")), *names]

    def clean_phone(self) -> str:
        """Accept +84 and separators."""
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """The post needs an address."""
        data = super().clean() or {}
        if data.get("return_mode") == "post" and not data.get("address"):
            self.add_error("address", _("Ghi địa chỉ để bưu chính gửi kết quả."))
        return data


class SendForm(forms.Form):
    """The last word before a dossier is filed."""

    is_true = forms.BooleanField(
        label=_("Tôi chịu trách nhiệm về những điều đã khai và giấy tờ đã gửi."),
        error_messages={"required": _("Đánh dấu vào ô này rồi bấm nộp.")},
    )


class SupplementForm(forms.Form):
    """A word to the officer with the papers that were asked for."""

    note = forms.CharField(
        label=_("Lời nhắn cho cán bộ"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


def clean_phone(text: str) -> str:
    """Return the number as 0…; a number that is none is a typing error."""
    phone = codes.normal_phone(text)
    if not codes.PHONE.match(phone):
        raise forms.ValidationError(_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0."))
    return phone
