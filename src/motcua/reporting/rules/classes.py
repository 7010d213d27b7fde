"""Early, on time or late: when a dossier counts as ended, and against what it is compared."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from motcua.kernel.worktime.calendar import VIETNAM

EARLY, ON_TIME, LATE = "early", "on_time", "late"
IN_TIME, WAITING, OVERDUE = "in_time", "waiting", "overdue"
APART = "ended"
NO_WAIT = timedelta(0)
_FILE = Path(__file__).with_name("classes.toml")


@dataclass(frozen=True)
class Manner:
    """What the law leaves open, as chosen from a day on (classes.toml explains each)."""

    since: date
    early: str
    ended: str
    waiting: str
    supplements: int
    law: str


@lru_cache
def manners() -> tuple[Manner, ...]:
    """Return every manner of classing, the oldest first.

    Source: 766/QĐ-TTg mục 2.1; what it leaves open is a rule of the house.
    """
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["version"]
    found = [
        Manner(one["from"], one["early"], one["ended"], one["waiting"], one["supplements"], one["law"])
        for one in told
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda manner: manner.since))


@lru_cache(maxsize=4096)
def manner_on(day: date) -> Manner:
    """Return how dossiers are classed on a day.

    Source: rule of the house (configuration with dates).
    """
    known = manners()
    return next((one for one in reversed(known) if one.since <= day), known[0])


@dataclass(frozen=True)
class Course:
    """What the classing of a dossier looks at, taken from its facts.

    `issued_at`: the result was finished (state 9). `returned_at`: it reached the person (10).
    `stopped_at`: closed or refused (8). `withdrawn_at`: the person stopped it (7).
    `waiting_since`: the supplement, or payment that stops the clock, that is still waited for.
    `waited`: time of waits that did not move the due time; those that did are in `due_at` already.
    """

    accepted_at: datetime | None
    due_at: datetime | None = None
    issued_at: datetime | None = None
    returned_at: datetime | None = None
    stopped_at: datetime | None = None
    withdrawn_at: datetime | None = None
    waiting_since: datetime | None = None
    waited: timedelta = field(default=NO_WAIT)
    supplements: int = 0


def end_of(course: Course) -> datetime | None:
    """Return the moment at which a dossier counts as ended, None while it goes on.

    The result finished (9) before its return (10) before stopped or refused (8); withdrawn (7)
    counts only when it had been accepted.
    Source: 766/QĐ-TTg mục 2.1.
    """
    found = course.issued_at or course.returned_at or course.stopped_at
    return found or (course.withdrawn_at if course.accepted_at is not None else None)


def classify(course: Course, *, at: datetime) -> str:
    """Return early, on_time or late of what has ended; in_time, waiting or overdue of the rest.

    `at`: the end of the period, against which what goes on is compared. Without acceptance: "".
    Source: 766/QĐ-TTg mục 2.1; 02/2017/TT-VPCP biểu II.06a cột 8 đến 10, 12, 13.
    """
    if course.accepted_at is None:
        return ""
    end = end_of(course)
    if end is None:
        return class_of_open(
            due_at=course.due_at,
            waiting_since=course.waiting_since,
            supplements=course.supplements,
            at=at,
        )
    has_result = (course.issued_at or course.returned_at) is not None
    return class_of_ended(
        end=end,
        due_at=course.due_at,
        waited=course.waited,
        supplements=course.supplements,
        has_result=has_result,
    )


def class_of_ended(
    *,
    end: datetime,
    due_at: datetime | None,
    waited: timedelta = NO_WAIT,
    supplements: int = 0,
    has_result: bool = True,
) -> str:
    """Return early, on_time or late ("ended" where the manner keeps ends without a result apart).

    More than one supplement counts as late; time waited is subtracted; what has no due time is
    never late. Early only with a result: what was stopped or withdrawn is on time or late.
    Source: 766/QĐ-TTg mục 2.1; 02/2017/TT-VPCP biểu II.06a cột 8, 9, 10.
    """
    manner = manner_on(end.astimezone(VIETNAM).date())
    if not has_result and manner.ended == "apart":
        return APART
    if supplements >= manner.supplements:
        return LATE
    if due_at is None:
        return ON_TIME
    compared = end - waited
    if compared > due_at:
        return LATE
    return EARLY if has_result and _is_early(compared, due_at, manner) else ON_TIME


def _is_early(end: datetime, due_at: datetime, manner: Manner) -> bool:
    if manner.early == "moment":
        return end < due_at
    return end.astimezone(VIETNAM).date() < due_at.astimezone(VIETNAM).date()


def class_of_open(
    *,
    due_at: datetime | None,
    waiting_since: datetime | None,
    supplements: int,
    at: datetime,
) -> str:
    """Return in_time, waiting or overdue of a dossier that goes on.

    While it waits, the request is the end that is compared (the first only); more than one
    supplement counts as overdue.
    Source: 766/QĐ-TTg mục 2.1; 02/2017/TT-VPCP biểu II.06a cột 12, 13.
    """
    if supplements >= manner_on(at.astimezone(VIETNAM).date()).supplements:
        return OVERDUE
    if waiting_since is not None:
        return OVERDUE if due_at is not None and waiting_since > due_at else WAITING
    return OVERDUE if due_at is not None and due_at < at else IN_TIME
