"""What can happen to warnings and signals. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class WarningFact(Fact):
    """Base: every fact about a warning names the dossier and the rung."""

    code: str
    rung: str


@dataclass(frozen=True, kw_only=True)
class WarningRaised(WarningFact):
    """A rung of the ladder was reached; `share` is the per cent of the time used."""

    kind: ClassVar[str] = "supervision.warning_raised"
    due_at: datetime
    share: int
    agency: str
    role: str
    answer_by: datetime
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WarningEscalated(WarningFact):
    """Nobody answered in time; the next in the chain is asked."""

    kind: ClassVar[str] = "supervision.warning_escalated"
    agency: str
    role: str
    level: int
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class WarningAnswered(WarningFact):
    """Its owner said in words what was done."""

    kind: ClassVar[str] = "supervision.warning_answered"
    answer: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class WarningWithdrawn(WarningFact):
    """Its cause is gone: extended, settled, stopped, paused, retimed or calmed."""

    kind: ClassVar[str] = "supervision.warning_withdrawn"
    why: str


@dataclass(frozen=True, kw_only=True)
class SignalFact(Fact):
    """Base: every fact about a signal names which of S1 to S15 it is."""

    signal: str


@dataclass(frozen=True, kw_only=True)
class SignalRaised(SignalFact):
    """Something was found that somebody should look at; `evidence` counts what it rests on."""

    kind: ClassVar[str] = "supervision.signal_raised"
    about: str
    severity: str
    agency: str
    officer_id: int | None
    evidence: int
    codes: tuple[str, ...]
    explain_by: datetime | None


@dataclass(frozen=True, kw_only=True)
class SignalGrew(SignalFact):
    """More of the same was found before anybody had explained it."""

    kind: ClassVar[str] = "supervision.signal_grew"
    evidence: int
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SignalExplained(SignalFact):
    """The officer concerned, or the head of the agency, explained it."""

    kind: ClassVar[str] = "supervision.signal_explained"
    words: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class SignalClosed(SignalFact):
    """A person closed it: a cause was found, it was no matter, or it becomes a duty."""

    kind: ClassVar[str] = "supervision.signal_closed"
    outcome: str
    conclusion: str
