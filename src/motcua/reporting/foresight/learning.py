"""Learns the risk from spans: first part to learn, a middle part to calibrate, the last to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from motcua.reporting.foresight import drift
from motcua.reporting.foresight.features import EASES, NAMES, WORSENS, Past, Seen
from motcua.reporting.foresight.folding import Spans
from motcua.reporting.foresight.hours import DAY, Hours
from motcua.reporting.foresight.judging import Judgement, judge
from motcua.reporting.foresight.model import Risk, Term, logistic
from motcua.reporting.foresight.standing import lateness, open_rows

EDGES, MOST_ROWS, LEAST_ROWS, LEAST_LATE = 12, 60_000, 400, 40
WARM_UP = 7 * DAY
PARTS = (0.6, 0.8)
PENALTY = 20.0
SEED = 20250701


class TooLittle(ValueError):
    """There is too little history to learn from."""


@dataclass(frozen=True)
class Part:
    """Looks at open dossiers in a stretch of time, with whether each was late by its end."""

    seen: Seen
    late: np.ndarray


@dataclass(frozen=True)
class Learned:
    """A model, and how it and the reference held on the last part."""

    risk: Risk
    judged: Judgement
    unmoved: Judgement
    reference: Judgement


def learn(spans: Spans, hours: Hours, *, tet: np.ndarray, first: int, last: int) -> Learned:
    """Learn from what happened from first to last; the same facts always give the same model.

    Raises TooLittle: too few dossiers, or hardly any was late.
    """
    past = Past(spans, hours, tet)
    cuts = [first + WARM_UP, *(int(first + part * (last - first)) for part in PARTS), last]
    train, middle, test = (
        look(past, cuts[number], cuts[number + 1], seed=SEED + number) for number in range(3)
    )
    for part in (train, middle, test):
        if len(part.late) < LEAST_ROWS or part.late.sum() < LEAST_LATE:
            raise TooLittle
    raw = fit(train)
    risk = calibrated(raw, middle)
    judged = judge(_moving(past, risk, test, first), test.late)
    found = Learned(
        risk, judged, judge(risk.chances(test.seen.values), test.late), _reference(train, test)
    )
    rows = {"train": len(train.late), "middle": len(middle.late), "test": len(test.late)}
    return replace(found, risk=replace(risk, facts=_facts(found, rows)))


def _moving(past: Past, risk: Risk, test: Part, first: int) -> np.ndarray:
    """Return the chances as they would have been said: moved by what had come by each moment."""
    scores = risk.scores(test.seen.values)
    known = drift.looks(past, risk, first=first, last=int(test.seen.moments.max()))
    for at in np.unique(test.seen.moments):
        rows = test.seen.moments == at
        scores[rows] += drift.moved(past, risk, int(at), known=known)
    return logistic(scores)


def look(past: Past, first: int, last: int, *, seed: int, most: int = MOST_ROWS) -> Part:
    """Return looks at one moment of each working day, at all that were open and running then.

    Only dossiers whose due time, as known at the look, lies before `last`: whether they were late
    is then known by `last`, whatever became of them, and nothing later is used.
    """
    chance = np.random.default_rng(seed)
    rows, moments = [], []
    days = range(
        int(past.hours.day_of(np.array(first))) + 1, int(past.hours.day_of(np.array(last)))
    )
    for day in days:
        if not past.hours.is_open[day]:
            continue
        at = past.hours.start + day * DAY + int(chance.integers(8 * 3600, 16 * 3600 + 1800))
        found = open_rows(past.spans, at)
        found = found[past.spans.columns["due"][found] < last]
        rows.append(found)
        moments.append(np.full(len(found), at, dtype=np.int64))
    every = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    when = np.concatenate(moments) if moments else np.zeros(0, dtype=np.int64)
    late = lateness(past.spans, every, last)
    kept = np.flatnonzero(late >= 0)
    if len(kept) > most:
        kept = np.sort(chance.choice(kept, most, replace=False))
    return Part(past.see(every[kept], when[kept]), late[kept].astype(np.float64))


def fit(part: Part) -> Risk:
    """Return the model of a part: each feature's steps, weighed together by logistic regression.

    A step may only work the way its feature does (features.WORSENS, EASES); large steps cost.
    """
    values, terms = part.seen.values, []
    columns: list[np.ndarray] = []
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for place, name in enumerate(NAMES):
        edges = edges_of(values[:, place])
        terms.append(Term(name, edges, np.zeros(len(edges))))
        columns += [values[:, place] > edge for edge in edges]
        columns.append(np.isnan(values[:, place]))
        way = (0.0 if name in WORSENS else None, 0.0 if name in EASES else None)
        bounds += [*([way] * len(edges)), (None, None)]
    weights = _weighed(np.column_stack(columns).astype(np.float64), part.late, bounds)
    place, found = 1, []
    for term in terms:
        adds = weights[place : place + len(term.edges)]
        unknown = float(weights[place + len(term.edges)])
        place += len(term.edges) + 1
        found.append(replace(term, adds=adds, unknown=unknown))
    return centred(Risk(float(weights[0]), found), values)


def _weighed(
    table: np.ndarray, late: np.ndarray, bounds: list[tuple[float | None, float | None]]
) -> np.ndarray:
    """Return intercept and weights of the logistic regression within the bounds."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = weights[0] + table @ weights[1:]
        wrong = logistic(scores) - late
        cost = np.logaddexp(0, scores).sum() - late @ scores
        slope = table.T @ wrong + PENALTY * weights[1:]
        cost += PENALTY / 2 * (weights[1:] @ weights[1:])
        return float(cost), np.concatenate([[wrong.sum()], slope])

    # half a second to load, and only needed when something is learned
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

    begin = np.zeros(table.shape[1] + 1)
    begin[0] = np.log(late.mean() / (1 - late.mean()))
    found = minimize(
        loss, begin, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 300}
    )
    return np.asarray(found.x)


