"""Shapes of what officers type for each act on a case of feedback; the services decide."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.directory.actor import Actor
from motcua.directory.queries import people
from motcua.directory.queries import territory as directory
from motcua.feedback import services as feedback
from motcua.feedback.queries import reading
from motcua.feedback.rules import fields
from motcua.feedback.services.publishing import masked
from motcua.web.desk.inputs import line
from motcua.web.desk.inputs import text as lines
from motcua.web.ui import words

if TYPE_CHECKING:
    from motcua.directory.models import Post
    from motcua.feedback.models import Case

MOST_FILES = 6
_KEPT = "kept"
_WANTED = (
    ("name", _later("họ tên")),
    ("phone", _later("số điện thoại")),
    ("address", _later("địa chỉ người gửi")),
    ("place", _later("vị trí cụ thể")),
    ("photo", _later("ảnh")),
)
_SIGNS = (
    ("harassment", _later("nhũng nhiễu, phiền hà")),
    ("bribe", _later("vòi vĩnh, đưa nhận tiền")),
    ("delay", _later("chậm trễ")),
    ("danger", _later("nguy hiểm tính mạng")),
)


_REASON = _later("Lý do")


def _reason(label: Any = _REASON, *, hint: Any = "") -> forms.CharField:  # noqa: ANN401
    return lines(label, rows=2, hint=hint)


class CaseForm(forms.Form):
    """What an act asks for; `case` is the case as its page shows it."""

    takes_files = False

    def __init__(
        self, typed: QueryDict | None = None, *, case: "Case", actor: Actor, at: datetime
    ) -> None:
        super().__init__(typed, auto_id="viec_%s", use_required_attribute=False)
        self.case, self.actor, self.at = case, actor, at
        self.prepare()

    def prepare(self) -> None:
        """Add what depends on the case."""

    def told(self, files: "MultiValueDict[str, Any] | None") -> dict[str, Any]:
        """Return what the service is told."""
        said = dict(self.cleaned_data)
        if self.takes_files:
            sent = files.getlist("photos")[:MOST_FILES] if files is not None else []
            said["files"] = tuple(feedback.Picture(one, one.name) for one in sent)
        return said

    def choices(self, name: str, offered: Sequence[tuple[Any, Any]], *, none: Any = None) -> None:  # noqa: ANN401
        """Put choices into a field; `none` words the empty one."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        first = [("", none)] if none is not None else []
        field.choices = [*first, *offered]


class NothingToType(CaseForm):
    """An act that only needs to be confirmed."""


class ReasonForm(CaseForm):
    """An act that needs its reason."""

    reason = _reason(hint=_later("Người gửi đọc được lý do này."))


class ClassForm(CaseForm):
    """Kind, field and urgency, as triage proposes them or as they stand."""

    kind = forms.ChoiceField(label=_later("Loại"))
    field = forms.ChoiceField(label=_later("Lĩnh vực"))
    urgency = forms.ChoiceField(label=_later("Mức độ"))

    def prepare(self) -> None:
        kinds = type(self.case).Kind.choices
        self.choices("kind", kinds)
        self.choices("field", list(fields.names(words.language()).items()))
        self.choices("urgency", type(self.case).Urgency.choices)
        made = self.case.proposal or {}
        known = {
            "kind": self.case.kind or made.get("kind") or "scene",
            "field": self.case.field or made.get("field") or "other",
            "urgency": self.case.urgency,
        }
        for name, value in known.items():
            self.fields[name].initial = value


class NamingForm(CaseForm):
    """Whom a case is about: asked where it says or may be about conduct."""

    about_post = forms.ChoiceField(
        label=_later("Cán bộ bị phản ánh"),
        required=False,
        help_text=_later(
            "Người này không thấy và không xử lý phản ánh; cơ quan họ lãnh đạo không được giao."
        ),
    )

    def prepare(self) -> None:
        super().prepare()
        if not self.is_asked():
            del self.fields["about_post"]
            return
        offered = posts_for(self.case, on=timezone.localdate(self.at))
        known, about = self.case.about_account, self.case.about_agency_id
        mine = [
            post.pk for post in offered
            if known and (post.account_id, post.agency_id) == (known.pk, about)
        ]  # fmt: skip
        kept = [(_KEPT, known.name)] if known and not mine else []
        self.choices("about_post", [*kept, *_by_agency(offered)], none=_("Chưa rõ là ai"))
        self.fields["about_post"].initial = mine[0] if mine else (_KEPT if known else "")

    def is_asked(self) -> bool:
        """Tell whether the case may be about somebody."""
        case, made = self.case, self.case.proposal or {}
        return (
            "conduct" in (case.kind, "" if case.kind else made.get("kind"))
            or "conduct" in (case.field, made.get("field"))
            or bool(case.about_account_id or case.about_agency_id or case.about_words)
        )

    def told(self, files: "MultiValueDict[str, Any] | None") -> dict[str, Any]:
        said = super().told(files)
        typed = said.pop("about_post", _KEPT)
        return said | {"about_post": None if typed == _KEPT else int(typed or 0)}


