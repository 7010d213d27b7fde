"""Papers on their way: which dossiers leave a centre with which courier, on which slip."""

from dataclasses import replace

import numpy as np

from motcua.config.simulation import volumes
from motcua.config.simulation.plan import ONLINE, Flags, Floats, Ints, Plan, Slip
from motcua.config.simulation.timing import RIDE, Timing
from motcua.config.simulation.volumes import Fate
from motcua.config.simulation.world import World
from motcua.reporting.simulating.setting import DAY_MINUTES

_NOT_CALM = (Fate.SUPPLEMENT, Fate.SILENT, Fate.WITHDRAWN, Fate.REJECTED)


def send_papers(
    world: World, timing: Timing, plan: Plan, random: np.random.Generator
) -> list[Slip]:
    """Put paper dossiers on slips: one for each centre, agency and courier.

    With that it is known when other agencies are asked, and until when they are waited for.
    """
    plan.slip[:] = -1
    run, _leaves = timing.runs(plan.accepted + 5)
    run = run + 2 * (random.random(len(plan)) < volumes.LATE_COURIER)
    leaves = timing.run_at(run)
    ends = np.minimum(timing.total, plan.due)
    goes = _goes(plan, random) & (leaves + RIDE + 90 < ends)
    slips = _slips(world, plan, goes, run, leaves)
    on_slip = plan.slip >= 0
    plan.there[:] = np.maximum(plan.started, np.where(on_slip, leaves + RIDE, 0.0))
    plan.asked[:] = np.where(on_slip, np.maximum(plan.asked, plan.there + 15), plan.asked)
    asks = plan.fate == Fate.CONSULTED
    plan.waited[asks] = (timing.silence(plan.asked) - plan.asked)[asks] + 1
    return slips


def _goes(plan: Plan, random: np.random.Generator) -> Flags:
    """Tell which dossiers are of paper, calm enough, and last long enough to be carried."""
    calm = np.isin(plan.fate, _NOT_CALM, invert=True) & plan.is_received
    lasts = (plan.channel != ONLINE) & (plan.legal > 1.2 * DAY_MINUTES)
    return np.asarray(calm & lasts & (random.random(len(plan)) < volumes.PAPER), dtype=np.bool_)


def _slips(world: World, plan: Plan, goes: Flags, run: Ints, leaves: Floats) -> list[Slip]:
    """Make the slips in the order of time, numbered through for each centre."""
    places = np.flatnonzero(goes)
    order = places[np.lexsort((world.ranks(plan.receiving[places]), leaves[places]))]
    made: dict[tuple[int, int, int], int] = {}
    slips: list[Slip] = []
    numbers: dict[int, int] = {}
    for place in order.tolist():
        sender, receiver = int(plan.receiving[place]), int(plan.competent[place])
        at, first = float(leaves[place]), float(plan.accepted[place])
        saturday = float(plan.saturday[place])
        key = (sender, receiver, int(run[place]))
        if key not in made:
            made[key] = len(slips)
            numbers[sender] = numbers.get(sender, 0) + 1
            slips.append(Slip(sender, receiver, at, at + RIDE, first, saturday, numbers[sender]))
        slip = slips[made[key]]
        if first < slip.first:
            slips[made[key]] = replace(slip, first=first, saturday=saturday)
        plan.slip[place] = made[key]
    return slips
