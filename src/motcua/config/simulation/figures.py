"""Choosing exactly as many settled, late and digitised dossiers as were published, by their causes."""

import zlib

import numpy as np

from motcua.config.simulation import volumes
from motcua.config.simulation.plan import COMMUNE, ONLINE, PROVINCE, Flags, Floats, Places, Plan
from motcua.config.simulation.published import Level, Targets
from motcua.config.simulation.timing import Timing
from motcua.config.simulation.volumes import LATE_BY, Fate
from motcua.config.simulation.world import World
from motcua.kernel.refused import Refused
from motcua.reporting.simulating.queues import serve
from motcua.reporting.simulating.setting import DAY_MINUTES

Random = np.random.Generator
SPARE = 25.0


class TooFew(Refused):
    """So small a world cannot show the published proportions."""


def give_out(world: World, plan: Plan, random: Random) -> None:
    """Give every dossier to an appraiser of its agency: to whoever is free first."""
    effort = np.maximum(6.0, np.minimum(plan.legal * 0.05, 90.0)) * random.lognormal(
        0, 0.5, len(plan)
    )
    for agency_id in world.in_order(np.unique(plan.competent).tolist()):
        mine = np.flatnonzero(plan.competent == agency_id)
        away = world.days_away(agency_id, "appraiser")
        plan.officer[mine] = serve(
            plan.base[mine], effort[mine], servers=max(1, len(away)), away=away
        ).who
        off = np.zeros((max(1, len(away)), len(world.days) + 1))
        for officer, days in enumerate(away):
            off[officer, 1:] = np.cumsum([day in days for day in range(len(world.days))])
        begins, ends = (_day(one[mine], off.shape[1]) for one in (plan.base, plan.due))
        plan.is_away[mine] = off[plan.officer[mine], ends] > off[plan.officer[mine], begins]


