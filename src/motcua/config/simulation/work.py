"""Living and writing the dossiers of agencies, in one process or in two."""

import gc
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

import numpy as np
from django.db import connection, transaction

from motcua.config.simulation import (
    couriers,
    figures,
    filings,
    journal,
    people,
    saturdays,
    tables,
    writing,
)
from motcua.config.simulation.case import Case
from motcua.config.simulation.decided import Decided, SlipTold
from motcua.config.simulation.life import begin
from motcua.config.simulation.life import live as live_one
from motcua.config.simulation.order import Order, Tell
from motcua.config.simulation.people import Citizen
from motcua.config.simulation.plan import Places, Plan, Slip
from motcua.config.simulation.stage import Stage
from motcua.config.simulation.timing import Timing
from motcua.config.simulation.world import World, read
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import HandOver
from motcua.dossiers.rules import guards
from motcua.kernel import codes
from motcua.kernel.worktime.calendar import VIETNAM

CARRIER = "Nhân viên bưu chính"


@dataclass
class Slice:
    """A slice with everything decided."""

    order: Order
    world: World
    timing: Timing
    plan: Plan
    slips: list[Slip]


def decide(order: Order, world: World | None = None) -> Slice:
    """Decide everything about a slice.

    Raises TooFew: so small a world cannot show the published proportions.
    """
    world = world or read(first=order.first, last=order.last, people=[])
    timing = Timing(world)
    random = np.random.default_rng([order.seed, order.first.toordinal()])
    plan = filings.draw(world, timing, order.targets, random, people=len(order.party_keys))
    figures.give_out(world, plan, random)
    slips = couriers.send_papers(world, timing, plan, random)
    figures.settle(world, timing, plan, order.targets, random)
    figures.digitise(plan, order.targets, random)
    figures.check(plan, order.targets)
    return Slice(order, world, timing, plan, slips)


def write_slips(made: Slice) -> None:
    """Write the slips with which papers travel."""
    table = tables.Table(HandOver, with_key=True)
    by_id = made.world.by_id
    for place, (slip, told) in enumerate(zip(made.slips, slips_told(made), strict=True)):
        sender = made.world.present(slip.sender, "receptionist", told.leaves.toordinal())[0]
        receiver = made.world.present(slip.receiver, "clerk", told.arrives.toordinal())[0]
        table.add_named(
            {"id": made.order.slip_key + place, "number": told.number, "sender_id": slip.sender,
             "receiver_id": slip.receiver, "made_at": told.leaves, "made_by": sender.name,
             "carrier": CARRIER, "due_at": told.due_at, "received_at": told.arrives,
             "received_by": receiver.name}
        )  # fmt: skip
    table.write()
    last: dict[str, int] = {}
    for slip in made.slips:
        code = by_id[slip.sender].code
        last[code] = max(last.get(code, 0), slip.number)
    before = dict(made.order.slip_numbers)
    year = made.order.first.year
    writing.keep_counters({(c, "BG", year): n + before.get(c, 0) for c, n in last.items()})


def slips_told(made: Slice) -> list[SlipTold]:
    """Return the slips as their dossiers know them."""
    by_id = made.world.by_id
    before, year = dict(made.order.slip_numbers), made.order.first.year
    found = []
    for slip in made.slips:
        here, there = by_id[slip.sender], by_id[slip.receiver]
        number = before.get(here.code, 0) + slip.number
        due_at = guards.hand_over_by(
            calendar_for(here.calendar_key), _first(made, slip),
            crosses_levels=here.level != there.level,
        )  # fmt: skip
        found.append(
            SlipTold(
                number=f"{number}/{year}/BG-{here.code}", leaves=made.timing.moment(slip.leaves),
                arrives=made.timing.moment(slip.arrives), due_at=due_at,
            )
        )  # fmt: skip
    return found


def _first(made: Slice, slip: Slip) -> datetime:
    if not slip.saturday:
        return made.timing.moment(slip.first)
    day = made.timing.day(slip.first)
    return saturdays.moment(made.world.by_id[slip.sender], day, slip.saturday)


