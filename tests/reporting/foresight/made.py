"""A made quarter of a small province as facts: desks with queues, of which some fall behind."""

import heapq
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

import numpy as np

from motcua.kernel.worktime import VIETNAM, Limit, Unit, WorkCalendar, due
from motcua.reporting.foresight.folding import Fact, Fold, Spans
from motcua.reporting.foresight.hours import Hours, seconds
from tests.kernel.worktime_cast import shipped

FIRST, DAYS = date(2025, 7, 1), 92
LAST = FIRST + timedelta(days=DAYS)
LIMITS = {"1.000001": 3, "1.000002": 5, "1.000003": 10, "1.000004": 15}
SPEED = {"H32.01": 1.3, "H32.02": 1.2, "H32.61": 1.5, "H32.62": 1.35}
SPELL = 8 * 86_400  # every fourth spell a desk is at a third of its pace


@dataclass(frozen=True)
class Made:
    """The facts in order of their streams, their spans, and the hours of the desks."""

    facts: tuple[Fact, ...]
    spans: Spans
    hours: Hours


@cache
def calendar() -> WorkCalendar:
    return shipped()


@cache
def hours() -> Hours:
    return Hours(calendar(), date(2025, 5, 1), date(2025, 12, 31))


@cache
def quarter(count: int = 6000, seed: int = 1) -> Made:
    facts = tuple(_facts(count, seed))
    return Made(facts, Fold().take(facts).spans(), hours())


def start() -> int:
    return seconds(datetime.combine(FIRST, datetime.min.time(), VIETNAM))


def end() -> int:
    return seconds(datetime.combine(LAST, datetime.min.time(), VIETNAM))


def before(facts: tuple[Fact, ...], moment: int) -> list[Fact]:
    return [fact for fact in facts if fact[2] <= moment]


def no_tet() -> np.ndarray:
    return np.zeros(0, dtype=np.int64)


def _facts(count: int, seed: int) -> list[Fact]:
    chance = Random(seed)  # noqa: S311  the same quarter every time
    arrivals = sorted(
        (_moment_in(chance), chance.choice(list(SPEED)), chance.choice(list(LIMITS)))
        for _number in range(count)
    )
    free = {agency: [start()] * 3 for agency in SPEED}
    found: list[Fact] = []
    for key, (at, agency, procedure) in enumerate(arrivals, 1):
        found += _story(chance, key, at, agency, procedure, free[agency], count)
    return found


def _moment_in(chance: Random) -> int:
    while True:
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        if calendar().is_working_day(day):
            at = datetime.combine(day, datetime.min.time(), VIETNAM)
            return seconds(at) + chance.randrange(7 * 3600, 16 * 3600)


def _story(chance, key, at, agency, procedure, free, count) -> list[Fact]:
    work = calendar()
    local = datetime.fromtimestamp(at, tz=VIETNAM)
    due_at = due(work, local, Limit(LIMITS[procedure], Unit.WORKING_DAY))
    online = chance.random() < 0.5
    facts: list[Fact] = [
        (key, "dossier.filed", at, {
            "procedure": procedure, "field": procedure[-1], "receiving": agency + ".01",
            "competent": agency, "channel": "online" if online else "counter"}),
        (key, "dossier.accepted", at, {"due_at": due_at.isoformat()}),
    ]  # fmt: skip
    begin = max(heapq.heappop(free), at)
    mean = 3 * 66 * 480 / (count / len(SPEED)) * 0.97 / SPEED[agency]
    if ((begin - start()) // SPELL + len(agency) * ord(agency[-1])) % 4 == 0:
        mean *= 3
    minutes = chance.expovariate(1 / mean)
    done = seconds(work.add_working_minutes(datetime.fromtimestamp(begin, tz=VIETNAM), minutes))
    heapq.heappush(free, done)
    if chance.random() < 0.04:
        asked = at + (done - at) // 2
        facts.append((key, "dossier.supplement_requested", asked, {}))
        done = max(done, asked + 3 * 86_400)
        again = due(work, datetime.fromtimestamp(done, tz=VIETNAM), Limit(2, Unit.WORKING_DAY))
        facts.append((key, "dossier.supplement_answered", done, {"due_at": again.isoformat()}))
        done += 6 * 3600
    last = done + chance.randrange(1, 7 * 3600)
    facts.append((key, "dossier.step_done", done, {"next_step": "approve"}))
    facts.append((key, "dossier.approved", (done + last) // 2, {}))
    facts.append((key, "dossier.result_issued", last, {}))
    return [fact for fact in facts if fact[2] < end()]
