"""Who files what, where, when and with which fate."""

from collections.abc import Sequence

import numpy as np

from motcua.config.simulation import saturdays, volumes
from motcua.config.simulation.plan import (
    COMMUNE,
    COUNTER,
    ONLINE,
    POST,
    PROVINCE,
    Floats,
    Ints,
    Plan,
)
from motcua.config.simulation.published import Targets
from motcua.config.simulation.timing import Timing
from motcua.config.simulation.volumes import Fate
from motcua.config.simulation.world import Offer, World, working_days
from motcua.directory.data import build
from motcua.dossiers.rules import guards
from motcua.reporting.simulating import arrivals
from motcua.reporting.simulating.queues import serve
from motcua.reporting.simulating.setting import DAY_MINUTES

Random = np.random.Generator
PROVINCE_CENTRE = "H32.01.01"


def draw(world: World, timing: Timing, targets: Targets, random: Random, *, people: int) -> Plan:
    """Return a plan in which everything is decided but what is settled and late."""
    aside = [
        round(one.received * volumes.NOT_ACCEPTED) for one in (targets.province, targets.commune)
    ]
    plan = Plan.blank(targets.received + sum(aside))
    plan.level[:] = np.repeat(
        [PROVINCE, COMMUNE, PROVINCE, COMMUNE],
        [targets.province.received, targets.commune.received, *aside],
    )
    plan.is_received[: targets.received] = True
    plan.person[:] = random.integers(0, people, len(plan))
    _ask(world, plan, random)
    _place(world, plan, random)
    _come(world, timing, plan, random)
    _limit(world, timing, plan, random)
    return plan


def level_of(world: World, offer: Offer) -> int:
    """Return at which level a procedure is settled here."""
    if offer.target in (build.COMMITTEE, build.POLICE):
        return COMMUNE
    if offer.target == build.BRANCH:
        return PROVINCE
    return PROVINCE if world.cards[offer.target].level == "province" else COMMUNE


def _ask(world: World, plan: Plan, random: Random) -> None:
    """Decide procedure, case and channel."""
    levels = np.asarray([level_of(world, offer) for offer in world.offers])
    weights = np.asarray([_weight(offer) for offer in world.offers])
    for level in (PROVINCE, COMMUNE):
        shares = np.where(levels == level, weights, 0.0)
        mine = np.flatnonzero(plan.level == level)
        plan.offer[mine] = random.choice(len(shares), len(mine), p=shares / shares.sum())
    cases = np.asarray([len(offer.cases) for offer in world.offers])[plan.offer]
    plan.case[:] = (cases * random.random(len(plan)) ** 1.5).astype(np.int32)
    online = np.asarray([_channel_share(offer) for offer in world.offers])[plan.offer]
    dice = random.random(len(plan))
    plan.channel[:] = np.where(
        dice < online, ONLINE, np.where(dice > 1 - volumes.POST, POST, COUNTER)
    )


def _weight(offer: Offer) -> float:
    """People ask for what the catalogue says; what takes long is asked for as much as it is."""
    days = working_days(offer.limit("counter", offer.cases[0]))
    return offer.weight * (0.55 + min(days, 30.0) / 12)


def _channel_share(offer: Offer) -> float:
    if "online" not in offer.channels:
        return 0.0
    return volumes.ONLINE * 1.08 if offer.channels - {"online"} else 1.0


def _place(world: World, plan: Plan, random: Random) -> None:
    """Decide where the person lives, who is competent and who receives."""
    busy = np.asarray([volumes.BUSY.get(code, volumes.ELSEWHERE) for code in world.places])
    plan.place[:] = random.choice(len(busy), len(plan), p=busy / busy.sum())
    for number, offer in enumerate(world.offers):
        mine = np.flatnonzero(plan.offer == number)
        found = [world.cards[build.code_of(offer.target, code)].id for code in world.places]
        plan.competent[mine] = np.asarray(found, dtype=np.int32)[plan.place[mine]]
    centres = _ids(world, [build.code_of(build.CENTRE, code) for code in world.places])
    other = random.random(len(plan)) < volumes.OTHER_COUNTER
    elsewhere = centres[random.choice(len(busy), len(plan), p=busy / busy.sum())]
    near = np.where(other, elsewhere, centres[plan.place])
    is_land = np.asarray([o.target == build.BRANCH for o in world.offers])[plan.offer]
    to_near = other | (is_land & (random.random(len(plan)) < volumes.LOCAL_LAND))
    central = world.cards[PROVINCE_CENTRE].id
    plan.receiving[:] = np.where(
        plan.level == PROVINCE, np.where(to_near, centres[plan.place], central), near
    )
    plan.is_local[:] = _local(world, plan)