def edges_of(values: np.ndarray) -> np.ndarray:
    """Return the thresholds of a feature: between its few values, or so that parts are equal."""
    known = values[~np.isnan(values)]
    apart = np.unique(known)
    if len(apart) < 2:
        return np.zeros(0)
    if len(apart) <= EDGES:
        return np.asarray((apart[1:] + apart[:-1]) / 2)
    cuts = np.quantile(known, np.linspace(0, 1, EDGES + 2)[1:-1])
    return np.unique(np.round(cuts, 4))


def centred(risk: Risk, values: np.ndarray) -> Risk:
    """Return the same model with contributions counted from what is usual in these rows."""
    terms, start = [], risk.start
    for term in risk.terms:
        usual = float(term.of(values[:, NAMES.index(term.name)]).mean())
        terms.append(replace(term, usual=term.usual + usual))
        start += usual
    return Risk(start, terms, risk.facts)


def calibrated(risk: Risk, part: Part) -> Risk:
    """Return the model with its scores stretched and moved so that they hold on another part.

    A straight line (Platt) on the score: sums stay sums, so the reasons stay exact.
    """
    # nearly a second to load, and only needed when something is learned
    from sklearn.linear_model import (  # type: ignore[import-untyped]  # ships no types
        LogisticRegression,
    )

    scores = risk.scores(part.seen.values).reshape(-1, 1)
    line = LogisticRegression(C=1e6, max_iter=200).fit(scores, part.late)
    slope, move = max(0.1, float(line.coef_[0][0])), float(line.intercept_[0])
    terms = [
        replace(
            term, adds=term.adds * slope, unknown=term.unknown * slope, usual=term.usual * slope
        )
        for term in risk.terms
    ]
    return Risk(risk.start * slope + move, terms, risk.facts)


def _reference(train: Part, test: Part) -> Judgement:
    """Judge what anybody can say: how likely it is at that share of the time used, nothing else."""
    used = train.seen.column("used")
    edges = edges_of(used)
    place = np.searchsorted(edges, used, side="left")
    shares = np.array(
        [
            (train.late[place == number].sum() + 1) / ((place == number).sum() + 20)
            for number in range(len(edges) + 1)
        ]
    )
    return judge(shares[np.searchsorted(edges, test.seen.column("used"), side="left")], test.late)


def _facts(found: Learned, rows: Mapping[str, int]) -> Mapping[str, Any]:
    return {
        "rows": dict(rows),
        "judged": found.judged.as_dict(),
        "unmoved": found.unmoved.as_dict(),
        "reference": found.reference.as_dict(),
    }
