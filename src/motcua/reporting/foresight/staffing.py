"""What other staffing would change: the measured setting, lived through with and without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from motcua.reporting.foresight.measuring import Measured, Observed
from motcua.reporting.simulating import Office, Outcome, Setting, run

SEEDS = 12
FITS, FIT_SEEDS = 10, tuple(range(1, 9))  # the seeds with which is compared as well
LEAST_BURDEN, MOST_BURDEN = 0.01, 1.4
MOST_HANDS = 0.8  # of measured hands: more would not have kept up
METRICS = ("on_time", "median_days", "open", "overdue", "wait_counter", "load")


@dataclass(frozen=True)
class Change:
    """What would be done otherwise; `limit_of` and `limit_days`: a procedure's limit."""

    appraisers: int = 0
    counters: int = 0
    courier_runs: int | None = None
    open_saturday: bool | None = None
    limit_of: str = ""
    limit_days: float | None = None

    @property
    def is_none(self) -> bool:
        """Tell whether it changes nothing."""
        return self == Change()

    def applied(self, setting: Setting, *, only: Sequence[str] = ()) -> Setting:
        """Return the setting with the change made (in some agencies)."""
        changed = setting.changed(
            only=only,
            appraisers=self.appraisers,
            counters=self.counters,
            courier_runs=self.courier_runs,
            open_saturday=self.open_saturday,
        )
        if not self.limit_of or self.limit_days is None:
            return changed
        return replace(changed, offices=tuple(self._shortened(one) for one in changed.offices))

    def _shortened(self, office: Office) -> Office:
        works = tuple(
            replace(work, limit_days=self.limit_days) if work.code == self.limit_of else work
            for work in office.works
        )
        return replace(office, works=works)

    def as_dict(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return asdict(self)


@dataclass(frozen=True)
class Fitted:
    """A setting whose work takes so long that the simulation gives what was observed."""

    setting: Setting
    observed: float | None
    simulated: float | None


def fitted(measured: Measured) -> Fitted:
    """Return the setting with each agency's work as long as its share on time tells.

    How long work takes cannot be read off facts, which hold waiting and working together: it is
    stretched until the simulated share on time is the observed one.
    """
    offices = tuple(
        _fitted(office, measured.observed[office.code], measured.days)
        for office in measured.offices
    )
    setting = Setting(offices)
    simulated = _share([run(setting, days=measured.days, seed=seed) for seed in FIT_SEEDS])
    return Fitted(setting, share_of(measured.observed.values()), simulated)


def hands_only(office: Office) -> Office:
    """Return the office as if everything that is late were late for want of hands: nothing lies."""
    return replace(office, works=tuple(replace(work, lies=0.0) for work in office.works))


def as_measured(office: Office) -> Office:
    """Return the office as measured: dossiers lie as they did, opinions among it."""
    minutes = MOST_HANDS / office.burden if office.burden > MOST_HANDS else 1.0
    works = tuple(
        replace(work, asked=0.0, minutes=work.minutes * minutes) for work in office.works
    )
    return replace(office, works=works)


def share_of(many: Iterable[Observed]) -> float | None:
    """Return the share on time of several agencies together."""
    settled, good = 0, 0
    for one in many:
        settled, good = settled + one.settled, good + one.on_time
    return good / settled if settled else None


def _fitted(office: Office, observed: Observed, days: int) -> Office:
    office = hands_only(office)
    wanted = observed.on_time_share
    if wanted is None or not office.burden:
        return office
    low, high = LEAST_BURDEN / office.burden, MOST_BURDEN / office.burden
    best, nearest = office, 9.0
    for _step in range(FITS):
        middle = float(np.sqrt(low * high))
        tried = stretched(office, middle)
        share = _share([run(Setting((tried,)), days=days, seed=seed) for seed in FIT_SEEDS])
        if share is None:
            break
        if abs(share - wanted) < nearest:
            best, nearest = tried, abs(share - wanted)
        low, high = (middle, high) if share > wanted else (low, middle)
    return best


@dataclass(frozen=True)
class Foretold:
    """An agency's later days as its earlier ones foretell them, beside what came; days: working."""

    code: str
    received: int
    on_time: float | None
    observed: float | None
    median_days: float
    observed_days: float

    def as_dict(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return asdict(self)


def foretold(earlier: Measured, later: Measured) -> list[Foretold]:
    """Return later days lived with how dossiers lay on the earlier ones, who came then as it was.

    Nothing of how the later days ended is used: an independent check.
    """
    known = {office.code: office for office in earlier.offices}
    found = []
    for office in later.offices:
        if office.code not in known:
            continue
        lived = _as_before(office, known[office.code])
        outcomes = [run(Setting((lived,)), days=later.days, seed=seed) for seed in FIT_SEEDS]
        came = later.observed[office.code]
        found.append(
            Foretold(
                office.code, came.received, _share(outcomes), came.on_time_share,
                float(np.mean([one.median_minutes for one in outcomes])) / 480.0,
                came.median_minutes / 480.0,
            )
        )  # fmt: skip
    return found


def _as_before(office: Office, before: Office) -> Office:
    """Return an office whose works take and lie as long as they did before."""
    known = {work.code: work for work in before.works}
    works = tuple(
        replace(work, minutes=old.minutes, lies=old.lies, lies_spread=old.lies_spread)
        for work in office.works
        for old in (known.get(work.code, before.works[-1]),)
    )
    return as_measured(replace(office, works=works))


def stretched(office: Office, factor: float) -> Office:
    """Return the office with all of its work taking so many times as long."""
    works = tuple(replace(work, minutes=work.minutes * factor) for work in office.works)
    return replace(office, works=works)


def _share(outcomes: Sequence[Outcome]) -> float | None:
    settled = sum(one.settled for one in outcomes)
    return sum(one.on_time for one in outcomes) / settled if settled else None


@dataclass(frozen=True)
class Band:
    """A number over several seeds: the middle, and between which eight of ten lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """Base and variant over the same seeds: both, and what differs seed by seed."""

    base: Mapping[str, Band]
    variant: Mapping[str, Band]
    difference: Mapping[str, Band]
    seeds: int
    days: int

    def as_dict(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return asdict(self)


def compare(
    setting: Setting, change: Change, *, days: int, only: Sequence[str] = (), seeds: int = SEEDS
) -> Compared:
    """Return what a change does: both settings live through the same people, seed by seed."""
    other = change.applied(setting, only=only)
    base = [metrics_of(run(setting, days=days, seed=seed)) for seed in range(1, seeds + 1)]
    new = [metrics_of(run(other, days=days, seed=seed)) for seed in range(1, seeds + 1)]
    return Compared(
        {name: _band([one[name] for one in base]) for name in METRICS},
        {name: _band([one[name] for one in new]) for name in METRICS},
        {
            name: _band([b[name] - a[name] for a, b in zip(base, new, strict=True)])
            for name in METRICS
        },
        seeds,
        days,
    )


def metrics_of(outcome: Outcome) -> dict[str, float]:
    """Return what is told of an outcome: per cent, days, dossiers, minutes."""
    return {
        "on_time": 100.0 * (outcome.on_time_share or 0.0),
        "median_days": outcome.median_minutes / 480.0,
        "open": float(outcome.open),
        "overdue": float(outcome.overdue),
        "wait_counter": outcome.wait_counter,
        "load": 100.0 * outcome.load,
    }


def _band(values: Sequence[float]) -> Band:
    low, high = np.quantile(values, [0.1, 0.9])
    return Band(round(float(np.mean(values)), 3), round(float(low), 3), round(float(high), 3))
