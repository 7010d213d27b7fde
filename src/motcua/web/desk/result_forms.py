"""Shapes of what is typed for result documents: the draft's blanks, PINs, corrections."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.documents.papers import wordings
from motcua.dossiers.queries import results
from motcua.signing import queries as signing
from motcua.web.desk.act_forms import ActForm
from motcua.web.desk.inputs import text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from motcua.documents.papers.wordings import Blank
    from motcua.dossiers.models import Result

INK = _later("Ký giấy, đóng dấu mực; không ký số")


def pin(label: "str | _StrPromise", *, required: bool = False) -> forms.CharField:
    """A PIN: never shown, never remembered."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=64,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _later("Nhập mã PIN của khóa ký số.")},
    )


class SignForm(ActForm):
    """Decide, with the personal signature where this officer has a key."""

    def prepare(self) -> None:
        self.has_key = signing.key_of(self.actor) is not None
        if self.has_key:
            self.fields["pin"] = pin(_("Mã PIN khóa ký số của bạn"))
            self.fields["ink"] = forms.BooleanField(required=False, label=INK)

    def clean(self) -> dict[str, Any]:
        """Ask for the PIN unless the paper is signed in ink."""
        cleaned = super().clean() or {}
        if self.has_key and not cleaned.get("ink") and not cleaned.get("pin"):
            self.add_error("pin", _("Nhập mã PIN, hoặc chọn ký giấy."))
        return cleaned

    @property
    def hand(self) -> str:
        """The PIN, "" for ink."""
        return "" if self.cleaned_data.get("ink") else self.cleaned_data.get("pin", "")


class StampForm(ActForm):
    """Number and stamp: the agency's key where the document was signed digitally."""

    def prepare(self) -> None:
        self.draft = results.draft_of_result(self.dossier)
        self.is_signed = self.draft is not None and self.draft.is_signed
        if self.is_signed:
            self.fields["pin"] = pin(_("Mã PIN khóa ký số của cơ quan"), required=True)
        else:
            self.fields["text"] = text(
                _("Nội dung kết quả"),
                required=False,
                rows=2,
                hint=_("Để trống nếu kết quả là văn bản đã trình kèm."),
            )


class SealForm(ActForm):
    """Stamp what was signed already."""

    pin = pin(_later("Mã PIN khóa ký số của cơ quan"), required=True)


class CorrectionForm(SignForm):
    """Open a correction, or issue the corrected document."""

    reason = text(_later("Sai sót gì, do đâu"))

    def prepare(self) -> None:
        result = self.whole.results[-1] if self.whole.results else None
        self.is_open = bool(result and result.correction_due_at)
        self.has_key = False
        if not self.is_open:
            return
        self.fields["reason"].label = _("Đã sửa gì, ghi trên văn bản thay thế")
        self._ask_blanks(result)
        if self.actor.has_role("head", "chairman", agency_id=self.dossier.competent_id):
            super().prepare()

    def _ask_blanks(self, result: "Result | None") -> None:
        """Show the document's blanks as they stand, to be put right."""
        wording = wordings.wording(result.wording) if result else None
        if wording is None or result is None:
            return
        values = results.values_of(self.dossier, wording, at=timezone.now()) | result.filled
        for blank in wording.blanks:
            if not blank.fixed and blank.key != "content":
                self.fields[f"blank-{blank.key}"] = _blank(blank, values.get(blank.key, ""))

    def blanks(self) -> list[forms.BoundField]:
        """The blanks that may be put right."""
        return [self[name] for name in self.fields if name.startswith("blank-")]

    def filled(self) -> dict[str, str]:
        """What was typed into the blanks."""
        return {
            name.removeprefix("blank-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("blank-")
        }


class DraftForm(ActForm):
    """The result document's wording and its blanks; fixed ones are shown, not typed."""

    wording = forms.ChoiceField(label=_later("Mẫu văn bản"))

    def prepare(self) -> None:
        at = timezone.now()
        on = timezone.localdate(at)
        draft = results.draft_of_result(self.dossier)
        self.is_signed = draft is not None and draft.is_signed
        self.chosen = results.wording_of(self.dossier, draft, on=on)
        choices = [(one.key, one.name) for one in results.wordings_for(self.dossier, on=on)]
        field: Any = self.fields["wording"]
        field.choices, field.initial = choices, self.chosen.key
        own = draft.filled if draft and draft.wording == self.chosen.key else {}
        self.values = results.values_of(self.dossier, self.chosen, at=at) | own
        for blank in self.chosen.blanks:
            if not blank.fixed:
                self.fields[f"blank-{blank.key}"] = _blank(blank, self.values[blank.key])

    def fixed(self) -> list[tuple[str, str]]:
        """The blanks that are not typed, with what they say."""
        return [(one.label, self.values[one.key]) for one in self.chosen.blanks if one.fixed]

    def blanks(self) -> list[forms.BoundField]:
        """The blanks that may be typed."""
        return [self[name] for name in self.fields if name.startswith("blank-")]

    def filled(self) -> dict[str, str]:
        """What was typed; nothing where another wording was chosen, whose blanks are not here."""
        if self.cleaned_data["wording"] != self.chosen.key:
            return {}
        return {
            name.removeprefix("blank-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("blank-")
        }


def _blank(blank: "Blank", value: str) -> forms.CharField:
    many = blank.kind == "text"
    return forms.CharField(
        label=blank.label,
        required=False,
        initial=value,
        max_length=blank.most_chars,
        widget=forms.Textarea({"rows": 3}) if many else forms.TextInput({"autocomplete": "off"}),
        help_text=_("bắt buộc khi ký") if blank.required else "",
    )
