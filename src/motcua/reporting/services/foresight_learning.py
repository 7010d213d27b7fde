"""Acts of foresight: learn the risk of lateness from the house's own facts; the better one holds."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import VIETNAM
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger
from motcua.reporting.events import RiskLearned
from motcua.reporting.foresight import learning, model
from motcua.reporting.foresight.features import Past
from motcua.reporting.foresight.hours import seconds
from motcua.reporting.foresight.settings import settings
from motcua.reporting.models import LearnedRisk
from motcua.reporting.queries import foresight as reading
from motcua.reporting.queries import foresight_arrivals as arriving

STREAM = reading.STREAM
_SIMULATED = frozenset({"demo.quarter_begun", "demo.quarter_simulated"})


class NotEnough(Refused):
    """There is too little history to learn from, or hardly anything was late."""


@dataclass(frozen=True)
class Outcome:
    """What was learned, whether it holds now, and how both did on the latest slice."""

    risk: model.Risk
    taken: bool
    brier: float
    held: float


def learn_risk(
    *,
    first: date,
    last: date,
    by: Actor,
    at: datetime,
    is_simulated: bool | None = None,
    seed: int = learning.SEED,
    anyway: bool = False,
) -> Outcome:
    """Learn the risk from the facts of a period; it holds from then on when it is not worse.

    Judged on the latest slice of the period, beside the model that holds; both are told in the
    ledger. anyway: take it even when it is worse.
    Raises NotEnough: the period has too few dossiers.
    Source: 309/2026/NĐ-CP Điều 12 khoản 3.
    """
    risk, held = learned_from(first=first, last=last, is_simulated=is_simulated, at=at, seed=seed)
    brier = float(risk.facts["judged"]["brier"])
    found = Outcome(risk, anyway or brier <= held, brier, held)
    keep(found, first=first, last=last, by=by, at=at)
    return found


def learn_when_ready(*, at: datetime) -> Outcome | None:
    """Learn from the house's own facts when there are enough of them; None while there are not.

    Source: 309/2026/NĐ-CP Điều 12 khoản 3.
    """
    begin, today = arriving.first_day(), at.astimezone(VIETNAM).date()
    if begin is None or (today - begin).days < settings().learning_least:
        return None
    first = max(begin, today - timedelta(days=settings().learning_days))
    try:
        return learn_risk(first=first, last=today - timedelta(days=1), by=SYSTEM, at=at)
    except NotEnough:
        return None


def learned_from(
    *,
    first: date,
    last: date,
    at: datetime,
    is_simulated: bool | None = None,
    seed: int = learning.SEED,
) -> tuple[model.Risk, float]:
    """Return what the facts of a period teach, and how far off the model that holds was; keep nothing.

    is_simulated: None asks the ledger whether a quarter was simulated.
    Raises NotEnough: the period has too few dossiers.
    """
    begin, end, spans, hours = _facts(first, last, at)
    try:
        learned = learning.learn(
            spans, hours, tet=reading.tet_days(), first=seconds(begin), last=seconds(end),
            seed=seed, held=reading.holding().risk,
        )  # fmt: skip
    except learning.TooLittle as fault:
        raise _not_enough() from fault
    facts = dict(learned.risk.facts) | {
        "is_simulated": simulated() if is_simulated is None else is_simulated,
        "learned_at": at.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "dossiers": len(spans.ids),
        "seed": seed,
    }
    held = learned.held.brier if learned.held else 1.0
    return model.Risk(learned.risk.start, learned.risk.terms, facts), held


def foretold_weekly(
    *, first: date, last: date, at: datetime, seed: int = learning.SEED
) -> dict[str, Any]:
    """Return how a house that learns before each week would have foretold it; keep nothing.

    Raises NotEnough: the period has too few dossiers.
    """
    begin, end, spans, hours = _facts(first, last, at)
    past = Past(spans, hours, reading.tet_days())
    try:
        whole, weeks = learning.weekly(past, first=seconds(begin), last=seconds(end), seed=seed)
    except learning.TooLittle as fault:
        raise _not_enough() from fault
    return {"whole": whole.as_dict(), "weeks": [one.as_dict() for one in weeks]}


def simulated() -> bool:
    """Tell whether a quarter was simulated in this house: what is learned here is then no proof."""
    return any(fact.kind in _SIMULATED for fact in trail.facts_of("demo"))


def _facts(first: date, last: date, at: datetime) -> tuple[datetime, datetime, Any, Any]:
    begin = datetime.combine(first, time.min, VIETNAM)
    end = min(datetime.combine(last + timedelta(days=1), time.min, VIETNAM), at)
    spans = reading.spans_between(since=begin, until=end)
    return begin, end, spans, reading.hours_between(begin, end)


def _not_enough() -> NotEnough:
    return NotEnough(_("Kỳ này có quá ít hồ sơ, hoặc hầu như không có hồ sơ trễ để học."))


@transaction.atomic
def keep(found: Outcome, *, first: date, last: date, by: Actor, at: datetime) -> None:
    """Write down what was learned, and let it hold when it was taken.

    Source: 309/2026/NĐ-CP Điều 12 khoản 3.
    """
    document = model.as_document(found.risk)
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    if found.taken:
        LearnedRisk.objects.create(
            learned_at=at, by=by.key, by_name=by.name[:120], first=first, last=last,
            document=document,
        )  # fmt: skip
    facts = found.risk.facts
    fact = RiskLearned(
        first=first, last=last, dossiers=int(facts["dossiers"]),
        is_simulated=bool(facts["is_simulated"]), looks=int(facts["judged"]["count"]),
        brier=round(1_000_000 * found.brier), held=round(1_000_000 * found.held),
        taken=found.taken, digest=digest,
    )  # fmt: skip
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name[:120])
