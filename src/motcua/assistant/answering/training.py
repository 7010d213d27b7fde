"""`motcua assistant train`: learn what weighs how much, from our questions.

Learns on the development half of the evaluation and on the gold questions of the search; the
test half is never looked at. Writes data/weights.json.
"""

import json
import zlib
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

_OURS = 3.0
_GOLD = 0.5
_EACH = 6  # of the gold questions: they are many, and the search was tuned on them
_STRENGTH = 1.0
_PENALTY = 2.0
_FOLDS = 3
_SAME = 1e-6
_WRONG = 0.01
_KEPT = 0.8
_WEIGHS = 2
_LOUDEST = 3.0


def learn() -> str:
    """Learn the ranking of procedures and the certainty, write them down, and tell how it went."""
    from motcua.assistant.answering import ranking

    file = Path(str(resources.files("motcua.assistant.answering.data"))) / "weights.json"
    learned = json.loads(file.read_text("utf-8"))
    groups = _groups()
    learned["ranking"] = _learn(groups)
    learned["certainty"] = _certainty(groups)
    file.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")
    ranking.weights.cache_clear()
    seen = learned["certainty"]["seen"]
    right = sum(_first(rows, labels, learned["ranking"]) for rows, labels, w, _ in groups if w > 1)
    many = sum(1 for _rows, _labels, weight, _ in groups if weight > 1)
    return f"ranking: {right}/{many} first on the questions it learned from; certainty: {seen}"


Group = tuple[
    np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.bool_]], float, str
]


def _groups() -> list[Group]:
    from motcua.assistant.answering import ranking
    from motcua.assistant.answering.text import read
    from motcua.assistant.quality.answers import questions
    from motcua.catalog.search.evaluate import questions as gold

    asked = [
        (q.question, q.procedures, _OURS)
        for q in questions("dev")
        if q.procedures and not q.thread and "answered" in q.outcome
    ]
    asked += [(q.text, tuple(q.codes), _GOLD) for q in list(gold())[::_EACH]]
    found = []
    for text, codes, weight in asked:
        ranked = ranking.rank(read(text), limit=40)
        labels = np.array([one.code in codes for one in ranked])
        if labels.any():
            found.append((np.array([one.features for one in ranked]), labels, weight, text))
    return found


def _certainty(groups: list[Group]) -> dict[str, Any]:
    """Learn how sure an answer is, from answers of weights that never saw the question."""
    rows, labels, names = _judged(groups)
    unseen = np.zeros(len(labels))
    for fold in range(_FOLDS):
        held = np.array([_fold(name) == fold for name in names])
        model = _monotone(rows[~held], labels[~held])
        unseen[held] = _probable(rows[held], model)
    model = _monotone(rows, labels)
    model["threshold"] = _threshold(unseen, labels)
    model["seen"] = {"answers": len(labels), "right": int(labels.sum())}
    return model


def _judged(groups: list[Group]) -> tuple[Any, Any, list[str]]:
    """What certainty sees of each question, answered by weights learned without it."""
    from motcua.assistant.answering import (
        ask,
        certainty,
        intents,
        ranking,
        training_intents,
    )
    from motcua.assistant.answering.answer import Outcome
    from motcua.assistant.answering.text import read
    from motcua.assistant.quality import answers

    asked = answers.questions("dev")
    texts = list(training_intents.texts())
    rows, labels, names = [], [], []
    for fold in range(_FOLDS):
        here = [question for question in asked if _fold(question.question) == fold]
        theirs = {read(question.question).folded for question in here}
        kept, _right = training_intents.fitted([row for row in texts if row[0] not in theirs])
        ranking.weights()["ranking"] = _learn([g for g in groups if _fold(g[3]) != fold])
        with intents.taught(kept):
            for question in here:
                draft = answers.drafted(question)
                ask.run(draft, ask.STEPS[:-1], [])
                if draft.outcome != Outcome.ANSWERED or not draft.chances or draft.confidence:
                    continue
                rows.append(certainty.row(draft))
                labels.append(not answers.judge(question, ask.composed(draft, [])).fault)
                names.append(question.question)
    return np.array(rows), np.array(labels), names


def _fold(name: str) -> int:
    return zlib.crc32(name.encode()) % _FOLDS


def _monotone(rows: Any, labels: Any) -> dict[str, Any]:  # noqa: ANN401 - arrays
    """Logistic weights whose signs make sense; no single one drowns all others."""
    from motcua.assistant.answering.certainty import SIGNS

    spread = rows.std(0) + 0.05
    scaled, sides = rows / spread, np.where(labels, 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:  # noqa: ANN401
        side = sides * (scaled @ weights[:-1] + weights[-1])
        pull = -sides / (1 + np.exp(np.clip(side, -30, 30)))
        slope = np.append(scaled.T @ pull + _PENALTY * weights[:-1], pull.sum())
        whole = np.logaddexp(0, -side).sum() + _PENALTY / 2 * (weights[:-1] ** 2).sum()
        return float(whole), slope

    bounds = {"+": (0.0, _LOUDEST), "-": (-_LOUDEST, 0.0), "": (-_LOUDEST, _LOUDEST)}
    sides_of = [bounds[sign] for sign in SIGNS.values()]
    found = minimize(
        loss,
        np.zeros(rows.shape[1] + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[
            *((a * s, b * s) for (a, b), s in zip(sides_of, spread, strict=True)),
            (None, None),
        ],
    )
    return {
        "weights": [round(float(w), 4) for w in found.x[:-1] / spread],
        "bias": round(float(found.x[-1]), 4),
    }


def _probable(rows: Any, model: dict[str, Any]) -> Any:  # noqa: ANN401
    return 1 / (1 + np.exp(-(rows @ np.array(model["weights"]) + model["bias"])))


def _threshold(chances: Any, labels: Any) -> float:  # noqa: ANN401
    """The lowest from which on one answer in a hundred is given and wrong; where that would silence
    more than a fifth of the right ones, that at which a wrong answer weighs as two right ones."""
    for level in np.arange(0.5, 0.96, 0.01):
        given = chances >= level
        few_wrong = (given & ~labels).sum() <= _WRONG * len(labels)
        if few_wrong and (given & labels).sum() >= _KEPT * labels.sum():
            return round(float(level), 2)
    return round(_WEIGHS / (1 + _WEIGHS), 2)


def _learn(groups: list[Group]) -> dict[str, Any]:
    rows = np.vstack([group[0] for group in groups])
    labels = np.concatenate([group[1] for group in groups])
    heavy = np.concatenate([np.full(len(g[1]), g[2] * 10 / len(g[1])) for g in groups])
    spread = rows.std(0)
    same = spread < _SAME  # nothing to learn from in this catalogue: what was known stays
    kept = np.where(same, np.array(_known_weights(rows.shape[1])), 0.0)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    model.fit(np.where(same, 0.0, rows / np.where(same, 1.0, spread)), labels, sample_weight=heavy)
    weights = np.where(same, kept, model.coef_[0] / np.where(same, 1.0, spread))
    bias = float(model.intercept_[0] - (kept * rows.mean(0)).sum())
    return {"weights": [round(float(w), 4) for w in weights], "bias": round(bias, 4)}


def _known_weights(many: int) -> list[float]:
    file = resources.files("motcua.assistant.answering.data").joinpath("weights.json")
    known = json.loads(file.read_text("utf-8"))["ranking"]["weights"]
    return known if len(known) == many else [0.0] * many


def _first(rows: Any, labels: Any, learned: dict[str, Any]) -> bool:  # noqa: ANN401
    return bool(labels[int(np.argmax(rows @ np.array(learned["weights"])))])
