"""Shapes of what people type about feedback; whether it is right is decided by the services."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.feedback.rules import code as codes
from motcua.feedback.rules import fields
from motcua.feedback.rules.kinds import LEAST_CHARS, MOST_CHARS
from motcua.web.portal.forms import clean_phone
from motcua.web.ui import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.directory.models import Agency, Place

KINDS = (
    ("scene", _("Việc ngoài đời: đường sá, rác thải, điện nước, an toàn…")),
    ("conduct", _("Thái độ, việc làm của cán bộ, công chức")),
    ("question", _("Câu hỏi, muốn cơ quan trả lời")),
    ("rule", _("Quy định, thủ tục vướng mắc, cần sửa")),
)
_DRAFT = re.compile(r"^[0-9a-f]{32}\Z")
_NUMBER = {"class": "num", "inputmode": "tel"}


_TOO_LONG = _(
    "Dài quá: tối đa %(limit_value)d ký tự, bạn đã viết %(show_value)d. Xin viết gọn lại."
)


class WholeTextForm(forms.Form):
    """Takes what was typed whole: a browser that cuts a long text would lose words unseen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)


class SendForm(WholeTextForm):
    """One report: the text first, then where, then how the sender is reached."""

    text = forms.CharField(
        label=_("Bạn muốn phản ánh điều gì?"),
        help_text=_("Viết như bạn nói: việc gì, ở đâu, từ bao giờ."),
        min_length=LEAST_CHARS,
        max_length=MOST_CHARS,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": _("Hãy mô tả việc bạn muốn phản ánh."),
            "min_length": _("Hãy viết rõ hơn một chút: việc gì, ở đâu."),
            "max_length": _TOO_LONG,
        },
    )
    place = forms.ChoiceField(label=_("Ở xã, phường nào?"), required=False)
    address = forms.CharField(
        label=_("Chỗ nào, gần đâu?"),
        help_text=_("Số nhà, tên đường, hoặc gần chợ, trường học nào."),
        required=False,
        max_length=250,
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    about_dossier = forms.CharField(
        label=_("Mã hồ sơ liên quan"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"class": "num", "placeholder": "H32.18-20261116-0000147"}),
    )
    about_agency = forms.ChoiceField(label=_("Cơ quan, quầy liên quan"), required=False)
    about_words = forms.CharField(
        label=_("Tên cán bộ, số quầy, nếu biết"), required=False, max_length=160
    )
    name = forms.CharField(
        label=_("Họ tên"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        help_text=_(
            "Để theo dõi và nhận tin. Không ghi cũng gửi được; bạn sẽ nhận một mã bí mật."
        ),
        required=False,
        max_length=20,
        widget=forms.TextInput(_NUMBER | {"autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "email"}),
    )
    sender_address = forms.CharField(
        label=_("Địa chỉ của bạn"),
        help_text=_("Chỉ cần khi kiến nghị về quy định (Nghị định 20/2008/NĐ-CP Điều 7)."),
        required=False,
        max_length=250,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    kind = forms.ChoiceField(
        label=_("Đây là"),
        required=False,
        choices=KINDS,
        widget=forms.RadioSelect({"required": True}),
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    draft = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer(self, communes: "Sequence[Place]", agencies: "Sequence[Agency]") -> None:
        """Put the communes, the agencies and the fields into the form."""
        self._choices("place", [(p.code, _upper(p.full_name)) for p in communes], _("Chọn…"))
        self._choices("about_agency", [(a.code, a.name) for a in agencies], _("Không có"))
        self._choices("field", list(fields.names(words.language()).items()), _("Chưa rõ"))

    def _choices(self, name: str, choices: list[tuple[str, str]], none: Any) -> None:  # noqa: ANN401
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", none), *choices]

    def clean_phone(self) -> str:
        """Say at once that a number is none, before anything is read back."""
        phone = str(self.cleaned_data["phone"])
        return clean_phone(phone) if phone else ""

    def clean_draft(self) -> str:
        """A name that we did not give opens no draft."""
        draft = str(self.cleaned_data["draft"])
        return draft if _DRAFT.match(draft) else ""

    @property
    def says_more(self) -> bool:
        """Tell whether something was typed, or must be, in the part that is folded away."""
        if self["kind"].value() == "rule":  # its sender's address stands there
            return True
        names = ("about_dossier", "about_agency", "about_words", "email", "sender_address")
        return any(self[name].value() or self[name].errors for name in names)


class FollowForm(forms.Form):
    """A case's code, and the phone it was sent with or its PIN."""

    code = forms.CharField(
        label=_("Mã phản ánh"),
        max_length=40,
        error_messages={"required": _("Nhập mã bạn nhận được khi gửi.")},
        widget=forms.TextInput(
            {"class": "num", "placeholder": "PA-261122-0412-K", "autocomplete": "off"}
        ),
    )
    phone = forms.CharField(
        label=_("Số điện thoại đã ghi khi gửi, hoặc mã bí mật"),
        max_length=20,
        error_messages={"required": _("Nhập số điện thoại hoặc mã bí mật.")},
        widget=forms.TextInput(_NUMBER),
    )

    def clean_code(self) -> str:
        """Forgive blanks and small letters; find slips by the letter at the end."""
        code = codes.read(typed=self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("Mã có dạng PA-261122-0412-K. Xin xem lại, có thể nhầm một chữ số.")
            )
        return code


class SupplementForm(WholeTextForm):
    """What was asked for."""

    text = forms.CharField(
        label=_("Thông tin bổ sung"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": _TOO_LONG},
    )
    name = forms.CharField(label=_("Họ tên"), required=False, max_length=120)
    phone = forms.CharField(
        label=_("Số điện thoại"), required=False, max_length=20, widget=forms.TextInput(_NUMBER)
    )
    address = forms.CharField(label=_("Địa chỉ của bạn"), required=False, max_length=250)


class RateForm(forms.Form):
    """One of five faces, and a word."""

    score = forms.IntegerField(
        label=_("Bạn có hài lòng không?"),
        min_value=1,
        max_value=5,
        error_messages={"required": _("Hãy chọn một trong năm mức.")},
    )
    words = forms.CharField(
        label=_("Lời nhắn"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )


class ReopenForm(WholeTextForm):
    """Why the answer does not do."""

    reason = forms.CharField(
        label=_("Vì sao bạn chưa đồng ý?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Hãy nói vì sao, để chúng tôi xem lại đúng chỗ."),
            "max_length": _TOO_LONG,
        },
    )


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
