"""Procedures that are settled while the person waits."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor, PostRef
from motcua.documents.papers import wordings
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.queries.results import wording_of
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import copy_register, core, intake, issuing
from motcua.kernel.facts import Fact
from motcua.payments import services as payments
from motcua.workflow import services as workflow

LAW = "118/2025/NĐ-CP Điều 17 khoản 4, khoản 5"


@core.act
def settle_at_once(
    *,
    code: str,
    receiver: str,
    by: Actor,
    at: datetime,
    quantities: Mapping[str, int] | None = None,
    method: str = "cash",
    text: str = "",
    wording: str = "",
    expected: int | None = None,
) -> Result:
    """Accept, decide, issue and return in one act, by somebody authorised to settle at the counter.

    No receipt is printed unless asked; every fact is recorded all the same (R9).
    `wording`: which document it is; its caller then writes it, and its register if it has one.
    Raises NotImmediate: the procedure is not settled at once. Raises NotAllowed: no authorisation.
    Raises Incomplete: required papers are missing. Raises AlreadyDecided, ReceiverMissing.
    Source: 118/2025/NĐ-CP Điều 17 khoản 4, khoản 5.
    """
    dossier = core.locked(code, Act.SETTLE_AT_ONCE, by=by, expected=expected)
    content = catalog.content_of(dossier.version_id)
    if not content.immediate:
        raise refusals.NotImmediate(_("Thủ tục này không thuộc loại giải quyết ngay."), law=LAW)
    if dossier.is_decided:
        raise refusals.AlreadyDecided(_("Hồ sơ đã có quyết định."), law=LAW)
    if len(receiver.strip()) < 2:
        raise refusals.ReceiverMissing(_("Ghi họ tên người nhận kết quả."))
    post = _need_post(dossier, by)
    if dossier.state == Dossier.State.SUBMITTED:
        intake.accept(code=code, by=by, at=at, quantities=quantities)
        dossier.refresh_from_db()
    paid = payments.settle(
        case_id=dossier.pk, method=method, reference="", collected_by=by.name, at=at
    )
    workflow.cancel_open(case_id=dossier.pk, by=by, at=at, reason=_("giải quyết ngay tại quầy"))
    title = content.results[0].name if content.results else content.name
    result = _issue(dossier, title, text, wording, post, by, at)
    _end(dossier, paid, at)
    mode = "online" if wording and dossier.return_mode == "online" else "counter"
    handed = events.ResultReturned(code=code, mode=mode, receiver=receiver.strip()[:120], proof="")
    facts = [*_facts(dossier, result, paid, method, at), handed]
    facts += [] if wording else copy_register.enter(result=result, at=at)
    changed = ["state", "delivery", "returned_at", "ended_at", "decided_at", "outcome", "proposal",
               "money", "clock", "originals_held", *core.TURN_FIELDS]  # fmt: skip
    core.write(dossier, facts, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return result


def _end(dossier: Dossier, paid: int, at: datetime) -> None:
    """Set what the end of an act at once sets; the caller saves it."""
    core.take_turn(dossier, None)
    issuing.end_clock(dossier=dossier, at=at)
    dossier.money = Dossier.Money.PAID if paid else dossier.money
    dossier.decided_at = dossier.returned_at = at
    dossier.outcome = dossier.proposal = Dossier.Outcome.GRANTED
    dossier.state = Dossier.State.RETURNED
    dossier.delivery = Dossier.Delivery.DELIVERED
    dossier.originals_held = 0


def _facts(dossier: Dossier, result: Result, paid: int, method: str, at: datetime) -> list[Fact]:
    """Return what happened, each as its own fact: nothing is settled off the record (R9)."""
    code, due_at = dossier.code, dossier.due_at
    money: list[Fact] = [
        events.PaymentConfirmed(code=code, amount_vnd=paid, method=method, due_at=due_at)
    ]
    return [
        *(money if paid else []),
        events.DossierApproved(code=code, step="at_once", outcome="granted"),
        events.ResultIssued(
            code=code,
            number=result.number,
            outcome="granted",
            due_at=due_at,
            is_late=due_at is not None and at > due_at,
        ),
    ]


def authorised_post(*, dossier: Dossier, by: Actor) -> PostRef | None:
    """Return the post by which this person decides at the counter: a head's, own or delegated.

    Source: 118/2025/NĐ-CP Điều 17 khoản 5.
    """
    return by.post_for("head", "chairman", agency_id=dossier.competent_id)


def _need_post(dossier: Dossier, by: Actor) -> PostRef:
    post = authorised_post(dossier=dossier, by=by)
    if post is None:
        raise refusals.NotAllowed(_("Bạn chưa được ủy quyền giải quyết ngay tại quầy."), law=LAW)
    return post


def _issue(
    dossier: Dossier, title: str, text: str, key: str, post: PostRef, by: Actor, at: datetime
) -> Result:
    wording = wordings.wording(key) or wording_of(dossier, None, on=timezone.localdate(at))
    number = issuing.next_number(dossier=dossier, at=at, symbol=wording.symbol)
    result = issuing.blank_result(dossier=dossier, wording=wording, number=number)
    result.title, result.text = title, text.strip()
    result.signer, result.signer_title = by.name, _signer_title(post)
    result.signed_at = result.issued_at = at
    result.issued_by = by.name
    result.save()
    return result


def _signer_title(post: PostRef) -> str:
    return f"{post.title or post.role}, {post.agency_name}"[:200]
