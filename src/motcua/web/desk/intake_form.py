"""What is typed at the counter: read from cards, completed from what is known, made into a filing."""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.directory.queries.parties import party_by_identity
from motcua.directory.services.parties import PartyDetails
from motcua.documents import queries as documents
from motcua.dossiers import services as dossiers
from motcua.kernel.codes import read_card, read_personal_id
from motcua.web.desk.inputs import METHODS, count, line
from motcua.web.desk.sheet import Sheet

KINDS = (
    ("citizen", _later("công dân")),
    ("foreigner", _later("người nước ngoài")),
    ("organisation", _later("tổ chức, doanh nghiệp")),
    ("household", _later("hộ kinh doanh")),
)
SEXES = (("", "–"), ("nam", _later("nam")), ("nữ", _later("nữ")))
RETURNS = (
    ("counter", _later("Tại quầy này")),
    ("post", _later("Bưu chính công ích, đến nhà")),
    ("online", _later("Bản điện tử")),
)


def _birth() -> forms.DateField:
    return forms.DateField(
        label=_later("Ngày sinh"),
        required=False,
        input_formats=["%d/%m/%Y", "%d%m%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            {"class": "num", "placeholder": "22/11/1990", "inputmode": "numeric"},
            format="%d/%m/%Y",
        ),
        error_messages={"invalid": _later("Ngày sinh có dạng 22/11/1990.")},
    )


