"""How sure a margin is: learned on rows that the members did not see."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # ships no types
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from motcua.feedback.triage.learning.members import Linear

ROWS_PER_CELL = 100  # a full table of labels by labels is learned only from that many rows a cell


def temper(margins: np.ndarray, target: np.ndarray) -> Linear:
    """Return what turns margins into honest chances by a softmax.

    Few labels: a table of its own. Many labels for the rows: one number, that changes no order
    (a table learned from few rows forgets more than it mends: 8 of 100 fields on writers held out).
    """
    labels = margins.shape[1]
    if len(target) < ROWS_PER_CELL * labels**2:
        return _by_one_number(margins, target)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(margins, target)
    weights, start = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:
        weights, start = np.hstack([-weights, weights]) / 2, np.array([-start[0], start[0]]) / 2
    return Linear(weights.astype(np.float32), start.astype(np.float32))


def _by_one_number(margins: np.ndarray, target: np.ndarray) -> Linear:
    def loss(times: float) -> float:
        spread = margins * times
        top = spread.max(axis=1, keepdims=True)
        whole = np.log(np.exp(spread - top).sum(axis=1)) + top[:, 0]
        return float(np.mean(whole - spread[np.arange(len(target)), target]))

    times = float(minimize_scalar(loss, bounds=(0.05, 20.0), method="bounded").x)
    labels = margins.shape[1]
    return Linear(
        np.eye(labels, dtype=np.float32) * np.float32(times), np.zeros(labels, np.float32)
    )
