"""The shape of what an owner says about a paper that they put into their own store."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.documents.rules import kho

_DAYS = ("%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


def _day(label: Any, hint: Any) -> forms.DateField:  # noqa: ANN401  lazy words
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        input_formats=_DAYS,
        error_messages={"invalid": _("Viết ngày như 22/11/2026.")},
        widget=forms.DateInput({"inputmode": "numeric", "class": "num"}, format="%d/%m/%Y"),
    )


class OwnPaperForm(forms.Form):
    """What paper it is; only its kind, its name and the file must be given."""

    kind = forms.ChoiceField(
        label=_("Đây là giấy gì?"), error_messages={"required": _("Hãy chọn loại giấy tờ.")}
    )
    name = forms.CharField(
        label=_("Tên ghi trên giấy"),
        max_length=200,
        required=False,
        help_text=_("Để trống thì lấy theo loại giấy ở trên."),
    )
    number = forms.CharField(label=_("Số ghi trên giấy"), max_length=60, required=False)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200, required=False)
    issued_on = _day(_("Ngày cấp"), _("Ví dụ 22/11/2026"))
    valid_until = _day(_("Có giá trị đến hết ngày"), _("Để trống nếu trên giấy không ghi."))
    file = forms.FileField(
        label=_("Ảnh chụp hoặc tệp PDF"),
        help_text=_("Tối đa 20 MB. Chụp rõ bốn góc, đủ sáng."),
        error_messages={
            "required": _("Hãy chọn ảnh hoặc tệp PDF."),
            "empty": _("Tệp này không có nội dung. Hãy chọn lại."),
        },
    )

    def __init__(self, *posted: Any, accept: str, **values: Any) -> None:  # noqa: ANN401  Django's
        super().__init__(*posted, **values)
        kinds = [(kind.key, kind.name) for kind in kho.kinds().values()]
        self.fields["kind"].choices = [("", _("Chọn…")), *kinds]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = accept

    def clean(self) -> dict[str, Any]:
        """Name the paper by its kind where nothing is written."""
        cleaned = super().clean() or {}
        kind = kho.kinds().get(cleaned.get("kind", ""))
        if kind is not None and not cleaned.get("name"):
            cleaned["name"] = kind.name
        return cleaned