class IntakeForm(forms.Form):
    """People, papers and wishes; what depends on the procedure is added from the sheet."""

    owner_id = line(_later("Số định danh hoặc mã QR"), most=400)
    owner_name = line(_later("Họ tên chủ hồ sơ"))
    owner_birth = _birth()
    owner_sex = forms.ChoiceField(label=_later("Giới"), choices=SEXES, required=False)
    owner_kind = forms.ChoiceField(label=_later("Là"), choices=KINDS, required=False)
    owner_address = line(_later("Địa chỉ"), required=False, most=250)
    phone = line(_later("Điện thoại báo tin"), required=False, most=20)
    email = forms.EmailField(
        label=_later("Thư điện tử"),
        required=False,
        error_messages={"invalid": _later("Thư điện tử có dạng ten@vidu.vn.")},
    )
    is_other = forms.BooleanField(label=_later("Người nộp không phải chủ hồ sơ"), required=False)
    applicant_id = line(_later("Số định danh hoặc mã QR"), required=False, most=400)
    applicant_name = line(_later("Họ tên người nộp"), required=False)
    mandate = line(_later("Văn bản ủy quyền, quan hệ đại diện"), required=False)
    return_mode = forms.ChoiceField(label=_later("Trả kết quả"), choices=RETURNS)
    return_address = line(_later("Địa chỉ nhận kết quả"), required=False, most=250)
    originals_held = count(_later("Bản chính giữ lại"))
    sets = count(_later("Số bộ"), most=50, initial=1)
    note = line(_later("Ghi chú"), required=False, most=500)
    method = forms.ChoiceField(label=_later("Thu bằng"), choices=METHODS, required=False)

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        sheet: Sheet | None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, initial=initial, auto_id="tn_%s", use_required_attribute=False)
        self.sheet = sheet
        for component in sheet.components if sheet else ():
            for what, label in (("originals", _("bản chính")), ("copies", _("bản sao"))):
                self.fields[f"{what}-{component.key}"] = count(f"{component.name}: {label}")
                self.fields[f"{what}-{component.key}"].initial = None
                self.fields[f"{what}-{component.key}"].widget.attrs["placeholder"] = label[4:]
        for fee in sheet.counted if sheet else ():
            self.fields[f"qty-{fee.key}"] = count(fee.name, initial=1)

    def clean(self) -> dict[str, Any]:
        """Ask for the applicant when the owner did not come."""
        cleaned = super().clean() or {}
        if cleaned.get("is_other"):
            for name in ("applicant_id", "applicant_name", "mandate"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Cần ghi vì người nộp không phải chủ hồ sơ."))
        if cleaned.get("return_mode") == "post" and not cleaned.get("return_address"):
            self.add_error("return_address", _("Ghi địa chỉ để bưu chính mang kết quả đến."))
        return cleaned

    def quantities(self) -> dict[str, int]:
        """How many pages or copies each fee counts, as far as it is typed."""
        fees = self.sheet.counted if self.sheet else ()
        return {fee.key: _number(self.data.get(f"qty-{fee.key}", "1")) for fee in fees}

    def filing(self, draft_key: str) -> dossiers.Filing:
        """Return what is filed (the form is valid and has a sheet)."""
        typed, sheet = self.cleaned_data, self.sheet
        if sheet is None:
            raise ValueError("no procedure chosen")
        return dossiers.Filing(
            procedure=sheet.code,
            channel=sheet.channel,
            receiving=sheet.counter.code,
            competent=sheet.competent,
            owner=self._owner(),
            applicant=self._applicant(),
            case=sheet.case,
            mandate=typed["mandate"] if typed["is_other"] else "",
            papers=self._papers(draft_key),
            phone=typed["phone"],
            email=typed["email"],
            return_mode=typed["return_mode"],
            return_address=typed["return_address"],
            sets=typed["sets"] or 1,
            note=typed["note"],
        )

    def _owner(self) -> PartyDetails:
        typed = self.cleaned_data
        return PartyDetails(
            name=typed["owner_name"],
            id_number=typed["owner_id"],
            kind=typed["owner_kind"] or "citizen",
            birth_date=typed["owner_birth"],
            sex=typed["owner_sex"],
            phone="" if typed["is_other"] else typed["phone"],
            email="" if typed["is_other"] else typed["email"],
            address=typed["owner_address"],
        )

    def _applicant(self) -> PartyDetails | None:
        typed = self.cleaned_data
        if not typed["is_other"]:
            return None
        return PartyDetails(
            name=typed["applicant_name"], id_number=typed["applicant_id"], phone=typed["phone"]
        )

    def _papers(self, draft_key: str) -> tuple[dossiers.PaperIn, ...]:
        files: dict[str, list[str]] = {}
        for file in documents.files_of_draft(draft_key=draft_key):
            files.setdefault(file.component_key, []).append(str(file.uuid))
        return tuple(
            dossiers.PaperIn(
                component.key,
                originals=self.cleaned_data.get(f"originals-{component.key}") or 0,
                copies=self.cleaned_data.get(f"copies-{component.key}") or 0,
                files=tuple(files.get(component.key, ())),
                stored=tuple(filter(None, [self.data.get(f"kho-{component.key}", "")])),
            )
            for component in (self.sheet.components if self.sheet else ())
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def draft_key(account_id: int | None, token: str) -> str:
    """Return the key under which this officer's scans wait; nobody else can name it."""
    return f"desk:{account_id}:{token}"[:64] if token else ""


def new_token() -> str:
    """Return a token for the scans of one person at the counter."""
    return secrets.token_urlsafe(12)


def completed(typed: QueryDict, *, look_up: bool) -> QueryDict:
    """Return what was typed with a scanned card read, and blanks filled from who is known."""
    data = typed.copy()
    for who in ("owner", "applicant"):
        _read(data, who)
        if data.get(f"{who}_id") and (look_up or not data.get(f"{who}_name")):
            _know(data, who)
    return data


def _read(data: QueryDict, who: str) -> None:
    card = read_card(data.get(f"{who}_id", ""))
    if card is None:
        return
    data[f"{who}_id"], data[f"{who}_name"] = card.number, card.name
    if who == "owner":
        _set(data, "owner_birth", f"{card.birth_date:%d/%m/%Y}" if card.birth_date else "")
        _set(data, "owner_sex", card.sex)
        _set(data, "owner_address", card.address)


def _know(data: QueryDict, who: str) -> None:
    """Fill what is blank from the party of this identity number; else from the number itself."""
    party = party_by_identity(data.get(f"{who}_id", ""))
    if party is not None:
        _fill(data, f"{who}_name", party.name)
        _fill(data, "phone", party.phone)
    if who != "owner":
        return
    if party is not None:
        _fill(data, "owner_birth", f"{party.birth_date:%d/%m/%Y}" if party.birth_date else "")
        _fill(data, "owner_address", party.address)
        _fill(data, "email", party.email)
        if party.kind != "citizen":
            data["owner_kind"] = party.kind
    read = read_personal_id(data.get("owner_id", "").replace(" ", ""))
    _fill(data, "owner_sex", party.sex if party and party.sex else (read.sex if read else ""))


def _fill(data: QueryDict, name: str, value: str) -> None:
    if value and not data.get(name):
        data[name] = value


def _set(data: QueryDict, name: str, value: str) -> None:
    if value:
        data[name] = value


def is_known(number: str) -> bool:
    """Tell whether somebody with this identity number is known already."""
    return bool(number) and party_by_identity(number) is not None


def everything_there(data: QueryDict, sheet: Sheet, *, but: Collection[str] = ()) -> QueryDict:
    """Return what was typed with every required paper counted as the list asks for it.

    `but`: components that stand from the owner's store.
    """
    full = data.copy()
    for component in sheet.components:
        if component.held_by or not component.required or component.key in but:
            continue
        _fill(
            full,
            f"originals-{component.key}",
            str(component.originals or ("" if component.copies else 1)),
        )
        _fill(full, f"copies-{component.key}", str(component.copies or ""))
    return full


def where(refusal_field: str, fields: Mapping[str, object]) -> str | None:
    """Return the field of this form at which a refusal belongs."""
    named = {
        "id_number": "owner_id",
        "birth_date": "owner_birth",
        "name": "owner_name",
    }.get(refusal_field, refusal_field)
    return named if named in fields else None
