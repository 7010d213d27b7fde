"""The learned risk: a sum over features of steps, so that what each reason adds is exact.

Kept as plain JSON: thresholds and what passing each of them adds. Nothing is trained here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from motcua.reporting.foresight.features import NAMES, REASONS

SHIPPED = Path(__file__).resolve().parent / "data" / "risk.json"
FORMAT = 1


@dataclass(frozen=True)
class Term:
    """One feature: passing `edges[k]` adds `adds[k]`; not known adds `unknown`.

    `usual` is what the feature adds on average, so that contributions tell what is unusual here.
    """

    name: str
    edges: np.ndarray
    adds: np.ndarray
    unknown: float = 0.0
    usual: float = 0.0

    def of(self, values: np.ndarray) -> np.ndarray:
        """Return what the feature adds for each value, compared with the usual."""
        known = ~np.isnan(values)
        sums = np.concatenate([[0.0], np.cumsum(self.adds)])
        added = sums[np.searchsorted(self.edges, np.where(known, values, 0.0), side="left")]
        return np.asarray(np.where(known, added, self.unknown) - self.usual)


@dataclass(frozen=True)
class Risk:
    """The whole model: the chance is the logistic of `start` and all terms.

    `facts` tells what it was learned from, when, and how well it held on the weeks held back.
    """

    start: float
    terms: Sequence[Term]
    facts: Mapping[str, Any] = field(default_factory=dict)

    def contributions(self, values: np.ndarray) -> np.ndarray:
        """Return what each feature adds to the score, by row and in the order of NAMES."""
        found = np.zeros(values.shape)
        for term in self.terms:
            place = NAMES.index(term.name)
            found[:, place] = term.of(values[:, place])
        return found

    def scores(self, values: np.ndarray) -> np.ndarray:
        """Return the score of each row: log odds of being late."""
        return np.asarray(self.start + self.contributions(values).sum(axis=1))

    def chances(self, values: np.ndarray) -> np.ndarray:
        """Return how likely each row is to be late, 0 to 1."""
        return logistic(self.scores(values))

    def reasons(self, values: np.ndarray) -> dict[str, np.ndarray]:
        """Return what each reason adds, by row: with `start` they make the score."""
        adds = self.contributions(values)
        return {
            reason: adds[:, [NAMES.index(name) for name in names]].sum(axis=1)
            for reason, names in REASONS.items()
        }

    @property
    def is_simulated(self) -> bool:
        """Tell whether it was learned from a simulated province."""
        return bool(self.facts.get("is_simulated"))


def logistic(scores: np.ndarray) -> np.ndarray:
    """Return log odds as chances."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -40, 40))))


def as_document(risk: Risk) -> dict[str, Any]:
    """Return the model as what JSON can hold."""
    return {
        "format": FORMAT,
        "start": round(risk.start, 6),
        "terms": [
            {
                "name": term.name,
                "edges": [float(edge) for edge in term.edges],
                "adds": [round(float(add), 6) for add in term.adds],
                "unknown": round(term.unknown, 6),
                "usual": round(term.usual, 6),
            }
            for term in risk.terms
        ],
        "facts": dict(risk.facts),
    }


def from_document(kept: Mapping[str, Any]) -> Risk:
    """Return the model that `as_document` wrote.

    Raises ValueError: it was written in another format.
    """
    if kept.get("format") != FORMAT:
        raise ValueError("mô hình nguy cơ trễ hạn viết theo dạng khác")
    terms = [
        Term(
            one["name"],
            np.array(one["edges"], dtype=np.float64),
            np.array(one["adds"], dtype=np.float64),
            float(one["unknown"]),
            float(one["usual"]),
        )
        for one in kept["terms"]
        if one["name"] in NAMES
    ]
    return Risk(float(kept["start"]), terms, kept.get("facts", {}))


@cache
def shipped() -> Risk:
    """Return the model that comes with the house; read once by each process."""
    return from_document(json.loads(SHIPPED.read_text(encoding="utf-8")))
