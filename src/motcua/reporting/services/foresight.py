"""Acts of foresight: learn the risk, estimate it for all that is open, and warn the heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import services as dossiers
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import VIETNAM
from motcua.reporting.foresight import drift, learning, model, wording
from motcua.reporting.foresight.features import Past, Seen
from motcua.reporting.foresight.folding import Spans
from motcua.reporting.foresight.hours import seconds
from motcua.reporting.foresight.settings import settings
from motcua.reporting.foresight.standing import open_rows
from motcua.reporting.models import LearnedRisk
from motcua.reporting.queries import foresight as reading
from motcua.supervision import services as supervision
from motcua.supervision.models import Warning

CERTAIN = 1000
_KNOWN = "SELECT id, code, risk FROM dossiers_dossier WHERE id = ANY(%s)"


class NotEnough(Refused):
    """There is too little history to learn from, or hardly anything was late."""


@transaction.atomic
def learn_risk(
    *, first: date, last: date, is_simulated: bool, by: Actor, at: datetime
) -> LearnedRisk:
    """Learn the risk from the facts of a period; from then on this model holds.

    Raises NotEnough: the period has too few dossiers.
    Source: 309/2026/NĐ-CP Điều 12 khoản 3.
    """
    risk = learned_from(first=first, last=last, is_simulated=is_simulated, at=at)
    return LearnedRisk.objects.create(
        learned_at=at,
        by=by.key,
        by_name=by.name[:120],
        first=first,
        last=last,
        document=model.as_document(risk),
    )


def learned_from(*, first: date, last: date, is_simulated: bool, at: datetime) -> model.Risk:
    """Return what the facts of a period teach, with the figures of how it held; keep nothing.

    Raises NotEnough: the period has too few dossiers.
    """
    begin = datetime.combine(first, time.min, VIETNAM)
    end = min(datetime.combine(last + timedelta(days=1), time.min, VIETNAM), at)
    spans = reading.spans_between(since=begin, until=end)
    try:
        learned = learning.learn(
            spans,
            reading.hours_between(begin, end),
            tet=reading.tet_days(),
            first=seconds(begin),
            last=seconds(end),
        )
    except learning.TooLittle as fault:
        raise NotEnough(
            _("Kỳ này có quá ít hồ sơ, hoặc hầu như không có hồ sơ trễ để học.")
        ) from fault
    facts = dict(learned.risk.facts) | {
        "is_simulated": is_simulated,
        "learned_at": at.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "dossiers": len(spans.ids),
    }
    return model.Risk(learned.risk.start, learned.risk.terms, facts)


@dataclass(frozen=True)
class Refreshed:
    """What one run did: how many open dossiers were looked at, estimated, written, warned of."""

    open: int
    estimated: int
    overdue: int
    written: int
    warned: int
    calmed: int


def refresh_risks(*, at: datetime) -> Refreshed:
    """Estimate every open dossier as of a moment, write what changed, warn the heads of the surest.

    Whoever is late already has the whole risk; who waits for the citizen has none.
    Source: 118/2025/NĐ-CP Điều 38; 309/2026/NĐ-CP Điều 12 khoản 3.
    """
    holds = reading.holding()
    spans = reading.near_spans(at=at, days=settings().near_days)
    moment = seconds(at)
    standing = spans.at(moment)
    runs = open_rows(spans, moment)
    past = Past(spans, reading.hours_between(at - timedelta(days=400), at), reading.tet_days())
    seen = past.see(runs, np.full(len(runs), moment, dtype=np.int64))
    risk = drift.shifted(holds.risk, drift.moved(past, holds.risk, moment))
    chances = np.clip(np.round(1000 * risk.chances(seen.values)), 1, 999).astype(int)
    late = _overdue(spans, standing, moment)
    fresh = _estimates(spans, seen, chances, late, holds)
    changed, before = _changed(fresh, spans, standing)
    written = dossiers.note_risks(estimates=changed)
    warned, calmed = _warn(fresh, before, at)
    is_open = spans.columns["ended"][standing] == 0
    return Refreshed(int(is_open.sum()), len(runs), len(late), written, warned, calmed)


def _overdue(spans: Spans, standing: np.ndarray, moment: int) -> np.ndarray:
    columns = spans.columns
    late = (columns["ended"][standing] == 0) & (columns["due"][standing] > 0)
    late &= (columns["due"][standing] <= moment) & (columns["paused"][standing] == 0)
    return np.asarray(standing[late])


def _estimates(
    spans: Spans, seen: Seen, chances: np.ndarray, late: np.ndarray, holds: reading.Holds
) -> dict[int, dossiers.Estimated]:
    """Return the estimates by dossier; reasons only where they are shown."""
    source = wording.SIMULATED if holds.is_simulated else wording.OWN
    ids = spans.ids[spans.columns["place"][seen.rows]].tolist()
    told = np.flatnonzero(chances >= settings().possible)
    reasons = dict(
        zip(told.tolist(), wording.reasons_of(holds.risk, _rows(seen, told)), strict=True)
    )
    found = {
        key: dossiers.Estimated(key, int(risk), _kept(reasons.get(place), source))
        for place, (key, risk) in enumerate(zip(ids, chances, strict=True))
    }
    for key in spans.ids[spans.columns["place"][late]].tolist():
        found[key] = dossiers.Estimated(key, CERTAIN)
    return found


def _rows(seen: Seen, rows: np.ndarray) -> Seen:
    return Seen(seen.rows[rows], seen.moments[rows], seen.values[rows])


def _kept(reasons: Sequence[Mapping[str, Any]] | None, source: str) -> dict[str, Any]:
    return {"source": source, "reasons": list(reasons)} if reasons else {}


Before = dict[int, tuple[str, int | None]]


def _changed(
    fresh: Mapping[int, dossiers.Estimated], spans: Spans, standing: np.ndarray
) -> tuple[list[dossiers.Estimated], Before]:
    """Return what differs enough from what is written, and what is written by dossier.

    What ended lately is looked at once more, to take its estimate back.
    """
    keys = spans.ids[spans.columns["place"][standing]].tolist()
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [keys])
        before: Before = {key: (code, risk) for key, code, risk in cursor.fetchall()}
    found = []
    for key, (_code, was) in before.items():
        estimate = fresh.get(key, dossiers.Estimated(key, None))
        if _differs(was, estimate.risk):
            found.append(estimate)
    return found, before


def _differs(was: int | None, risk: int | None) -> bool:
    if was is None or risk is None:
        return was is not risk
    if CERTAIN in (was, risk):
        return (
            was != risk
        )  # else: what is shown is written each time, its reasons have hours in them
    return abs(was - risk) >= settings().changed or bool(wording.mark(was) or wording.mark(risk))


def _warn(
    fresh: Mapping[int, dossiers.Estimated], before: Before, at: datetime
) -> tuple[int, int]:
    """Warn of what nobody was warned of yet, the surest first; take back what fell well below."""
    limits = settings()
    new, calm = [], []
    told = Warning.objects.filter(rung=Warning.Rung.RISK, gone_at=None)
    warned_of = frozenset(told.values_list("code", flat=True))
    for key, (code, was) in before.items():
        estimate = fresh.get(key)
        risk = estimate.risk if estimate else None
        if risk is not None and limits.warn_from <= risk < CERTAIN:
            if code not in warned_of:
                new.append((risk, code, wording.lines(estimate.reasons if estimate else None)))
        elif (
            was is not None
            and limits.warn_from <= was < CERTAIN
            and (risk or 0) < limits.calm_below
        ):
            calm.append(code)
    new.sort(key=lambda one: (-one[0], one[1]))
    risks = [
        supervision.Risk(code, round(risk / 10), tuple(lines))
        for risk, code, lines in new[: limits.most_warned]
    ]
    warned = supervision.warn_many(risks=risks, at=at) if risks else 0
    return warned, supervision.calm(codes=calm, at=at) if calm else 0
