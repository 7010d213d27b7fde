"""What is simulated: offices with their people, what comes to them, and how long it takes."""

from collections.abc import Collection
from dataclasses import dataclass, replace

DAY_MINUTES = 480
WEEKDAYS = (1.25, 1.10, 1.00, 1.00, 0.95)
SATURDAY = 0.10


@dataclass(frozen=True)
class Work:
    """One kind of dossier: how many come, by when they are due, how long they take.

    per_day: arrivals on an average working day. limit_days: working days, 0 the same day, None: no
    limit. minutes, spread: median of the appraiser's work and the deviation of its logarithm.
    online: share filed online. asked: share for which other agencies are asked, who take asked_days.
    owed: share that waits owed_days for tax or fees, in which the clock stands still. lies,
    lies_spread: median of the time for which it lies with nobody at work on it, however many people
    there are, and the deviation of its logarithm.
    """

    code: str
    per_day: float
    limit_days: float | None = 5.0
    minutes: float = 30.0
    spread: float = 0.6
    online: float = 0.4
    asked: float = 0.0
    asked_days: float = 3.0
    owed: float = 0.0
    owed_days: float = 5.0
    lies: float = 0.0
    lies_spread: float = 0.7


@dataclass(frozen=True)
class Office:
    """One competent agency with its counter, its people, and how papers come to it.

    paper: share of the counter's dossiers that wait for the courier. absence: share of an officer's
    days away. waiting: dossiers that lie there when the simulation begins.
    """

    code: str
    works: tuple[Work, ...]
    level: str = "commune"
    counters: int = 2
    appraisers: int = 2
    heads: int = 1
    clerks: int = 1
    courier_runs: int = 2
    open_saturday: bool = False
    counter_minutes: float = 11.0
    head_minutes: float = 4.0
    clerk_minutes: float = 3.0
    paper: float = 0.55
    absence: float = 0.04
    waiting: int = 0

    @property
    def per_day(self) -> float:
        """Arrivals on an average working day."""
        return sum(work.per_day for work in self.works)

    @property
    def burden(self) -> float:
        """Share of the appraisers' time that the arrivals need; above 1 the stock grows."""
        mean = sum(w.per_day * w.minutes * _mean_of(w.spread) for w in self.works)
        return mean / (max(1, self.appraisers) * DAY_MINUTES * (1 - self.absence))


@dataclass(frozen=True)
class Setting:
    """Offices, and how arrivals spread over the week (Monday to Friday, around 1).

    saturday: share of a week's visitors who come on Saturday where the counter is open then.
    """

    offices: tuple[Office, ...]
    weekdays: tuple[float, ...] = WEEKDAYS
    saturday: float = SATURDAY

    def changed(
        self,
        *,
        only: Collection[str] = (),
        appraisers: int = 0,
        counters: int = 0,
        courier_runs: int | None = None,
        open_saturday: bool | None = None,
    ) -> "Setting":
        """Return the setting with so many more people, other couriers or other hours.

        only: codes of the offices that change; none means all.
        """
        offices = tuple(
            replace(
                one,
                appraisers=max(1, one.appraisers + appraisers),
                counters=max(1, one.counters + counters),
                courier_runs=one.courier_runs if courier_runs is None else courier_runs,
                open_saturday=one.open_saturday if open_saturday is None else open_saturday,
            )
            if not only or one.code in only
            else one
            for one in self.offices
        )
        return replace(self, offices=offices)


def _mean_of(spread: float) -> float:
    """How much the mean of a lognormal time lies above its median."""
    return float(2.718281828459045 ** (spread * spread / 2))