class NameForm(NamingForm):
    reason = _reason()

    def is_asked(self) -> bool:
        return True


class AcceptForm(NamingForm, ClassForm):
    """Accept as proposed with one key; to decide otherwise needs a word."""

    agency = forms.ChoiceField(label=_later("Chuyển đến"), required=False)
    note = line(
        _later("Vì sao khác đề xuất"),
        required=False,
        hint=_later("Chỉ cần khi đổi lĩnh vực hoặc cơ quan mà máy đề xuất."),
    )

    def prepare(self) -> None:
        super().prepare()
        self.choices("agency", agencies_for(self.case), none=_("Tiếp nhận, chuyển sau"))
        self.fields["agency"].initial = (self.case.proposal or {}).get("agency", "")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        made = self.case.proposal or {}
        differs = [
            name
            for name in ("field", "agency")
            if made.get(name) and said.get(name) and said[name] != made[name]
        ]
        if differs and not said.get("note"):
            self.add_error("note", _("Ghi một câu vì sao chọn khác đề xuất."))
        return said


class ReclassifyForm(ClassForm):
    reason = _reason()


class SupplementRequestForm(CaseForm):
    reason = _reason(_later("Cần người gửi cho biết thêm điều gì?"))
    wanted = forms.MultipleChoiceField(
        label=_later("Còn thiếu"),
        choices=_WANTED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def told(self, files: "MultiValueDict[str, Any] | None") -> dict[str, Any]:
        said = super().told(files)
        return said | {"wanted": tuple(said["wanted"])}


class SupplementForm(CaseForm):
    """What the sender said on the telephone."""

    takes_files = True
    text = lines(_later("Thông tin bổ sung"), required=False)
    name = line(_later("Họ tên"), required=False)
    phone = line(_later("Số điện thoại"), required=False, most=20)
    address = line(_later("Địa chỉ"), required=False)


class ReferForm(CaseForm):
    to = forms.ChoiceField(
        label=_later("Đây là"),
        choices=(("complaint", _later("khiếu nại")), ("denunciation", _later("tố cáo"))),
        widget=forms.RadioSelect,
        help_text=_later("Người gửi được chỉ nơi nhận và điều luật."),
    )

    def prepare(self) -> None:
        self.fields["to"].initial = (self.case.proposal or {}).get("referred") or None


class MergeForm(CaseForm):
    main = line(_later("Mã phản ánh chính"), most=24)
    reason = line(_later("Ghi chú"), required=False)

    def prepare(self) -> None:
        found = (self.case.proposal or {}).get("duplicates") or []
        if found:
            self.fields["main"].initial = found[0][0]


class AssignForm(NamingForm):
    agency = forms.ChoiceField(label=_later("Cơ quan xử lý"))
    note = line(_later("Dặn dò"), required=False)
    field_order = ("agency", "note", "about_post")

    def prepare(self) -> None:
        super().prepare()
        self.choices("agency", agencies_for(self.case), none=_("Chọn…"))
        self.fields["agency"].initial = (self.case.proposal or {}).get("agency", "")


class AppointForm(CaseForm):
    handler_id = forms.TypedChoiceField(label=_later("Người xử lý"), coerce=int)

    def prepare(self) -> None:
        there = people.officers_at(
            agency_id=self.case.agency_id or 0, role="appraiser", at=self.at
        )
        mine = self.case.about_account_id
        self.choices("handler_id", [(one.pk, one.name) for one in there if one.pk != mine])
        self.fields["handler_id"].initial = self.case.handler_id


class PassOnForm(CaseForm):
    agency = forms.ChoiceField(label=_later("Chuyển tiếp đến"))
    reason = _reason()

    def prepare(self) -> None:
        self.choices("agency", agencies_for(self.case), none=_("Chọn…"))


class ReturnForm(CaseForm):
    reason = _reason(_later("Vì sao không thuộc thẩm quyền?"))
    suggested = forms.ChoiceField(label=_later("Cơ quan nên nhận"), required=False)

    def prepare(self) -> None:
        self.choices("suggested", agencies_for(self.case), none=_("Chưa rõ"))


class NoteForm(CaseForm):
    takes_files = True
    text = lines(_later("Đã làm gì?"), rows=2)
    is_told = forms.BooleanField(label=_later("Cho người gửi đọc"), required=False)


class ExtendForm(CaseForm):
    working_days = forms.IntegerField(label=_later("Thêm số ngày làm việc"), min_value=1)
    reason = _reason(hint=_later("Người gửi đọc được lý do này."))


class AnswerForm(CaseForm):
    """The draft of the answer with its sources and the pictures of what was done."""

    takes_files = True
    text = lines(
        _later("Trả lời người gửi"),
        rows=8,
        hint=_later("Nói đã làm gì, ở đâu, khi nào; không nêu tên người gửi."),
    )
    sources = lines(_later("Căn cứ, mỗi dòng một"), rows=2, required=False)

    def prepare(self) -> None:
        self.fields["text"].initial = self.case.answer
        self.fields["sources"].initial = "\n".join(self.case.answer_sources)

    def told(self, files: "MultiValueDict[str, Any] | None") -> dict[str, Any]:
        said = super().told(files)
        return said | {"sources": said["sources"].splitlines()}


class AgreeForm(CaseForm):
    note = _reason(_later("Ý kiến thanh tra"))


class PhotosForm(CaseForm):
    """Which pictures everybody may see."""

    photo_ids = forms.TypedMultipleChoiceField(
        label=_later("Ảnh cho mọi người xem"),
        help_text=_later("Không chọn ảnh có mặt người, biển số, giấy tờ."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        photos = reading.photos_of(self.case)
        said = [(p.pk, f"{p.get_moment_display()}: {p.file.name}") for p in photos]
        self.choices("photo_ids", said)
        self.fields["photo_ids"].initial = [p.pk for p in photos if p.is_public]
        made = masked(case=self.case)
        known = {
            "public_title": self.case.public_title or made.title,
            "public_text": self.case.public_text or made.text,
            "public_answer": made.answer,
        }
        for name, value in known.items():
            if name in self.fields:
                self.fields[name].initial = value


class ShowForm(PhotosForm):
    public_title = line(_later("Tiêu đề công khai"), most=120)
    public_text = lines(_later("Nội dung công khai"), rows=5)
    field_order = ("public_title", "public_text", "photo_ids")


class PublishForm(PhotosForm):
    public_title = line(_later("Tiêu đề công khai"), most=120)
    public_text = lines(_later("Nội dung công khai"), rows=5)
    public_answer = lines(_later("Trả lời công khai"), rows=5)
    field_order = ("public_title", "public_text", "public_answer", "photo_ids")


class EscalateForm(CaseForm):
    sign = forms.ChoiceField(label=_later("Dấu hiệu"), choices=_SIGNS)
    reason = _reason()


def posts_for(case: "Case", *, on: date) -> list["Post"]:
    """Return the posts that a case may be about: of the agency named, the one that has it, its place.

    Where these are none, or hold nobody: of every agency.
    """
    known = directory.agencies()
    named = [key for key in (case.about_agency_id, case.agency_id) if key]
    here = [a.pk for a in known if case.place_id and a.place_id == case.place_id]
    found = people.current_posts(agency_ids={*named, *here}, on=on)
    found = found or people.current_posts(agency_ids={a.pk for a in known}, on=on)
    return sorted(found, key=lambda p: (p.agency_id != case.about_agency_id, p.agency.name))


def _by_agency(posts: "list[Post]") -> list[tuple[str, list[tuple[str, str]]]]:
    offered: dict[str, list[tuple[str, str]]] = {}
    for post in posts:
        words_ = f"{post.account.name}, {post.title or post.get_role_display()}"
        offered.setdefault(post.agency.name, []).append((str(post.pk), words_))
    return list(offered.items())


def agencies_for(case: "Case") -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the agencies that may be given a case: those of its place, the province's, the others."""
    known = directory.agencies()
    here = [a for a in known if case.place_id and a.place_id == case.place_id]
    wide = [a for a in known if a.level == "province"]
    rest = [a for a in known if a.kind == "committee" and a not in here and a not in wide]
    named = ((_("Tại nơi xảy ra"), here), (_("Cấp tỉnh"), wide), (_("Xã, phường khác"), rest))
    return [
        (title, [(a.code, a.name) for a in sorted(of, key=lambda a: a.name)])
        for title, of in named
        if of
    ]
