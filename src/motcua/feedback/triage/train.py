"""Trains the weights of triage from the labelled texts: `python -m motcua.feedback.triage.train`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]  # ships no types

from motcua.feedback.triage import labelled
from motcua.feedback.triage.labelled import Labelled
from motcua.feedback.triage.learning.features import Space
from motcua.feedback.triage.learning.members import Linear, Recipe, together
from motcua.feedback.triage.learning.members import train as train_member
from motcua.feedback.triage.learning.tempering import temper
from motcua.feedback.triage.model import TRIAGE_SIGHTS, WEIGHTS, YES_NO, Model, Task, save

_RECIPES = (Recipe("svm", 0.5), Recipe("logistic", 12.0, is_balanced=True))
_FOLDS = 6


def train_all(rows: Sequence[Labelled]) -> Model:
    """Return a model trained on labelled rows; chances are tempered on writers held out in turn."""
    space = Space(TRIAGE_SIGHTS, least=2)
    seen = space.fit(labelled.texts_of(rows))
    writers = [row.writer for row in rows]
    answers = {
        "field": [row.field for row in rows],
        "kind": [row.kind for row in rows],
        "referred": [row.referred or "none" for row in rows],
        **{name: ["yes" if getattr(row, name) else "no" for row in rows] for name in YES_NO},
    }
    return Model(space, {name: _task(seen, said, writers) for name, said in answers.items()})


def _task(rows: sparse.csr_matrix, said: Sequence[str], writers: Sequence[str]) -> Task:
    labels = tuple(sorted(set(said)))
    target = np.array([labels.index(one) for one in said])
    held = np.zeros((len(said), len(labels)), dtype=np.float32)
    for learn, check in GroupKFold(_FOLDS).split(target, target, writers):
        held[check] = _members(rows[learn], target[learn], len(labels)).margins(rows[check])
    turn = temper(held, target)
    whole = _members(rows, target, len(labels))
    start = whole.start @ turn.weights + turn.start
    return Task(labels, whole.weights @ turn.weights, start)


def _members(rows: sparse.csr_matrix, target: np.ndarray, count: int) -> Linear:
    return together([(1.0, train_member(recipe, rows, target, count)) for recipe in _RECIPES])


def main() -> None:
    """Train on the train split, write the weights, say how large they are."""
    model = train_all(labelled.of_split("train"))
    save(model)
    sys.stdout.write(f"{model.space.size} features, {WEIGHTS.stat().st_size // 1024} KiB\n")


if __name__ == "__main__":
    main()
