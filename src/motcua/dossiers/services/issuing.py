"""The result: numbered and stamped once it is decided, with which the clock ends."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules import clock
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import core
from motcua.kernel.worktime import ClockKind
from motcua.workflow import services as workflow


@core.act
def issue(
    *, code: str, by: Actor, at: datetime, text: str = "", expected: int | None = None
) -> Result:
    """Number and stamp what was decided; the clock ends, the counter has its turn.

    Raises WrongState: nobody decided yet; the clerk stamps decided documents only.
    Source: 118/2025/NĐ-CP Điều 22 khoản 1; 30/2020/NĐ-CP Điều 32.
    """
    dossier = core.locked(code, Act.ISSUE, by=by, expected=expected)
    _check_decided(dossier)
    moved = workflow.advance(
        task=core.open_task(dossier), case=core.case_of(dossier), by=by, at=at
    )
    core.take_turn(dossier, moved.opened)
    return conclude(dossier=dossier, by=by, at=at, text=text)


def conclude(*, dossier: Dossier, by: Actor, at: datetime, text: str = "") -> Result:
    """Write the result of a decided dossier and end its clock; the caller holds its lock.

    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    content = catalog.content_of(dossier.version_id)
    kind = content.results[0] if content.results else None
    granted = dossier.outcome == Dossier.Outcome.GRANTED
    signed = _signature(dossier)
    result = Result.objects.create(
        dossier=dossier,
        outcome=dossier.outcome,
        number=next_number(dossier=dossier, at=at),
        title=kind.name if kind and granted else _result_title(dossier),
        text=text.strip(),
        signer=signed.name,
        signer_title=signed.post,
        signed_at=dossier.decided_at or at,
        issued_at=at,
        issued_by=by.name,
        kind_code=kind.code if kind else "",
    )
    end_clock(dossier=dossier, at=at)
    fact = events.ResultIssued(
        code=dossier.code,
        number=result.number,
        outcome=dossier.outcome,
        due_at=dossier.due_at,
        is_late=dossier.due_at is not None and at > dossier.due_at,
    )
    changed = ["state", "delivery", "ended_at", "clock", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.competent_id)
    return result


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


def end_clock(*, dossier: Dossier, at: datetime) -> None:
    """Set what the end of settling sets: state, delivery, clock; the caller saves them."""
    dossier.state = Dossier.State.RESULT_READY
    dossier.delivery = Dossier.Delivery.READY
    dossier.ended_at = at
    dossier.clock = clock.added(dossier.clock, ClockKind.STOP, at)


@dataclass(frozen=True)
class Signature:
    """Who decided, and in which post."""

    name: str
    post: str


def _signature(dossier: Dossier) -> Signature:
    """Return who approved, from the fact itself (one statement)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_name, post FROM ledger_factrow WHERE stream = %s "
            "AND kind IN ('dossier.approved', 'dossier.settled_at_once') ORDER BY seq DESC LIMIT 1",
            [dossier.stream],
        )
        row = cursor.fetchone()
    return Signature(*row) if row else Signature("", "")


def next_number(*, dossier: Dossier, at: datetime) -> str:
    """Return the next number of the competent agency's results in this year, gapless.

    Source: 30/2020/NĐ-CP Điều 15.
    """
    card = cards.card(dossier.competent_id)
    year = timezone.localdate(at).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_numbercounter AS c (agency_code, kind, year, last) "
            "VALUES (%s, 'KQ', %s, 1) "
            "ON CONFLICT (agency_code, kind, year) DO UPDATE SET last = c.last + 1 RETURNING last",
            [card.code, year],
        )
        number = int(cursor.fetchone()[0])
    return f"{number:02d}/{year}/KQ-{card.code}"
