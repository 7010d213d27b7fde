"""What happened in the workflow. Facts about a case's tasks belong to whoever owns the case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ProcessApproved(Fact):
    """An internal process was approved by a decision, and holds from a day on."""

    kind: ClassVar[str] = "workflow.process_approved"

    process_id: int
    procedure_code: str
    version: int
    decision_number: str
    valid_from: date
    digest: str


@dataclass(frozen=True, kw_only=True)
class ProcessImported(Fact):
    """A process was read from a file; nothing holds until it is approved."""

    kind: ClassVar[str] = "workflow.process_imported"

    procedure_code: str
    key: str
    steps: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ConsultationSilent(Fact):
    """The day to answer passed in silence; the head of the desk is told (ND118/2025 art. 19.4c).

    Recorded in the case's own stream by whoever owns the case.
    """

    kind: ClassVar[str] = "workflow.consultation_silent"

    consultation_id: int
    case_id: int
    agency_id: int
    due_at: datetime
