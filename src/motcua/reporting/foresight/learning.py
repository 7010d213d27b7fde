"""Learns the risk from spans: first part to learn, a middle part to calibrate, the last to judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from motcua.reporting.foresight import drift
from motcua.reporting.foresight.features import EASES, NAMES, WORSENS, Past, Seen
from motcua.reporting.foresight.folding import Spans
from motcua.reporting.foresight.hours import DAY, Hours, moment
from motcua.reporting.foresight.judging import Judgement, judge
from motcua.reporting.foresight.model import Risk, Term, logistic
from motcua.reporting.foresight.standing import lateness, open_rows

EDGES, MOST_ROWS, LEAST_ROWS, LEAST_LATE = 12, 30_000, 400, 40
WARM_UP = 7 * DAY
PARTS = (0.6, 0.8)
PENALTY = 20.0
MOST_STANDS = 4.0
WEEK, WEEKS_FIRST, PART_LEARNT, WEEKLY_ROWS = 7 * DAY, 35 * DAY, 0.7, 15_000
SEED = 20250701


class TooLittle(ValueError):
    """There is too little history to learn from."""


@dataclass(frozen=True)
class Part:
    """Looks at open dossiers in a stretch of time, with whether each was late by its end.

    weights: for how many looks each stands; a dossier that has long to go is seen to its due day
    only when it was looked at early, so those that were stand for those that were not. lost: of how
    many looks nobody knows what came, because the clock stood still or began anew.
    """

    seen: Seen
    late: np.ndarray
    weights: np.ndarray
    lost: int = 0


@dataclass(frozen=True)
class Learned:
    """A model, and how it, the reference and the model that held did on the last part."""

    risk: Risk
    judged: Judgement
    unmoved: Judgement
    reference: Judgement
    held: Judgement | None = None


def learn(
    spans: Spans,
    hours: Hours,
    *,
    tet: np.ndarray,
    first: int,
    last: int,
    seed: int = SEED,
    held: Risk | None = None,
) -> Learned:
    """Learn from what happened from first to last; same facts and seed give the same model.

    held: the model that held until now, judged on the same last part.
    Raises TooLittle: too few dossiers, or hardly any was late.
    """
    past = Past(spans, hours, tet)
    cuts = [first + WARM_UP, *(int(first + part * (last - first)) for part in PARTS), last]
    train, middle, test = (
        look(past, cuts[number], cuts[number + 1], seed=seed + number) for number in range(3)
    )
    for part in (train, middle, test):
        _refuse_few(part)
    risk = calibrated(fit(train), middle)
    once_each = once(past, test, seed=seed)
    found = judged_on(past, risk, once_each, _reference(train, once_each))
    if held is not None:
        found = replace(found, held=judged_on(past, held, once_each, found.reference).judged)
    rows = {"train": len(train.late), "middle": len(middle.late), "test": len(once_each.late)}
    lost = {"train": train.lost, "middle": middle.lost, "test": test.lost}
    line = {key: round(value, 6) for key, value in risk.facts["calibration"].items()}
    facts = _facts(found) | {"rows": rows, "lost": lost, "calibration": line}
    return replace(found, risk=replace(risk, facts=facts))


def _refuse_few(part: Part) -> None:
    if len(part.late) < LEAST_ROWS or part.late.sum() < LEAST_LATE:
        raise TooLittle


@dataclass(frozen=True)
class Week:
    """A week foretold by what had been learned before it began: its first moment, what came."""

    first: int
    judged: Judgement

    def as_dict(self) -> dict[str, Any]:
        """Return it as what JSON can hold, without the parts by promise."""
        told = self.judged.as_dict()
        bins, weight = told.pop("bins"), sum(one.weight for one in self.judged.bins)
        promised = sum(one["promised"] * one["weight"] for one in bins) / max(weight, 1e-9)
        return {
            "first": moment(self.first + DAY // 2).date().isoformat(),
            "promised": promised,
            **told,
        }


def weekly(past: Past, *, first: int, last: int, seed: int = SEED) -> tuple[Judgement, list[Week]]:
    """Learn anew before each week and judge that week, as a house that learns weekly would do.

    Returns all weeks together and each. Raises TooLittle: there is no such week.
    """
    said, parts, weeks = [], [], []
    for begin in range(first + WEEKS_FIRST, last - DAY, WEEK):
        cut = int(first + WARM_UP + PART_LEARNT * (begin - first - WARM_UP))
        train = look(past, first + WARM_UP, cut, seed=seed, most=WEEKLY_ROWS)
        middle = look(past, cut, begin, seed=seed + 1, most=WEEKLY_ROWS)
        week = look(past, begin, min(begin + WEEK, last), by=last, seed=seed + 2, most=WEEKLY_ROWS)
        try:
            for part in (train, middle, week):
                _refuse_few(part)
        except TooLittle:
            continue
        week = once(past, week, seed=seed)
        chances = moving(past, calibrated(fit(train), middle), week)
        weeks.append(Week(begin, judge(chances, week.late, week.weights)))
        said.append(chances)
        parts.append(week)
    if not parts:
        raise TooLittle
    late = np.concatenate([part.late for part in parts])
    return judge(np.concatenate(said), late, np.concatenate([p.weights for p in parts])), weeks


def judged_on(past: Past, risk: Risk, part: Part, reference: Judgement) -> Learned:
    """Return how a model holds on looks: moved by what had come by then, and not moved."""
    return Learned(
        risk,
        judge(moving(past, risk, part), part.late, part.weights),
        judge(risk.chances(part.seen.values), part.late, part.weights),
        reference,
    )


def moving(past: Past, risk: Risk, part: Part) -> np.ndarray:
    """Return the chances as they would have been said: moved by what had come by each moment."""
    scores = risk.scores(part.seen.values)
    for at in np.unique(part.seen.moments):
        scores[part.seen.moments == at] += drift.moved(past, risk, int(at))
    return logistic(scores)


def once(past: Past, part: Part, *, seed: int) -> Part:
    """Return each dossier of a part once, at one random moment among those it was looked at."""
    order = np.random.default_rng(seed).permutation(len(part.late))
    place = past.spans.columns["place"][part.seen.rows[order]]
    _places, first, counts = np.unique(place, return_index=True, return_counts=True)
    kept = np.sort(order[first])
    sought = np.argsort(order[first])
    seen = Seen(part.seen.rows[kept], part.seen.moments[kept], part.seen.values[kept])
    return Part(seen, part.late[kept], part.weights[kept] * counts[sought], part.lost)


def look(
    past: Past, first: int, last: int, *, seed: int, by: int = 0, most: int = MOST_ROWS
) -> Part:
    """Return looks at one moment of each working day, at all that were open and running then.

    Only dossiers whose due time, as known at the look, lies before `by` (else `last`): whether they
    were late is then known by it, whatever became of them, and nothing later is used.
    """
    by = by or last
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
        found = found[past.spans.columns["due"][found] < by]
        rows.append(found)
        moments.append(np.full(len(found), at, dtype=np.int64))
    every = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    when = np.concatenate(moments) if moments else np.zeros(0, dtype=np.int64)
    late = lateness(past.spans, every, by)
    kept = np.flatnonzero(late >= 0)
    lost = len(late) - len(kept)
    if len(kept) > most:
        kept = np.sort(chance.choice(kept, most, replace=False))
    stands = _stands_for(when, past.spans.columns["due"][every] - when, by)[kept]
    return Part(past.see(every[kept], when[kept]), late[kept].astype(np.float64), stands, lost)


def _stands_for(moments: np.ndarray, left: np.ndarray, last: int) -> np.ndarray:
    """Return for how many looks each stands: one by the share of moments from which it is seen out.

    What has so long to go is seen to its due day only from moments that lie as long before the end.
    """
    days = np.unique(moments)
    share = np.searchsorted(days, last - left, side="right") / max(1, len(days))
    return np.asarray(1 / np.maximum(share, 1 / MOST_STANDS))


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
    weights = _weighed(np.column_stack(columns).astype(np.float64), part, bounds)
    place, found = 1, []
    for term in terms:
        adds = weights[place : place + len(term.edges)]
        unknown = float(weights[place + len(term.edges)])
        place += len(term.edges) + 1
        found.append(replace(term, adds=adds, unknown=unknown))
    return centred(Risk(float(weights[0]), found), values)


def _weighed(
    table: np.ndarray, part: Part, bounds: list[tuple[float | None, float | None]]
) -> np.ndarray:
    """Return intercept and weights of the logistic regression within the bounds."""
    late, stands = part.late, part.weights / part.weights.mean()

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = weights[0] + table @ weights[1:]
        wrong = stands * (logistic(scores) - late)
        cost = stands @ np.logaddexp(0, scores) - (stands * late) @ scores
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
    line = LogisticRegression(C=1e6, max_iter=200).fit(scores, part.late, part.weights)
    slope, move = max(0.1, float(line.coef_[0][0])), float(line.intercept_[0])
    terms = [
        replace(
            term, adds=term.adds * slope, unknown=term.unknown * slope, usual=term.usual * slope
        )
        for term in risk.terms
    ]
    line_facts = {"slope": slope, "move": move, "looks": float(len(part.late))}
    return Risk(risk.start * slope + move, terms, dict(risk.facts) | {"calibration": line_facts})


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
    said = shares[np.searchsorted(edges, test.seen.column("used"), side="left")]
    return judge(said, test.late, test.weights)


def _facts(found: Learned) -> dict[str, Any]:
    told = {} if found.held is None else {"held": found.held.as_dict()}
    return told | {
        "judged": found.judged.as_dict(),
        "unmoved": found.unmoved.as_dict(),
        "reference": found.reference.as_dict(),
    }
