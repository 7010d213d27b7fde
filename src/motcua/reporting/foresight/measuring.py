"""The province as a setting that can be simulated: who came, how long work took, how many do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from motcua.reporting.foresight import features
from motcua.reporting.foresight.folding import APPRAISE, NEVER, Spans
from motcua.reporting.foresight.hours import Hours
from motcua.reporting.simulating import DAY_MINUTES, Office, Setting, Work

MOST_WORKS, OTHERS = 12, ""
SPREAD = 0.7
NO_LIMIT = 10**6
MOST_BUSY = 0.6


@dataclass(frozen=True)
class Staff:
    """How many people did each kind of work at an agency, as the facts name them."""

    appraisers: int = 1
    heads: int = 1
    clerks: int = 1
    counters: int = 1


@dataclass(frozen=True)
class Observed:
    """What really came of an agency in the period."""

    received: int
    settled: int
    on_time: int
    open: int
    median_minutes: float

    @property
    def on_time_share(self) -> float | None:
        """On time of all settled, None of nothing."""
        return self.on_time / self.settled if self.settled else None


@dataclass(frozen=True)
class Measured:
    """Settings by agency and what was observed there; `days` working days.

    How long a dossier lies is measured and stands in the works; `offices` without it holds only how
    long the quickest took.
    """

    offices: tuple[Office, ...]
    observed: Mapping[str, Observed]
    days: int

    @property
    def setting(self) -> Setting:
        """All agencies as one setting."""
        return Setting(self.offices)


@dataclass(frozen=True)
class _Whole:
    """One line for each dossier that was accepted in the period."""

    agency: np.ndarray
    procedure: np.ndarray
    accepted: np.ndarray
    ended: np.ndarray
    due: np.ndarray
    limit: np.ndarray
    online: np.ndarray
    worked: np.ndarray
    asked: np.ndarray
    owed: np.ndarray
    paper: np.ndarray
    took: np.ndarray


def measure(
    spans: Spans, hours: Hours, staff: Mapping[str, Staff], *, first: int, last: int
) -> Measured:
    """Return the agencies as they were from first to last (seconds), as far as facts tell."""
    whole = _whole(spans, hours, last)
    days = int(hours.is_open[hours.day_of(np.array(first)) : hours.day_of(np.array(last))].sum())
    offices, observed = [], {}
    for number in np.unique(whole.agency):
        code = spans.names[int(number)]
        here = whole.agency == number
        inside = here & (whole.accepted >= first) & (whole.accepted < last)
        if not inside.any():
            continue
        waiting = here & (whole.accepted < first) & (whole.ended >= first)
        offices.append(
            _office(spans, whole, inside, code, staff.get(code, Staff()), days, int(waiting.sum()))
        )
        observed[code] = _observed(whole, here, inside, first, last)
    return Measured(tuple(offices), observed, days)


def _whole(spans: Spans, hours: Hours, last: int) -> _Whole:
    columns = spans.columns
    begin = features.first_of(columns["accepted"] > 0, columns["place"])
    place = columns["place"][begin]
    ends = features.end_of(spans)[place]
    final = np.searchsorted(columns["place"], place, side="right") - 1
    accepted, due = columns["accepted"][begin], columns["due"][begin]
    names = np.array(spans.names)
    over = np.minimum(ends, last)
    return _Whole(
        agency=spans.of("competent", begin),
        procedure=spans.of("procedure", begin),
        accepted=accepted,
        ended=ends,
        due=columns["due"][final],
        limit=np.where(due > 0, hours.between(accepted, due) // hours.day_minutes, NO_LIMIT),
        online=names[spans.of("channel", begin)] == "online",
        worked=_in_step(spans, hours, begin),
        asked=_any(spans, "opinions", begin),
        owed=_any(spans, "obligations", begin),
        paper=_any(spans, "courier_since", begin),
        took=hours.between(accepted, over),
    )


def _in_step(spans: Spans, hours: Hours, begin: np.ndarray) -> np.ndarray:
    """Return the working minutes that each dossier lay where it is appraised; nan: nobody knows."""
    stays = features.stays(spans)
    columns = spans.columns
    rows = stays[(columns["step"][stays] == APPRAISE) & (columns["accepted"][stays] > 0)]
    left = features.left_at(spans, rows)
    minutes = np.where(left < NEVER, hours.between(columns["step_since"][rows], left), 0)
    found = np.zeros(len(spans.ids))
    np.add.at(found, columns["place"][rows], minutes)
    open_ = np.unique(columns["place"][rows[left >= NEVER]])
    found[open_] = np.nan
    return np.asarray(found[columns["place"][begin]])


def _any(spans: Spans, column: str, begin: np.ndarray) -> np.ndarray:
    found = np.zeros(len(spans.ids), dtype=bool)
    found[spans.columns["place"][spans.columns[column] > 0]] = True
    return np.asarray(found[spans.columns["place"][begin]])


def _office(
    spans: Spans,
    whole: _Whole,
    inside: np.ndarray,
    code: str,
    staff: Staff,
    days: int,
    waiting: int,
) -> Office:
    kinds, counts = np.unique(whole.procedure[inside], return_counts=True)
    usual = kinds[np.argsort(-counts, kind="stable")[:MOST_WORKS]]
    works = [
        _work(whole, inside & (whole.procedure == kind), spans.names[int(kind)], days)
        for kind in usual
    ]
    rest = inside & ~np.isin(whole.procedure, usual)
    if rest.any():
        works.append(_work(whole, rest, OTHERS, days))
    paper = whole.paper[inside & ~whole.online]
    per_day = float(inside.sum()) / max(1, days)
    return Office(
        code,
        tuple(works),
        counters=staff.counters,
        appraisers=staff.appraisers,
        heads=staff.heads,
        clerks=staff.clerks,
        head_minutes=_kept_up(4.0, staff.heads, per_day),
        clerk_minutes=_kept_up(3.0, staff.clerks, per_day),
        paper=float(paper.mean()) if len(paper) else 0.0,
        waiting=waiting,
    )


def _kept_up(minutes: float, people: int, per_day: float) -> float:
    """Return how long a signature takes at most, for whoever signs kept up with the work."""
    return min(minutes, MOST_BUSY * DAY_MINUTES * max(1, people) / max(per_day, 0.01))


def _work(whole: _Whole, rows: np.ndarray, code: str, days: int) -> Work:
    limits = whole.limit[rows]
    limit = float(np.median(limits))
    worked = whole.worked[rows]
    worked = worked[~np.isnan(worked)]
    # The quickest stays are those with no queue before them: they tell how long the work takes.
    minutes = float(np.quantile(worked, 0.1)) if len(worked) else 30.0
    lies, spread = _lying(worked - minutes)
    return Work(
        code,
        rows.sum() / max(1, days),
        limit_days=None if limit >= NO_LIMIT else limit,
        minutes=float(np.clip(minutes, 5.0, 480.0)),
        spread=SPREAD,
        lies=lies,
        lies_spread=spread,
        online=float(whole.online[rows].mean()),
        asked=float(whole.asked[rows].mean()),
        owed=float(whole.owed[rows].mean()),
    )


def _lying(beyond: np.ndarray) -> tuple[float, float]:
    """Return median and spread of the time that stays last beyond the quickest."""
    if not len(beyond):
        return 0.0, SPREAD
    middle, most = (max(1.0, float(np.quantile(beyond, share))) for share in (0.5, 0.84))
    return middle, float(np.clip(np.log(most / middle), 0.2, 2.5))


def _observed(
    whole: _Whole, here: np.ndarray, inside: np.ndarray, first: int, last: int
) -> Observed:
    settled = here & (whole.ended >= first) & (whole.ended < last)
    good = settled & ((whole.due == 0) | (whole.ended <= whole.due))
    still = here & (whole.accepted < last) & (whole.ended >= last)
    return Observed(
        int(inside.sum()),
        int(settled.sum()),
        int(good.sum()),
        int(still.sum()),
        float(np.median(whole.took[settled])) if settled.any() else 0.0,
    )
