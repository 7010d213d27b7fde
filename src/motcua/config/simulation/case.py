"""One dossier in memory: its row, its papers and charges, its steps, its facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from motcua.config.simulation.decided import Decided
from motcua.config.simulation.world import Offer
from motcua.directory.actor import Actor
from motcua.directory.queries.cards import AgencyCard
from motcua.kernel.facts import Fact
from motcua.kernel.worktime import WorkCalendar
from motcua.workflow import rules
from motcua.workflow.definition import LOAD, RECEIVING, Process, Step

Numbered = Callable[[str, int], None]
OnDuty = Callable[["Case", int, str, int | None, datetime], int | None]
_posts: dict[tuple[int | None, int | None], str] = {}


@dataclass(slots=True)
class Opened:
    """A row of workflow_task."""

    step_key: str
    name: str
    role: str
    agency_id: int
    assignee_id: int | None
    accountable_id: int
    assignment: str
    authority: str
    product: str
    opened_at: datetime
    due_at: datetime
    warn_at: datetime
    alarm_at: datetime
    paused_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by_id: int | None = None
    outcome: str = ""
    reason: str = ""


@dataclass(slots=True)
class Told:
    """A fact that happened, not yet written."""

    fact: Fact
    at: datetime
    actor: str
    actor_name: str
    post: str


@dataclass(slots=True)
class PaperRow:
    """A row of dossiers_paper."""

    name: str
    required: bool
    originals: int
    copies: int
    state: str


PENDING = Fact()


class Case:
    """A dossier; its attributes are the columns of its row, as the services would leave them."""

    id: int
    code: str
    version_id: int
    procedure_code: str
    procedure_name: str
    field: str
    case_key: str
    on_duty: OnDuty
    process_id: int | None
    channel: str
    state = "submitted"
    money = "free"
    delivery = "none"
    sync = "local"
    outcome = ""
    proposal = ""
    support_id: int | None = None
    receiving_id: int
    competent_id: int
    applicant_id: int
    owner_id: int
    owner_folded: str
    applicant_role = "owner"
    mandate = ""
    helper_name = ""
    phone = ""
    email = ""
    return_mode = "counter"
    return_address = ""
    sets = 1
    note = ""
    filed_at: datetime
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    due_at: datetime | None = None
    due_original: datetime | None = None
    decided_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    close_on: datetime | None = None
    overdue_noted_at: datetime | None = None
    officer_notified_at: datetime | None = None
    calendar_key: str
    paused_from = ""
    extension_count = 0
    supplement_count = 0
    originals_held = 0
    is_confidential = False
    step_key = ""
    step_name = ""
    turn_agency_id: int | None = None
    turn_role = ""
    assignee_id: int | None = None
    step_due_at: datetime | None = None
    task_id: int | None = None
    revision = 0
    risk: int | None = None
    # What is no column: who it is, what was decided of it, and what hangs on it.
    random: Random
    decided: Decided
    person_name: str
    support = ""
    last_at: datetime
    slip_id: int | None = None
    appraiser_id: int | None = None
    decider = ""
    decider_post = ""
    digest = ""

    def __init__(
        self, offer: Offer, receiving: AgencyCard, competent: AgencyCard, calendar: WorkCalendar
    ) -> None:
        self.offer, self.receiving, self.competent = offer, receiving, competent
        self.calendar = calendar
        self.process: Process = offer.process.process
        self.accountable: dict[int, int] = {}
        self.clock: list[dict[str, object]] = []
        self.form_data: dict[str, Any] = {}
        self.told: list[Told] = []
        self.steps: list[Opened] = []
        self.task: Opened | None = None
        self.papers: dict[str, PaperRow] = {}
        self.charges: list[dict[str, Any]] = []
        self.opinions: list[dict[str, Any]] = []
        self.results: list[dict[str, Any]] = []
        self.supplement: dict[str, Any] | None = None
        self.extension: dict[str, Any] | None = None
        self.numbered: list[tuple[datetime, str, Numbered]] = []
        self.wrong_told: Callable[[Fact], None] | None = None

    @property
    def turn(self) -> Opened:
        """The open step.

        Raises LookupError: none is open.
        """
        if self.task is None:
            raise LookupError("no step is open")
        return self.task

    @property
    def promised(self) -> datetime:
        """The due time of a case that has one.

        Raises LookupError: it has none.
        """
        if self.due_at is None:
            raise LookupError("no due time")
        return self.due_at

    @property
    def wanted(self) -> dict[str, Any]:
        """The row of the supplement that was asked for.

        Raises LookupError: none was.
        """
        if self.supplement is None:
            raise LookupError("no supplement")
        return self.supplement

    @property
    def given_to(self) -> int:
        """Who has the step that just opened, as a fact says it; 0: nobody."""
        return self.assignee_id or 0

    def promised_by(self, day: int) -> bool:
        """Tell whether it is due by the end of a day."""
        return self.due_at is not None and self.due_at.toordinal() <= day

    def step_behind(self, key: str) -> Step:
        """Return the step behind one of the process.

        Raises LookupError: it is the last.
        """
        found = self.process.following(key)
        if found is None:
            raise LookupError(key)
        return found

    # --- facts --------------------------------------------------------------------------------

    def record(self, fact: Fact, *, by: Actor, at: datetime, agency_id: int | None = None) -> None:
        """Record a fact."""
        self.told.append(Told(fact, at, by.key, by.name[:120], post_of(by, agency_id)))

    def record_later(
        self, *, by: Actor, at: datetime, agency_id: int | None
    ) -> Callable[[Fact], None]:
        """Keep a place for a fact that still waits for its number."""
        told = Told(PENDING, at, by.key, by.name[:120], post_of(by, agency_id))
        self.told.append(told)

        def fill(fact: Fact) -> None:
            told.fact = fact

        return fill

    # --- steps --------------------------------------------------------------------------------

    def open_step(self, key: str, at: datetime, *, wanted: int | None = None) -> None:
        """Open a step, as workflow.services.open_step does, and take the turn from it."""
        step = self.process.step(key)
        if step is None:
            raise LookupError(key)
        agency = self.receiving if step.place == RECEIVING else self.competent
        times = self._times(step, at)
        assignee = self._given(step, agency.id, wanted, at)
        self.task = Opened(
            step_key=step.key,
            name=step.name,
            role=step.role,
            agency_id=agency.id,
            assignee_id=assignee,
            accountable_id=self.accountable[agency.id],
            assignment=step.assignment,
            authority=step.legal_authority[:300],
            product=step.product,
            opened_at=at,
            due_at=times.due_at,
            warn_at=times.warn_at,
            alarm_at=times.alarm_at,
        )
        self.steps.append(self.task)
        self.take_turn()

    def _given(self, step: Step, agency_id: int, wanted: int | None, at: datetime) -> int | None:
        """Who gets a step: whoever did it before, else one of those who are there, by load."""
        usual = wanted if wanted is not None else self.appraiser_id
        if step.assignment == LOAD:
            found = self.on_duty(self, agency_id, step.role, usual, at)
            if wanted is None:
                self.appraiser_id = found
            return found
        there = self.on_duty(self, agency_id, step.role, wanted, at)
        return wanted if there == wanted else None

    def _times(self, step: Step, at: datetime) -> rules.StepTimes:
        left = self.calendar.working_minutes_between(at, self.due_at) if self.due_at else None
        minutes = rules.budget_minutes(process=self.process, step_key=step.key, minutes_left=left)
        return rules.step_times(calendar=self.calendar, at=at, minutes=minutes)

    def close_step(self, by: Actor, at: datetime, outcome: str = "done", reason: str = "") -> None:
        """Close the open step."""
        if self.task is None:
            return
        self.task.closed_at, self.task.closed_by_id = at, by.account_id
        self.task.outcome, self.task.reason = outcome, reason
        if outcome == "cancelled":
            self.task.paused_at = None
        self.task = None

    def advance(self, by: Actor, at: datetime) -> None:
        """Close the open step as done and open the one behind it."""
        following = self.process.following(self.turn.step_key)
        self.close_step(by, at)
        if following is not None:
            self.open_step(following.key, at)
        else:
            self.take_turn()

    def cancel(self, by: Actor, at: datetime, reason: str) -> None:
        """Close the open step and the open questions: the case ends or starts anew."""
        self.close_step(by, at, "cancelled", reason.strip())
        for row in self.opinions:
            if row["answered_at"] is None and row["withdrawn_at"] is None:
                row["withdrawn_at"] = at
        self.take_turn()

    def retime(self, at: datetime) -> None:
        """Give the open step its share of a due time that moved."""
        if self.task is None or self.due_at is None:
            return
        step = self.process.step(self.task.step_key)
        times = self._times(step, self.task.opened_at) if step else None
        if times is not None and times.due_at >= at:
            self.task.due_at, self.task.warn_at = times.due_at, times.warn_at
            self.task.alarm_at = times.alarm_at
        self.step_due_at = self.task.due_at

    def take_turn(self) -> None:
        """Copy whose turn it is into the row."""
        task = self.task
        if task is None:
            self.step_key = self.step_name = self.turn_role = ""
            self.turn_agency_id = self.assignee_id = self.step_due_at = None
            return
        self.step_key, self.step_name, self.turn_role = task.step_key, task.name[:120], task.role
        self.turn_agency_id, self.assignee_id = task.agency_id, task.assignee_id
        self.step_due_at = task.due_at


def post_of(by: Actor, agency_id: int | None) -> str:
    """Return in which post somebody acts, as the dossier services write it."""
    key = (by.account_id, agency_id)
    if key not in _posts:
        _posts[key] = by.describe(agency_id=agency_id)[:200] or by.describe()[:200]
    return _posts[key]
