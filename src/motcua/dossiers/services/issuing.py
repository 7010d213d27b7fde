"""The result: numbered and stamped once it is decided, with which the clock ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.documents.papers import results as press
from motcua.documents.papers.wordings import Wording
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Result, ResultDraft
from motcua.dossiers.queries import results as queries
from motcua.dossiers.rules import clock
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import copy_register, core, seals
from motcua.kernel.facts import Fact
from motcua.kernel.worktime import ClockKind
from motcua.workflow import services as workflow


@core.act
def issue(
    *,
    code: str,
    by: Actor,
    at: datetime,
    text: str = "",
    pin: seals.Hand = "",
    expected: int | None = None,
) -> Result:
    """Number and stamp what was decided; the clock ends, the counter has its turn.

    A document that the competent person signed digitally gets the agency's signature too, or is not
    issued; one without is printed for ink and seal (R19).
    Raises WrongState: nobody decided yet; the clerk stamps decided documents only. Raises PinMissing;
    and what signing raises. A number is given only to what is issued.
    Source: 118/2025/NĐ-CP Điều 22 khoản 1; 30/2020/NĐ-CP Điều 15, Điều 32.
    """
    dossier = core.locked(code, Act.ISSUE, by=by, expected=expected)
    _check_decided(dossier)
    moved = workflow.advance(
        task=core.open_task(dossier), case=core.case_of(dossier), by=by, at=at
    )
    core.take_turn(dossier, moved.opened)
    return conclude(dossier=dossier, by=by, at=at, text=text, pin=pin)


def conclude(
    *, dossier: Dossier, by: Actor, at: datetime, text: str = "", pin: seals.Hand = ""
) -> Result:
    """Write the result of a decided dossier and end its clock; the caller holds its lock.

    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    decided = _decided(dossier)
    draft = queries.draft_of_result(dossier) if decided.has_draft else None
    wording = queries.wording_of(dossier, draft, on=timezone.localdate(at))
    number = next_number(dossier=dossier, at=at, symbol=wording.symbol)
    result = _row(dossier, draft, wording, number, text.strip())
    if not result.signer:
        result.signer, result.signer_title = decided.name, decided.post
    result.issued_at, result.issued_by = at, by.name
    facts = _stamped(result, draft, pin, by, at)
    result.save()
    facts += copy_register.enter(result=result, at=at)
    end_clock(dossier=dossier, at=at)
    issued = events.ResultIssued(
        code=dossier.code,
        number=result.number,
        outcome=dossier.outcome,
        due_at=dossier.due_at,
        is_late=dossier.due_at is not None and at > dossier.due_at,
        officer_id=core.given_to(dossier),
    )
    changed = ["state", "delivery", "ended_at", "clock", *core.TURN_FIELDS]
    agency = dossier.competent_id
    core.write(dossier, [*facts, issued], by=by, at=at, changed=changed, agency_id=agency)
    return result


def _row(
    dossier: Dossier, draft: ResultDraft | None, wording: Wording, number: "Number", text: str
) -> Result:
    content = catalog.content_of(dossier.version_id)
    kind = content.results[0] if content.results else None
    granted = dossier.outcome == Dossier.Outcome.GRANTED
    result = blank_result(dossier=dossier, wording=wording, number=number)
    result.outcome = dossier.outcome
    result.title = kind.name if kind and granted else _result_title(dossier)
    result.kind_code = kind.code if kind else ""
    result.text = text
    if dossier.decided_at is not None:
        result.signed_at = dossier.decided_at
    if draft is not None:
        result.filled = dict(draft.filled)
    if draft is not None and draft.signed_at is not None:
        result.signer, result.signer_title = draft.signed_by, draft.signed_title
        result.signed_at, result.printed_at = draft.signed_at, draft.printed_at
        return result
    if text and wording.blank("content"):
        result.filled = {**result.filled, "content": text}
    return result


def blank_result(*, dossier: Dossier, wording: Wording, number: "Number") -> Result:
    """Return a result of a dossier with its number and wording; the caller fills and saves it."""
    return Result(
        dossier=dossier,
        outcome=Dossier.Outcome.GRANTED,
        number=number.text,
        agency_id=dossier.competent_id,
        symbol=number.symbol,
        year=number.year,
        sequence=number.sequence,
        owner_folded=dossier.owner_folded,
        wording=wording.key,
    )


