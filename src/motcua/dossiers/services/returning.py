"""The result reaches the person; and what happens when it was wrong."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents.papers import wordings
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules import guards
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import copy_register, core, issuing, results, seals
from motcua.dossiers.services.filing import RETURN_MODES
from motcua.dossiers.services.intake import need_law
from motcua.workflow import services as workflow


@core.act
def return_result(
    *,
    code: str,
    mode: str,
    receiver: str,
    by: Actor,
    at: datetime,
    proof: str = "",
    originals_returned: int | None = None,
    expected: int | None = None,
) -> Dossier:
    """Hand the result over, with who took it and the proof of delivery (R20, R24).

    `mode`: "counter", "post" or "online". `proof`: what shows it (signature, parcel number).
    A corrected result is handed over once more; the day of the first hand-over stays.
    Raises WrongState: there is nothing to hand over, or it is being corrected.
    Raises StillOwed: fees are not paid. Raises OriginalsHeld: originals stay behind.
    Raises ReceiverMissing: nobody is named.
    Source: 118/2025/NĐ-CP Điều 22 khoản 2, khoản 3; Điều 24 khoản 2.
    """
    dossier = core.locked(code, Act.RETURN_RESULT, by=by, expected=expected)
    if dossier.delivery != Dossier.Delivery.READY:
        raise refusals.WrongState(
            _("Không có kết quả chờ trả: đã trả rồi, hoặc đang được đính chính."),
            law="118/2025/NĐ-CP Điều 22 khoản 3, Điều 23 khoản 1",
        )
    if mode not in RETURN_MODES:
        raise refusals.Misstated(_("Hãy chọn cách trả kết quả."), field="mode")
    if dossier.money == Dossier.Money.DUE and dossier.outcome == Dossier.Outcome.GRANTED:
        raise refusals.StillOwed(
            _("Hồ sơ còn phí, lệ phí chưa nộp; hãy thu trước khi trả kết quả."),
            law="118/2025/NĐ-CP Điều 24",
        )
    if len(receiver.strip()) < 2:
        raise refusals.ReceiverMissing(_("Ghi họ tên người nhận kết quả."))
    returned = dossier.originals_held if originals_returned is None else originals_returned
    if returned < dossier.originals_held:
        raise refusals.OriginalsHeld(
            _("Còn giữ %d bản chính của người dân, phải trả lại đủ.")
            % (dossier.originals_held - returned),
            law="118/2025/NĐ-CP Điều 22 khoản 2",
        )
    if dossier.task_id:
        workflow.complete(task=core.open_task(dossier), by=by, at=at)
    core.take_turn(dossier, None)
    dossier.state = Dossier.State.RETURNED
    dossier.delivery = Dossier.Delivery.DELIVERED
    dossier.returned_at = dossier.returned_at or at
    dossier.originals_held = 0
    fact = events.ResultReturned(
        code=code, mode=mode, receiver=receiver.strip()[:120], proof=proof.strip()[:200]
    )
    changed = ["state", "delivery", "returned_at", "originals_held", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier


@core.act
def correct_result(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Result:
    """Open the correction of a wrong result (R22): three working days, at the agency's cost.

    Raises WrongState: a correction is open already. Raises ReasonMissing.
    Source: 118/2025/NĐ-CP Điều 23.
    """
    dossier = core.locked(code, Act.CORRECT_RESULT, by=by, expected=expected)
    result = current_result(dossier)
    _check_valid(result)
    if result.correction_due_at is not None:
        raise refusals.WrongState(_("Kết quả này đang được sửa."), law="118/2025/NĐ-CP Điều 23")
    result.correction_reason = core.need_reason(reason)
    result.correction_due_at = guards.correction_by(core.calendar_of(dossier), at)
    result.save(update_fields=["correction_reason", "correction_due_at"])
    fact = events.CorrectionOpened(
        code=code,
        number=result.number,
        reason=result.correction_reason,
        due_at=result.correction_due_at,
    )
    dossier.delivery = Dossier.Delivery.NONE
    core.finish(dossier, fact, by=by, at=at, changed=["delivery"], agency_id=dossier.competent_id)
    return result


@core.act
def issue_correction(
    *,
    code: str,
    text: str,
    by: Actor,
    at: datetime,
    filled: Mapping[str, str] | None = None,
    pin: seals.Hand = "",
    expected: int | None = None,
) -> Result:
    """Sign and issue the corrected result in place of the wrong one; the counter hands it over.

    `filled`: blanks of the document that change. With a PIN the document is signed digitally and
    waits for the clerk's stamp before it is handed over.
    Raises WrongState: no correction is open. Raises ReasonMissing: no text. Raises NotAllowed: only
    who may decide may sign, also a correction; and what signing raises.
    Source: 118/2025/NĐ-CP Điều 23; 30/2020/NĐ-CP Điều 18.
    """
    dossier = core.locked(code, Act.CORRECT_RESULT, by=by, expected=expected)
    post = by.post_for("head", "chairman", agency_id=dossier.competent_id)
    if post is None and by.kind != "system":
        raise refusals.NotAllowed(
            _("Kết quả đính chính phải do người có thẩm quyền ký."),
            law="118/2025/NĐ-CP Điều 22 khoản 1, Điều 23 khoản 1",
        )
    wrong = current_result(dossier)
    if wrong.correction_due_at is None:
        raise refusals.WrongState(_("Chưa mở việc sửa kết quả này."))
    corrected = _corrected(wrong, core.need_text(text, field="text"), filled or {}, at)
    if post:
        corrected.signer = by.name
        corrected.signer_title = by.describe(agency_id=post.agency_id)[:200]
    corrected.issued_by = by.name
    corrected.save()
    entered = copy_register.enter(result=corrected, at=at)
    Result.objects.filter(pk=wrong.pk).update(state=Result.State.REPLACED)
    if pin:
        results.sign_issued(result=corrected, post=post, hand=pin, by=by, at=at)
    fact = events.ResultCorrected(
        code=code,
        number=corrected.number,
        replaces=wrong.number,
        is_late=at > wrong.correction_due_at,
    )
    waits = corrected.signed == Result.Signed.PERSONAL
    dossier.delivery = Dossier.Delivery.NONE if waits else Dossier.Delivery.READY
    agency = dossier.competent_id
    core.write(dossier, [fact, *entered], by=by, at=at, changed=["delivery"], agency_id=agency)
    return corrected


def _corrected(wrong: Result, text: str, filled: Mapping[str, str], at: datetime) -> Result:
    dossier = wrong.dossier
    wording = wordings.wording(wrong.wording) or wordings.all_wordings()[wordings.GENERAL]
    number = issuing.next_number(dossier=dossier, at=at, symbol=wording.symbol)
    corrected = issuing.blank_result(dossier=dossier, wording=wording, number=number)
    corrected.outcome, corrected.title = wrong.outcome, wrong.title
    corrected.kind_code, corrected.replaces = wrong.kind_code, wrong
    corrected.text = text
    content = {"content": text} if wording.blank("content") else {}
    changed = results.checked(wording=wording, filled={**content, **filled})
    corrected.filled = {**wrong.filled, **changed}
    corrected.signer, corrected.signer_title = wrong.signer, wrong.signer_title
    corrected.signed_at = corrected.issued_at = at
    return corrected


@core.act
def stamp_result(
    *, code: str, pin: seals.Hand, by: Actor, at: datetime, expected: int | None = None
) -> Result:
    """Put the agency's signature on a corrected result that its head signed; then it is handed over.

    Raises WrongState: no result waits for it. Raises PinMissing; and what signing raises.
    Source: 30/2020/NĐ-CP Điều 32; 118/2025/NĐ-CP Điều 23.
    """
    dossier = core.locked(code, Act.STAMP_RESULT, by=by, expected=expected)
    result = current_result(dossier)
    if result.signed != Result.Signed.PERSONAL or result.file is None:
        raise refusals.WrongState(_("Không có văn bản nào chờ ký số cơ quan."))
    fact = issuing.seal(result=result, hand=pin, by=by, at=at)
    result.save(update_fields=["file", "signed"])
    dossier.delivery = Dossier.Delivery.READY
    core.finish(dossier, fact, by=by, at=at, changed=["delivery"], agency_id=dossier.competent_id)
    return result


@core.act
def revoke_result(
    *, code: str, reason: str, law: str, by: Actor, at: datetime, expected: int | None = None
) -> Result:
    """Take an issued result back: whoever verifies it is told, and so is its owner.

    One that was not handed over yet no longer waits at the counter.
    Raises ReasonMissing, LawMissing. Raises WrongState: it is revoked already.
    Source: 30/2020/NĐ-CP Điều 18.
    """
    dossier = core.locked(code, Act.REVOKE_RESULT, by=by, expected=expected)
    result = current_result(dossier)
    _check_valid(result)
    result.state = Result.State.REVOKED
    result.revoked_at, result.revoked_by = at, by.name
    result.revoked_reason, result.revoked_law = core.need_reason(reason), need_law(law)[:200]
    result.correction_due_at = None
    result.save()
    changed = ["delivery"]
    if dossier.state == Dossier.State.RESULT_READY:
        workflow.cancel_open(case_id=dossier.pk, by=by, at=at, reason=result.revoked_reason)
        core.take_turn(dossier, None)
        dossier.state = Dossier.State.STOPPED
        changed += ["state", *core.TURN_FIELDS]
    dossier.delivery = Dossier.Delivery.NONE
    fact = events.ResultRevoked(
        code=code, number=result.number, reason=result.revoked_reason, law=result.revoked_law
    )
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return result


def _check_valid(result: Result) -> None:
    if not result.is_valid:
        raise refusals.WrongState(
            _("Kết quả này không còn hiệu lực."), law="30/2020/NĐ-CP Điều 18"
        )


def current_result(dossier: Dossier) -> Result:
    """Return the result that holds: the one no other replaces.

    Raises WrongState: nothing was issued.
    """
    rows = Result.objects.filter(dossier=dossier, replaced_by__isnull=True)
    result = rows.select_related("file").last()
    if result is None:
        raise refusals.WrongState(_("Hồ sơ chưa có kết quả."))
    result.dossier = dossier
    return result
