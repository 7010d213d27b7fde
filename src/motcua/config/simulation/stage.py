"""The stage on which dossiers are lived: officers, moments, and what time brings about by itself."""

from datetime import datetime, timedelta

from motcua.config.simulation import asides
from motcua.config.simulation.case import Case
from motcua.config.simulation.decided import SlipTold
from motcua.config.simulation.timing import Timing
from motcua.config.simulation.world import World
from motcua.directory.actor import Actor


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
        self._officers: dict[tuple[int, str], list[Actor]] = {}

    def officers(self, agency_id: int, role: str) -> list[Actor]:
        """Return who holds a post; never nobody."""
        key = (agency_id, role)
        if key not in self._officers:
            self._officers[key] = self.world.officers(agency_id, role)
        return self._officers[key]

    def appraiser(self, case: Case) -> Actor:
        """Return who appraises a case."""
        return self.world.cast.actors[case.appraiser_id or 0]

    def head(self, case: Case) -> Actor:
        """Return who heads the agency that settles a case."""
        return self.officers(case.competent_id, "head")[0]

    def one(self, case: Case, agency_id: int, role: str) -> Actor:
        """Return one of those in a post."""
        held = self.officers(agency_id, role)
        return held[case.random.randrange(len(held))] if len(held) > 1 else held[0]

    def at(self, case: Case, minute: float) -> datetime:
        """Return the moment of a minute; what time brings about by itself happens before it."""
        return self.reach(case, self.timing.moment(minute))

    def reach(self, case: Case, moment: datetime) -> datetime:
        """Return a moment, never before what happened last.

        Raises Over: the simulation ends before.
        """
        if case.told and case.last_at > moment:
            moment = case.last_at
        if self.until is not None and moment > self.until:
            raise Over
        self.sweep(case, moment)
        case.last_at = moment
        return moment

    def sweep(self, case: Case, moment: datetime) -> None:
        """Note silence and lateness, as the worker does every few minutes."""
        if not case.told:
            return
        for row in case.opinions:
            if (
                row["silent_at"] is None
                and row["answered_at"] is None
                and row["withdrawn_at"] is None
            ):
                noted = max(row["due_at"] + timedelta(seconds=40), case.last_at)
                if noted < moment:
                    asides.note_silence(case, self.names, at=noted)
        if case.due_at is None or case.overdue_noted_at is not None or case.ended_at is not None:
            return
        if case.due_at < moment and case.state in ("accepted", "in_progress"):
            noted = max(
                case.due_at + timedelta(seconds=case.random.randrange(20, 290)), case.last_at
            )
            if noted < moment:
                asides.note_overdue(case, at=noted)
                case.last_at = noted
