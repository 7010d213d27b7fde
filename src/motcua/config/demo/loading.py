"""Loading the demo world: officers, people, then five weeks of work up to now."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from motcua.config.demo import (
    duties,
    episodes,
    feedback,
    intake,
    papers,
    questions,
    staff,
    volumes,
    watching,
)
from motcua.config.demo import plan as planning
from motcua.config.demo.cast import Cast
from motcua.config.demo.events import DemoLoaded
from motcua.config.demo.life import Life
from motcua.config.demo.parts import Elsewhere, Here, Part, Told, World, belongs
from motcua.config.demo.plan import Plan
from motcua.directory.actor import SYSTEM
from motcua.directory.data import people as invented
from motcua.directory.queries import calendars
from motcua.ledger import services as ledger
from motcua.ledger.models import FactRow
from motcua.workflow import services as workflow

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

STREAM = "demo"
SEED = 56
PEOPLE = 1600


def is_loaded() -> bool:
    """Tell whether the demo world was loaded to its end."""
    return FactRow.objects.filter(stream=STREAM).exists()


def load(
    *,
    progress: "Progress",
    count: int = volumes.DOSSIERS,
    seed: int = SEED,
    parts: int = 0,
) -> Counter[str]:
    """Load the demo world by the real services; return what was refused on the way, by reason.

    parts: in how many processes; 0 takes two where the machine has two processors.
    """
    begun = monotonic()
    now = timezone.localtime().replace(microsecond=0)
    first = now - timedelta(weeks=volumes.WEEKS)
    parts = parts or min(2, os.cpu_count() or 1)
    world = World(count=count, seed=seed, first=first, now=now, parts=parts)
    progress.say("Dựng thế giới mẫu: bổ nhiệm cán bộ của 65 xã, phường và các sở…")
    appoint(first)
    with progress.bar("Sống lại năm tuần: hồ sơ", total=count) as tell, without_sweeping():
        told = _live(world, tell)
    seconds = monotonic() - begun
    filed = sum(one.filed for one in told)
    papers.lay_out(now=now, progress=progress)
    feedback.lay_out(now=now, progress=progress)
    questions.lay_out(now=now, progress=progress)
    watching.lay_out(now=now, progress=progress)
    duties.lay_out(now=now, progress=progress)
    _note(world, filed=filed, seconds=seconds)
    progress.say(
        f"  {filed} hồ sơ, {sum(one.acts for one in told)} việc trong {seconds:.0f} giây, "
        f"{filed / seconds * 60:.0f} hồ sơ mỗi phút"
    )
    return sum((Counter(one.refused) for one in told), Counter())


@contextmanager
def without_sweeping() -> Iterator[None]:
    """Leave Python's garbage where it is meanwhile: a fifth of the time, for some megabytes."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def appoint(first: datetime) -> None:
    """Put everybody in place: processes approved, officers appointed, people with accounts."""
    workflow.load_file(by=SYSTEM, at=first)
    with transaction.atomic():
        staff.appoint_everybody(at=first)
        staff.open_citizens(at=first)


def life_of(world: World, part: int) -> Life:
    """Return the life of one part, with its filings on the way and nothing yet happened."""
    with connection.cursor() as cursor:
        # an interrupted load is made anew: no act of it has to survive a power cut
        cursor.execute("SET synchronous_commit = off")
    persons = list(invented.people(PEOPLE, seed=5, first=staff.CITIZENS_FROM))
    cast = Cast(people=persons, citizens=staff.citizens())
    cast.read()
    offers = planning.offers(on=world.first.date())
    life = Life(cast=cast, seed=world.seed, now=world.now, part=part, offers=offers)
    for one in _plans(world):
        if belongs(one.competent, part=part, parts=world.parts):
            life.begin(one, intake.file)
    episodes.arrange(life, days_of(world))
    return life


def days_of(world: World) -> list[date]:
    """Return the days of the world, the first to today."""
    first = world.first.date()
    return [first + timedelta(days=n) for n in range((world.now.date() - first).days + 1)]


def _live(world: World, tell: Callable[[int], None]) -> list[Told]:
    life = life_of(world, 0)
    others: list[Part] = [Elsewhere(world, part) for part in range(1, world.parts)]
    before = 0

    def add(filed: int) -> None:
        tell(filed + before)

    everybody: list[Part] = [*others, Here(life, add)]
    mornings = episodes.mornings(life, days_of(world))
    told: list[Told] = []
    try:
        for day in days_of(world):
            morning = datetime.combine(day, time(6, 30), world.now.tzinfo)
            until = min(datetime.combine(day, time(23, 59), world.now.tzinfo), world.now)
            watching.morning(min(morning, world.now), now=world.now, cast=life.cast)
            if day in mornings:
                mornings[day](life, min(morning, world.now))
            for one in everybody:
                one.begin_day(until)
            told = [one.end_day() for one in reversed(everybody)]
            before = sum(one.filed for one in told[1:])
            episodes.evening(until)
    finally:
        for one in everybody:
            one.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
    return told


def _plans(world: World) -> list[Plan]:
    calendar, first = calendars.calendar_for("hanh-chinh"), world.first.date()
    plans = planning.plans(
        count=world.count,
        first=first,
        now=world.now,
        calendar=calendar,
        people=PEOPLE,
        seed=world.seed,
    )
    own = planning.own_filings(first=first, now=world.now, calendar=calendar, seed=world.seed)
    people = [
        replace(p, person=p.person % staff.CITIZENS) if p.channel == "online" else p for p in plans
    ]
    return [*people[: max(0, world.count - len(own))], *own]


def _note(world: World, *, filed: int, seconds: float) -> None:
    fact = DemoLoaded(dossiers=filed, seed=world.seed, seconds=int(seconds))
    ledger.record_alone(
        fact, stream=STREAM, at=world.now, actor=SYSTEM.key, actor_name=SYSTEM.name
    )
