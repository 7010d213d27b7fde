"""Dossiers of one office on their way: counter, courier, appraiser, head, clerk."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motcua.reporting.simulating import arrivals
from motcua.reporting.simulating.arrivals import Arrivals
from motcua.reporting.simulating.queues import Minutes, absences, carried, serve
from motcua.reporting.simulating.setting import DAY_MINUTES, Office, Setting

_CUT_OFF = 0.75 * DAY_MINUTES
_ONLINE_CHECK = 6.0
FOREVER = 1e12


@dataclass(frozen=True)
class Flow:
    """When each dossier of an office came, was accepted, was due and ended (working minutes).

    waited: of visitors only. stood: the time for which the clock stood still.
    """

    kind: NDArray[np.int64]
    accepted: Minutes
    ended: Minutes
    due: Minutes
    stood: Minutes
    waited: Minutes
    worked: float
    appraisers: int


# What is drawn for a dossier is drawn apart from everything else and in the order of its number, so
# that a variant changes nothing but what it changes.
_DRAWN = (
    "arrivals", "online", "counter", "saturday", "paper", "effort", "absences", "asked", "owed",
    "head", "clerk", "lies",
)  # fmt: skip


def through(random: np.random.Generator, office: Office, *, days: int, setting: Setting) -> Flow:
    """Let an office live through so many working days."""
    own = dict(zip(_DRAWN, random.spawn(len(_DRAWN)), strict=True))
    arrived = arrivals.of_office(own["arrivals"], office, days=days, setting=setting)
    came, kind, number, works = arrived.at, arrived.kind, arrived.number, office.works
    count = len(came)
    is_new = number >= office.waiting
    is_online = own["online"].random(count)[number] < np.asarray([w.online for w in works])[kind]
    takes = np.where(
        is_online, _ONLINE_CHECK, _times(own["counter"], number, office.counter_minutes, 0.5)
    )
    accepted, waits = _counter(own["saturday"], arrived, takes, is_new=is_new, office=office)
    by_courier = ~is_online & is_new & (own["paper"].random(count)[number] < office.paper)
    there = np.where(by_courier, carried(accepted, runs=office.courier_runs), accepted)
    minutes = np.asarray([w.minutes for w in works])[kind]
    effort = _times(own["effort"], number, minutes, np.asarray([w.spread for w in works])[kind])
    away = absences(own["absences"], people=office.appraisers, days=days, share=office.absence)
    looked = serve(there, effort, servers=office.appraisers, away=away)
    asked = _waits(own["asked"], number, kind, [(w.asked, w.asked_days) for w in works])
    stood = _waits(own["owed"], number, kind, [(w.owed, w.owed_days) for w in works])
    head = _times(own["head"], number, max(office.head_minutes, 0.1), 0.5)
    lies = np.asarray([w.lies for w in works])[kind]
    lain = _times(own["lies"], number, lies, np.asarray([w.lies_spread for w in works])[kind])
    signed = serve(looked.done + asked + stood + lain, head, servers=office.heads).done
    clerk = _times(own["clerk"], number, max(office.clerk_minutes, 0.1), 0.5)
    return Flow(
        kind=kind,
        accepted=accepted,
        ended=serve(signed, clerk, servers=office.clerks).done,
        due=due_of(accepted, np.asarray([_limit(w.limit_days) for w in works])[kind]) + stood,
        stood=stood,
        waited=waits[~is_online & is_new],
        worked=float(effort[looked.done < days * DAY_MINUTES].sum()),
        appraisers=office.appraisers,
    )


def _times(
    random: np.random.Generator,
    number: NDArray[np.int64],
    median: Minutes | float,
    spread: Minutes | float,
) -> Minutes:
    """Return how long each takes: its own luck, however many others come before it."""
    luck = random.standard_normal(len(number))[number]
    return np.asarray(median * np.exp(spread * luck), dtype=np.float64)


def _counter(
    random: np.random.Generator,
    arrived: Arrivals,
    takes: Minutes,
    *,
    is_new: NDArray[np.bool_],
    office: Office,
) -> tuple[Minutes, Minutes]:
    """Return when each is accepted and how long it waited; Saturdays have a morning of their own."""
    accepted, waits = arrived.at.copy(), np.zeros(len(arrived.at))
    weekday, saturday = is_new & ~arrived.is_saturday, is_new & arrived.is_saturday
    called = serve(arrived.at[weekday], takes[weekday], servers=office.counters)
    accepted[weekday], waits[weekday] = called.done, called.begun - arrived.at[weekday]
    if saturday.any():
        mornings = (arrived.at[saturday] // DAY_MINUTES // 5) * DAY_MINUTES
        came = np.sort(mornings + arrivals.hours(random, int(saturday.sum())) / 2)
        waits[saturday] = serve(came, takes[saturday], servers=office.counters).begun - came
    return accepted, waits


def due_of(accepted: Minutes, limit_days: Minutes) -> Minutes:
    """Return when dossiers are due: at the end of the last day; the same day before the cut-off."""
    day, within = np.divmod(accepted, DAY_MINUTES)
    same = np.where(limit_days == 0, (within > _CUT_OFF).astype(np.float64), limit_days)
    return np.asarray((day + np.ceil(same) + 1) * DAY_MINUTES, dtype=np.float64)


def _limit(days: float | None) -> float:
    return FOREVER / DAY_MINUTES if days is None else days


def _waits(
    random: np.random.Generator,
    number: NDArray[np.int64],
    kind: NDArray[np.int64],
    parts: list[tuple[float, float]],
) -> Minutes:
    """Return how long each waits for somebody else: most not at all."""
    share = np.asarray([part for part, _days in parts])[kind]
    days = np.asarray([length for _part, length in parts])[kind]
    waits = random.gamma(3.0, 1 / 3.0, len(kind))[number] * days * DAY_MINUTES
    does = random.random(len(kind))[number] < share
    return np.asarray(np.where(does, waits, 0.0), dtype=np.float64)
