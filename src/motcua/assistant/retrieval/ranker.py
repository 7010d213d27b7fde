"""The learned order of candidates: small networks over the features, and how sure one may be."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from motcua.assistant.retrieval.arrays import Doubles, Floats
from motcua.assistant.retrieval.features import NAMES

WEIGHTS = "ranker.json"


@dataclass(frozen=True)
class Network:
    """One hidden layer: features to a number, the greater the better."""

    inward: Doubles  # features × hidden
    bias: Doubles
    outward: Doubles

    def judge(self, features: Doubles) -> Doubles:
        """Return one number a row."""
        return np.asarray(np.tanh(features @ self.inward + self.bias) @ self.outward)


@dataclass(frozen=True)
class Ranker:
    """Several networks that vote, and the calibration of the result."""

    middle: Doubles
    spread: Doubles
    networks: tuple[Network, ...]
    sure: Doubles  # of what `_doubts` returns, the constant last
    stress: dict[str, float]  # how much a word of a question says, beside its rarity

    @classmethod
    def unlearned(cls, stress: dict[str, float]) -> "Ranker":
        """Return a ranker that knows the words' stress only, for training."""
        one, none = np.ones(len(NAMES)), np.zeros(len(NAMES))
        first = Network(np.eye(len(NAMES))[:, :3], np.zeros(3), np.ones(3))
        return cls(none, one, (first,), np.zeros(2 + len(_ABSOLUTE)), stress)

    def judge(self, features: Floats) -> Doubles:
        """Return the candidates' merits; only their differences mean something."""
        scaled = scale(features, self.middle, self.spread)
        return np.asarray(np.mean([network.judge(scaled) for network in self.networks], axis=0))

    def sureness(self, features: Floats, merits: Doubles) -> Doubles:
        """Return for each candidate how probable it is that it answers."""
        return np.asarray(1 / (1 + np.exp(-(doubts(features, merits) @ self.sure))))


def scale(features: Floats, middle: Doubles, spread: Doubles) -> Doubles:
    """Return the features around nought, the far ones drawn in."""
    return np.asarray(np.clip((features - middle) / spread, -4, 4), np.float64)


def shares(merits: Doubles) -> Doubles:
    """Return the merits as shares of one."""
    raised = np.exp(merits - merits.max())
    return np.asarray(raised / raised.sum())


_ABSOLUTE = ("words", "pairs", "near", "cover_64", "cover_pairs_64", "soft_64", "heading_asked")
_COLUMNS = [NAMES.index(name) for name in _ABSOLUTE]


def doubts(features: Floats, merits: Doubles) -> Doubles:
    """Return what sureness is judged by: the share among the candidates, the agreement in words."""
    share = np.log(shares(merits) + 1e-6)
    constant = np.ones(len(merits))
    return np.column_stack([share, features[:, _COLUMNS], constant])


@cache
def ranker() -> Ranker | None:
    """Return the ranker that comes with the package, None before it was trained."""
    path = resources.files("motcua.assistant.retrieval") / "data" / WEIGHTS
    if not path.is_file():
        return None
    stored = json.loads(path.read_text("utf-8"))
    if tuple(stored["features"]) != NAMES:
        return None  # trained for other features: better none than a wrong one
    networks = tuple(
        Network(np.array(n["inward"]), np.array(n["bias"]), np.array(n["outward"]))
        for n in stored["networks"]
    )
    return Ranker(
        np.array(stored["middle"]),
        np.array(stored["spread"]),
        networks,
        np.array(stored["sure"]),
        stored["stress"],
    )
