"""At the counter: accept, refuse, receive what another centre accepted."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import Content, FeeRule
from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import core, kho
from motcua.kernel.worktime import due
from motcua.payments import services as payments
from motcua.payments.rules import Line
from motcua.workflow import services as workflow

MAX_QUANTITY = 1000


@core.act
def accept(
    *,
    code: str,
    by: Actor,
    at: datetime,
    quantities: Mapping[str, int] | None = None,
    originals_held: int = 0,
    expected: int | None = None,
) -> Dossier:
    """Accept a complete dossier: the clock starts, fees are billed, the next step opens.

    `quantities`: how many pages or copies each fee counts, by the fee's key.
    Raises Incomplete: required papers are missing; all of them are named.
    Raises HeldByStore: a missing paper is in the owner's store: it is taken from there.
    Raises Misstated: a quantity or number of originals that cannot be.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1, khoản 3; 309/2026/NĐ-CP Điều 8 khoản 3.
    """
    dossier = core.locked(code, Act.ACCEPT, by=by, expected=expected)
    content = catalog.content_of(dossier.version_id)
    _check_counts(dossier, content, quantities or {}, originals_held)
    _check_complete(dossier, content, at)
    dossier.state = Dossier.State.ACCEPTED
    dossier.accepted_at = at
    dossier.originals_held = originals_held
    if _starts_here(dossier):
        start_clock(dossier=dossier, content=content, at=at)
    changed = ["state", "accepted_at", "originals_held", *CLOCK_FIELDS, "money", *core.TURN_FIELDS]
    _bill(dossier, content, quantities or {}, at)
    moved = workflow.advance(
        task=core.open_task(dossier), case=core.case_of(dossier), by=by, at=at
    )
    core.take_turn(dossier, moved.opened)
    fact = events.DossierAccepted(
        code=code,
        due_at=dossier.due_at,
        originals=dossier.originals_held,
        officer_id=core.given_to(dossier),
    )
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier


def _check_counts(
    dossier: Dossier, content: Content, quantities: Mapping[str, int], originals_held: int
) -> None:
    """A fee is never waived by counting nothing, nor cut by a misspelt key (R24)."""
    known = {fee.key for fee in content.fees_for(dossier.channel, dossier.case_key)}
    if strange := [key for key in quantities if key.removesuffix("*") not in known]:
        raise refusals.Misstated(
            _("Thủ tục không có khoản thu “%s”.") % strange[0][:80], field="quantities"
        )
    if not all(1 <= count <= MAX_QUANTITY for count in quantities.values()):
        raise refusals.Misstated(
            _("Số trang, số bản tính phí từ 1 đến %d.") % MAX_QUANTITY, field="quantities"
        )
    if not 0 <= originals_held <= MAX_QUANTITY:
        raise refusals.Misstated(
            _("Số bản chính tạm giữ từ 0 đến %d.") % MAX_QUANTITY, field="originals_held"
        )


CLOCK_FIELDS = ("clock", "started_at", "due_at", "due_original")


def start_clock(*, dossier: Dossier, content: Content, at: datetime) -> None:
    """Set the due time of a dossier whose clock starts at `at`; the caller saves CLOCK_FIELDS."""
    dossier.started_at = at
    limit = content.limit_for(dossier.channel, dossier.case_key)
    dossier.clock = clock.started(at, limit)
    if limit is not None:
        dossier.due_at = due(core.calendar_of(dossier), at, limit)
        dossier.due_original = dossier.due_at


def _starts_here(dossier: Dossier) -> bool:
    """Whether the receiving centre belongs to the competent agency's own place or province."""
    receiving, competent = cards.card(dossier.receiving_id), cards.card(dossier.competent_id)
    same = receiving.id == competent.id or (
        receiving.level == competent.level == "province" and not competent.place_code
    )
    return guards.starts_on_acceptance(
        receiving_place=receiving.place_code,
        competent_place=competent.place_code,
        same_chain=same,
    )


def wanted(*, dossier: Dossier, content: Content) -> list[guards.Wanted]:
    """Return the dossier's papers as the guards see them (one query)."""
    published = {c.key: c for c in content.components_for(dossier.case_key)}
    return [
        guards.Wanted(
            key=p.component_key,
            name=p.name,
            required=p.required,
            held_by=published[p.component_key].held_by if p.component_key in published else "",
            state=p.state,
        )
        for p in Paper.objects.filter(dossier_id=dossier.pk)
    ]


