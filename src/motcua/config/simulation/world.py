"""What the simulated quarter finds: agencies, officers, procedures with their processes and fees."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache, cached_property
from itertools import chain

import numpy as np

from motcua.catalog import queries as catalog
from motcua.catalog.content import Component, Content, FeeRule
from motcua.catalog.models import Procedure
from motcua.config.demo.cast import Cast
from motcua.config.simulation.absences import days_between, days_of
from motcua.config.simulation.plan import Ints
from motcua.directory.actor import Actor
from motcua.directory.data import build
from motcua.directory.data.people import Person
from motcua.directory.models import Agency
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.queries.cards import AgencyCard
from motcua.documents.papers import wordings
from motcua.documents.papers.wordings import Wording
from motcua.dossiers.services import copy_register
from motcua.kernel.worktime import Limit, Unit, WorkCalendar
from motcua.kernel.worktime.calendar import VIETNAM
from motcua.workflow import queries as workflow
from motcua.workflow.models import ProcessVersion

COMMUNAL = (build.COMMITTEE, build.POLICE)
_RARE = 0.4


@dataclass(frozen=True, eq=False)
class Offer:
    """A procedure that people ask for: its version, who settles it, how often it is asked for."""

    code: str
    version_id: int
    target: str
    weight: float
    content: Content
    process: ProcessVersion
    is_own_portal: bool

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """The cases, "" where there are none."""
        return tuple(case.key for case in self.content.cases) or ("",)

    @cached_property
    def is_short(self) -> bool:
        """Tell whether its process ends with the head's signature."""
        return is_short(self.process)

    @cached_property
    def is_copy(self) -> bool:
        """Tell whether its result stands in the register of certified copies."""
        return self.code == copy_register.procedure()

    @cached_property
    def channels(self) -> frozenset[str]:
        """The ways in which it may be filed."""
        return frozenset(channel.kind for channel in self.content.channels)

    def limit(self, channel: str, case: str) -> Limit | None:
        """The legal limit."""
        return self.content.limit_for(channel, case)

    def papers(self, case: str) -> tuple[Component, ...]:
        """The papers of a case."""
        return self.content.components_for(case)

    def fees(self, channel: str, case: str) -> tuple[FeeRule, ...]:
        """What is charged."""
        return self.content.fees_for(channel, case)