def _ids(world: World, codes: Sequence[str]) -> Ints:
    return np.asarray([world.cards[code].id for code in codes], dtype=np.int32)


def _local(world: World, plan: Plan) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Tell for each whether its clock starts as it is accepted (the rule of intake)."""
    by_id = world.by_id
    pairs = plan.receiving.astype(np.int64) << 32 | plan.competent
    known, back = np.unique(pairs, return_inverse=True)
    found = []
    for pair in known.tolist():
        receiving, competent = by_id[pair >> 32], by_id[pair & 0xFFFFFFFF]
        same = receiving.id == competent.id or (
            receiving.level == competent.level == "province" and not competent.place_code
        )
        found.append(
            guards.starts_on_acceptance(
                receiving_place=receiving.place_code,
                competent_place=competent.place_code,
                same_chain=same,
            )
        )
    return np.asarray(found, dtype=np.bool_)[back]


def _come(world: World, timing: Timing, plan: Plan, random: Random) -> None:
    """Decide when: the day by weekday and month, the counter by its queue."""
    weekday = np.asarray([day.weekday() for day in world.days])
    low, high = volumes.RAMP
    ramp = low + (high - low) * np.arange(len(world.days)) / max(1, len(world.days) - 1)
    week = np.resize(np.asarray((1.25, 1.1, 1.0, 1.0, 0.95)), 7)
    counter, online = week[weekday] * ramp, np.asarray(volumes.ONLINE_WEEKDAYS)[weekday] * ramp
    days = np.where(
        plan.channel == ONLINE,
        random.choice(len(ramp), len(plan), p=online / online.sum()),
        random.choice(len(ramp), len(plan), p=counter / counter.sum()),
    )
    hours = np.where(
        plan.channel == ONLINE,
        8 + random.random(len(plan)) * 464,
        arrivals.hours(random, len(plan)),
    )
    plan.accepted[:] = days * DAY_MINUTES + hours
    saturdays.come(world, timing, plan, random)
    _queue(world, plan, random)
    np.clip(plan.accepted, 12, timing.total - 3 - 40 * random.random(len(plan)), out=plan.accepted)
    took = random.uniform(2.5, 8, len(plan))
    delay = np.where(
        random.random(len(plan)) < 0.95, random.uniform(20, 420, len(plan)),
        random.uniform(500, 1100, len(plan)),
    )  # fmt: skip
    plan.filed[:] = plan.accepted - np.where(plan.channel == ONLINE, delay, took)
    late = plan.filed < 1
    plan.filed[late] = plan.accepted[late] * random.uniform(0.1, 0.8, int(late.sum()))


def _queue(world: World, plan: Plan, random: Random) -> None:
    """Let visitors wait at their counters; whoever has the shortest turn takes the next."""
    minutes = random.lognormal(np.log(7.5), 0.45, len(plan))
    for agency_id in world.in_order(np.unique(plan.receiving).tolist()):
        away = world.days_away(agency_id, "receptionist")
        people = max(1, len(away))
        here = np.flatnonzero(plan.receiving == agency_id)
        saturdays.queue(plan, agency_id, minutes, people=people)
        desks = here[(plan.channel[here] != ONLINE) & (plan.saturday[here] == 0)]
        served = serve(plan.accepted[desks], minutes[desks], servers=people, away=away)
        plan.accepted[desks], plan.clerk[desks] = served.done, served.who
        screens = here[plan.channel[here] == ONLINE]
        plan.clerk[screens] = random.integers(0, people, len(screens))


def _limit(world: World, timing: Timing, plan: Plan, random: Random) -> None:
    """Decide the fate, and with it when the clock starts and by when it is due."""
    started = plan.accepted + np.where(plan.is_local, 0.0, random.uniform(60, 300, len(plan)))
    plan.started[:] = started
    _each_limit(world, timing, plan, started)
    plan.legal[:] = np.minimum(plan.due - started, 40.0 * DAY_MINUTES)
    _fate(world, plan, random)
    legal, fate = plan.legal, plan.fate
    part = np.select(
        [fate == Fate.EXTENDED, fate == Fate.CONSULTED, fate == Fate.WITHDRAWN, fate == Fate.PAYING],
        [np.full(len(plan), 0.55), random.uniform(0.02, 0.15, len(plan)),
         random.uniform(0.1, 0.5, len(plan)), random.uniform(0.1, 0.4, len(plan))],
        default=0.0,
    )  # fmt: skip
    plan.asked[:] = started + np.maximum(45.0, part * legal)
    asks = (fate == Fate.SUPPLEMENT) | (fate == Fate.SILENT)
    soon = random.uniform(60, np.maximum(61.0, np.minimum(2.3 * DAY_MINUTES, 0.45 * legal)))
    plan.asked[asks] = (started + soon)[asks]
    plan.waited[:] = np.select(
        [fate == Fate.SUPPLEMENT, fate == Fate.PAYING, fate == Fate.EXTENDED,
         fate == Fate.INTAKE_SUPPLEMENT],
        [random.triangular(500, 1000, 4600, len(plan)), 60 + random.gamma(3.0, 800.0, len(plan)),
         random.integers(2, 6, len(plan)) * float(DAY_MINUTES),
         random.triangular(500, 900, 3200, len(plan))],
        default=0.0,
    )  # fmt: skip
    plan.base[:] = np.where(fate == Fate.SUPPLEMENT, plan.asked + plan.waited, started)
    _each_limit(world, timing, plan, plan.base)
    shifts = (fate == Fate.PAYING) | (fate == Fate.EXTENDED)
    plan.due[shifts] += plan.waited[shifts]


def _each_limit(world: World, timing: Timing, plan: Plan, base: Floats) -> None:
    """Set the due minute of each for a clock that starts at `base`."""
    keys = plan.offer.astype(np.int64) * 1000 + plan.case * 10 + plan.channel
    for key in np.unique(keys).tolist():
        mine = np.flatnonzero(keys == key)
        offer = world.offers[key // 1000]
        channel = ("counter", "online", "post")[key % 10]
        limit = offer.limit(channel, offer.cases[key // 10 % 100])
        plan.due[mine] = timing.due(limit, base[mine])


def _fate(world: World, plan: Plan, random: Random) -> None:
    kinds = list(volumes.SHARES)
    shares = [volumes.SHARES[kind] for kind in kinds]
    plain = 1 - sum(shares)
    plan.fate[:] = random.choice([Fate.PLAIN, *kinds], len(plan), p=[plain, *shares])
    fields = [offer.content.field for offer in world.offers]
    is_land = np.asarray([_owes(offer) for offer in world.offers])[plan.offer]
    asks = np.asarray([field in volumes.ASKING for field in fields])[plan.offer]
    days = plan.legal / DAY_MINUTES
    dice = random.random(len(plan))
    plan.fate[is_land & (days > 2) & (dice < volumes.OWING)] = Fate.PAYING
    asking = asks & (days > 5) & (dice >= volumes.OWING) & (dice < volumes.OWING + volumes.ASKED)
    plan.fate[asking] = Fate.CONSULTED
    fate = plan.fate
    plain_only = (days < 1.2) & (fate != Fate.INTAKE_SUPPLEMENT) & (fate != Fate.CORRECTED)
    too_short = (fate == Fate.EXTENDED) & (days < 5)
    too_early = (fate == Fate.INTAKE_SUPPLEMENT) & (plan.accepted < 8 * DAY_MINUTES)
    fate[plain_only | too_short | too_early] = Fate.PLAIN
    without = np.asarray([_has_no_paper(offer) for offer in world.offers])[plan.offer]
    fate[without & np.isin(fate, (Fate.INTAKE_SUPPLEMENT, Fate.SUPPLEMENT, Fate.SILENT))] = (
        Fate.PLAIN
    )
    short = np.asarray([offer.is_short for offer in world.offers])[plan.offer]
    fate[short & ~np.isin(fate, (Fate.INTAKE_SUPPLEMENT, Fate.CORRECTED))] = Fate.PLAIN
    copied = np.asarray([offer.is_copy for offer in world.offers])[plan.offer]
    fate[copied & (fate == Fate.CORRECTED)] = Fate.PLAIN
    fate[~plan.is_received] = Fate.REJECTED


def _owes(offer: Offer) -> bool:
    """Tell whether taxes are awaited for it, in working days, which stand still to the minute."""
    limits = [offer.limit(kind, case) for kind in offer.channels for case in offer.cases]
    is_working = all(one is not None and one.is_working_time for one in limits)
    return offer.content.field in volumes.LAND and is_working


def _has_no_paper(offer: Offer) -> bool:
    """Tell whether there is a case in which no paper could be asked for."""
    return any(
        not any(not c.held_by and c.required for c in offer.papers(case)) for case in offer.cases
    )
