"""The electronic form of a procedure as a Django form: its fields, its sections, what is known."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from motcua.catalog.content import EForm, FormField
from motcua.kernel import codes

_DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_FEW = 4
_LONGEST = 300
_LONGEST_TEXT = 2000


class Declaration(forms.Form):
    """A form made from an EForm; `parts` are its sections with their bound fields."""

    eform: EForm

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by section, in the published order."""
        found: list[tuple[str, list[forms.BoundField]]] = []
        for shape in self.eform.fields:
            if shape.section and (not found or found[-1][0] != shape.section):
                found.append((shape.section, []))
            elif not found:
                found.append(("", []))
            found[-1][1].append(self[shape.key])
        return found

    def spoken(self) -> list[tuple[str, str]]:
        """Return label and answer of everything that was answered, for reading it over."""
        said = []
        for shape in self.eform.fields:
            value = self.cleaned_data.get(shape.key) if self.is_valid() else None
            if value not in (None, ""):
                said.append((shape.label, said_as(value)))
        return said


def declaration_class(eform: EForm, communes: Sequence[Any]) -> type[Declaration]:
    """Return the form class of an EForm."""
    names = [
        (place.full_name, place.full_name[:1].upper() + place.full_name[1:]) for place in communes
    ]
    fields: dict[str, Any] = {shape.key: _field(shape, names) for shape in eform.fields}
    return type("ThisDeclaration", (Declaration,), {**fields, "eform": eform})


def prefilled(eform: EForm, known: Mapping[str, str]) -> dict[str, str]:
    """Return the first values of the fields whose value the account knows."""
    values = {}
    for shape in eform.fields:
        value = known.get(shape.fill.partition(".")[2], "") if shape.fill else ""
        if shape.options:  # the account says "nam" where a form offers "Nam"
            value = next((o for o in shape.options if o.casefold() == value.casefold()), "")
        if value:
            values[shape.key] = value
    return values


def said_as(value: object) -> str:
    """Return a cleaned value as it is kept and read: dates as 22/11/2026."""
    if value is True:
        return _("Có")
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return "" if value in (None, False) else str(value)


def _field(shape: FormField, communes: list[tuple[str, str]]) -> forms.Field:
    common: dict[str, Any] = {
        "label": shape.label,
        "required": shape.required,
        "help_text": shape.hint or _HINTS.get(shape.kind, ""),
    }
    if shape.kind == "checkbox":
        said = {"required": _("Đánh dấu vào ô này nếu bạn đồng ý.")}
        return forms.BooleanField(**common, error_messages=said)
    missing = {"required": _("Hãy điền ô này.")}
    if shape.kind == "choice":
        return _choice([(word, word) for word in shape.options], common)
    if shape.kind == "commune":
        return _choice(communes, common)
    if shape.kind == "date":
        said = {**missing, "invalid": _("Viết ngày như 22/11/2026.")}
        dated = forms.DateInput({"inputmode": "numeric", "class": "num"}, format="%d/%m/%Y")
        return forms.DateField(
            **common, error_messages=said, input_formats=_DATE_FORMATS, widget=dated
        )
    if shape.kind == "number":
        said = {**missing, "invalid": _("Chỉ viết số.")}
        widget = forms.TextInput({"inputmode": "decimal", "class": "num"})
        return forms.DecimalField(**common, error_messages=said, widget=widget, max_digits=15)
    if shape.kind == "textarea":
        area = forms.Textarea({"rows": 3})
        return forms.CharField(
            **common, error_messages=missing, widget=area, max_length=_LONGEST_TEXT
        )
    return _text(shape, common, missing)


_HINTS = {"date": "Ví dụ 22/11/2026", "id_number": "12 chữ số trên thẻ căn cước"}


def _choice(choices: list[tuple[str, str]], common: dict[str, Any]) -> forms.ChoiceField:
    said = {"required": _("Hãy chọn một ý."), "invalid_choice": _("Hãy chọn trong danh sách.")}
    if len(choices) <= _FEW:
        return forms.ChoiceField(
            **common, choices=choices, widget=forms.RadioSelect, error_messages=said
        )
    return forms.ChoiceField(**common, choices=[("", _("Chọn…")), *choices], error_messages=said)


def _text(shape: FormField, common: dict[str, Any], missing: dict[str, str]) -> forms.CharField:
    attributes = {"phone": {"inputmode": "tel", "class": "num", "autocomplete": "tel"}}
    attributes["id_number"] = {"inputmode": "numeric", "class": "num", "autocomplete": "off"}
    validators = {"phone": [_check_phone], "id_number": [_check_number]}
    return forms.CharField(
        **common,
        max_length=_LONGEST,
        error_messages=missing,
        widget=forms.TextInput(attributes.get(shape.kind, {})),
        validators=validators.get(shape.kind, []),
    )


def _check_phone(value: str) -> None:
    if not codes.PHONE.match(codes.normal_phone(value)):
        raise forms.ValidationError(_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0."))


def _check_number(value: str) -> None:
    plain = value.replace(" ", "").replace(".", "")
    if not (codes.PERSONAL_ID.match(plain) or codes.OLD_ID.match(plain)):
        raise forms.ValidationError(_("Số định danh có 12 chữ số (chứng minh nhân dân cũ có 9)."))