def _check_complete(dossier: Dossier, content: Content, at: datetime) -> None:
    lacking = guards.missing(wanted(dossier=dossier, content=content))
    if lacking:
        kho.check_not_in_store(dossier=dossier, keys={p.key for p in lacking}, at=at)
        raise refusals.Incomplete(
            _("Còn thiếu giấy tờ: %s.") % "; ".join(p.name for p in lacking),
            field="papers",
            law="118/2025/NĐ-CP Điều 17 khoản 1 điểm c",
        )


def _bill(dossier: Dossier, content: Content, quantities: Mapping[str, int], at: datetime) -> None:
    lines = fee_lines(
        fees=content.fees_for(dossier.channel, dossier.case_key), quantities=quantities
    )
    if payments.bill(case_id=dossier.pk, lines=lines, at=at):
        dossier.money = Dossier.Money.DUE


def fee_lines(*, fees: tuple[FeeRule, ...], quantities: Mapping[str, int]) -> list[Line]:
    """Return the bill of these fees, each by its quantity, price steps and ceiling.

    Several fees of one kind are alternatives ("cá nhân", "theo danh sách"): the first is meant
    unless the quantities name another one. "KEY*" in the quantities: of how many copies of these
    pages; price steps and ceiling hold for each.
    Source: 118/2025/NĐ-CP Điều 24 khoản 1.
    """
    chosen = {key for key, quantity in quantities.items() if quantity > 0}
    lines = []
    for fee in fees:
        siblings = [other for other in fees if other.kind == fee.kind and other.amount_vnd]
        named = [other for other in siblings if other.key in chosen]
        if not fee.amount_vnd or fee not in (named or siblings[:1]):
            continue
        times = max(1, quantities.get(f"{fee.key}*", 1))
        quantity = quantities.get(fee.key, 1)
        amount = (fee.amount_for(quantity) or 0) * times
        lines.append(
            Line(
                key=fee.key,
                name=fee.name,
                kind=fee.kind,
                unit_vnd=fee.amount_vnd,
                quantity=1 if fee.per == "dossier" else quantity * times,
                amount_vnd=amount,
            )
        )
    return lines


@core.act
def refuse_intake(
    *, code: str, reason: str, law: str, by: Actor, at: datetime, expected: int | None = None
) -> Dossier:
    """Refuse to accept, with a reason the person can read and the clause it rests on.

    Raises ReasonMissing, LawMissing.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    dossier = core.locked(code, Act.REFUSE_INTAKE, by=by, expected=expected)
    said = core.need_reason(reason)
    clause = need_law(law)
    workflow.cancel_open(case_id=dossier.pk, by=by, at=at, reason=said)
    core.take_turn(dossier, None)
    dossier.state = Dossier.State.REJECTED
    dossier.ended_at = at
    fact = events.IntakeRefused(code=code, reason=said, law=clause)
    changed = ["state", "ended_at", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier


def need_law(law: str) -> str:
    """Return the clause a refusal rests on.

    Raises LawMissing: none is given.
    """
    clause = " ".join(law.split())
    if len(clause) < 5:
        raise refusals.LawMissing(_("Nêu điều, khoản của văn bản làm căn cứ từ chối."))
    return clause[:200]


@core.act
def receive(*, code: str, by: Actor, at: datetime, expected: int | None = None) -> Dossier:
    """Receive a dossier that another centre accepted: its clock starts here.

    Raises WrongState: the clock runs already.
    Source: 309/2026/NĐ-CP Điều 8 khoản 3.
    """
    dossier = core.locked(code, Act.RECEIVE, by=by, expected=expected)
    if dossier.started_at is not None:
        raise refusals.WrongState(_("Hồ sơ này đã bắt đầu tính thời hạn."))
    start_clock(dossier=dossier, content=catalog.content_of(dossier.version_id), at=at)
    task = workflow.retime(case=core.case_of(dossier), at=at)
    if task is not None:
        dossier.step_due_at = task.due_at
    dossier.state = Dossier.State.IN_PROGRESS
    fact = events.DossierReceived(code=code, due_at=dossier.due_at)
    changed = ["state", "step_due_at", *CLOCK_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return dossier
