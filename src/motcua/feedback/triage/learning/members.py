"""Linear members of the ensemble: each learns one weight for every feature and label.

All of them are linear in the same rows (naive-Bayes ratios are folded into the weights), so that their
sum is again one table of weights: small to keep, quick and deterministic to apply.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.multiclass import OneVsRestClassifier  # type: ignore[import-untyped]  # ships no types
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # ships no types


@dataclass(frozen=True)
class Recipe:
    """How a member is trained: its loss, how freely it fits, and what it sees."""

    loss: str  # "svm" or "logistic"
    freedom: float
    is_balanced: bool = False
    has_ratios: bool = False


@dataclass
class Linear:
    """Weights by feature and label, and the start of each label."""

    weights: np.ndarray
    start: np.ndarray

    def margins(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Return how strongly each row speaks for each label."""
        return np.asarray(rows @ self.weights + self.start)


def together(parts: Sequence[tuple[float, Linear]]) -> Linear:
    """Return the sum of members by their shares: again one table."""
    weights = np.zeros_like(parts[0][1].weights)
    start = np.zeros_like(parts[0][1].start)
    for share, part in parts:
        weights, start = weights + share * part.weights, start + share * part.start
    return Linear(np.asarray(weights), np.asarray(start))


RECIPES = (
    Recipe("svm", 0.1),
    Recipe("svm", 0.4),
    Recipe("svm", 0.25, is_balanced=True),
    Recipe("logistic", 4.0),
    Recipe("logistic", 12.0, is_balanced=True),
    Recipe("svm", 0.02, has_ratios=True),
)


def train(recipe: Recipe, rows: sparse.csr_matrix, labels: np.ndarray, count: int) -> Linear:
    """Return the member trained on the rows; labels are numbers below `count`.

    Its margins are brought to one spread, so that members can be added.
    """
    make = _with_ratios if recipe.has_ratios else _one_against_rest
    with warnings.catch_warnings():  # of texts that contradict each other the nearest fit is taken
        warnings.simplefilter("ignore", ConvergenceWarning)
        member = make(recipe, rows, labels, count)
    spread = float(np.std(member.margins(rows))) or 1.0
    return Linear(
        (member.weights / spread).astype(np.float32), (member.start / spread).astype(np.float32)
    )


def _one_against_rest(
    recipe: Recipe, rows: sparse.csr_matrix, labels: np.ndarray, count: int
) -> Linear:
    balance = "balanced" if recipe.is_balanced else None
    if recipe.loss == "svm":
        model = LinearSVC(C=recipe.freedom, class_weight=balance, random_state=0, max_iter=3000)
    else:
        model = OneVsRestClassifier(
            LogisticRegression(
                C=recipe.freedom,
                class_weight=balance,
                solver="liblinear",
                dual=True,
                random_state=0,
            )
        )
    model.fit(rows, labels)
    if recipe.loss == "svm":
        weights, start = model.coef_, model.intercept_
    else:
        weights = np.vstack([one.coef_ for one in model.estimators_])
        start = np.array([one.intercept_[0] for one in model.estimators_])
    if len(weights) == 1:  # two labels: one table, for the second
        weights, start = np.vstack([-weights, weights]), np.array([-start[0], start[0]])
    return _spread_over(model.classes_, weights.T, start, count)


def _spread_over(known: np.ndarray, weights: np.ndarray, start: np.ndarray, count: int) -> Linear:
    """Labels that the rows did not show are never chosen."""
    table = np.zeros((weights.shape[0], count), dtype=np.float32)
    starts = np.full(count, float(np.min(start)) - 1.0, dtype=np.float32)
    table[:, known], starts[known] = weights, start
    return Linear(table, starts)


def _with_ratios(
    recipe: Recipe, rows: sparse.csr_matrix, labels: np.ndarray, count: int
) -> Linear:
    """One label against the rest on rows scaled by the label's log-count ratios (NB-SVM)."""
    weights = np.zeros((rows.shape[1], count), dtype=np.float32)
    start = np.full(count, -1.0, dtype=np.float32)
    for label in range(count):
        is_label = labels == label
        if not is_label.any() or is_label.all():
            continue
        yes = np.asarray(rows[is_label].sum(axis=0)).ravel() + 0.1
        no = np.asarray(rows[~is_label].sum(axis=0)).ravel() + 0.1
        ratio = np.log((yes / yes.sum()) / (no / no.sum())).astype(np.float32)
        model = LinearSVC(C=recipe.freedom, random_state=0, max_iter=3000)
        model.fit(rows.multiply(ratio).tocsr(), is_label)
        weights[:, label], start[label] = model.coef_[0] * ratio, model.intercept_[0]
    return Linear(weights, start)
