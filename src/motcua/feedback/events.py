"""What can happen to a case. Kinds are stored in the ledger and never renamed.

No fact holds the sender, nor what the sender wrote: the ledger never forgets.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseFact(Fact):
    """Base: every fact about a case names it by its code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class CaseSent(CaseFact):
    """Somebody sent a report; the time of intake runs."""

    kind: ClassVar[str] = "feedback.sent"
    about: str
    field: str
    urgency: str
    channel: str
    place: str
    agency: str
    dossier: str
    photos: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SignalRaised(CaseFact):
    """Signs of harassment, delay, a bribe or danger to life went to who must know at once."""

    kind: ClassVar[str] = "feedback.signal_raised"
    signals: tuple[str, ...]
    source: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseRefused(CaseFact):
    """It was not accepted, with reason and article."""

    kind: ClassVar[str] = "feedback.refused"
    reason: str
    law: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CaseSupplementRequested(CaseFact):
    """The sender is asked for more; the time stands still."""

    kind: ClassVar[str] = "feedback.supplement_requested"
    reason: str
    wanted: tuple[str, ...]
    answer_by: datetime
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CaseSupplemented(CaseFact):
    """The sender told more; the time runs on."""

    kind: ClassVar[str] = "feedback.supplemented"
    photos: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseAccepted(CaseFact):
    """It was accepted and classified; the time of settling runs from then.

    `followed`: which parts of triage's proposal the moderator kept; `proposed`: what it was.
    """

    kind: ClassVar[str] = "feedback.accepted"
    about: str
    field: str
    urgency: str
    due_at: datetime
    law: str
    is_late: bool
    proposed: dict[str, str]
    followed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseReclassified(CaseFact):
    """Kind, field or urgency were set right."""

    kind: ClassVar[str] = "feedback.reclassified"
    about: str
    field: str
    urgency: str
    reason: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class OfficerNamed(CaseFact):
    """A moderator told whom the case is about: the key of the account and the post; "" nobody."""

    kind: ClassVar[str] = "feedback.officer_named"
    officer: str
    post: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseReferred(CaseFact):
    """It is a complaint or denunciation by law: the sender was told where it goes."""

    kind: ClassVar[str] = "feedback.referred"
    to: str
    law: str
    where: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CaseMerged(CaseFact):
    """It is about the same thing as another case; its sender follows that one."""

    kind: ClassVar[str] = "feedback.merged"
    main: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseUnmerged(CaseFact):
    """It was about something else after all; its own time runs on."""

    kind: ClassVar[str] = "feedback.unmerged"
    main: str
    reason: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DuplicateJoined(CaseFact):
    """Another case was merged into this one, or taken out again."""

    kind: ClassVar[str] = "feedback.duplicate_joined"
    other: str
    followers: int


@dataclass(frozen=True, kw_only=True)
class CaseFollowed(CaseFact):
    """Somebody else wants to know how it ends."""

    kind: ClassVar[str] = "feedback.followed"
    followers: int


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(CaseFact):
    """The competent agency got it."""

    kind: ClassVar[str] = "feedback.assigned"
    agency: str
    agency_code: str
    due_at: datetime
    is_final: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseTaken(CaseFact):
    """An officer works on it: took it, or was named by the head."""

    kind: ClassVar[str] = "feedback.taken"
    handler: str
    named: bool


@dataclass(frozen=True, kw_only=True)
class CasePassedOn(CaseFact):
    """One agency passed it on to another; the time of the sender runs on."""

    kind: ClassVar[str] = "feedback.passed_on"
    giver: str
    agency: str
    agency_code: str
    reason: str
    count: int


@dataclass(frozen=True, kw_only=True)
class CaseReturnedBack(CaseFact):
    """An agency refused competence."""

    kind: ClassVar[str] = "feedback.returned_back"
    agency: str
    reason: str
    suggested: str
    count: int


@dataclass(frozen=True, kw_only=True)
class CaseNoted(CaseFact):
    """An officer wrote down what was done so far."""

    kind: ClassVar[str] = "feedback.noted"
    text: str
    is_told: bool
    photos: int


@dataclass(frozen=True, kw_only=True)
class CaseExtended(CaseFact):
    """More time was given, with the reason."""

    kind: ClassVar[str] = "feedback.extended"
    reason: str
    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseAnswered(CaseFact):
    """An answer was drafted for the head."""

    kind: ClassVar[str] = "feedback.answered"
    sources: tuple[str, ...]
    photos: int


@dataclass(frozen=True, kw_only=True)
class CaseSentBack(CaseFact):
    """The head did not agree with the draft."""

    kind: ClassVar[str] = "feedback.sent_back"
    reason: str


@dataclass(frozen=True, kw_only=True)
class InspectorAgreed(CaseFact):
    """An inspector agreed to the answer about an officer's conduct."""

    kind: ClassVar[str] = "feedback.inspector_agreed"
    note: str


@dataclass(frozen=True, kw_only=True)
class CaseApproved(CaseFact):
    """The head approved the answer; the sender reads it; the time of publication runs."""

    kind: ClassVar[str] = "feedback.approved"
    agency: str
    agency_code: str
    settled_due_at: datetime
    is_late: bool
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseShown(CaseFact):
    """Its masked words may be read by everybody."""

    kind: ClassVar[str] = "feedback.shown"
    photos: int


@dataclass(frozen=True, kw_only=True)
class CaseHidden(CaseFact):
    """It was taken off the public pages."""

    kind: ClassVar[str] = "feedback.hidden"
    reason: str


@dataclass(frozen=True, kw_only=True)
class CasePublished(CaseFact):
    """The masked answer was published."""

    kind: ClassVar[str] = "feedback.published"
    photos: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CaseWithheld(CaseFact):
    """The answer stays between the agency and the sender, with the reason."""

    kind: ClassVar[str] = "feedback.withheld"
    reason: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CaseRated(CaseFact):
    """The sender said how content they are, 1 to 5."""

    kind: ClassVar[str] = "feedback.rated"
    score: int


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseFact):
    """The sender disputes the answer: another look; the second time by the level above."""

    kind: ClassVar[str] = "feedback.reopened"
    reason: str
    count: int
    agency: str
    agency_code: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseClosed(CaseFact):
    """Nothing more is to be done."""

    kind: ClassVar[str] = "feedback.closed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseRetimed(CaseFact):
    """Its calendar was corrected, so its due date moved."""

    kind: ClassVar[str] = "feedback.retimed"
    due_before: datetime
    due_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeadlineReminded(CaseFact):
    """A rung of the ladder of reminders was reached."""

    kind: ClassVar[str] = "feedback.reminded"
    rung: str
    stage: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SenderRead(CaseFact):
    """Somebody looked who the sender is."""

    kind: ClassVar[str] = "feedback.sender_read"
    reason: str


@dataclass(frozen=True, kw_only=True)
class RatingGiven(Fact):
    """Somebody rated a result or a counter; nothing says who, nothing says whom."""

    kind: ClassVar[str] = "rating.given"
    about: str
    agency_code: str
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RatingBecameCase(Fact):
    """A low rating was turned into feedback by who gave it."""

    kind: ClassVar[str] = "rating.became_case"
    case: str


@dataclass(frozen=True, kw_only=True)
class DeviceMade(Fact):
    """A tablet was given to a counter, or taken from it."""

    kind: ClassVar[str] = "rating.device_made"
    agency_code: str
    name: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class OfficerSeated(Fact):
    """An officer sat down at a counter's tablet, or got up."""

    kind: ClassVar[str] = "rating.officer_seated"
    device: str
    is_there: bool