def shares(
    world: World, plan: Plan, parts: int, *, without: frozenset[int] = frozenset()
) -> list[list[int]]:
    """Return the competent agencies of each part, so that all have about as much to do."""
    ids, counts = np.unique(plan.competent, return_counts=True)
    work: list[tuple[int, list[int]]] = [(0, []) for _part in range(parts)]
    known = zip(ids.tolist(), counts.tolist(), strict=True)
    much = {agency_id: count for agency_id, count in known if agency_id not in without}
    for agency_id in sorted(world.in_order(much), key=lambda one: -much[one]):
        place = min(range(parts), key=lambda n: work[n][0])
        done, mine = work[place]
        work[place] = (done + much[agency_id], [*mine, agency_id])
    return [mine for _done, mine in work]


def live(made: Slice, agencies: Iterable[int], tell: Tell) -> int:
    """Live and write the dossiers of these agencies; return how many facts they left."""
    order = made.order
    stage = Stage(made.world, made.timing, slips_told(made), seed=order.seed, until=order.until)
    persons = people.citizens(order.party_keys)
    ids = made.world.in_order(agencies)
    codes = [made.world.by_id[one].code for one in ids]
    registers = writing.read_counters(codes)
    writer = writing.Writer(recorded_at=order.recorded_at, counters=registers)
    written = 0
    gc.freeze()
    gc.disable()
    try:
        for agency_id, code in zip(ids, codes, strict=True):
            places = np.flatnonzero(made.plan.competent == agency_id)
            before = writer.facts
            with transaction.atomic():
                written += _of_agency(made, stage, writer, places, persons, tell, written)
                writing.keep_counters({k: n for k, n in registers.items() if k[0] == code})
                journal.written(order, code, writer.facts - before)
    finally:
        gc.enable()
    return writer.facts


def _of_agency(
    made: Slice,
    stage: Stage,
    writer: writing.Writer,
    places: Places,
    persons: list[Citizen],
    tell: Tell,
    done: int,
) -> int:
    cases: list[Case] = [
        begin(stage, told, persons[person], persons[(person * 7 + 3) % len(persons)])
        for told, person in _decided(made.plan, places)
    ]
    if stage.until is not None:
        cases = [case for case in cases if case.filed_at <= stage.until]
    cases.sort(key=lambda case: (case.filed_at, case.decided.number))
    _code(cases)
    for place, case in enumerate(cases, 1):
        live_one(stage, case)
        if case.decided.slip >= 0:
            case.slip_id = made.order.slip_key + case.decided.slip
        if place % 500 == 0:
            tell(done + place)
    writer.write(cases)
    tell(done + len(cases))
    return len(cases)


def _decided(plan: Plan, places: Places) -> Iterable[tuple[Decided, int]]:
    mine = plan.taken(places)
    names = [one.name for one in fields(Decided) if one.name != "number"]
    columns = [getattr(mine, name).tolist() for name in names]
    numbers, persons = places.tolist(), mine.person.tolist()
    for number, person, *values in zip(numbers, persons, *columns, strict=True):
        yield Decided(number, *values), person


def _code(cases: list[Case]) -> None:
    """Give keys and codes in the order of filing, gapless for each agency and day."""
    if not cases:
        return
    key = tables.reserve("dossiers_dossier", len(cases))
    agency = cases[0].competent.code
    last: dict[date, int] = defaultdict(int, _last_codes(agency))
    for place, case in enumerate(cases):
        day = case.filed_at.astimezone(VIETNAM).date()
        last[day] += 1
        case.id = key + place
        case.code = codes.dossier_code(agency=agency, day=day, number=last[day])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_codecounter (agency_code, day, last) "
            "SELECT %s, unnest(%s::date[]), unnest(%s::int[]) "
            "ON CONFLICT (agency_code, day) DO UPDATE SET last = excluded.last",
            [agency, list(last), list(last.values())],
        )


def _last_codes(agency: str) -> dict[date, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, last FROM dossiers_codecounter WHERE agency_code = %s", [agency]
        )
        return dict(cursor.fetchall())
