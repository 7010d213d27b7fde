"""Simulating a quarter: people and officers, the plan, then every dossier lived and written."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from motcua.config.simulation import (
    absences,
    journal,
    parts,
    people,
    published,
    staffing,
    tables,
    work,
)
from motcua.config.simulation.events import QuarterSimulated
from motcua.config.simulation.order import Order
from motcua.directory.actor import SYSTEM
from motcua.directory.models import Agency
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.kernel.refused import Refused
from motcua.kernel.worktime.calendar import VIETNAM
from motcua.reporting import services as figures
from motcua.workflow import services as workflow

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

SLICE = 200_000
FEWEST, MOST = 60, 20_000_000
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
    The same call goes on with a run that was interrupted.
    Raises Unclear, AlreadyThere, NoWorld, TooFew, Unfinished, Running: see the message.
    """
    first, last = span_of(quarter)
    asked = journal.Asked(f"{first.year}Q{(first.month + 2) // 3}", seed, dossiers, settle_rest)
    _check(dossiers, last)
    with journal.alone():
        run = journal.taken_up(asked)
        if run is None:
            _check_empty(first, last)
        else:
            progress.say("Đi tiếp lần mô phỏng bị ngắt…")
        return _simulate(asked, run, processes, progress)


def _simulate(
    asked: journal.Asked, run: journal.Journal | None, processes: int, progress: "Progress"
) -> Simulated:
    first, last = span_of(asked.quarter)
    clock, how, dossiers = _Clock(), _How(asked.settle_rest, processes), asked.dossiers
    at = datetime.combine(first, time(7), VIETNAM)
    progress.say("Dựng quý mô phỏng: bổ nhiệm cán bộ, tạo người dân mẫu…")
    workflow.load_file(by=SYSTEM, at=at)
    officers = staffing.appoint(at=at)
    absences.send_away(first=first, last=last, seed=asked.seed)
    cards.forget()
    keys = people.make(people.how_many(min(dossiers, SLICE)), at=at)
    clock.done("people")
    result = Simulated(
        asked.quarter, asked.seed, 0, 0, 0, 0, 0, 0, 0, len(keys), officers, clock.seconds
    )
    order = Order(
        first=first, last=last, targets=published.targets(min(dossiers, SLICE)), seed=asked.seed,
        recorded_at=timezone.now(), until=None, party_keys=keys, quarter=asked.quarter,
    )  # fmt: skip
    run = run or journal.begin(asked)
    with progress.bar("Sống lại cả quý: hồ sơ", total=dossiers) as tell, _QuickWrites():
        for number, count in enumerate(_slices(dossiers)):
            _slice(replace(order, number=number), run, count, result, how, clock, tell)
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
    run: journal.Journal,
    count: int,
    result: Simulated,
    how: "_How",
    clock: "_Clock",
    tell: Callable[[int], None],
) -> None:
    seed = order.seed * 1009 + order.number
    made = work.decide(replace(order, targets=published.targets(count), seed=seed))
    until = None if how.settle_rest else made.world.closes_at
    made.order = order = replace(made.order, until=until)
    clock.done("plan")
    _begin(made, run)
    there = run.written[order.number]
    known = frozenset(card.id for code, card in made.world.cards.items() if code in there)
    before = result.dossiers + int(np.isin(made.plan.competent, list(known)).sum())
    processes = how.processes or min(2, os.cpu_count() or 1)
    result.facts += sum(there.values()) + parts.live_all(
        made, processes, lambda done: tell(before + done), without=known
    )
    clock.done("live")
    result.dossiers += len(made.plan)
    result.received += order.targets.received
    result.settled += order.targets.settled
    result.on_time += order.targets.on_time
    result.late += order.targets.settled - order.targets.on_time
    result.digitised += order.targets.digitised


def _begin(made: work.Slice, run: journal.Journal) -> None:
    """Write the slips of a slice, once."""
    order, begun = made.order, run.slices.get(made.order.number)
    if begun is not None:
        journal.check_plan(begun, made.plan)
        before = journal.slips_before(begun)
        made.order = replace(order, slip_key=begun.slip_key, slip_numbers=before)
        return
    with transaction.atomic():
        made.order = replace(
            order, slip_key=tables.reserve("dossiers_handover", len(made.slips)),
            slip_numbers=_slip_numbers(order.first.year),
        )  # fmt: skip
        work.write_slips(made)
        journal.begin_slice(made.order, made.plan)


def _slip_numbers(year: int) -> tuple[tuple[str, int], ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_code, last FROM dossiers_numbercounter WHERE kind = 'BG' AND year = %s",
            [year],
        )
        return tuple((code, last) for code, last in cursor.fetchall())


def _check(dossiers: int, last: date) -> None:
    if dossiers < FEWEST:
        raise Unclear(f"Cần ít nhất {FEWEST} hồ sơ để giữ được các tỷ lệ.", field="dossiers")
    if dossiers > MOST:
        raise Unclear("Mô phỏng nhiều nhất 20.000.000 hồ sơ một lần.", field="dossiers")
    if last >= timezone.localdate():
        raise Unclear("Chỉ mô phỏng quý đã qua hết.", field="quarter")
    if not Agency.objects.filter(is_active=True, level="commune").exists():
        raise NoWorld("Chưa có cơ quan, địa bàn; hãy chạy motcua setup trước.")


def _check_empty(first: date, last: date) -> None:
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
    """No write has to survive a power cut: with what is lost, the word that it was written is too."""

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
    journal.tell(fact, at=at)


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
