"""Pure decisions of the workflow: how long a step may take, who may do it, what a reason is."""

from dataclasses import dataclass
from datetime import datetime

from motcua.directory.actor import Actor, PostRef
from motcua.kernel.worktime import Limit, Unit, WorkCalendar
from motcua.workflow.definition import COMPETENT, HEAD, RECEIVING, Process

WARN_SHARE = 0.75
ALARM_SHARE = 0.90
REASON_CHARS = 10
WORKDAY_MINUTES = 480

# Who answers for the work of an agency, the first that it has (ND118/2025 art. 19.1, 38).
ACCOUNTABLE_ROLES = ("chairman", "head", "centre_lead")
# Who may do the work of another post at the same agency (ND118/2025 art. 9).
STANDS_IN = {"receptionist": "centre_lead"}
ANSWERING_ROLES = ("appraiser", "head", "chairman", "centre_lead", "clerk")
APPROVING_ROLES = ("chairman", "controller")


@dataclass(frozen=True)
class StepTimes:
    """When a step is due, and when it starts to be pressing."""

    due_at: datetime
    warn_at: datetime
    alarm_at: datetime


def budget_minutes(*, process: Process, step_key: str, minutes_left: int | None) -> int:
    """Return the working minutes that a step gets when so many are left to the whole case.

    A step keeps its own hours while the hours of it and all later steps fit into what is left;
    else, and in an elastic process always, it gets its share of what is left, so that no step
    is due after the case itself. `minutes_left` None or spent: its own hours.
    Source: ND118/2025 art. 19.1 (the head assigns the work and its time).
    """
    rest = process.chain(step_key)
    own = rest[0].hours * 60
    whole = sum(step.hours for step in rest) * 60
    if minutes_left is None or minutes_left <= 0 or whole == 0:
        return own
    if process.is_elastic or whole > minutes_left:
        return minutes_left * own // whole
    return own


def step_times(*, calendar: WorkCalendar, at: datetime, minutes: int) -> StepTimes:
    """Return the due time of `minutes` of work from `at`, with its 75 % and 90 % marks.

    Source: ND118/2025 art. 19.6 (lateness is foreseen and announced, not found out).
    """
    return StepTimes(
        due_at=calendar.add_working_minutes(at, minutes),
        warn_at=calendar.add_working_minutes(at, int(minutes * WARN_SHARE)),
        alarm_at=calendar.add_working_minutes(at, int(minutes * ALARM_SHARE)),
    )


def resumed(
    *, calendar: WorkCalendar, times: StepTimes, paused_at: datetime, at: datetime
) -> StepTimes:
    """Return the times of a step that stood still from `paused_at` to `at`.

    What was left of each mark is left again; a mark already passed stays where it was.
    Source: ND118/2025 art. 24 (waiting for a payment is not the officer's time).
    """

    def shifted(mark: datetime) -> datetime:
        if mark <= paused_at:
            return mark
        return calendar.add_working_minutes(at, calendar.working_minutes_between(paused_at, mark))

    return StepTimes(shifted(times.due_at), shifted(times.warn_at), shifted(times.alarm_at))


def place_key(place: str) -> str:
    """Return "receiving" or "competent", or "" when the place is the code of an agency.

    Source: ND309/2026 art. 7.2 (where it was received and who is competent are kept apart).
    """
    return place if place in {RECEIVING, COMPETENT} else ""


def acting_post(
    *, agency_id: int, role: str, assignment: str, assignee_id: int | None, by: Actor
) -> PostRef | None:
    """Return the post in which this person may do a step, or None.

    The assignee may; so may the one to whom the post is delegated; when nobody is assigned,
    whoever holds the post or stands in for it, unless the step waits for the head to give it.
    Whether a delegated post is the assignee's own is for the service to ask.
    Source: ND118/2025 art. 19.1.
    """
    roles = (role, STANDS_IN.get(role, role))
    held = [post for post in by.posts if post.agency_id == agency_id and post.role in roles]
    if assignee_id is None and assignment == HEAD:
        return None
    if assignee_id in (None, by.account_id):
        return held[0] if held else None
    return next((post for post in held if post.on_behalf_of), None)


def may_assign(*, agency_id: int, by: Actor) -> bool:
    """Tell whether this person gives out the work of an agency.

    Source: ND118/2025 art. 19.1 (the head of the agency assigns), 9 (the head of the centre).
    """
    return by.kind == "system" or by.has_role(*ACCOUNTABLE_ROLES, agency_id=agency_id)


def is_reason(text: str) -> bool:
    """Tell whether a text says enough to be a reason.

    Source: ND118/2025 art. 19.4d, 21.3 (every such act is kept with its reason).
    """
    return len(" ".join(text.split())) >= REASON_CHARS


def may_answer(*, agency_id: int, by: Actor) -> bool:
    """Tell whether this person speaks for an agency that was asked.

    Source: ND118/2025 art. 19.4c (the agency that was asked answers).
    """
    return by.has_role(*ANSWERING_ROLES, agency_id=agency_id)


def limit_minutes(limit: Limit) -> int:
    """Return about how many working minutes a legal limit leaves, counted on the safe side.

    A day is 8 working hours; calendar limits give 5 working days of 7. Zero ("giải quyết ngay",
    "trong ngày") leaves one day. Source: ND63/2010 art. 8.2 (each procedure publishes its limit).
    """
    value = int(limit.value)
    if value == 0:
        return WORKDAY_MINUTES
    if limit.unit is Unit.WORKING_HOUR:
        return value * 60
    days = {Unit.HOUR: value * 5 // (24 * 7), Unit.DAY: value * 5 // 7, Unit.MONTH: value * 20}
    return max(days.get(limit.unit, value), 1) * WORKDAY_MINUTES
