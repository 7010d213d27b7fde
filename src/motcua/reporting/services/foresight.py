"""Acts of foresight: estimate the risk of what is open, and warn the heads of the surest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection

from motcua.dossiers import services as dossiers
from motcua.reporting.foresight import drift, wording
from motcua.reporting.foresight.features import Past, Seen
from motcua.reporting.foresight.folding import Fold, Names, Spans
from motcua.reporting.foresight.hours import seconds
from motcua.reporting.foresight.settings import settings
from motcua.reporting.foresight.standing import open_rows
from motcua.reporting.models import Followed
from motcua.reporting.queries import foresight as reading
from motcua.supervision import services as supervision
from motcua.supervision.models import Warning

CERTAIN = 1000
MOST_TOUCHED = 3000
_KNOWN = "SELECT id, code, risk, risk_reasons::text FROM dossiers_dossier WHERE id = ANY(%s)"


@dataclass(frozen=True)
class Refreshed:
    """What one run did: how many open dossiers were looked at, estimated, written, warned of."""

    open: int
    estimated: int
    overdue: int
    written: int
    warned: int
    calmed: int


@dataclass(frozen=True)
class _Latest:
    """What the last whole run learned of everybody else: enough to estimate single dossiers."""

    at: datetime
    upto: int
    names: Names
    past: Past
    holds: reading.Holds
    move: float


# In the worker's memory alone: a fresh process begins with a whole run.
_latest: dict[str, _Latest] = {}


def keep_fresh(*, at: datetime) -> Refreshed:
    """Estimate what something happened to since the last run; everything when that is long ago.

    Source: rule of the house (an estimate is at most a few minutes old).
    """
    latest = _latest.get(connection.alias)
    whole = timedelta(minutes=settings().whole_minutes)
    if latest is None or not latest.at <= at < latest.at + whole:
        return refresh_risks(at=at)
    upto = _folded()
    keys = reading.touched(after=latest.upto, upto=upto, most=MOST_TOUCHED)
    if len(keys) == MOST_TOUCHED:
        return refresh_risks(at=at)
    _latest[connection.alias] = replace(latest, upto=upto)
    if not keys:
        return Refreshed(0, 0, 0, 0, 0, 0)
    spans = reading.spans_of(keys, at=at, days=settings().near_days, names=latest.names)
    return _estimate(spans, latest.past.on(spans), latest.holds, latest.move, at)


def refresh_risks(*, at: datetime) -> Refreshed:
    """Estimate every open dossier as of a moment, write what changed, warn the heads of the surest.

    Whoever is late already has the whole risk; who waits for the citizen has none.
    Source: 118/2025/NĐ-CP Điều 38; 309/2026/NĐ-CP Điều 12 khoản 3.
    """
    holds, upto = reading.holding(), _folded()
    fold = reading.near_fold(at=at, days=settings().near_days)
    spans = fold.spans()
    past = Past(spans, reading.hours_between(at - timedelta(days=400), at), reading.tet_days())
    move = drift.moved(past, holds.risk, seconds(at))
    done = _estimate(spans, past, holds, move, at)
    nobody = past.on(Fold().spans())
    _latest[connection.alias] = _Latest(at, upto, fold.names, nobody, holds, move)
    return done


def _folded() -> int:
    return Followed.objects.filter(pk=1).values_list("upto", flat=True).first() or 0


def forget() -> None:
    """Let the next run be a whole one."""
    _latest.clear()


def _estimate(
    spans: Spans, past: Past, holds: reading.Holds, move: float, at: datetime
) -> Refreshed:
    moment = seconds(at)
    standing, runs = spans.at(moment), open_rows(spans, moment)
    seen = past.see(runs, np.full(len(runs), moment, dtype=np.int64))
    risk = drift.shifted(holds.risk, move)
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
    found: list[dossiers.Estimated] = []
    before: Before = {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [keys])
        for key, code, was, told in cursor.fetchall():
            before[key] = (code, was)
            estimate = fresh.get(key, dossiers.Estimated(key, None))
            if _differs(was, told, estimate):
                found.append(estimate)
    return found, before


def _differs(was: int | None, told: str | None, estimate: dossiers.Estimated) -> bool:
    """Tell whether an estimate is worth a write: another mark, a real move, other words in hours."""
    risk = estimate.risk
    if was is None or risk is None:
        return was is not risk
    if CERTAIN in (was, risk):
        return was != risk
    if abs(was - risk) >= settings().changed or wording.mark(was) != wording.mark(risk):
        return True
    return bool(wording.mark(risk)) and _words(json.loads(told or "{}")) != _words(
        estimate.reasons
    )


def _words(kept: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return what is said, to the working hour."""
    return [(str(one["by"]), int(one.get("left", 0)) // 60) for one in kept.get("reasons", ())]


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
