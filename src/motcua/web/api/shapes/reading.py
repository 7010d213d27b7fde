"""What a program reads of dossiers."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from motcua.directory.queries import cards
from motcua.dossiers.queries import Line, Whole

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


class StepOut(BaseModel):
    """Whose turn it is."""

    key: str
    name: str
    role: str
    agency: str
    due_at: datetime | None


class StateOut(BaseModel):
    """How a dossier stands; `revision` is its ETag."""

    code: str
    state: str
    npsp_code: int
    money: str
    delivery: str
    outcome: str
    filed_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    step: StepOut | None
    revision: int


class DossierOut(StateOut):
    """A dossier in a list."""

    state_label: str
    procedure: str
    procedure_name: str
    field: str
    case: str
    channel: str
    owner: str
    owner_id_masked: str
    receiving: str
    competent: str
    support: str
    is_late: bool


class PaperOut(BaseModel):
    """One component of the published list, as it stands in the dossier."""

    component: str
    name: str
    required: bool
    originals: int
    copies: int
    state: str
    files: list[str]
    note: str


class FactOut(BaseModel):
    """One line of the trail."""

    at: datetime
    kind: str
    text: str
    who: str
    post: str
    hash: str


class ChargeOut(BaseModel):
    """One fee or obligation."""

    name: str
    kind: str
    amount_vnd: int
    state: str


class ResultOut(BaseModel):
    """An issued result."""

    number: str
    outcome: str
    title: str
    text: str
    signer: str
    issued_at: datetime


class OpinionOut(BaseModel):
    """A question to another agency."""

    id: int
    agency: str
    question: str
    asked_at: datetime
    due_at: datetime
    verdict: str
    answer: str
    answered_at: datetime | None


class ActOut(BaseModel):
    """What the caller may do with the dossier as it stands."""

    act: str
    label: str
    law: str


class WholeOut(DossierOut):
    """Everything about one dossier."""

    applicant: str
    applicant_role: str
    mandate: str
    phone: str
    email: str
    form_data: dict[str, object]
    is_confidential: bool
    extension_count: int
    supplement_count: int
    papers: list[PaperOut]
    trail: list[FactOut]
    charges: list[ChargeOut]
    results: list[ResultOut]
    consultations: list[OpinionOut]
    acts: list[ActOut]
    proof: list[str]


def state_of(dossier: "Dossier") -> StateOut:
    """Return how a dossier stands (no query)."""
    return StateOut.model_construct(**_state(dossier))


def row_of(dossier: "Dossier", *, at: datetime) -> DossierOut:
    """Return a dossier as a list shows it; the caller selected its owner."""
    return DossierOut.model_construct(**_state(dossier), **_row(dossier, at))


def whole_of(whole: Whole, *, at: datetime) -> WholeOut:
    """Return everything about a dossier."""
    d = whole.dossier
    return WholeOut(
        **_state(d),
        **_row(d, at),
        applicant=d.applicant.name,
        applicant_role=d.applicant_role,
        mandate=d.mandate,
        phone=d.phone,
        email=d.email,
        form_data=d.form_data,
        is_confidential=d.is_confidential,
        extension_count=d.extension_count,
        supplement_count=d.supplement_count,
        papers=papers_of(whole),
        trail=[fact_of(line) for line in whole.trail],
        charges=[
            ChargeOut(name=c.name, kind=c.kind, amount_vnd=c.amount_vnd, state=c.state)
            for c in whole.charges
        ],
        results=_results(whole),
        consultations=opinions_of(whole),
        acts=[ActOut(act=a.key, label=a.label, law=a.law) for a in whole.acts],
        proof=list(whole.proof.words()) if whole.proof else [],
    )


def papers_of(whole: Whole) -> list[PaperOut]:
    """Return the papers of a dossier."""
    return [
        PaperOut(
            component=p.component_key,
            name=p.name,
            required=p.required,
            originals=p.originals,
            copies=p.copies,
            state=p.state,
            files=p.files,
            note=p.note,
        )
        for p in whole.papers
    ]


def fact_of(line: Line) -> FactOut:
    """Return one line of a trail."""
    return FactOut(
        at=line.at,
        kind=line.kind,
        text=line.text,
        who=line.who,
        post=line.post,
        hash=line.short_hash,
    )


def opinions_of(whole: Whole) -> list[OpinionOut]:
    """Return the questions asked about a dossier."""
    return [
        OpinionOut(
            id=c.pk,
            agency=c.agency.code,
            question=c.question,
            asked_at=c.asked_at,
            due_at=c.due_at,
            verdict=c.verdict,
            answer=c.answer,
            answered_at=c.answered_at,
        )
        for c in whole.consultations
    ]


def _results(whole: Whole) -> list[ResultOut]:
    return [
        ResultOut(
            number=r.number,
            outcome=r.outcome,
            title=r.title,
            text=r.text,
            signer=r.signer,
            issued_at=r.issued_at,
        )
        for r in whole.results
    ]


def _state(d: "Dossier") -> dict[str, Any]:
    return {
        "code": d.code,
        "state": str(d.state),
        "npsp_code": d.npsp_code,
        "money": str(d.money),
        "delivery": str(d.delivery),
        "outcome": str(d.outcome),
        "filed_at": d.filed_at,
        "accepted_at": d.accepted_at,
        "due_at": d.due_at,
        "decided_at": d.decided_at,
        "ended_at": d.ended_at,
        "returned_at": d.returned_at,
        "step": _step(d),
        "revision": d.revision,
    }


def _step(d: "Dossier") -> StepOut | None:
    if d.turn_agency_id is None:
        return None
    return StepOut.model_construct(
        key=d.step_key,
        name=d.step_name,
        role=d.turn_role,
        agency=cards.card(d.turn_agency_id).code,
        due_at=d.step_due_at,
    )


def _row(d: "Dossier", at: datetime) -> dict[str, Any]:
    end = d.ended_at or at
    return {
        "state_label": d.get_state_display(),
        "procedure": d.procedure_code,
        "procedure_name": d.procedure_name,
        "field": d.field,
        "case": d.case_key,
        "channel": d.channel,
        "owner": d.owner.name,
        "owner_id_masked": d.owner.masked_id,
        "receiving": cards.card(d.receiving_id).code,
        "competent": cards.card(d.competent_id).code,
        "support": cards.card(d.support_id).code if d.support_id else "",
        "is_late": d.due_at is not None and end > d.due_at,
    }
