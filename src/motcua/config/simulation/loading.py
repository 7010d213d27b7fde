"""Simulating a quarter: people and officers, the plan, then every dossier lived and written."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from motcua.config.simulation import absences, parts, people, published, staffing, tables, work
from motcua.config.simulation.events import QuarterSimulated
from motcua.config.simulation.order import Order
from motcua.directory.actor import SYSTEM
from motcua.directory.models import Agency
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.kernel.refused import Refused
from motcua.kernel.worktime.calendar import VIETNAM
from motcua.ledger import services as ledger
from motcua.reporting import services as figures
from motcua.workflow import services as workflow

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

STREAM = "demo"
SLICE = 200_000
FEWEST = 60
_QUARTER = re.compile(r"^(20[0-9]{2})Q([1-4])$")


class AlreadyThere(Refused):
    """The quarter has dossiers already; a made world is never mixed with another one."""

    field = "quarter"


class NoWorld(Refused):
    """There is no territory or catalogue to simulate with."""


class Unclear(Refused):
    """The quarter or the size is not one."""


@dataclass
class Simulated:
    """What came of it."""

    quarter: str
    seed: int
    dossiers: int
    received: int
    settled: int
    on_time: int
    late: int
    digitised: int
    facts: int
    people: int
    officers: int
    seconds: dict[str, float]


def span_of(quarter: str) -> tuple[date, date]:
    """Return the first and the last day of "2025Q3".

    Raises Unclear: it is no quarter.
    """
    found = _QUARTER.match(quarter.strip().upper())
    if found is None:
        raise Unclear("Ghi quý dạng 2025Q3.", field="quarter")
    year, number = int(found[1]), int(found[2])
    first = date(year, number * 3 - 2, 1)
    after = date(year + (number == 4), (number * 3) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def simulate(
    *,
    quarter: str,
    seed: int,
    dossiers: int = published.RECEIVED,
    settle_rest: bool = False,
    processes: int = 0,
    progress: "Progress",
) -> Simulated:
    """Make a quarter real and write it; the published proportions come out whatever the seed.

    dossiers: how many are received. settle_rest: go on behind the quarter until all is settled.
    processes: 0 takes two where the machine has two processors.
    Raises Unclear, AlreadyThere, NoWorld, TooFew: see the message.
    """
    first, last = span_of(quarter)
    _check(first, last, dossiers)
    clock, how = _Clock(), _How(settle_rest, processes)
    at = datetime.combine(first, time(7), VIETNAM)
    progress.say("Dựng quý mô phỏng: bổ nhiệm cán bộ, tạo người dân mẫu…")
    workflow.load_file(by=SYSTEM, at=at)
    officers = staffing.appoint(at=at)
    absences.send_away(first=first, last=last, seed=seed)
    cards.forget()
    keys = people.make(people.how_many(min(dossiers, SLICE)), at=at)
    clock.done("people")
    result = Simulated(quarter, seed, 0, 0, 0, 0, 0, 0, 0, len(keys), officers, clock.seconds)
    order = Order(
        first=first, last=last, targets=published.targets(min(dossiers, SLICE)), seed=seed,
        recorded_at=timezone.now(), until=None, party_keys=keys,
    )  # fmt: skip
    with progress.bar("Sống lại cả quý: hồ sơ", total=dossiers) as tell, _QuickWrites():
        for number, count in enumerate(_slices(dossiers)):
            _slice(order, number, count, result, how, clock, tell)
    _analyse()
    clock.done("analyse")
    progress.say("Dựng các bảng số liệu từ sổ cái…")
    figures.rebuild(processes=0 if connection.in_atomic_block else 2)
    clock.done("figures")
    _note(result, at=timezone.now())
    return result


def _slices(dossiers: int) -> list[int]:
    """Return how many dossiers each slice has; each is planned and lived by itself."""
    count = -(-dossiers // SLICE)
    return [dossiers * (n + 1) // count - dossiers * n // count for n in range(count)]


def _slice(
    order: Order,
    number: int,
    count: int,
    result: Simulated,
    how: "_How",
    clock: "_Clock",
    tell: Callable[[int], None],
) -> None:
    order = replace(order, targets=published.targets(count), seed=order.seed * 1009 + number)
    made = work.decide(order)
    until = None if how.settle_rest else made.world.closes_at
    order = replace(
        order, until=until, slip_key=tables.reserve("dossiers_handover", len(made.slips)),
        slip_numbers=_slip_numbers(order.first.year),
    )  # fmt: skip
    made.order = order
    clock.done("plan")
    work.write_slips(made)
    before = result.dossiers
    result.facts += parts.live_all(
        made, how.processes or min(2, os.cpu_count() or 1), lambda done: tell(before + done)
    )
    clock.done("live")
    result.dossiers += len(made.plan)
    result.received += order.targets.received
    result.settled += order.targets.settled
    result.on_time += order.targets.on_time
    result.late += order.targets.settled - order.targets.on_time
    result.digitised += order.targets.digitised


def _slip_numbers(year: int) -> tuple[tuple[str, int], ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_code, last FROM dossiers_numbercounter WHERE kind = 'BG' AND year = %s",
            [year],
        )
        return tuple((code, last) for code, last in cursor.fetchall())


def _check(first: date, last: date, dossiers: int) -> None:
    if dossiers < FEWEST:
        raise Unclear(f"Cần ít nhất {FEWEST} hồ sơ để giữ được các tỷ lệ.", field="dossiers")
    if not Agency.objects.filter(is_active=True, level="commune").exists():
        raise NoWorld("Chưa có cơ quan, địa bàn; hãy chạy motcua setup trước.")
    begins = datetime.combine(first, time.min, VIETNAM)
    ends = datetime.combine(last + timedelta(days=1), time.min, VIETNAM)
    if Dossier.objects.filter(filed_at__gte=begins, filed_at__lt=ends).exists():
        raise AlreadyThere(
            f"Quý này đã có hồ sơ (từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}); không mô phỏng đè lên."
        )


@dataclass(frozen=True)
class _How:
    settle_rest: bool
    processes: int


class _QuickWrites:
    """An interrupted simulation is made anew: no write of it has to survive a power cut."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")

    def __exit__(self, *_problem: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _analyse() -> None:
    with connection.cursor() as cursor:
        for name in ("dossiers_dossier", "dossiers_paper", "dossiers_result", "workflow_task",
                     "ledger_factrow", "payments_charge", "directory_party"):  # fmt: skip
            cursor.execute(f"ANALYZE {name}")


def _note(result: Simulated, *, at: datetime) -> None:
    fact = QuarterSimulated(
        quarter=result.quarter, seed=result.seed, received=result.received,
        settled=result.settled, facts=result.facts, seconds=int(sum(result.seconds.values())),
    )  # fmt: skip
    ledger.record_alone(fact, stream=STREAM, at=at, actor=SYSTEM.key, actor_name=SYSTEM.name)


class _Clock:
    """How long each phase took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = monotonic()

    def done(self, phase: str) -> None:
        """Count the time since the last phase to this one."""
        now = monotonic()
        self.seconds[phase] = round(self.seconds.get(phase, 0.0) + now - self._since, 1)
        self._since = now
