"""Internal processes: read, checked, taken out and brought in as BPMN 2.0, approved by decision."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params
from pydantic import BaseModel, Field

from motcua.web.api.answers import answer
from motcua.web.api.doors import moment, staff
from motcua.web.api.once import once
from motcua.web.api.shapes.filing import In
from motcua.web.api.uploads import TooLarge, check_size
from motcua.workflow import queries, services
from motcua.workflow.bpmn import write_bpmn
from motcua.workflow.checks import check
from motcua.workflow.definition import from_json, to_json

if TYPE_CHECKING:
    from motcua.workflow.models import ProcessVersion

router = Router(tags=["processes"])

_MOST_BYTES = 1024 * 1024


class ProcessOut(BaseModel):
    """An approved process; `id` null is the five built-in steps."""

    id: int | None
    key: str
    name: str
    procedure: str
    version: int
    decision_number: str
    valid_from: date | None
    valid_to: date | None
    definition: dict[str, object]


class FaultOut(BaseModel):
    """One fault of a process."""

    code: str
    step: str
    message: str


class ImportOut(BaseModel):
    """A process read from BPMN: what had to be assumed, and what is wrong with it."""

    definition: dict[str, object]
    notes: list[str]
    faults: list[FaultOut]


class ApprovalIn(In):
    """The decision by which a process holds."""

    definition: dict[str, Any]
    procedure: str = Field("", max_length=40)
    decision_number: str = Field(min_length=1, max_length=80)
    valid_from: date
    valid_to: date | None = None


@router.get("", response=list[ProcessOut], summary="Quy trình nội bộ")
def listing(
    request: HttpRequest, procedure: str | None = params.Query(None, max_length=40)
) -> HttpResponse:
    """Return the approved processes, latest first."""
    staff(request)
    rows = queries.processes(procedure_code=procedure)
    return answer([_process(row) for row in rows])


@router.get("/{process_id}/bpmn", summary="Xuất BPMN 2.0")
def export(request: HttpRequest, process_id: int) -> HttpResponse:
    """Return a process as BPMN 2.0 XML; 0 is the five built-in steps."""
    staff(request)
    known = {row.pk for row in queries.processes()}
    if process_id and process_id not in known:
        raise Http404(_("Không có quy trình này."))
    row = queries.process_by_id(process_id or None)
    response = HttpResponse(write_bpmn(row.process), content_type="application/xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.key}.bpmn"'
    return response


@router.post(
    "/bpmn",
    response=ImportOut,
    summary="Nhập BPMN 2.0",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/xml": {"schema": {"type": "string"}}},
        }
    },
)
@once
def bring_in(
    request: HttpRequest, procedure: str = params.Query("", max_length=40)
) -> HttpResponse:
    """Read a BPMN file into a definition to look over; approving is another act."""
    check_size(request)
    if len(request.body) > _MOST_BYTES:
        raise TooLarge(_("Tệp BPMN tối đa 1 MB."))
    imported = services.import_bpmn(
        content=request.body, procedure_code=procedure, by=staff(request), at=moment()
    )
    faults = [
        {"code": p.code, "step": p.step_key, "message": p.message} for p in check(imported.process)
    ]
    return answer(
        {
            "definition": to_json(imported.process),
            "notes": list(imported.notes),
            "faults": faults,
        }
    )


@router.post("", response={201: ProcessOut}, summary="Phê duyệt quy trình")
@once
def approve(request: HttpRequest, body: ApprovalIn) -> HttpResponse:
    """Approve a process by a numbered decision; a faulty one is refused with all its faults."""
    with transaction.atomic():
        row = services.approve(
            process=from_json(body.definition),
            decision=services.Decision(body.decision_number, body.valid_from, body.valid_to),
            procedure_code=body.procedure,
            by=staff(request),
            at=moment(),
        )
    return answer(_process(row), status=201)


def _process(row: "ProcessVersion") -> dict[str, object]:
    return {
        "id": row.pk,
        "key": row.key,
        "name": row.name,
        "procedure": row.procedure_code,
        "version": row.version,
        "decision_number": row.decision_number,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "definition": to_json(row.process),
    }
