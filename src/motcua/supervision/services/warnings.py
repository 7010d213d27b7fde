"""Warnings one by one: raise a risk, calm it, answer in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor
from motcua.kernel.facts import Fact
from motcua.supervision import events, refusals
from motcua.supervision.models import Warning
from motcua.supervision.queries.owners import Owners
from motcua.supervision.queries.running import Running, one
from motcua.supervision.rules import ladder, reach
from motcua.supervision.services import climbing, core, raising

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Risk:
    """A dossier that may be late: its code, how likely in per cent, and the reasons in words."""

    code: str
    percent: int
    reasons: tuple[str, ...] = ()


@core.act
def warn(
    *, code: str, at: datetime, rung: str = ladder.RISK, reasons: Sequence[str] = (),
    percent: int = 0, by: Actor = SYSTEM,
) -> Warning | None:  # fmt: skip
    """Raise a rung for one running dossier; None: its time does not run, or it was raised before.

    reasons: in words, for the head who reads it; percent: how likely it is late (0: the time used).
    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    made = _make([Risk(code, percent, tuple(reasons))], rung, by, at)
    return made[0] if made else None


@core.act
def warn_many(*, risks: Iterable[Risk], at: datetime, by: Actor = SYSTEM) -> int:
    """Raise the rung "risk" for many dossiers at once; return how many are new.

    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    return len(_make(risks, ladder.RISK, by, at))


def _make(risks: Iterable[Risk], key: str, by: Actor, at: datetime) -> list[Warning]:
    rung = ladder.ladder(on=timezone.localdate(at)).rungs[key]
    owners = Owners(on=timezone.localdate(at))
    made = []
    for risk in risks:
        row = one(risk.code)
        if row is None:
            continue
        made += _rows(row, rung, owners, risk, at)
    raising.keep(made, at=at, by=by)
    return made


def _rows(
    row: Running, rung: ladder.Rung, owners: Owners, risk: Risk, at: datetime
) -> list[Warning]:
    share = risk.percent or row.time(at=at).share
    known = set(
        Warning.objects.filter(dossier_id=row.id, rung=rung.key, due_at=row.due_at).values_list(
            "asked", flat=True
        )
    )
    found = ((asked, owners.of(asked, row)) for asked in rung.owners if asked not in known)
    return [
        raising.warning_of(
            row, rung=rung, asked=asked, owner=owner, share=share, at=at, reasons=risk.reasons
        )
        for asked, owner in found
        if owner is not None
    ]


@core.act
def calm(*, codes: Sequence[str], at: datetime, by: Actor = SYSTEM) -> int:
    """Withdraw the risk of dossiers that are not thought to be late any more; return how many.

    Source: rule of the house.
    """
    rows = Warning.objects.select_for_update(of=("self",)).filter(
        code__in=list(codes), rung=ladder.RISK, gone_at=None
    )
    return climbing.let_go([(row, Warning.Why.CALMED) for row in rows], at=at, by=by)


@core.act
def answer(*, warning_id: int, text: str, by: Actor, at: datetime) -> Warning:
    """Say in words what was done about a warning.

    Raises NotFound, NotAllowed, WrongState (answered or withdrawn), SaysTooLittle.
    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    row = Warning.objects.select_for_update(of=("self",)).filter(pk=warning_id).first()
    if row is None:
        raise refusals.NotFound(_("Không tìm thấy cảnh báo này."))
    if not reach.may_answer(row, by=by):
        raise refusals.NotAllowed(_("Cảnh báo này do vị trí khác trả lời."))
    if not row.is_waiting:
        raise refusals.WrongState(_("Cảnh báo này đã được trả lời hoặc đã tự rút."))
    said = core.need_words(text, field="answer", most=core.ANSWER_MOST)
    _answered([row], said, by, at)
    return row


@core.act
def answer_many(*, warning_ids: Sequence[int], text: str, by: Actor, at: datetime) -> int:
    """Say the same about several warnings; return how many it answered.

    What somebody else owes, or was answered meanwhile, is left as it is.
    Raises SaysTooLittle. Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    said = core.need_words(text, field="answer", most=core.ANSWER_MOST)
    rows = Warning.objects.select_for_update(of=("self",)).filter(
        pk__in=list(warning_ids)[:MOST_AT_ONCE], answered_at=None, gone_at=None
    )
    mine = [row for row in rows.order_by("pk") if reach.may_answer(row, by=by)]
    _answered(mine, said, by, at)
    return len(mine)


def _answered(rows: list[Warning], said: str, by: Actor, at: datetime) -> None:
    facts: list[tuple[str, Fact]] = []
    for row in rows:
        row.answer, row.answered_at, row.answered_by_id = said, at, by.account_id
        row.answered_as = (by.describe(agency_id=row.agency_id) or by.describe())[:200]
        row.revision += 1
        is_late = at > row.answer_by
        fact = events.WarningAnswered(code=row.code, rung=row.rung, answer=said, is_late=is_late)
        facts.append((row.stream, fact))
    changed = ["answer", "answered_at", "answered_by", "answered_as", "revision"]
    Warning.objects.bulk_update(rows, changed)
    core.note(facts, by=by, at=at)
