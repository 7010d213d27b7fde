"""What can happen to a dossier. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DossierFact(Fact):
    """Base: every fact about a dossier names it by its code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class StepOpened(DossierFact):
    """Base: with this fact a step opened; `officer_id`: who was given it, 0 and left out: nobody."""

    officer_id: int = 0

    def body(self) -> dict[str, object]:
        """Return the fields; who has the step only where somebody has."""
        said = super().body()
        if not self.officer_id:
            del said["officer_id"]
        return said


@dataclass(frozen=True, kw_only=True)
class DossierFiled(StepOpened):
    """Somebody filed."""

    kind: ClassVar[str] = "dossier.filed"
    procedure: str
    version_id: int
    case: str
    channel: str
    support: str
    receiving: str
    competent: str
    field: str
    papers: int
    from_store: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DossierAccepted(StepOpened):
    """The centre accepted a complete dossier; `due_at` is None until the clock starts."""

    kind: ClassVar[str] = "dossier.accepted"
    due_at: datetime | None
    originals: int


@dataclass(frozen=True, kw_only=True)
class DossierReceived(DossierFact):
    """The competent agency received a dossier accepted elsewhere; its clock starts."""

    kind: ClassVar[str] = "dossier.received"
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class IntakeRefused(DossierFact):
    """The centre refused to accept, with reason and clause."""

    kind: ClassVar[str] = "dossier.intake_refused"
    reason: str
    law: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(DossierFact):
    """The one supplement was requested.

    `database_failed`: held by a database that did not give it. `store_wrong`: held by the owner's
    store, where the officer found it wrong or outdated.
    """

    kind: ClassVar[str] = "dossier.supplement_requested"
    stage: str
    components: tuple[str, ...]
    database_failed: tuple[str, ...] = ()
    store_wrong: tuple[str, ...] = ()
    reason: str
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class PaperFromStore(DossierFact):
    """A paper of the owner's store was put to a component; `replaces`: nothing has to be brought."""

    kind: ClassVar[str] = "dossier.paper_from_store"
    component: str
    level: int
    replaces: bool


@dataclass(frozen=True, kw_only=True)
class SupplementAnswered(StepOpened):
    """The supplement came; after acceptance the clock restarts from zero."""

    kind: ClassVar[str] = "dossier.supplement_answered"
    stage: str
    due_before: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DossierClosedUnsupplemented(DossierFact):
    """Fifteen days passed without the supplement."""

    kind: ClassVar[str] = "dossier.closed_unsupplemented"
    silent_since: datetime


@dataclass(frozen=True, kw_only=True)
class DossierAssigned(DossierFact):
    """A step was given to an officer."""

    kind: ClassVar[str] = "dossier.assigned"
    step: str
    officer_id: int
    officer: str


@dataclass(frozen=True, kw_only=True)
class OpinionAsked(DossierFact):
    """Another agency was asked."""

    kind: ClassVar[str] = "dossier.opinion_asked"
    agency: str
    question: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(DossierFact):
    """The asked agency answered."""

    kind: ClassVar[str] = "dossier.opinion_given"
    agency: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class OpinionSilent(DossierFact):
    """The day to answer passed in silence; the head of the centre is told (R13, Điều 19.4c)."""

    kind: ClassVar[str] = "dossier.opinion_silent"
    agency: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class StepDone(StepOpened):
    """A step was finished and the next one opened."""

    kind: ClassVar[str] = "dossier.step_done"
    step: str
    next_step: str
    proposal: str = ""
    reason: str = ""
    law: str = ""


@dataclass(frozen=True, kw_only=True)
class StepSentBack(StepOpened):
    """A step was returned to an earlier one, with a reason."""

    kind: ClassVar[str] = "dossier.step_sent_back"
    step: str
    to_step: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierApproved(StepOpened):
    """The competent person decided."""

    kind: ClassVar[str] = "dossier.approved"
    step: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ResultIssued(StepOpened):
    """The result was numbered, stamped and issued."""

    kind: ClassVar[str] = "dossier.result_issued"
    number: str
    outcome: str
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ResultReturned(DossierFact):
    """The result reached the person."""

    kind: ClassVar[str] = "dossier.result_returned"
    mode: str
    receiver: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(DossierFact):
    """A new appointment was made, once, with an apology."""

    kind: ClassVar[str] = "dossier.deadline_extended"
    reason: str
    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class PaymentRequired(DossierFact):
    """The person has a financial obligation to fulfil."""

    kind: ClassVar[str] = "dossier.payment_required"
    amount_vnd: int
    reason: str
    pauses_clock: bool


