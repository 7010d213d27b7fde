"""The officers' work: inbox, batches, slips, opinions, results that wait."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params
from pydantic import BaseModel

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import desk
from motcua.web.api.answers import Column, answer, page
from motcua.web.api.doors import moment, staff
from motcua.web.api.dossiers import PageOut
from motcua.web.api.once import once
from motcua.web.api.shapes import acting, reading

if TYPE_CHECKING:
    from motcua.dossiers.models import HandOver

router = Router(tags=["desk"])

BY_URGENCY = (
    Column("due_at", is_moment=True),
    Column("step_due_at", is_moment=True),
    Column("pk"),
)
BY_END = (Column("ended_at", is_moment=True), Column("pk"))


class CountsOut(BaseModel):
    """How many dossiers wait in each tab."""

    todo: int
    overdue: int
    today: int
    waiting: int
    opinions: int
    states: dict[str, int]


class ItemOut(BaseModel):
    """What came of one dossier in a batch."""

    code: str
    done: bool
    refusal: str


class SlipOut(BaseModel):
    """A slip with which paper dossiers went from one agency to another."""

    id: int
    number: str
    sender: str
    receiver: str
    carrier: str
    made_at: datetime
    made_by: str
    due_at: datetime
    received_at: datetime | None
    received_by: str


class HandedOut(BaseModel):
    """A slip that was written, and what could not go on it."""

    number: str
    due_at: datetime
    refused: list[ItemOut]


class AskedOut(BaseModel):
    """A question that waits for the caller's agency."""

    id: int
    code: str
    procedure_name: str
    question: str
    asked_at: datetime
    due_at: datetime


@router.get("/inbox", response=PageOut, summary="Việc cần làm")
def inbox(
    request: HttpRequest,
    tab: Literal["todo", "overdue", "today"] = "todo",
    cursor: str = params.Query("", max_length=300),
    limit: int = params.Query(50, ge=1, le=100),
) -> HttpResponse:
    """Return the dossiers whose current step is the caller's, the most urgent first."""
    at = moment()
    return page(
        queries.inbox(staff(request), tab=tab, at=at),
        lambda row: reading.row_of(row, at=at),
        request=request,
        cursor=cursor,
        limit=limit,
        order=BY_URGENCY,
    )


@router.get("/inbox/counts", response=CountsOut, summary="Số việc theo loại")
def counts(request: HttpRequest) -> HttpResponse:
    """Return how many dossiers wait in each tab."""
    actor = staff(request)
    found = queries.inbox_counts(actor, at=moment())
    told = {**found.__dict__, "opinions": desk.opinions_count(actor)}
    return answer(CountsOut(**told))


@router.get("/results", response=PageOut, summary="Kết quả chờ trả")
def results(
    request: HttpRequest,
    cursor: str = params.Query("", max_length=300),
    limit: int = params.Query(50, ge=1, le=100),
) -> HttpResponse:
    """Return the dossiers whose result waits at the caller's counter, the oldest first."""
    at = moment()
    return page(
        desk.results_waiting(staff(request)),
        lambda row: reading.row_of(row, at=at),
        request=request,
        cursor=cursor,
        limit=limit,
        order=BY_END,
    )


_BATCHES = {
    "appraise": dossiers.appraise_many,
    "approve": dossiers.approve_many,
    "issue": dossiers.issue_many,
}


@router.post("/batches/{act}", response=list[ItemOut], summary="Xử lý hàng loạt")
@once
def batch(
    request: HttpRequest, act: Literal["appraise", "approve", "issue"], body: acting.BatchIn
) -> HttpResponse:
    """Do one act on many dossiers; each is its own act with its own result."""
    items = _BATCHES[act](codes=body.codes, by=staff(request), at=moment())
    return answer([{"code": i.code, "done": i.is_done, "refusal": i.refusal} for i in items])


@router.get("/slips", response=list[SlipOut], summary="Phiếu bàn giao")
def slips(request: HttpRequest) -> HttpResponse:
    """Return the latest slips from or to the caller's agencies."""
    return answer([_slip(row) for row in queries.slips_for(staff(request))])


@router.post("/slips", response={201: HandedOut}, summary="Bàn giao bản giấy")
@once
def hand_over(request: HttpRequest, body: acting.HandOverIn) -> HttpResponse:
    """Write a slip for paper dossiers that leave for one agency."""
    handed = dossiers.hand_over(
        codes=body.codes,
        sender=body.sender,
        receiver=body.receiver,
        carrier=body.carrier,
        by=staff(request),
        at=moment(),
    )
    refused = [{"code": code, "done": False, "refusal": why} for code, why in handed.refused]
    told = {"number": handed.slip.number, "due_at": handed.slip.due_at, "refused": refused}
    return answer(told, status=201)


@router.post("/slips/{key}/receipt", response=SlipOut, summary="Ký nhận phiếu bàn giao")
@once
def take_over(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm that the papers on a slip arrived."""
    actor = staff(request)
    slip = desk.slip_for(actor, key)
    if slip is None:
        raise Http404(_("Không có phiếu bàn giao này."))
    taken = dossiers.take_over(number=slip.number, by=actor, at=moment())
    return answer(_slip(taken))


@router.get("/consultations", response=list[AskedOut], summary="Ý kiến chờ trả lời")
def consultations(request: HttpRequest) -> HttpResponse:
    """Return the questions that the caller's agencies still have to answer."""
    return answer(
        [
            {
                "id": row.consultation.pk,
                "code": row.dossier.code,
                "procedure_name": row.dossier.procedure_name,
                "question": row.consultation.question,
                "asked_at": row.consultation.asked_at,
                "due_at": row.consultation.due_at,
            }
            for row in desk.opinions_asked(staff(request))
        ]
    )


@router.post(
    "/dossiers/{code}/consultations/{consultation_id}/answer",
    response=reading.StateOut,
    summary="Trả lời lấy ý kiến",
)
@once
def opinion(
    request: HttpRequest, code: str, consultation_id: int, body: acting.OpinionIn
) -> HttpResponse:
    """Answer a question that the caller's agency was asked."""
    dossier = dossiers.answer_consultation(
        code=code,
        consultation_id=consultation_id,
        verdict=body.verdict,
        answer=body.answer,
        by=staff(request),
        at=moment(),
    )
    state = reading.state_of(dossier)
    return answer(state, revision=state.revision)


def _slip(row: "HandOver") -> dict[str, object]:
    return {
        "id": row.pk,
        "number": row.number,
        "sender": row.sender.code,
        "receiver": row.receiver.code,
        "carrier": row.carrier,
        "made_at": row.made_at,
        "made_by": row.made_by,
        "due_at": row.due_at,
        "received_at": row.received_at,
        "received_by": row.received_by,
    }
