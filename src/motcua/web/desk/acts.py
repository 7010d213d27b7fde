"""One sub-resource for each act on a dossier: what it asks for, and which service does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.directory.actor import Actor
from motcua.dossiers import services as dossiers
from motcua.dossiers.rules.states import Act
from motcua.web.desk import act_forms as shapes
from motcua.web.desk import result_forms as papers
from motcua.web.desk import uploads
from motcua.web.desk.inputs import end_of
from motcua.web.desk.names import NAMES
from motcua.web.desk.originals_form import OriginalsForm


@dataclass(frozen=True)
class Doing:
    """An act as somebody sends it: on which dossier, by whom, what was typed."""

    code: str
    by: Actor
    at: datetime
    expected: int | None
    form: Any
    files: Any = None
    common: dict[str, Any] = field(default_factory=dict)

    @property
    def who(self) -> dict[str, Any]:
        """What every service is told."""
        return {"code": self.code, "by": self.by, "at": self.at, "expected": self.expected}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  what a form cleaned is of any type
        return self.form.cleaned_data[name]


@dataclass(frozen=True)
class Deed:
    """An act with its form, its service and what is said when it is done."""

    act: Act
    shape: type[shapes.ActForm]
    run: Callable[[Doing], object]
    button: object
    done: object
    title: object = ""
    template: str = "desk/acts/plain.html"
    wide: bool = False

    @property
    def noun(self) -> str:
        """The last part of the act's address."""
        return NAMES[self.act].noun


def _accept(d: Doing) -> object:
    return dossiers.accept(
        **d.who, quantities=d.form.quantities(), originals_held=d["originals_held"] or 0
    )


def _supplement(d: Doing) -> object:
    return dossiers.request_supplement(
        **d.who,
        items=d.form.items(),
        reason=d["reason"],
        law=d["law"],
        database_failed=d.form.failed(),
        store_wrong=d.form.store_wrong(),
    )


def _answer_supplement(d: Doing) -> object:
    papers = [
        dossiers.PaperIn(
            paper.component_key,
            originals=d[f"originals-{paper.component_key}"] or 0,
            copies=d[f"copies-{paper.component_key}"] or 0,
            files=uploads.stored(d, paper.component_key, case_id=d.form.dossier.pk),
        )
        for paper in d.form.asked()
    ]
    return dossiers.answer_supplement(**d.who, papers=papers, note=d["note"])


def _close(d: Doing) -> object:
    return dossiers.close_unsupplemented(code=d.code, by=d.by, at=d.at)


def _assign(d: Doing) -> object:
    chosen = next(row for row in d.form.officers if row.pk == d["officer"])
    return dossiers.assign(**d.who, to=chosen)


def _consult(d: Doing) -> object:
    return dossiers.consult(
        **d.who, agencies=d["agencies"], question=d["question"], due_at=d.form.due_at()
    )


def _deliver(d: Doing) -> object:
    return dossiers.return_result(
        **d.who,
        mode=d["mode"],
        receiver=d["receiver"],
        proof=d["proof"],
        originals_returned=d["originals"] or 0,
    )


def _extend(d: Doing) -> object:
    return dossiers.extend(**d.who, new_due=end_of(d["new_day"]), reason=d["reason"])


def _require_payment(d: Doing) -> object:
    return dossiers.require_payment(
        **d.who, amount_vnd=d["amount_vnd"], reason=d["reason"], pauses_clock=d["pauses_clock"]
    )


def _draft(d: Doing) -> object:
    return dossiers.prepare_result(**d.who, wording=d["wording"], filled=d.form.filled())


def _issue(d: Doing) -> object:
    typed = d.form.cleaned_data
    return dossiers.issue(**d.who, text=typed.get("text", ""), pin=typed.get("pin", ""))


def _correct(d: Doing) -> object:
    if d.form.is_open:
        return dossiers.issue_correction(
            **d.who, text=d["reason"], filled=d.form.filled(), pin=d.form.hand
        )
    return dossiers.correct_result(**d.who, reason=d["reason"])


def _settle(d: Doing) -> object:
    return dossiers.settle_at_once(
        **d.who, receiver=d["receiver"], quantities=d.form.quantities(), method=d["method"]
    )


