"""The classifier beside a plain baseline, trained and tested on the same two files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]  # ships no types

from motcua.feedback.triage.learning.classifier import fit
from motcua.feedback.triage.learning.files import Rows

Tell = Callable[[str], None]
_SYLLABLE = r"\w+"


@dataclass(frozen=True)
class OfLabel:
    """How one label did."""

    label: str
    precision: float
    recall: float
    f1: float
    rows: int


@dataclass(frozen=True)
class Scores:
    """How one classifier did."""

    accuracy: float
    weighted_f1: float
    macro_f1: float
    seconds: float
    labels: tuple[OfLabel, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Ours and the baseline, on the same rows."""

    train: int
    test: int
    ours: Scores
    baseline: Scores
    members: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return it as what JSON can hold."""
        return asdict(self)


def compare(train: Rows, test: Rows, *, tell: Tell = lambda _said: None) -> Outcome:
    """Train on one file, test on the other, and return the scores of both classifiers."""
    tell("baseline")
    began = time.perf_counter()
    plain = make_pipeline(
        TfidfVectorizer(token_pattern=_SYLLABLE), LogisticRegression(C=1.0, max_iter=1000)
    )
    plain.fit(train.texts, train.labels)
    baseline = _scores(test.labels, list(plain.predict(test.texts)), time.perf_counter() - began)
    tell("ours")
    began = time.perf_counter()
    model = fit(train.texts, train.labels)
    guess = model.predict(test.texts)
    ours = _scores(test.labels, guess, time.perf_counter() - began)
    members = tuple(f"{recipe} × {share:.2f}" for recipe, share in model.chosen)
    return Outcome(len(train.texts), len(test.texts), ours, baseline, members)


def _scores(said: Sequence[str], guess: Sequence[str], seconds: float) -> Scores:
    names = sorted(set(said))
    table = precision_recall_fscore_support(said, guess, labels=names, zero_division=0)
    labels = tuple(
        OfLabel(name, float(p), float(r), float(f), int(n))
        for name, p, r, f, n in zip(names, *table, strict=True)
    )
    weighted = f1_score(said, guess, average="weighted", zero_division=0)
    macro = f1_score(said, guess, average="macro", labels=names, zero_division=0)
    accuracy = float(accuracy_score(said, guess))
    return Scores(accuracy, float(weighted), float(macro), round(seconds, 1), labels)