@dataclass
class World:
    """Everything that is read once and never changes while the quarter is simulated."""

    first: date
    last: date
    cards: dict[str, AgencyCard]
    cast: Cast
    offers: list[Offer]
    places: list[str]
    accountable: dict[int, int] = field(default_factory=dict)
    _present: dict[tuple[int, str, int], list[Actor]] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The calendar that every settling agency keeps."""
        return calendar_for("hanh-chinh")

    @cached_property
    def days(self) -> list[date]:
        """The working days of the quarter."""
        span = range(self.first.toordinal(), self.last.toordinal() + 1)
        days = (date.fromordinal(number) for number in span)
        return [day for day in days if self.calendar.is_working_day(day)]

    @cached_property
    def opens_at(self) -> datetime:
        """The first working moment of the quarter."""
        return self.calendar.opening(self.days[0])

    @cached_property
    def closes_at(self) -> datetime:
        """The last working moment of the quarter."""
        return self.calendar.end_of_day(self.days[-1])

    @cached_property
    def begins_at(self) -> datetime:
        """The midnight with which the quarter begins."""
        return datetime.combine(self.first, time.min, VIETNAM)

    @cached_property
    def by_id(self) -> dict[int, AgencyCard]:
        """The agencies by their keys."""
        return {card.id: card for card in self.cards.values()}

    def in_order(self, agency_ids: Iterable[int]) -> list[int]:
        """Return agencies in the order of their codes: keys differ from database to database."""
        return sorted(agency_ids, key=lambda agency_id: self.by_id[agency_id].code)

    def ranks(self, agency_ids: Ints) -> Ints:
        """Return for each agency its place in the order of codes."""
        keys, back = np.unique(agency_ids, return_inverse=True)
        rank = {agency_id: n for n, agency_id in enumerate(self.in_order(keys.tolist()))}
        return np.asarray([rank[key] for key in keys.tolist()], dtype=np.int32)[back]

    def officers(self, agency_id: int, role: str) -> list[Actor]:
        """The officers in a post at an agency, in a steady order."""
        posts = self.cast.posts.get((agency_id, role), [])
        return [self.cast.actors[self.cast.holders[post.post_id]] for post in posts]

    @cached_property
    def spells(self) -> dict[int, list[range]]:
        """The days on which each officer is away, spell by spell, as ordinals."""
        found: dict[int, list[range]] = defaultdict(list)
        for absence in sorted(self.cast.absences, key=lambda one: one.starts_at):
            found[absence.account_id].append(days_of(absence))
        return found

    @cached_property
    def away(self) -> dict[int, frozenset[int]]:
        """The days on which each officer is away, as ordinals."""
        return {key: frozenset(chain(*spells)) for key, spells in self.spells.items()}

    def present(self, agency_id: int, role: str, day: int) -> list[Actor]:
        """The officers in a post who are there on a day; all, should nobody be."""
        key = (agency_id, role, day)
        if key not in self._present:
            everybody = self.officers(agency_id, role)
            there = [one for one in everybody if day not in self.away.get(one.account_id or 0, ())]
            self._present[key] = there or self._standing_in(agency_id, role, day) or everybody
        return self._present[key]

    def _standing_in(self, agency_id: int, role: str, day: int) -> list[Actor]:
        """The officers to whom a post is lent on a day."""
        posts = {post.post_id: post for post in self.cast.posts.get((agency_id, role), [])}
        found = []
        for lent in self.cast.delegations:
            if (
                lent.post_id in posts
                and lent.revoked_at is None
                and day in days_between(lent.valid_from, lent.valid_to)
            ):
                holder = self.cast.actors[self.cast.holders[lent.post_id]]
                post = replace(
                    posts[lent.post_id], on_behalf_of=holder.name, holder_id=holder.account_id
                )
                own = self.cast.actors[lent.to_id]
                found.append(replace(own, posts=(*own.posts, post)))
        return found

    def days_away(self, agency_id: int, role: str) -> list[frozenset[int]]:
        """Return for each officer in a post the numbers of the working days of an absence."""
        numbers = {day.toordinal(): n for n, day in enumerate(self.days)}
        return [
            frozenset(
                numbers[day] for day in self.away.get(one.account_id or 0, ()) if day in numbers
            )
            for one in self.officers(agency_id, role)
        ]


def read(*, first: date, last: date, people: list[Person]) -> World:
    """Read the world."""
    cards.forget()
    cast = Cast(people=people, citizens=[])
    cast.read()
    known = {card.code: card for card in map(cards.card, _active())}
    world = World(
        first=first,
        last=last,
        cards=known,
        cast=cast,
        offers=_offers(first),
        places=[str(row["code"]) for row in build.communes()],
    )
    world.accountable = _accountable(world)
    return world


def _active() -> list[int]:
    return list(Agency.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))


def _offers(on: date) -> list[Offer]:
    known = {row.code: row for row in Procedure.objects.filter(is_offered=True).order_by("code")}
    versions = catalog.versions_of_codes(sorted(known), on)
    found = []
    for code, version in sorted(versions.items()):
        content = catalog.content_of(version.pk)
        process = workflow.process_for(code, version.pk, on=on)
        if not _is_whole(process) and not is_short(process):
            continue
        level = build.level_of(content.levels)
        row = known[code]
        target = build.competent(code, field=content.field, level=level, issuer=row.issuer, on=on)
        found.append(
            Offer(
                code, version.pk, target, row.usage or _RARE, content, process, row.online_filing
            )
        )
    return found


def _is_whole(process: ProcessVersion) -> bool:
    """Tell whether a process goes from the counter to appraiser, head, clerk and back."""
    steps = process.process.chain()
    roles = [step.role for step in steps]
    return (
        roles[0] == roles[-1] == "receptionist"
        and roles[-2] == "clerk"
        and {"appraiser", "head"} == set(roles[1:-2])
        and all(step.place in ("receiving", "competent") for step in steps)
    )


def is_short(process: ProcessVersion) -> bool:
    """Tell whether a process has two steps: the counter compares, the head signs."""
    steps = [(step.role, step.place) for step in process.process.chain()]
    return steps == [("receptionist", "receiving"), ("head", "competent")]


def _accountable(world: World) -> dict[int, int]:
    """Who answers for the work of each agency: as the staffing statement finds it."""
    by_agency: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    ranks = {"chairman": 0, "head": 1, "centre_lead": 2}
    for (agency_id, role), posts in world.cast.posts.items():
        if role in ranks:
            for post in posts:
                holder = world.cast.holders[post.post_id]
                by_agency[agency_id].append((ranks[role], post.post_id, holder))
    found = {}
    for card in world.cards.values():
        own = by_agency.get(card.id) or by_agency.get(card.parent_id or 0)
        if own:
            found[card.id] = min(own)[2]
    return found


@cache
def wording_for(procedure: str, outcome: str, on: date) -> Wording:
    """Return the wording that a result of this kind gets."""
    return wordings.choices(procedure=procedure, outcome=outcome, on=on)[0]


def working_days(limit: Limit | None) -> float:
    """Return about how many working days a limit gives; without a limit five."""
    if limit is None:
        return 5.0
    value = float(limit.value)
    per = {Unit.WORKING_HOUR: 8.0, Unit.HOUR: 24.0, Unit.DAY: 1.4, Unit.MONTH: 1 / 21}
    return value / per.get(limit.unit, 1.0)