DEEDS: dict[Act, Deed] = {
    deed.act: deed
    for deed in (
        Deed(Act.ACCEPT, shapes.AcceptForm, _accept, _("Tiếp nhận, in giấy hẹn"),
             _("Đã tiếp nhận hồ sơ."), _("kiểm tra đủ giấy tờ và tiếp nhận")),
        Deed(Act.REFUSE_INTAKE, shapes.ReasonAndLawForm,
             lambda d: dossiers.refuse_intake(**d.who, reason=d["reason"], law=d["law"]),
             _("Từ chối tiếp nhận"), _("Đã từ chối tiếp nhận; hãy in phiếu Mẫu 03.")),
        Deed(Act.REQUEST_SUPPLEMENT, shapes.SupplementRequestForm, _supplement,
             _("Gửi yêu cầu bổ sung"),
             _("Đã gửi yêu cầu bổ sung; hãy in phiếu Mẫu 02."), _("yêu cầu bổ sung, một lần và đầy đủ"),
             "desk/acts/supplement_request.html"),
        Deed(Act.ANSWER_SUPPLEMENT, shapes.SupplementForm, _answer_supplement,
             _("Nhận đủ giấy tờ bổ sung"),
             _("Đã nhận giấy tờ bổ sung."), "", "desk/acts/supplement.html"),
        Deed(Act.CLOSE_UNSUPPLEMENTED, shapes.NothingToType, _close, _("Đóng hồ sơ vì không bổ sung"),
             _("Đã đóng hồ sơ.")),
        Deed(Act.RECEIVE, shapes.NothingToType, lambda d: dossiers.receive(**d.who),
             _("Nhận hồ sơ chuyển đến"), _("Đã nhận; thời hạn bắt đầu tính."),
             _("nhận hồ sơ chuyển đến; thời hạn tính từ lúc này")),
        Deed(Act.ASSIGN, shapes.AssignForm, _assign, _("Phân công"), _("Đã phân công.")),
        Deed(Act.CONSULT, shapes.ConsultForm, _consult, _("Gửi lấy ý kiến"), _("Đã gửi lấy ý kiến."),
             template="desk/acts/consult.html"),
        Deed(Act.APPRAISE, shapes.AppraiseForm,
             lambda d: dossiers.appraise(**d.who, note=d["note"]), _("Trình duyệt"),
             _("Đã trình duyệt."),
             _("thẩm định và trình duyệt")),
        Deed(Act.PROPOSE_REFUSAL, shapes.ReasonAndLawForm,
             lambda d: dossiers.propose_refusal(**d.who, reason=d["reason"], law=d["law"]),
             _("Trình từ chối"), _("Đã trình từ chối.")),
        Deed(Act.SEND_BACK, shapes.SendBackForm,
             lambda d: dossiers.send_back(**d.who, reason=d["reason"], to_step=d["to_step"]),
             _("Trả lại"), _("Đã trả lại bước trước.")),
        Deed(Act.APPROVE, papers.SignForm, lambda d: dossiers.approve(**d.who, pin=d.form.hand),
             _("Phê duyệt"), _("Đã phê duyệt."), _("xem xét và phê duyệt"), "desk/acts/sign.html"),
        Deed(Act.ISSUE, papers.StampForm, _issue, _("Lấy số, đóng dấu, phát hành"),
             _("Đã phát hành kết quả."), template="desk/acts/stamp.html"),
        Deed(Act.DRAFT_RESULT, papers.DraftForm, _draft, _("Ghi bản dự thảo"),
             _("Đã ghi bản dự thảo văn bản kết quả."), _("soạn văn bản kết quả"),
             "desk/acts/draft.html"),
        Deed(Act.STAMP_RESULT, papers.SealForm,
             lambda d: dossiers.stamp_result(**d.who, pin=d["pin"]), _("Ký số cơ quan"),
             _("Đã ký số cơ quan."), template="desk/acts/stamp.html"),
        Deed(Act.REVOKE_RESULT, shapes.ReasonAndLawForm,
             lambda d: dossiers.revoke_result(**d.who, reason=d["reason"], law=d["law"]),
             _("Thu hồi, hủy bỏ kết quả"), _("Đã thu hồi, hủy bỏ kết quả.")),
        Deed(Act.RETURN_RESULT, shapes.DeliveryForm, _deliver, _("Trả kết quả"), _("Đã trả kết quả."),
             template="desk/acts/delivery.html"),
        Deed(Act.RETURN_ORIGINALS, OriginalsForm,
             lambda d: dossiers.return_originals(**d.who, receiver=d["receiver"], proof=d["proof"]),
             _("Trả lại bản chính"), _("Đã trả lại bản chính."),
             _("trả lại bản chính đang giữ")),
        Deed(Act.EXTEND, shapes.ExtendForm, _extend, _("Gửi văn bản xin lỗi"),
             _("Đã hẹn lại; hãy in văn bản xin lỗi Mẫu 04."), _("xin lỗi và hẹn lại"),
             "desk/acts/extend.html"),
        Deed(Act.REQUIRE_PAYMENT, shapes.PaymentRequestForm, _require_payment,
             _("Gửi yêu cầu nộp tiền"),
             _("Đã gửi yêu cầu thực hiện nghĩa vụ tài chính.")),
        Deed(Act.CONFIRM_PAYMENT, shapes.PaymentForm,
             lambda d: dossiers.confirm_payment(**d.who, method=d["method"], reference=d["reference"]),
             _("Xác nhận đã thu"), _("Đã ghi nhận nộp tiền."), template="desk/acts/payment.html"),
        Deed(Act.WITHDRAW, shapes.ReasonForm,
             lambda d: dossiers.withdraw(**d.who, reason=d["reason"]), _("Rút hồ sơ theo yêu cầu"),
             _("Đã rút hồ sơ; hãy in thông báo Mẫu 05."), _("rút hồ sơ theo yêu cầu của người nộp")),
        Deed(Act.CORRECT_RESULT, papers.CorrectionForm, _correct, _("Ghi việc sửa kết quả"),
             _("Đã ghi việc sửa kết quả."), template="desk/acts/correction.html"),
        Deed(Act.SETTLE_AT_ONCE, shapes.SettleForm, _settle, _("Giải quyết ngay"),
             _("Đã giải quyết và trả kết quả."), _("giải quyết ngay tại quầy")),
    )
}  # fmt: skip
