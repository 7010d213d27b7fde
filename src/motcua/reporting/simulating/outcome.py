"""What came of a simulation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from motcua.reporting.simulating.flow import Flow
from motcua.reporting.simulating.setting import DAY_MINUTES


@dataclass(frozen=True)
class Outcome:
    """Counts and times of one setting; minutes are working minutes, 480 a day.

    settled = on_time + late; overdue: not settled though the day has passed. median_minutes,
    p90_minutes: from acceptance to the result, without waiting for the applicant's payment.
    wait_counter, wait_counter_p90: minutes until a visitor is called. load: how busy appraisers are.
    """

    received: int
    settled: int
    on_time: int
    late: int
    open: int
    overdue: int
    median_minutes: float
    p90_minutes: float
    wait_counter: float
    wait_counter_p90: float
    load: float
    stock_by_day: tuple[int, ...]

    @property
    def on_time_share(self) -> float | None:
        """On time of all settled, None where nothing was settled."""
        return self.on_time / self.settled if self.settled else None


def outcome_of(flows: Sequence[Flow], *, days: int) -> Outcome:
    """Return what came of these flows in so many days."""
    if not flows or not sum(len(flow.accepted) for flow in flows):
        return Outcome(0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, (0,) * days)
    accepted = np.concatenate([flow.accepted for flow in flows])
    ended = np.concatenate([flow.ended for flow in flows])
    due = np.concatenate([flow.due for flow in flows])
    took = np.concatenate([flow.ended - flow.accepted - flow.stood for flow in flows])
    waits = np.concatenate([flow.waited for flow in flows])
    end = days * DAY_MINUTES
    received, settled = accepted < end, ended < end
    late = settled & (ended > due)
    closes = (np.arange(days) + 1) * DAY_MINUTES
    came = np.searchsorted(np.sort(accepted), closes)
    went = np.searchsorted(np.sort(ended), closes)
    return Outcome(
        received=int(received.sum()),
        settled=int(settled.sum()),
        on_time=int(settled.sum() - late.sum()),
        late=int(late.sum()),
        open=int((received & ~settled).sum()),
        overdue=int((received & ~settled & (due < end)).sum()),
        median_minutes=_part(took[settled], 50),
        p90_minutes=_part(took[settled], 90),
        wait_counter=_part(waits, 50),
        wait_counter_p90=_part(waits, 90),
        load=sum(f.worked for f in flows) / (sum(f.appraisers for f in flows) * end),
        stock_by_day=tuple(int(n) for n in came - went),
    )


def _part(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], share: int) -> float:
    return round(float(np.percentile(values, share)), 1) if len(values) else 0.0