@dataclass(frozen=True, kw_only=True)
class PaymentConfirmed(DossierFact):
    """The money came."""

    kind: ClassVar[str] = "dossier.payment_confirmed"
    amount_vnd: int
    method: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierFact):
    """The applicant stopped the dossier before the decision."""

    kind: ClassVar[str] = "dossier.withdrawn"
    reason: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class OriginalsReturned(DossierFact):
    """Originals kept for comparison went back to their owner, though there is no result."""

    kind: ClassVar[str] = "dossier.originals_returned"
    originals: int
    receiver: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class DossierAmended(DossierFact):
    """The applicant adjusted what was declared."""

    kind: ClassVar[str] = "dossier.amended"
    fields: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class PapersHandedOver(DossierFact):
    """The paper dossier left the centre on a slip."""

    kind: ClassVar[str] = "dossier.handed_over"
    slip: str
    to: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class PapersTakenOver(DossierFact):
    """The paper dossier arrived."""

    kind: ClassVar[str] = "dossier.taken_over"
    slip: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ResultDrafted(DossierFact):
    """Somebody wrote or changed the result document that is being prepared."""

    kind: ClassVar[str] = "dossier.result_drafted"
    wording: str


@dataclass(frozen=True, kw_only=True)
class ResultSigned(DossierFact):
    """The competent person signed the result document with a personal key: signed is not issued."""

    kind: ClassVar[str] = "dossier.result_signed"
    wording: str
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ResultStamped(DossierFact):
    """The agency's signature stands under the numbered document: issued is not delivered."""

    kind: ClassVar[str] = "dossier.result_stamped"
    number: str
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ResultRevoked(DossierFact):
    """The agency took an issued result back, with reason and clause."""

    kind: ClassVar[str] = "dossier.result_revoked"
    number: str
    reason: str
    law: str


@dataclass(frozen=True, kw_only=True)
class CopyCertified(DossierFact):
    """A copy was certified against its original; its number runs through the year's register."""

    kind: ClassVar[str] = "dossier.copy_certified"
    number: str
    document: str
    pages: int
    copies: int
    fee_vnd: int
    medium: str


@dataclass(frozen=True, kw_only=True)
class CorrectionOpened(DossierFact):
    """An error was found in an issued result."""

    kind: ClassVar[str] = "dossier.correction_opened"
    number: str
    reason: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ResultCorrected(DossierFact):
    """The corrected result replaced the wrong one, at the agency's cost."""

    kind: ClassVar[str] = "dossier.result_corrected"
    number: str
    replaces: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class DeadlineRecomputed(DossierFact):
    """A corrected calendar moved the due time."""

    kind: ClassVar[str] = "dossier.deadline_recomputed"
    due_before: datetime
    due_at: datetime
    calendar: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierOverdue(DossierFact):
    """The due time passed while the dossier was open."""

    kind: ClassVar[str] = "dossier.overdue"
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class OfficerNotified(DossierFact):
    """The receiving officer was told of an online filing (R5, within two hours)."""

    kind: ClassVar[str] = "dossier.officer_notified"
    role: str
    agency: str


@dataclass(frozen=True, kw_only=True)
class DossierRead(DossierFact):
    """Somebody opened the dossier; its owner sees who."""

    kind: ClassVar[str] = "read.dossier"
    part: str


@dataclass(frozen=True, kw_only=True)
class GuidanceGiven(Fact):
    """Somebody was told what a procedure needs."""

    kind: ClassVar[str] = "guidance.given"
    guidance_id: int
    procedure: str
    channel: str