def _result_title(dossier: Dossier) -> str:
    if dossier.outcome == Dossier.Outcome.REFUSED:
        return _("Văn bản từ chối giải quyết hồ sơ")
    return _("Kết quả giải quyết: %s") % dossier.procedure_name


def _check_decided(dossier: Dossier) -> None:
    if not dossier.is_decided:
        raise refusals.WrongState(
            _("Chưa có người có thẩm quyền phê duyệt nên chưa được phát hành."),
            law="30/2020/NĐ-CP Điều 32",
        )


def _stamped(
    result: Result, draft: ResultDraft | None, hand: seals.Hand, by: Actor, at: datetime
) -> list[Fact]:
    """Put number, date and the agency's signature into the signed draft, where there is one."""
    if draft is None or draft.file is None:
        return []
    result.file = draft.file
    return [seal(result=result, hand=hand, by=by, at=at)]


def seal(*, result: Result, hand: seals.Hand, by: Actor, at: datetime) -> Fact:
    """Put number and date, where they are still open, and the agency's signature on a document.

    Raises PinMissing, and what signing raises.
    Source: 30/2020/NĐ-CP Điều 15, Điều 26, Điều 32.
    """
    dossier, signed = result.dossier, result.file
    if signed is None:
        raise refusals.NotThere(_("Kết quả này không có văn bản ký số."))
    agency_id = dossier.competent_id
    with seals.pen_of(hand=hand, kind=seals.AGENCY, by=by, agency_id=agency_id, at=at) as pen:
        file = seals.signed(file=signed, pen=pen, before=lambda pdf: _number(pdf, result, at))
    result.file, result.signed = file, Result.Signed.FULL
    return events.ResultStamped(
        code=dossier.code, number=result.number, file=str(file.uuid), sha256=file.sha256
    )


def _number(document: IO[bytes], result: Result, at: datetime) -> None:
    """Add number and date to a document that waits for them."""
    document.seek(0)
    pdf = document.read()
    if press.is_open(pdf):
        document.seek(0)
        document.write(press.numbered(pdf, number=copy_register.number_of(result), at=at))


def end_clock(*, dossier: Dossier, at: datetime) -> None:
    """Set what the end of settling sets: state, delivery, clock; the caller saves them."""
    dossier.state = Dossier.State.RESULT_READY
    dossier.delivery = Dossier.Delivery.READY
    dossier.ended_at = at
    dossier.clock = clock.added(dossier.clock, ClockKind.STOP, at)


@dataclass(frozen=True)
class Decided:
    """Who decided, in which post, and whether a document was drafted."""

    name: str
    post: str
    has_draft: bool


def _decided(dossier: Dossier) -> Decided:
    """Return who approved, from the fact itself (one statement)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.actor_name, f.post, "
            "EXISTS (SELECT 1 FROM dossiers_resultdraft WHERE dossier_id = %s) "
            "FROM (VALUES (1)) one (n) LEFT JOIN LATERAL ("
            "SELECT actor_name, post FROM ledger_factrow WHERE stream = %s "
            "AND kind IN ('dossier.approved', 'dossier.settled_at_once') "
            "ORDER BY seq DESC LIMIT 1) f ON true",
            [dossier.pk, dossier.stream],
        )
        name, post, has_draft = cursor.fetchone()
    return Decided(name or "", post or "", has_draft)


@dataclass(frozen=True)
class Number:
    """A number as it is written, and what it counts in."""

    text: str
    symbol: str
    year: int
    sequence: int


def next_number(*, dossier: Dossier, at: datetime, symbol: str = "KQ") -> Number:
    """Return the next number of the competent agency's documents of a kind in this year, gapless.

    Source: 30/2020/NĐ-CP Điều 15.
    """
    card = cards.card(dossier.competent_id)
    year = timezone.localdate(at).year
    sequence = next_in_register(agency_code=card.code, symbol=symbol, year=year)
    return Number(f"{sequence:02d}/{year}/{symbol}-{card.code}", symbol, year, sequence)


def next_in_register(*, agency_code: str, symbol: str, year: int) -> int:
    """Return the next number of a register; its row stays locked until the act is written.

    Source: 30/2020/NĐ-CP Điều 15.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_numbercounter AS c (agency_code, kind, year, last) "
            "VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (agency_code, kind, year) DO UPDATE SET last = c.last + 1 RETURNING last",
            [agency_code, symbol, year],
        )
        return int(cursor.fetchone()[0])