def _day(minutes: Floats, days: int) -> Places:
    return np.clip(minutes // DAY_MINUTES, 0, days - 1).astype(np.int64)


def settle(world: World, timing: Timing, plan: Plan, targets: Targets, random: Random) -> None:
    """Choose what is settled and what is late, and let everything end accordingly."""
    fate, total = plan.fate, timing.total
    least = _least(plan)
    silent = fate == Fate.SILENT
    plan.end[silent] = (timing.closing(plan.asked) + 10 + 200 * random.random(len(plan)))[silent]
    by_itself = silent | (fate == Fate.WITHDRAWN)
    plan.end[fate == Fate.WITHDRAWN] = plan.asked[fate == Fate.WITHDRAWN]
    plan.end[by_itself & (plan.end >= total - 2) & (plan.end < total + 20)] = total + 20
    plan.asked[fate == Fate.WITHDRAWN] = plan.end[fate == Fate.WITHDRAWN]
    plan.is_settled[:] = plan.is_received & by_itself & (plan.end < total - 2)
    pace = (total - least) / np.maximum(plan.legal, 240.0)
    score = np.log(np.maximum(pace, 1e-3)) + random.normal(0, 0.4, len(plan))
    can_settle = plan.is_received & ~by_itself & (least + SPARE < total)
    must_be_late = least + 6 >= plan.due
    can_settle &= ~must_be_late | (plan.due + SPARE < total)
    lateness = _lateness(world, timing, plan, random)
    for level, wanted in ((PROVINCE, targets.province), (COMMUNE, targets.commune)):
        mine = plan.level == level
        more = wanted.settled - int((plan.is_settled & mine).sum())
        plan.is_settled[_top(score, can_settle & mine, more)] = True
        can_be_late = mine & plan.is_settled & can_settle & (plan.due + SPARE < total)
        forced = can_be_late & must_be_late
        plan.is_late[forced] = True
        plan.is_late[_top(lateness, can_be_late & ~forced, wanted.late - int(forced.sum()))] = True
    _end(timing, plan, least, by_itself, random)


def _top(score: Floats, can: Flags, count: int) -> Places:
    """Return the places of the `count` highest scores among those that can."""
    places = np.flatnonzero(can)
    if count < 0 or count > len(places):
        raise TooFew("thế giới nhỏ quá hoặc danh mục ít quá để giữ đúng tỷ lệ đã công bố")
    if count == 0:
        return places[:0]
    return places[np.argpartition(-score[places], count - 1)[:count]]


def _least(plan: Plan) -> Floats:
    """Return before when a dossier cannot be settled: papers, payment and opinions first."""
    least = np.maximum(plan.base, plan.there) + np.clip(plan.legal * 0.05, 8, 240)
    waits = np.isin(plan.fate, (Fate.PAYING, Fate.CONSULTED))
    after = plan.asked + plan.waited + 40
    least = np.where(waits, np.maximum(least, after), least)
    return np.where(plan.fate == Fate.EXTENDED, np.maximum(least, plan.asked + 30), least)


def _lateness(world: World, timing: Timing, plan: Plan, random: Random) -> Floats:
    """Return how likely each is to be late: short-staffed offices, Mondays, opinions, taxes …"""
    ids, office = np.unique(plan.competent, return_inverse=True)
    codes = [world.by_id[agency_id].code for agency_id in ids.tolist()]
    short = [volumes.SHORT_STAFFED.get(code, 0.5 * _steady(code)) for code in codes]
    marks = np.asarray([zlib.crc32(code.encode()) % 1000 for code in codes])[office]
    procedures = np.asarray([_steady(offer.code) for offer in world.offers])
    weekday = np.asarray([day.weekday() for day in timing.days])
    day = np.minimum((plan.accepted // DAY_MINUTES).astype(np.int64), len(weekday) - 1)
    hands = (marks * 7919 + plan.officer.astype(np.int64) * 104_729) % 1000 / 500 - 1
    courier = (plan.slip >= 0) & (plan.there - plan.accepted > DAY_MINUTES)
    score = np.asarray(short)[office] + LATE_BY["procedure"] * procedures[plan.offer]
    score += LATE_BY["officer"] * hands + LATE_BY["monday"] * (weekday[day] == 0)
    score += LATE_BY["courier"] * courier + LATE_BY["consulted"] * (plan.fate == Fate.CONSULTED)
    score += LATE_BY["owing"] * (plan.fate == Fate.PAYING)
    score += LATE_BY["supplement"] * (plan.fate == Fate.SUPPLEMENT)
    score += LATE_BY["sent_back"] * (plan.fate == Fate.SENT_BACK) + LATE_BY["away"] * plan.is_away
    score += 0.4 * np.minimum(np.log1p(plan.legal / DAY_MINUTES), 2.5)
    return np.asarray(score + random.logistic(0, LATE_BY["chance"], len(plan)), dtype=np.float64)


def _steady(text: str) -> float:
    """Return a number between -1 and 1 that belongs to a text."""
    return zlib.crc32(text.encode()) % 2001 / 1000 - 1


def _end(timing: Timing, plan: Plan, least: Floats, by_itself: Flags, random: Random) -> None:
    """Let on-time ones end before they are due, late ones after, open ones after the quarter."""
    total = timing.total
    dice = random.beta(2.0, 1.8, len(plan))
    latest = np.minimum(plan.due, total) - 4
    in_time = least + dice * np.maximum(latest - least, 0.0)
    over = random.lognormal(np.log(1.1 * DAY_MINUTES), 0.9, len(plan))
    late = (
        plan.due + 6 + np.minimum(over, np.maximum(total - 8 - plan.due, 2) * (0.3 + 0.7 * dice))
    )
    after = np.maximum(total + 30, least + 30)
    slow = random.exponential(3.0 * DAY_MINUTES, len(plan))
    rest = np.clip(plan.due - after - 5, 10.0, 30.0 * DAY_MINUTES)
    goes_on = np.where(plan.due > after + 60, after + dice * rest, after + slow)
    chosen = np.where(plan.is_settled, np.where(plan.is_late, late, in_time), goes_on)
    plan.end[:] = np.where(by_itself, plan.end, chosen)


def digitise(plan: Plan, targets: Targets, random: Random) -> None:
    """Choose whose papers are scanned or taken from the store, so that the share is as published."""
    at_counter = np.flatnonzero(plan.is_received & (plan.channel != ONLINE))
    online = int((plan.is_received & (plan.channel == ONLINE)).sum())
    more = targets.digitised - online
    if not 0 <= more <= len(at_counter):
        raise TooFew("thế giới nhỏ quá để giữ đúng tỷ lệ số hóa đã công bố")
    chosen = random.permutation(at_counter)[:more]
    reused = int(more * volumes.STORE_SHARE / 0.2)
    plan.is_reused[chosen[:reused]] = True
    plan.is_scanned[chosen[reused:]] = True
    plan.is_stamped[:] = random.random(len(plan)) < volumes.E_RESULT


def check(plan: Plan, targets: Targets) -> None:
    """Say when the plan is not what was wanted.

    Raises ValueError: a programmer's mistake, never the reader's.
    """
    for level, wanted in ((PROVINCE, targets.province), (COMMUNE, targets.commune)):
        mine = plan.is_received & (plan.level == level)
        found = Level(
            int(mine.sum()), int((mine & plan.is_settled).sum()), int((mine & plan.is_late).sum())
        )
        if found != wanted:
            raise ValueError(f"planned {found}, wanted {wanted}")
