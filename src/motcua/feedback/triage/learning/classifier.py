"""The classifier: views of a text, linear members weighed by inner validation, one table of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types
from sklearn.metrics import f1_score  # type: ignore[import-untyped]  # ships no types
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]

from motcua.feedback.triage.learning.features import SIGHTS, Sight, Space
from motcua.feedback.triage.learning.members import RECIPES, Linear, Recipe, together, train
from motcua.feedback.triage.learning.tempering import temper

_ROUNDS = 12


@dataclass
class Classifier:
    """Trained: labels, the space of features, one table of weights, and how margins become chances."""

    labels: tuple[str, ...]
    space: Space
    linear: Linear
    temper: Linear
    chosen: tuple[tuple[Recipe, float], ...] = ()

    def chances(self, texts: Sequence[str]) -> np.ndarray:
        """Return for each text the chance of each label (rows sum to one)."""
        margins = self.temper_of(self.linear.margins(self.space.rows(texts)))
        apart = np.exp(margins - margins.max(axis=1, keepdims=True))
        return np.asarray(apart / apart.sum(axis=1, keepdims=True))

    def temper_of(self, margins: np.ndarray) -> np.ndarray:
        """Return margins tempered so that their softmax is an honest chance."""
        return np.asarray(margins @ self.temper.weights + self.temper.start)

    def predict(self, texts: Sequence[str]) -> list[str]:
        """Return the likeliest label of each text."""
        return [self.labels[at] for at in self.chances(texts).argmax(axis=1)]


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    sights: Mapping[str, Sight] = SIGHTS,
    least: int = 2,
    recipes: Sequence[Recipe] = RECIPES,
) -> Classifier:
    """Train on labelled texts: members are weighed by what they get right on held-out folds."""
    names = tuple(sorted(set(labels)))
    target = np.array([names.index(label) for label in labels])
    space = Space(sights, least=least)
    rows = space.fit(texts)
    held = [_held_out(recipe, rows, target, len(names)) for recipe in recipes]
    shares = _weigh(held, target)
    margins = sum(share * part for share, part in zip(shares, held, strict=True))
    used = [(recipe, share) for recipe, share in zip(recipes, shares, strict=True) if share]
    parts = [(share, train(recipe, rows, target, len(names))) for recipe, share in used]
    total = together(parts)
    return Classifier(names, space, total, temper(np.asarray(margins), target), tuple(used))


def folds_for(count: int) -> int:
    """Return how many folds are worth their time."""
    return 5 if count < 2500 else 3


def _held_out(
    recipe: Recipe, rows: sparse.csr_matrix, target: np.ndarray, count: int
) -> np.ndarray:
    """Margins of every row from a member that did not see it."""
    rare = int(np.bincount(target, minlength=count)[np.unique(target)].min())
    folds = StratifiedKFold(folds_for(len(target)), shuffle=True, random_state=0)
    found = np.zeros((len(target), count), dtype=np.float32)
    keys = target if rare >= 2 else np.zeros_like(target)
    for learn, check in folds.split(np.zeros(len(target)), keys):
        found[check] = train(recipe, rows[learn], target[learn], count).margins(rows[check])
    return found


def score_of(target: np.ndarray, guess: np.ndarray) -> float:
    """Return what is sought: weighted F1, with some regard for rare labels."""
    weighted = f1_score(target, guess, average="weighted", zero_division=0)
    return float(0.8 * weighted + 0.2 * f1_score(target, guess, average="macro", zero_division=0))


def _weigh(held: Sequence[np.ndarray], target: np.ndarray) -> list[float]:
    """Shares of the members: greedily the one that helps most, again and again."""
    taken = np.zeros(len(held))
    total = np.zeros_like(held[0])
    best, kept = -1.0, taken.copy()
    for _round in range(_ROUNDS):
        scores = [score_of(target, (total + part).argmax(axis=1)) for part in held]
        at = int(np.argmax(scores))
        taken[at] += 1
        total = total + held[at]
        if scores[at] > best + 1e-6:
            best, kept = scores[at], taken.copy()
    return [float(share) for share in kept / kept.sum()]
