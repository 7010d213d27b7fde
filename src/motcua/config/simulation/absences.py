"""Leave and illness: who is away on which days of a quarter, written as the desk writes it."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.db import transaction

from motcua.config.simulation import telling
from motcua.directory import events
from motcua.directory.models import Absence, Account, Delegation, Post
from motcua.directory.queries.calendars import calendar_for
from motcua.kernel.worktime import WorkCalendar
from motcua.kernel.worktime.calendar import VIETNAM

ROLES = ("appraiser", "receptionist", "head", "clerk")
Place = tuple[int, str]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kind:
    """Why officers are away: the share of their days, and how long it lasts."""

    reason: str
    days: tuple[int, int]
    share: float
    told_days_before: int


@dataclass(frozen=True)
class Rules:
    """What is in force in a quarter."""

    most_at_once: float
    kinds: tuple[Kind, ...]

    def most(self, count: int) -> int:
        """Return how many of so many in one post may be away on one day."""
        return 0 if count < 2 else max(1, int(count * self.most_at_once))


def rules_on(first: date) -> Rules:
    """Return the rules of the quarter that begins on a day."""
    text = Path(__file__).with_name("absences.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)["absences"]
    found = max((row for row in known if row["valid_from"] <= first), key=_since, default=known[0])
    quarter = (first.month - 1) // 3
    kinds = [
        Kind(row["reason"], tuple(row["days"]), row["share"][quarter], row["told_days_before"])
        for row in (found["leave"], found["ill"])
    ]
    return Rules(found["most_at_once"], tuple(kinds))


def _since(row: dict[str, date]) -> date:
    return row["valid_from"]


def days_of(absence: Absence) -> range:
    """Return the days on which somebody is away, as ordinals; a part of a day counts as the day."""
    return days_between(absence.starts_at, absence.ends_at)


def days_between(first: datetime, last: datetime) -> range:
    """Return the days from one moment to another, the second not included, as ordinals."""
    ends = last.astimezone(VIETNAM) - timedelta(microseconds=1)
    return range(first.astimezone(VIETNAM).toordinal(), ends.toordinal() + 1)


@dataclass
class _Staff:
    """Who holds which posts, and how many of each post are away on each day."""

    places: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    held: Counter[Place] = field(default_factory=Counter)
    away: Counter[tuple[Place, int]] = field(default_factory=Counter)

    chairmen: dict[int, Account] = field(default_factory=dict)

    def stand_in(self, place: Place) -> Account | None:
        """Return who gets the post of a head who is alone in it: the chairman, if there is one."""
        if place[1] != "head" or self.held[place] != 1:
            return None
        found = self.chairmen.get(place[0])
        return found if found is not None and found.pk not in self.places else None

    def may_go(self, account_id: int, days: Iterable[int], rules: Rules) -> bool:
        """Tell whether enough others stay on each of these days, or somebody stands in."""
        return all(
            self.away[place, day]
            < max(rules.most(self.held[place]), int(bool(self.stand_in(place))))
            for place in self.places[account_id]
            for day in days
        )

    def go(self, account_id: int, days: Iterable[int]) -> None:
        """Count somebody as away."""
        for place in self.places[account_id]:
            for day in days:
                self.away[place, day] += 1


@transaction.atomic
def send_away(*, first: date, last: date, seed: int) -> int:
    """Decide who is away on which days of a quarter and record it; return how many absences.

    Whoever has an absence in the quarter already keeps it and gets no other.
    """
    rules, calendar, staff = rules_on(first), calendar_for("hanh-chinh"), _staff()
    there = Absence.objects.filter(
        starts_at__lt=_midnight(last + _DAY), ends_at__gt=_midnight(first)
    )
    known = set()
    for absence in there:
        known.add(absence.account_id)
        staff.go(absence.account_id, days_of(absence))
    days = [day for day in _span(first, last) if calendar.is_working_day(day)]
    made: list[tuple[datetime, Absence]] = []
    for account in Account.objects.filter(pk__in=list(staff.places)).order_by("username"):
        if account.pk not in known:
            random = Random(f"{seed}:{first}:{account.username}")  # noqa: S311  a story, no secret
            made += _of_officer(account, days, rules, staff, calendar, random)
    _write(made)
    _lend(made, staff)
    return len(made)


def _staff() -> _Staff:
    staff = _Staff()
    for row in Post.objects.filter(role__in=ROLES, valid_to=None):
        staff.places[row.account_id].append((row.agency_id, row.role))
        staff.held[row.agency_id, row.role] += 1
    chairs = Post.objects.filter(role="chairman", valid_to=None).select_related("account")
    for row in chairs.order_by("-pk"):
        staff.chairmen[row.agency_id] = row.account
    return staff


def _of_officer(
    account: Account,
    days: list[date],
    rules: Rules,
    staff: _Staff,
    calendar: WorkCalendar,
    random: Random,
) -> list[tuple[datetime, Absence]]:
    made, free_from = [], 0
    for place, day in enumerate(days):
        for kind in rules.kinds:
            if random.random() >= kind.share * 2 / sum(kind.days) or place < free_from:
                continue
            spell = days[place : place + random.randint(*kind.days)]
            ordinals = range(day.toordinal(), spell[-1].toordinal() + 1)
            if not staff.may_go(account.pk, ordinals, rules):
                continue
            staff.go(account.pk, ordinals)
            free_from = place + len(spell) + 1
            told = calendar.add_working_days(day, -kind.told_days_before)
            at = calendar.opening(max(days[0], told)) + timedelta(minutes=random.randrange(5, 200))
            if not kind.told_days_before:
                at = calendar.opening(day) - timedelta(minutes=random.randrange(5, 40))
            ends = _midnight(spell[-1] + _DAY)
            row = Absence(
                account=account, starts_at=_midnight(day), ends_at=ends, reason=kind.reason
            )
            made.append((at, row))
    return made


def _write(made: list[tuple[datetime, Absence]]) -> None:
    """Write the rows and the facts that `record_absence` writes."""
    made.sort(key=lambda pair: (pair[0], pair[1].account.username))
    Absence.objects.bulk_create([row for _at, row in made], batch_size=2000)
    telling.tell(
        "directory",
        [
            telling.Said(
                events.AbsenceRecorded(
                    account_id=row.account_id, starts_at=row.starts_at, ends_at=row.ends_at
                ),
                at, f"account:{row.account_id}", row.account.name,
            )
            for at, row in made
        ],
    )  # fmt: skip


def _lend(made: list[tuple[datetime, Absence]], staff: _Staff) -> None:
    """Write what `delegate` writes for heads who are alone: meanwhile the chairman has their post."""
    rows: list[tuple[datetime, Absence, Delegation]] = []
    count: Counter[int] = Counter()
    posts = {
        (row.account_id, row.agency_id, row.role): row for row in Post.objects.filter(role="head")
    }
    for at, absence in made:
        for place in staff.places[absence.account_id]:
            to = staff.stand_in(place)
            if to is not None:
                count[place[0]] += 1
                lent = Delegation(
                    post=posts[absence.account_id, *place], to=to, valid_from=absence.starts_at,
                    valid_to=absence.ends_at, decision=f"{count[place[0]]:02d}/GUQ-UBND",
                )  # fmt: skip
                rows.append((at, absence, lent))
    Delegation.objects.bulk_create([lent for _at, _absence, lent in rows], batch_size=2000)
    said = []
    for at, absence, lent in rows:
        fact = events.PostDelegated(
            post_id=lent.post_id, to_account_id=lent.to_id, valid_from=lent.valid_from,
            valid_to=lent.valid_to, decision=lent.decision,
        )  # fmt: skip
        account = absence.account
        said.append(telling.Said(fact, at, f"account:{account.pk}", account.name))
    telling.tell("directory", said)


def _span(first: date, last: date) -> Iterable[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)
