"""What a run has written, told in the ledger with it: an interrupted run goes on, never doubled.

A slice begins in one transaction with its slips; the dossiers of an agency are written in one with
the word that they are. What is not told was not written.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from django.db import connection
from django.utils import timezone

from motcua.config.simulation import events
from motcua.config.simulation.order import Order
from motcua.config.simulation.plan import Plan
from motcua.directory.actor import SYSTEM
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger

STREAM = "demo"
_RUN, _HELPER = 743_191, 743_192
_PATIENCE = 60.0


class Unfinished(Refused):
    """Another run of this quarter was interrupted, and this one is not the same."""


class Running(Refused):
    """A simulation is running already."""


@dataclass(frozen=True)
class Asked:
    """What decides a whole run."""

    quarter: str
    seed: int
    dossiers: int
    settle_rest: bool


@dataclass
class Journal:
    """How far a run came: the slices begun, and the agencies written with their facts."""

    asked: Asked
    slices: dict[int, events.SliceBegun] = field(default_factory=dict)
    written: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


def unfinished(quarter: str) -> Journal | None:
    """Return the run of a quarter that was begun and did not end."""
    found: Journal | None = None
    for fact in trail.facts_of(STREAM):
        if fact.body.get("quarter") != quarter:
            continue
        body: dict[str, Any] = dict(fact.body)
        if fact.kind == events.QuarterBegun.kind:
            found = Journal(Asked(**body))
        elif fact.kind == events.QuarterSimulated.kind:
            found = None
        elif found and fact.kind == events.SliceBegun.kind:
            slip_numbers = tuple(body.pop("slip_numbers"))
            found.slices[body["number"]] = events.SliceBegun(**body, slip_numbers=slip_numbers)
        elif found and fact.kind == events.AgencyWritten.kind:
            found.written[body["number"]][body["agency"]] = body["facts"]
    return found


def taken_up(asked: Asked) -> Journal | None:
    """Return the interrupted run that this one goes on with; None: there is none.

    A run that was interrupted before it wrote anything is as none.
    Raises Unfinished: there is one, and it was another.
    """
    found = unfinished(asked.quarter)
    if found is not None and found.asked != asked:
        if not found.slices:
            return None
        was = found.asked
        rest = " --settle-rest" if was.settle_rest else ""
        raise Unfinished(
            f"Một lần mô phỏng quý {was.quarter} bị ngắt giữa chừng. Hãy chạy lại đúng lệnh đó để "
            f"đi tiếp: --quarter {was.quarter} --seed {was.seed} --dossiers {was.dossiers}{rest}."
        )
    return found


def begin(asked: Asked) -> Journal:
    """Tell that a run begins."""
    tell(
        events.QuarterBegun(
            quarter=asked.quarter, seed=asked.seed, dossiers=asked.dossiers,
            settle_rest=asked.settle_rest,
        )
    )  # fmt: skip
    return Journal(asked)


def begin_slice(order: Order, plan: Plan) -> None:
    """Tell that a slice begins, in the transaction that writes its slips."""
    tell(
        events.SliceBegun(
            quarter=order.quarter, number=order.number, plan=digest_of(plan),
            slip_key=order.slip_key,
            slip_numbers=tuple(f"{code} {last}" for code, last in order.slip_numbers),
        )
    )  # fmt: skip


def check_plan(begun: events.SliceBegun, plan: Plan) -> None:
    """See that a slice that goes on is the one that was begun.

    Raises Unfinished: agencies, officers or procedures have changed since.
    """
    if begun.plan != digest_of(plan):
        raise Unfinished(
            "Cơ quan, cán bộ hoặc danh mục đã đổi từ lần chạy bị ngắt nên không đi tiếp được; "
            "hãy mô phỏng trong một cơ sở dữ liệu mới."
        )


def written(order: Order, agency: str, facts: int) -> None:
    """Tell that the dossiers of an agency are written, in their transaction."""
    tell(
        events.AgencyWritten(
            quarter=order.quarter, number=order.number, agency=agency, facts=facts
        )
    )


def slips_before(begun: events.SliceBegun) -> tuple[tuple[str, int], ...]:
    """Return the last number of every register of slips as the slice began."""
    pairs = (one.rpartition(" ") for one in begun.slip_numbers)
    return tuple((code, int(last)) for code, _blank, last in pairs)


def digest_of(plan: Plan) -> str:
    """Return a digest of everything that is decided in a plan."""
    found = hashlib.sha256()
    for one in fields(Plan):
        found.update(getattr(plan, one.name).tobytes())
    return found.hexdigest()


def tell(fact: Fact, *, at: datetime | None = None) -> None:
    """Record a fact about the simulation itself."""
    ledger.record_alone(
        fact, stream=STREAM, at=at or timezone.now(), actor=SYSTEM.key, actor_name=SYSTEM.name
    )


@contextmanager
def alone() -> Iterator[None]:
    """Let one simulation run at a time, the helper of one that was killed included.

    Raises Running: another one is at it.
    """
    if not _lock(_RUN):
        raise Running("Một lần mô phỏng khác đang chạy trên cơ sở dữ liệu này.")
    try:
        until = monotonic() + _PATIENCE
        while not _lock(_HELPER):
            if monotonic() > until:
                raise Running("Tiến trình của lần mô phỏng trước chưa dừng hẳn. Hãy thử lại sau.")
            sleep(0.5)
        _unlock(_HELPER)
        yield
    finally:
        _unlock(_RUN)


def hold_helper() -> None:
    """Let nobody begin anew while this process still writes; its connection gives it back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_HELPER])


def _lock(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        return bool(cursor.fetchone()[0])


def _unlock(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
