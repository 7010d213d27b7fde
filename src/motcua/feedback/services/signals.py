"""Signs that somebody must know at once: harassment, delay, a bribe, danger to life."""

from collections.abc import Mapping
from datetime import datetime

from motcua.directory.actor import Actor
from motcua.feedback import events
from motcua.feedback.models import Case
from motcua.feedback.rules.states import Act
from motcua.feedback.services import core

SIGNALS = ("danger", "harassment", "bribe", "delay")


def found_in(*, proposal: Mapping[str, object]) -> tuple[str, ...]:
    """Return the signs that triage found, the gravest first.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 (what officers may not do); rule of the house.
    """
    told = proposal.get("signals")
    there = set(told) if isinstance(told, list) else set()
    return tuple(sign for sign in SIGNALS if sign in there)


def facts_of(*, case: Case, found: tuple[str, ...]) -> list[events.SignalRaised]:
    """Return the fact by which inspectors and heads are told, none when there is no sign.

    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    if not found:
        return []
    return [events.SignalRaised(code=case.code, signals=found, source="triage")]


@core.act
def escalate(
    *,
    code: str,
    reason: str,
    by: Actor,
    at: datetime,
    sign: str = "harassment",
    expected: int | None = None,
) -> Case:
    """Tell the inspectors of a case, with the reason; it goes on its way meanwhile.

    Raises ReasonMissing and as every act.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1, Điều 38.
    """
    case = core.locked(code, Act.ESCALATE, by=by, expected=expected)
    known = sign if sign in SIGNALS else "harassment"
    if known != "danger":
        case.escalated_at = at
    fact = events.SignalRaised(
        code=code,
        signals=(known,),
        source="officer",
        reason=core.need_reason(reason),
    )
    core.finish(case, fact, by=by, at=at, changed=["escalated_at"])
    return case
