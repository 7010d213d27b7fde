"""`motcua assistant train`: learn what a question is about at all.

Learns from data/intents*.toml, the gold questions of the search, the everyday words of
procedures, and the development half of the evaluation. Writes data/intents.json.
"""

import json
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from motcua.assistant.answering import phrases
from motcua.assistant.answering.intents import KINDS, grams
from motcua.assistant.answering.text import read
from motcua.assistant.quality.answers import questions
from motcua.catalog.search.evaluate import questions as gold
from motcua.catalog.search.lexicon import lexicon
from motcua.kernel.text import fold

_FILES = ("intents", "intents_attack", "intents_outside")
_SEEN = 2
_OURS = 8.0
_STRENGTH = 6.0
_SMALL = 0.06
_OUTCOMES = {
    "attack": "attack",
    "danger": "danger",
    "complaint": "complaint",
    "own_dossier": "own",
    "out_of_scope": "outside",
    "answered": "procedure",
    "clarified": "procedure",
}


def texts() -> Iterator[tuple[str, str, float]]:
    """Return every text with its kind and how heavily it weighs."""
    for name in _FILES:
        for kind, lines in phrases.table(name).items():
            for line in lines.strip().splitlines():
                yield read(line).folded, kind, _OURS
    for row in questions("dev"):
        kind = _OUTCOMES.get(row.outcome[0], "procedure")
        if not row.thread:
            yield read(row.question).folded, kind, 2.0 if kind == "procedure" else _OURS
    for said, weight in _procedures():
        yield fold(said), "procedure", weight


def _procedures() -> Iterator[tuple[str, float]]:
    yield from ((asked.text, 0.5) for asked in gold())
    for own in phrases.table("said").values():
        yield from ((said, 0.7) for said in (*own["vi"], *own["en"]))
    for asks in lexicon().asks.values():
        yield from ((said, 0.3) for said in asks)


def learn() -> str:
    """Learn, write down, and tell how it went."""
    rows = list(texts())
    learned, right = fitted(rows)
    file = Path(str(resources.files("motcua.assistant.answering.data"))) / "intents.json"
    file.write_text(json.dumps(learned, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return f"intents: {len(rows)} texts, {len(learned['grams'])} grams, {right:.1%} as learned"


def fitted(rows: list[tuple[str, str, float]]) -> tuple[dict[str, Any], float]:
    """Return what these texts teach, and how much of them it tells right."""
    counted = Counter(gram for text, _kind, _weight in rows for gram in set(grams(text)))
    known = sorted(gram for gram, many in counted.items() if many >= _SEEN)
    places = {gram: at for at, gram in enumerate(known)}
    matrix = _matrix([text for text, _kind, _weight in rows], places)
    labels = np.array([KINDS.index(kind) for _text, kind, _weight in rows])
    heavy = np.array([weight for _text, _kind, weight in rows])
    model = LogisticRegression(C=_STRENGTH, max_iter=400)
    model.fit(matrix, labels, sample_weight=heavy)
    right = float((model.predict(matrix) == labels).mean())
    return _kept(model, known), right


def _matrix(lines: list[str], places: dict[str, int]) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for number, line in enumerate(lines):
        found = {places[gram] for gram in grams(line) if gram in places}
        rows += [number] * len(found)
        columns += sorted(found)
        values += [1 / (len(found) or 1) ** 0.5] * len(found)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(lines), len(places)))


def _kept(model: LogisticRegression, known: list[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for at, gram in enumerate(known):
        weights = [round(float(w), 2) for w in model.coef_[:, at]]
        if max(map(abs, weights)) > _SMALL:
            kept[gram] = weights
    return {"bias": [round(float(b), 3) for b in model.intercept_], "grams": kept}
