"""One sub-resource for each act on a case of feedback: its address, its form, its service."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.directory.actor import Actor
from motcua.feedback import services as feedback
from motcua.feedback.queries import reading
from motcua.feedback.rules.states import Act
from motcua.web.desk import feedback_forms as shapes

if TYPE_CHECKING:
    from motcua.feedback.models import Case


@dataclass(frozen=True)
class Deed:
    """An act: the noun of its address, its form, its words; `key` does it from the keyboard."""

    act: Act
    noun: str
    shape: type[shapes.CaseForm]
    button: Any
    icon: str = "check"
    key: str = ""
    template: str = "desk/feedback/_plain.html"
    is_danger: bool = False

    def run(self, who: dict[str, Any], form: shapes.CaseForm, files: Any) -> None:  # noqa: ANN401
        """Do it. Raises what the service raises."""
        told = form.told(files)
        if self.act is Act.ACCEPT:
            _accept(who, told)
            return
        if self.act is Act.SUPPLEMENT:
            who = {name: value for name, value in who.items() if name != "expected"}
        getattr(feedback, self.act.value)(**who, **told)


def _accept(who: dict[str, Any], told: dict[str, Any]) -> None:
    """Accept, and give it to the agency at once where one was chosen: both or neither."""
    agency, note = told.pop("agency"), told.pop("note")
    with transaction.atomic():
        case = feedback.accept(**who, **told)
        if agency:
            feedback.assign(**who | {"expected": case.revision}, agency=agency, note=note)


DEEDS: dict[Act, Deed] = {
    deed.act: deed
    for deed in (
        Deed(Act.ACCEPT, "acceptance", shapes.AcceptForm, _("Tiếp nhận và chuyển"), "tray", "T",
             "desk/feedback/_accept.html"),
        Deed(Act.REQUEST_SUPPLEMENT, "supplement-request", shapes.SupplementRequestForm,
             _("Yêu cầu bổ sung"), "plus", "B"),
        Deed(Act.REFUSE, "refusal", shapes.ReasonForm, _("Từ chối tiếp nhận"), "x", "D",
             is_danger=True),
        Deed(Act.REFER, "referral", shapes.ReferForm, _("Hướng dẫn nơi khác"), "route", "U"),
        Deed(Act.MERGE, "merger", shapes.MergeForm, _("Gộp"), "link", "G",
             "desk/feedback/_merge.html"),
        Deed(Act.UNMERGE, "separation", shapes.ReasonForm, _("Tách ra"), "link"),
        Deed(Act.SUPPLEMENT, "supplement", shapes.SupplementForm, _("Ghi bổ sung"), "plus", "S"),
        Deed(Act.ASSIGN, "assignment", shapes.AssignForm, _("Chuyển cơ quan"), "send", "C"),
        Deed(Act.RECLASSIFY, "classification", shapes.ReclassifyForm, _("Phân loại lại"),
             "filter"),
        Deed(Act.APPOINT, "appointment", shapes.AppointForm, _("Giao người xử lý"), "user", "P"),
        Deed(Act.TAKE, "taking", shapes.NothingToType, _("Nhận xử lý"), "hand", "N"),
        Deed(Act.ANSWER, "answer", shapes.AnswerForm, _("Trình trả lời"), "pen", "V",
             "desk/feedback/_answer.html"),
        Deed(Act.NOTE, "note", shapes.NoteForm, _("Ghi tiến độ"), "chat", "Y"),
        Deed(Act.EXTEND, "extension", shapes.ExtendForm, _("Gia hạn"), "cal", "H"),
        Deed(Act.PASS_ON, "transfer", shapes.PassOnForm, _("Chuyển tiếp"), "route"),
        Deed(Act.RETURN_BACK, "return", shapes.ReturnForm, _("Trả lại"), "back", "L"),
        Deed(Act.APPROVE, "approval", shapes.NothingToType, _("Duyệt trả lời"), "stamp", "A"),
        Deed(Act.SEND_BACK, "redraft", shapes.ReasonForm, _("Trả lại dự thảo"), "back"),
        Deed(Act.AGREE, "agreement", shapes.AgreeForm, _("Thanh tra đồng ý"), "shield"),
        Deed(Act.PUBLISH, "publication", shapes.PublishForm, _("Công khai"), "checks", "O",
             "desk/feedback/_publish.html"),
        Deed(Act.WITHHOLD, "withholding", shapes.ReasonForm, _("Không công khai"), "lock"),
        Deed(Act.SHOW, "showing", shapes.ShowForm, _("Hiện trên bản đồ"), "map", "M",
             "desk/feedback/_publish.html"),
        Deed(Act.HIDE, "hiding", shapes.ReasonForm, _("Gỡ khỏi công khai"), "lock"),
        Deed(Act.ESCALATE, "escalation", shapes.EscalateForm, _("Báo thanh tra"), "shield", "I"),
        Deed(Act.NAME_OFFICER, "officer-concerned", shapes.NameForm,
             _("Cán bộ bị phản ánh"), "user"),
        Deed(Act.CLOSE, "closure", shapes.ReasonForm, _("Đóng"), "stop"),
    )
}  # fmt: skip
BY_NOUN = {deed.noun: deed for deed in DEEDS.values()}
_FIRST = (Act.ACCEPT, Act.ASSIGN, Act.APPOINT, Act.TAKE, Act.ANSWER, Act.AGREE,
          Act.APPROVE, Act.PUBLISH)  # fmt: skip


def primary(case: "Case", allowed: list[reading.Allowed], *, by: Actor) -> Deed | None:
    """Return the act that the case waits for, None when it is somebody else's turn."""
    acts = {one.act for one in allowed}
    for act in _FIRST:
        if act in acts and _is_wanted(act, case, by):
            return DEEDS[act]
    return None


def _is_wanted(act: Act, case: "Case", by: Actor) -> bool:
    is_mine = case.handler_id in (None, by.account_id)
    if act is Act.APPOINT:
        return case.handler_id is None
    if act is Act.ANSWER:
        return is_mine
    if act is Act.AGREE:
        return case.kind == "conduct" and case.inspected_at is None
    return True
