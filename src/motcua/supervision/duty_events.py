"""What can happen to directives and duties. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DirectiveEntered(Fact):
    """A document that asks for something was entered, with what it asks for."""

    kind: ClassVar[str] = "directive.entered"
    number: str
    directive_kind: str
    issued_on: date
    issuer: str
    subject: str
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DutyFact(Fact):
    """Base: every fact about a duty names it by its code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class DutyGiven(DutyFact):
    """Somebody was given something to bring about: the six things, and what it is about."""

    kind: ClassVar[str] = "duty.given"
    directive: str
    agency: str
    person_id: int
    person: str
    accountable_id: int
    accountable: str
    work: str
    authority: str
    product: str
    due_at: datetime
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DutyProgressed(DutyFact):
    """How far it has come, in words."""

    kind: ClassVar[str] = "duty.progressed"
    words: str


@dataclass(frozen=True, kw_only=True)
class DutyReported(DutyFact):
    """The product was handed in."""

    kind: ClassVar[str] = "duty.reported"
    words: str
    reference: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class DutyAccepted(DutyFact):
    """The product was accepted: the duty is done."""

    kind: ClassVar[str] = "duty.accepted"
    words: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class DutySentBack(DutyFact):
    """The product does not do yet, with the reason."""

    kind: ClassVar[str] = "duty.sent_back"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DutyExtended(DutyFact):
    """More time was given, with the reason."""

    kind: ClassVar[str] = "duty.extended"
    reason: str
    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DutyHandedOver(DutyFact):
    """Somebody else does it now, with the reason."""

    kind: ClassVar[str] = "duty.handed_over"
    reason: str
    person_before: str
    person_id: int
    person: str


@dataclass(frozen=True, kw_only=True)
class DutyCancelled(DutyFact):
    """It need not be done any more, with the reason."""

    kind: ClassVar[str] = "duty.cancelled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DutyOverdue(DutyFact):
    """The due time passed without a product."""

    kind: ClassVar[str] = "duty.overdue"
    due_at: datetime
