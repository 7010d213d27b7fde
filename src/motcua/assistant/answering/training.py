"""`motcua assistant train`: learn what weighs how much, from our questions.

Learns on the development half of the evaluation and on the gold questions of the search; the
test half is never looked at. Writes data/weights.json.
"""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

_OURS = 3.0
_GOLD = 0.5
_EACH = 3  # of the gold questions: they are many, and the search was tuned on them
_STRENGTH = 1.0
_CERTAINTY = 0.5


def learn() -> str:
    """Learn the ranking of procedures and the certainty, write them down, and tell how it went."""
    from motcua.assistant.answering import ranking

    file = Path(str(resources.files("motcua.assistant.answering.data"))) / "weights.json"
    learned = json.loads(file.read_text("utf-8"))
    groups = _groups()
    learned["ranking"] = _learn(groups)
    learned["certainty"] = _certainty(learned)
    file.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")
    ranking.weights.cache_clear()
    right = sum(_first(rows, labels, learned["ranking"]) for rows, labels, w in groups if w > 1)
    many = sum(1 for _rows, _labels, weight in groups if weight > 1)
    return f"ranking: {right}/{many} first on the questions it learned from"


Group = tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.bool_]], float]


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
            found.append((np.array([one.features for one in ranked]), labels, weight))
    return found


def _certainty(learned: dict[str, Any]) -> dict[str, Any]:
    """Learn how sure an answer is, from which of ours were right."""
    from motcua.assistant.answering import ask, certainty, ranking
    from motcua.assistant.answering.answer import Outcome
    from motcua.assistant.quality import answers

    ranking.weights().update(learned)
    rows, labels = [], []
    for question in answers.questions("dev"):
        draft = answers.drafted(question)
        ask.run(draft, ask.STEPS[:-1], [])
        if draft.outcome != Outcome.ANSWERED or not draft.chances or draft.confidence:
            continue
        fault = answers.judge(question, ask.composed(draft, [])).fault
        rows.append(certainty.row(draft))
        labels.append(not fault)
    group = (np.array(rows), np.array(labels), 1.0)
    return _learn([group], strength=_CERTAINTY, weight=1.0)


def _learn(
    groups: list[Group], *, strength: float = _STRENGTH, weight: float = 0.0
) -> dict[str, Any]:
    rows = np.vstack([group[0] for group in groups])
    labels = np.concatenate([group[1] for group in groups])
    heavy = np.concatenate([np.full(len(g[1]), weight or g[2] * 10 / len(g[1])) for g in groups])
    spread = rows.std(0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(rows / spread, labels, sample_weight=heavy)
    return {
        "weights": [round(float(w), 4) for w in model.coef_[0] / spread],
        "bias": round(float(model.intercept_[0]), 4),
    }


def _first(rows: Any, labels: Any, learned: dict[str, Any]) -> bool:  # noqa: ANN401
    return bool(labels[int(np.argmax(rows @ np.array(learned["weights"])))])
