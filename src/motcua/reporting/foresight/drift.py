"""Keeps promises honest when times change: what came of the last two weeks moves all scores alike.

Only looks whose due day has passed by the moment count, so nothing later is used; a move of all
scores by the same amount changes no reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from motcua.reporting.foresight.features import Past
from motcua.reporting.foresight.hours import DAY
from motcua.reporting.foresight.model import Risk, logistic
from motcua.reporting.foresight.standing import lateness, open_rows

DAYS_BACK, CLOCK, STIFFNESS = 14, 10 * 3600, 4.0


@dataclass(frozen=True)
class Looked:
    """What was open at a moment, with the scores it had then."""

    at: int
    rows: np.ndarray
    due: np.ndarray
    scores: np.ndarray


def looks(past: Past, risk: Risk, *, first: int, last: int) -> list[Looked]:
    """Return a look on each working day from first to last, in the middle of the morning."""
    hours, found = past.hours, []
    days = hours.day_of(np.array([first, last]))
    for day in range(int(days[0]), int(days[1]) + 1):
        at = hours.start + day * DAY + CLOCK
        if not hours.is_open[day] or not first <= at < last:
            continue
        rows = open_rows(past.spans, at)
        seen = past.see(rows, np.full(len(rows), at, dtype=np.int64))
        found.append(Looked(at, rows, past.spans.columns["due"][rows], risk.scores(seen.values)))
    return found


def moved(past: Past, risk: Risk, at: int, *, known: Sequence[Looked] | None = None) -> float:
    """Return by how much scores have to move so that the promises of the last days held.

    Where little has come due nothing is moved.
    """
    since = at - DAYS_BACK * DAY
    if known is None:
        known = looks(past, risk, first=since, last=at)
    near = [one for one in known if since <= one.at < at]
    if not near:
        return 0.0
    rows = np.concatenate([one.rows[one.due < at] for one in near])
    scores = np.concatenate([one.scores[one.due < at] for one in near])
    late = lateness(past.spans, rows, at)
    return _move(scores[late >= 0], late[late >= 0])


def _move(scores: np.ndarray, late: np.ndarray) -> float:
    """Return the move that fits best, drawn towards none by as much as a few dossiers weigh."""
    move = 0.0
    for _step in range(20):
        chances = logistic(scores + move)
        slope = (late - chances).sum() - STIFFNESS * move
        step = slope / ((chances * (1 - chances)).sum() + STIFFNESS)
        move += float(np.clip(step, -1, 1))
        if abs(step) < 1e-8:
            break
    return float(np.clip(move, -3, 3))


def shifted(risk: Risk, move: float) -> Risk:
    """Return the model with all scores moved."""
    return replace(risk, start=risk.start + move)
