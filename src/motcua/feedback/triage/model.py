"""The trained weights, and what they say of a text. Deterministic; nothing is trained here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.feedback.triage import signs
from motcua.feedback.triage.learning.features import SIGHTS, Sight, Space
from motcua.feedback.triage.lexicon import field_words

WEIGHTS = Path(__file__).resolve().parent / "data" / "weights.npz"
YES_NO = ("harassment", "delay", "bribe", "danger")

TRIAGE_SIGHTS: Mapping[str, Sight] = {
    **{name: SIGHTS[name] for name in ("words", "folded", "folded_letters")},
    "lexicon": Sight(field_words),
    "signs": Sight(signs.marks),
}


@dataclass(frozen=True)
class Task:
    """One question about a text: its possible answers and their weights."""

    labels: tuple[str, ...]
    weights: np.ndarray
    start: np.ndarray


@dataclass(frozen=True)
class Model:
    """Everything that was learned: the features and the tasks over them."""

    space: Space
    tasks: Mapping[str, Task]

    def chances(self, texts: Sequence[str]) -> dict[str, np.ndarray]:
        """Return for each task the chance of each of its labels, by text."""
        rows = self.space.rows(texts)
        return {name: self.chances_of(name, rows) for name in self.tasks}

    def chances_of(self, name: str, rows: sparse.csr_matrix) -> np.ndarray:
        """Return the chance of each label of one task, by row."""
        task = self.tasks[name]
        return _softmax(rows @ task.weights + task.start)


def _softmax(margins: np.ndarray) -> np.ndarray:
    apart = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(apart / apart.sum(axis=1, keepdims=True))


def save(model: Model, path: Path = WEIGHTS) -> None:
    """Write a model as plain arrays and JSON; weights keep eight bits each."""
    head = {
        "features": {view: list(known) for view, known in model.space.index.items()},
        "tasks": {name: task.labels for name, task in model.tasks.items()},
    }
    arrays: dict[str, np.ndarray] = {"weight": model.space.weight.astype(np.float16)}
    for name, task in model.tasks.items():
        scale = np.abs(task.weights).max(axis=0, keepdims=True) / 127
        arrays[f"{name}.weights"] = np.round(task.weights / scale).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)
        arrays[f"{name}.start"] = task.start.astype(np.float32)
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    arrays["head"] = np.frombuffer(written, dtype=np.uint8)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


@cache
def load(path: Path = WEIGHTS) -> Model:
    """Return the model kept in a file; read once by each process."""
    with np.load(path, allow_pickle=False) as kept:
        head = json.loads(bytes(kept["head"]))
        space = Space(TRIAGE_SIGHTS, weight=kept["weight"].astype(np.float32))
        at = 0
        for view, names in head["features"].items():
            space.index[view] = {name: at + number for number, name in enumerate(names)}
            at += len(names)
        tasks = {
            name: Task(
                tuple(labels),
                kept[f"{name}.weights"].astype(np.float32) * kept[f"{name}.scale"],
                kept[f"{name}.start"],
            )
            for name, labels in head["tasks"].items()
        }
    return Model(space, tasks)
