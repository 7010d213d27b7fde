"""Simulated time: what happens next, in order, until now."""

import heapq
import logging
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from motcua.config.demo.cast import Cast
from motcua.config.demo.plan import Fate, Offer, Plan
from motcua.directory.actor import Actor
from motcua.directory.data.people import Person
from motcua.directory.queries import calendars, cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import Dossier
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import WorkCalendar

log = logging.getLogger("motcua.demo")
WORKDAY = 480


@dataclass
class Story:
    """One dossier on its way; `fate` becomes plain once it was fulfilled."""

    plan: Plan
    person: Person
    applicant: Actor
    random: Random
    fate: Fate
    dossier: Dossier | None = None
    finish_at: datetime | None = None

    @property
    def row(self) -> Dossier:
        """The dossier, once it was filed."""
        if self.dossier is None:
            raise LookupError("not filed yet")
        return self.dossier

    @property
    def code(self) -> str:
        """The dossier's code."""
        return self.row.code

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in this share of all dossiers."""
        return self.random.random() < share


Happening = Callable[["Life", Story, datetime], None]
Tick = Callable[["Life", datetime], None]


@dataclass
class Life:
    """Everything that will happen, by its moment; people act when their agency is open."""

    cast: Cast
    seed: int
    now: datetime
    part: int = 0
    queue: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    slips: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    offers: list[Offer] = field(default_factory=list)
    storm_day: date | None = None
    refused: Counter[str] = field(default_factory=Counter)
    acts: int = 0
    filed: int = 0
    _number: int = 0

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar that nearly every agency keeps."""
        return calendar_for("hanh-chinh")

    def begin(self, plan: Plan, file: Happening) -> None:
        """Put a filing on the way."""
        story = Story(
            plan=plan,
            person=self.cast.people[plan.person],
            applicant=self.cast.citizens[plan.person % len(self.cast.citizens)],
            random=Random(f"{self.seed}:{plan.number}"),  # noqa: S311  # a story, not a secret
            fate=plan.fate,
        )
        self.happen(plan.at, file, story)

    def happen(self, at: datetime, act: Happening, story: Story) -> None:
        """Let something happen to a dossier at a moment; after now it stays undone."""
        self._push(at, lambda when: act(self, story, when))

    def tick(self, at: datetime, act: Tick) -> None:
        """Let something happen that is about no single dossier."""
        self._push(at, lambda when: act(self, when))

    def _push(self, at: datetime, act: Callable[[datetime], None]) -> None:
        self._number += 1
        heapq.heappush(self.queue, (at, self._number, act))

    def run(self, until: datetime, told: Callable[[int], None]) -> None:
        """Let everything happen up to a moment; a refusal ends that story and is counted."""
        calendars.forget()
        self.cast.look_again()
        while self.queue and self.queue[0][0] <= until:
            at, _number, act = heapq.heappop(self.queue)
            try:
                act(at)
            except Refused as refusal:
                self.refused[f"{type(refusal).__name__}: {refusal}"[:120]] += 1
                log.debug("refused: %s", refusal)
            self.acts += 1
            told(self.filed)

    def after(self, at: datetime, minutes: float) -> datetime:
        """Return the moment so many working minutes later."""
        return self.calendar.add_working_minutes(at, max(1.0, minutes))

    def within(self, story: Story, at: datetime, low: float, high: float) -> datetime:
        """Return a working moment between so many working minutes later."""
        later = self.after(at, story.random.uniform(low, high))
        return later + timedelta(seconds=story.random.randrange(50))

    def officer(self, agency_id: int, role: str, story: Story, at: datetime) -> Actor | None:
        """Return somebody in a post, None when nobody is present."""
        return self.cast.holder(agency_id, role, at=at, random=story.random)

    def on_turn(self, story: Story, at: datetime) -> Actor | None:
        """Return who takes the dossier's current step."""
        row = story.row
        if row.turn_agency_id is None:
            return None
        if row.assignee_id:
            return self.cast.assigned(row.assignee_id, row.turn_agency_id, row.turn_role, at=at)
        return self.officer(row.turn_agency_id, row.turn_role, story, at)

    def agency(self, code: str) -> cards.AgencyCard:
        """Return an agency's card."""
        found = cards.card_by_code(code)
        if found is None:
            raise LookupError(code)
        return found
