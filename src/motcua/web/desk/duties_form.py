"""The forms of directives and duties: six things in a duty, one thing a line in a document."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.directory.actor import Actor
from motcua.supervision.queries import duties as queries
from motcua.supervision.rules import duties as rules
from motcua.supervision.services import duties
from motcua.web.desk import inputs

if TYPE_CHECKING:
    from motcua.supervision.models import Duty

_KINDS = (
    ("directive", _later("văn bản chỉ đạo")),
    ("conclusion", _later("kết luận kiểm tra")),
    ("meeting", _later("kết luận cuộc họp")),
)
_CHOOSE = ("", "–")
# What the rule says of each of the six, said before the rule is asked.
UNCLEAR = {
    "person": _later("Chưa rõ người: chọn cán bộ thực hiện."),
    "work": _later("Chưa rõ việc: viết cụ thể phải làm gì (ít nhất 15 ký tự)."),
    "authority": _later("Chưa rõ thẩm quyền: nêu văn bản hoặc điều khoản giao quyền."),
    "due": _later("Chưa rõ thời gian: hạn phải sau lúc này."),
    "product": _later("Chưa rõ sản phẩm: nộp gì khi xong?"),
    "accountable": _later("Chưa rõ trách nhiệm: chọn lãnh đạo chịu trách nhiệm."),
}


def _whom(label: Any, missing: Any) -> forms.TypedChoiceField:  # noqa: ANN401  lazy words
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        error_messages={
            "required": missing,
            "invalid_choice": _later("Người này không ở cơ quan đã chọn."),
        },
    )


class DutyForm(forms.Form):
    """Six things; what is unclear is said by the rule itself, at the field."""

    agency = forms.ChoiceField(
        label=_later("Cơ quan thực hiện"),
        error_messages={
            "required": _later("Chọn cơ quan thực hiện."),
            "invalid_choice": _later("Bạn không giao việc được cho cơ quan này."),
        },
    )
    person = _whom(_later("Rõ người: ai làm"), UNCLEAR["person"])
    work = inputs.text(_later("Rõ việc: phải làm gì"), rows=4)
    authority = inputs.line(
        _later("Rõ thẩm quyền: căn cứ, quyền được giao"),
        most=300,
        hint=_later("Văn bản, điều khoản hoặc quyết định ủy quyền."),
    )
    due = forms.DateField(
        label=_later("Rõ thời gian: xong trước hết ngày"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date", "class": "num"}, format="%Y-%m-%d"),
        error_messages={
            "required": UNCLEAR["due"],
            "invalid": _later("Ngày có dạng 27/11/2026."),
        },
    )
    product = inputs.line(
        _later("Rõ sản phẩm: nộp gì"),
        most=300,
        hint=_later("Văn bản, kết quả trả cho người dân, báo cáo có số liệu…"),
    )
    accountable = _whom(
        _later("Rõ trách nhiệm: lãnh đạo chịu trách nhiệm"), UNCLEAR["accountable"]
    )

    def __init__(self, *given: Any, actor: Actor, at: datetime, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        self.use_required_attribute = False
        for name in ("work", "authority", "product"):
            self.fields[name].error_messages["required"] = UNCLEAR[name]
        cards = queries.reachable(actor)
        self._choices("agency", [(card.code, card.name) for card in cards])
        if len(cards) == 1:
            self.initial["agency"] = cards[0].code
        chosen = str(self.data.get("agency") or self.initial.get("agency") or "")
        card = next((one for one in cards if one.code == chosen), None)
        self.agency_name = card.name if card else ""
        posts = queries.staff([card.id], at=at) if card else []
        self._choices("person", _people(posts))
        self._choices("accountable", _people([p for p in posts if p.role in rules.HEADS]))

    def _choices(self, name: str, found: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [_CHOOSE, *found]

    def clear(self) -> rules.Clear:
        """Return the six things as they were typed."""
        typed = self.cleaned_data
        due = typed.get("due")
        return rules.Clear(
            person_id=typed.get("person"),
            work=typed.get("work", ""),
            authority=typed.get("authority", ""),
            due_at=inputs.end_of(due) if due else None,
            product=typed.get("product", ""),
            accountable_id=typed.get("accountable"),
        )


def _people(posts: Sequence[Any]) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for post in posts:
        title = post.title or post.get_role_display()
        found.setdefault(post.account_id, f"{post.account.name}, {title}")
    return list(found.items())


class DirectiveForm(forms.Form):
    """A document, and what it asks for."""

    number = inputs.line(_later("Số, ký hiệu"), most=80)
    kind = forms.ChoiceField(label=_later("Loại văn bản"), choices=_KINDS)
    issued_on = inputs.day(_later("Ngày ban hành"))
    issuer = forms.ChoiceField(
        label=_later("Cơ quan ban hành"),
        error_messages={"invalid_choice": _later("Văn bản của cơ quan này bạn không nhập được.")},
    )
    signer = inputs.line(_later("Người ký"), most=120)
    subject = inputs.line(_later("Trích yếu"), most=300)
    points = forms.CharField(
        label=_later("Các việc được yêu cầu, mỗi dòng một việc"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_later("Dán nguyên văn cũng được; số thứ tự đầu dòng được bỏ đi."),
        error_messages={"required": _later("Hãy ghi nội dung này.")},
    )

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        issuers = self.fields["issuer"]
        if isinstance(issuers, forms.ChoiceField):
            issuers.choices = [(card.code, card.name) for card in queries.reachable(actor)]
            own = {post.agency_id for post in actor.posts}
            issuers.initial = next(
                (card.code for card in queries.reachable(actor) if card.id in own), None
            )

    def document(self) -> duties.Document:
        """Return what the service takes."""
        typed = self.cleaned_data
        return duties.Document(
            number=typed["number"],
            kind=typed["kind"],
            issued_on=typed["issued_on"],
            issuer=typed["issuer"],
            signer=typed["signer"],
            subject=typed["subject"],
            points=tuple(rules.points_of(typed["points"])),
        )


class WordsForm(forms.Form):
    """One text: progress."""

    words = inputs.text(_later("Nội dung"))


class ReasonForm(forms.Form):
    """Why it goes back, or need not be done any more."""

    words = inputs.text(_later("Lý do"))


class ProductForm(forms.Form):
    """The product as it is handed in."""

    words = inputs.text(_later("Đã làm gì, kết quả ra sao"))
    reference = inputs.line(_later("Sản phẩm ở đâu: số văn bản, mã hồ sơ, địa chỉ"), most=300)


class AcceptForm(forms.Form):
    """Acceptance; words are not needed."""

    words = inputs.text(_later("Nhận xét"), rows=2, required=False)


class ExtendForm(forms.Form):
    """More time, with its reason."""

    due = inputs.day(_later("Hạn mới"))
    reason = inputs.text(_later("Lý do"))


class HandOverForm(forms.Form):
    """Somebody else of the agency."""

    person = _whom(_later("Người làm thay"), UNCLEAR["person"])
    reason = inputs.text(_later("Lý do"))

    def offer(self, duty: "Duty", *, at: datetime) -> None:
        """Let those be chosen who hold a post at the agency."""
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            posts = queries.staff([duty.agency_id], at=at)
            field.choices = [
                _CHOOSE, *(one for one in _people(posts) if one[0] != duty.person_id)
            ]  # fmt: skip


def say_due(day: date | None) -> str:
    """Return a day as forms take it, "" for none."""
    return day.isoformat() if day else ""


def heading(act: rules.Act) -> str:
    """Return the words of an act's button."""
    return {
        rules.Act.PROGRESS: _("Ghi tiến độ"),
        rules.Act.PRODUCT: _("Nộp sản phẩm"),
        rules.Act.ACCEPTANCE: _("Chấp nhận, kết thúc"),
        rules.Act.RETURN: _("Trả lại để làm tiếp"),
        rules.Act.EXTENSION: _("Gia hạn"),
        rules.Act.HANDOVER: _("Chuyển người làm"),
        rules.Act.CANCELLATION: _("Hủy nhiệm vụ"),
    }[act]
