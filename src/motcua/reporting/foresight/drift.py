"""Keeps promises honest when times change: what came of the last days moves all scores alike.

Only looks whose due day has passed by the moment count, so nothing later is used; a move of all
scores by the same amount changes no reason.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motcua.reporting.foresight.features import Past
from motcua.reporting.foresight.hours import DAY
from motcua.reporting.foresight.model import Risk, logistic
from motcua.reporting.foresight.standing import lateness, open_rows

# Looks of four weeks, of which the due day passed lately; so many of each morning at most.
DAYS_BACK, LATELY, MOST = 28, 4 * DAY, 250
CLOCK, STIFFNESS = 10 * 3600, 4.0


def looks(past: Past, at: int) -> tuple[np.ndarray, np.ndarray]:
    """Return looks on the mornings of the last weeks at what came due in the days before a moment."""
    hours, rows, moments = past.hours, [], []
    today = int(hours.day_of(np.array(at)))
    for day in range(max(0, today - DAYS_BACK), today):
        morning = hours.start + day * DAY + CLOCK
        if not hours.is_open[day] or morning >= at:
            continue
        found = open_rows(past.spans, morning)
        due = past.spans.columns["due"][found]
        found = found[(due >= at - LATELY) & (due < at)]
        if len(found) > MOST:  # evenly, and the same ones every time
            found = found[np.linspace(0, len(found) - 1, MOST).astype(np.int64)]
        rows.append(found)
        moments.append(np.full(len(found), morning, dtype=np.int64))
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(rows), np.concatenate(moments)


def moved(past: Past, risk: Risk, at: int) -> float:
    """Return by how much scores have to move so that the promises of the last days held.

    Where little has come due nothing is moved.
    """
    rows, moments = looks(past, at)
    late = lateness(past.spans, rows, at)
    known = late >= 0
    if not known.any():
        return 0.0
    return _move(risk.scores(past.see(rows[known], moments[known]).values), late[known])


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
