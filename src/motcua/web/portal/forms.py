"""Shapes of what citizens send; the rules are in the services."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel import codes


class TrackForm(forms.Form):
    """A dossier's code and the phone number given when it was filed."""

    code = forms.CharField(
        label=_("Mã hồ sơ"),
        max_length=60,
        error_messages={"required": _("Nhập mã in ở đầu giấy tiếp nhận.")},
        widget=forms.TextInput(
            {"class": "num", "placeholder": "H32.18-20261116-0000147", "autocomplete": "off"}
        ),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        error_messages={"required": _("Nhập số điện thoại bạn đã ghi khi nộp.")},
        widget=forms.TextInput({"class": "num", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_code(self) -> str:
        """Accept small letters and stray spaces; a code of another shape is a typing error."""
        code = re.sub(r"\s+", "", self.cleaned_data["code"]).upper().replace("–", "-")
        if not codes.DOSSIER.match(code):
            raise forms.ValidationError(
                _("Mã có dạng H32.18-20261116-0000147. Xin xem lại trên giấy tiếp nhận.")
            )
        return code

    def clean_phone(self) -> str:
        """Accept +84 and separators."""
        phone = re.sub(r"[\s.\-]", "", self.cleaned_data["phone"])
        phone = re.sub(r"^(\+?84)(?=\d{9}$)", "0", phone)
        if not codes.PHONE.match(phone):
            raise forms.ValidationError(_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0."))
        return phone


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
