"""The stage on which dossiers are lived: officers who are there, and moments."""

from datetime import datetime

from motcua.config.simulation import passing
from motcua.config.simulation.case import Case
from motcua.config.simulation.decided import SlipTold
from motcua.config.simulation.timing import Timing
from motcua.config.simulation.world import World
from motcua.directory.actor import Actor
from motcua.directory.queries.calendars import calendar_for


class Over(Exception):
    """The simulation ends before the next thing happens."""


class Stage:
    """What every dossier of one slice shares."""

    def __init__(
        self,
        world: World,
        timing: Timing,
        slips: list[SlipTold],
        *,
        seed: int,
        until: datetime | None,
    ) -> None:
        self.world, self.timing, self.slips = world, timing, slips
        self.seed, self.until = seed, until
        self.by_id = world.by_id
        self.names = {card.id: card.name for card in world.cards.values()}

    def present(self, case: Case, agency_id: int, role: str) -> list[Actor]:
        """Return who of those in a post is there at the moment of a case; never nobody."""
        return self.world.present(agency_id, role, case.last_at.toordinal())

    def appraiser(self, case: Case) -> Actor:
        """Return who appraises a case: whoever has the step, else its officer or a colleague."""
        task = case.task
        if task is not None and task.assignee_id is not None and task.role == "appraiser":
            return self.world.cast.actors[task.assignee_id]
        return self.stand_in(case, case.competent_id, "appraiser", case.appraiser_id)

    def head(self, case: Case) -> Actor:
        """Return who heads the agency that settles a case, or stands in for whoever does."""
        return self.present(case, case.competent_id, "head")[0]

    def one(self, case: Case, agency_id: int, role: str) -> Actor:
        """Return one of those in a post."""
        held = self.present(case, agency_id, role)
        return held[case.random.randrange(len(held))] if len(held) > 1 else held[0]

    def stand_in(self, case: Case, agency_id: int, role: str, account_id: int | None) -> Actor:
        """Return an officer of a post who is there, or a colleague who is."""
        there = self.present(case, agency_id, role)
        known = self.world.cast.actors.get(account_id or 0)
        return known if known in there else there[case.decided.number % len(there)]

    def on_duty(
        self, case: Case, agency_id: int, role: str, account_id: int | None, at: datetime
    ) -> int | None:
        """Return who gets a step by load: its officer, or a colleague while that one is away."""
        days = self.world.away.get(account_id or 0)
        if days is None or at.toordinal() not in days:
            return account_id
        there = self.world.present(agency_id, role, at.toordinal())
        return there[case.decided.number % len(there)].account_id

    def at(self, case: Case, minute: float) -> datetime:
        """Return the moment of a minute; what time brings about by itself happens before it."""
        return self.reach(case, self.timing.moment(minute))

    def at_counter(self, case: Case, moment: datetime) -> datetime:
        """Return a moment at which the counter is open, not before the one given."""
        calendar = calendar_for(case.receiving.calendar_key)
        return self.reach(case, calendar.next_working_moment(moment))

    def reach(self, case: Case, moment: datetime) -> datetime:
        """Return a moment, never before what happened last.

        Raises Over: the simulation ends before.
        """
        if case.told and case.last_at > moment:
            moment = case.last_at
        if self.until is not None and moment > self.until:
            raise Over
        passing.sweep(self, case, moment)
        case.last_at = moment
        return moment
