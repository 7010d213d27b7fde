"""Dossiers: file, list, read. Every read passes `visible_to`; opening one is a fact."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.directory.queries import cards
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import papers, results
from motcua.ledger import queries as ledger
from motcua.web.api import uploads
from motcua.web.api.answers import Column, answer, expected_revision, page
from motcua.web.api.doors import caller, moment
from motcua.web.api.once import once
from motcua.web.api.shapes import reading
from motcua.web.api.shapes.acting import SupplementAnswerIn
from motcua.web.api.shapes.filing import FilingIn, In

if TYPE_CHECKING:
    from motcua.documents.models import File
    from motcua.dossiers.models import Dossier

router = Router(tags=["dossiers"])

BY_FILING = (
    Column("filed_at", is_descending=True, is_moment=True),
    Column("pk", is_descending=True),
)


class PageOut(BaseModel):
    """One page of a list; `next` is the cursor of the following one."""

    items: list[reading.DossierOut]
    next: str | None


_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=_FIRST_DAY, le=_LAST_DAY)]


class Wish(In):
    """What the list is narrowed to."""

    text: str = Field(
        "", max_length=100, description="mã, đuôi mã, tên, số giấy tờ hoặc điện thoại"
    )
    state: str = Field("", max_length=20)
    procedure: str = Field("", max_length=40)
    field: str = Field("", max_length=200)
    agency: str = Field("", max_length=35)
    since: Day | None = None
    until: Day | None = None
    late: bool | None = None
    cursor: str = Field("", max_length=300)
    limit: int = Field(50, ge=1, le=100)

    def wish(self) -> queries.Wish:
        """Return it as the queries take it; an agency that is not there matches nothing."""
        card = cards.card_by_code(self.agency) if self.agency else None
        return queries.Wish(
            text=self.text,
            state=self.state,
            procedure=self.procedure,
            field=self.field,
            agency_id=(card.id if card else -1) if self.agency else None,
            since=_midnight(self.since),
            until=_midnight(self.until, days=1),
            late=self.late,
        )


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time.min, timezone.get_current_timezone())


def with_files(shape: type[In]) -> dict[str, Any]:
    """Return how the document describes a body that may carry files."""
    ref = {"$ref": f"#/components/schemas/{shape.__name__}"}
    parts = {
        "type": "object",
        "required": ["data"],
        "properties": {"data": ref},
        "additionalProperties": {"type": "string", "contentMediaType": "application/octet-stream"},
        "description": "data: JSON. Mỗi phần khác là một tệp, tên phần là mã thành phần hồ sơ.",
    }
    content = {"application/json": {"schema": ref}, "multipart/form-data": {"schema": parts}}
    return {"requestBody": {"required": True, "content": content}}


@router.post(
    "",
    response={201: reading.StateOut},
    openapi_extra=with_files(FilingIn),
    summary="Nộp hồ sơ",
)
@once
def create(request: HttpRequest) -> HttpResponse:
    """File a dossier, with its files where they come along."""
    by, at = caller(request), moment()
    wanted = uploads.body(request, FilingIn)
    sent = uploads.take(request, at=at)
    papers = sent.papers(wanted.papers)
    try:
        with transaction.atomic():
            dossier = dossiers.file(filing=wanted.filing(papers), by=by, at=at)
            sent.keep(case_id=dossier.pk, by=by, at=at)
    except BaseException:
        sent.drop()
        raise
    state = reading.state_of(dossier)
    location = f"{request.path}/{dossier.code}"
    return answer(state, status=201, revision=state.revision, location=location)


@router.get("", response=PageOut, summary="Danh sách hồ sơ")
def listing(request: HttpRequest, wish: Query[Wish]) -> HttpResponse:
    """List the dossiers that the caller may read, latest first."""
    at = moment()
    return page(
        queries.dossiers(caller(request), wish.wish(), at=at),
        lambda row: reading.row_of(row, at=at),
        request=request,
        cursor=wish.cursor,
        limit=wish.limit,
        order=BY_FILING,
    )


@router.get("/{code}", response=reading.WholeOut, summary="Một hồ sơ")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Return everything about a dossier; its owner sees that it was opened."""
    found, at = _found(request, code, part="api"), moment()
    whole = queries.whole(found, actor=caller(request), at=at)
    return answer(reading.whole_of(whole, at=at), revision=found.revision)


@router.get("/{code}/state", response=reading.StateOut, summary="Trạng thái hồ sơ")
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Return how a dossier stands, without its papers and people."""
    found = queries.visible_to(caller(request)).filter(code=code).first()
    if found is None:
        raise _absent(code)
    return answer(reading.state_of(found), revision=found.revision)


@router.get("/{code}/timeline", response=list[reading.FactOut], summary="Diễn biến")
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Return the trail of a dossier, latest first."""
    found = _found(request, code, part="timeline")
    return answer([reading.fact_of(line).model_dump() for line in queries.timeline(found)])


@router.get("/{code}/readers", response=list[reading.FactOut], summary="Ai đã xem")
def readers(request: HttpRequest, code: str) -> HttpResponse:
    """Return who opened the dossier, latest first."""
    found = _found(request, code, part="readers")
    return answer([reading.fact_of(line).model_dump() for line in queries.readers_of(found)])


@router.get("/{code}/files", response=list[dict[str, object]], summary="Tệp của hồ sơ")
def files(request: HttpRequest, code: str) -> HttpResponse:
    """Return the files of a dossier."""
    found = _found(request, code, part="files")
    return answer(
        [
            {
                "key": file.uuid,
                "name": file.name,
                "component": file.component_key,
                "content_type": file.content_type,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
            }
            for file in stored.files_of_case(case_id=found.pk)
            if not _is_withheld(request, file)
        ]
    )


def _is_withheld(request: HttpRequest, file: "File") -> bool:
    """Tell whether a file is not for this caller: citizens get the result as an official paper."""
    return caller(request).is_citizen and results.is_result_file(file)


@router.get("/{code}/files/{key}", summary="Tải một tệp")
def download(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """Return the bytes of one file."""
    actor = caller(request)
    found = queries.dossier_for(actor, code)
    if found is None:
        raise _absent(code)
    file = stored.file_within(uuid=key, case_ids=[found.pk])
    if file is None or _is_withheld(request, file):
        raise Http404(_("Hồ sơ không có tệp này."))
    opened = documents.open_file(file, by_key=actor.key)
    dossiers.note_read(dossier=found, part=f"file:{key}", by=actor, at=moment())
    return FileResponse(
        opened,
        as_attachment=True,
        filename=file.name,
        headers=stored.download_headers(file=file),
    )


@router.get("/{code}/forms/{key}", summary="Giấy tờ theo mẫu (PDF)")
def form(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Return one official paper of the dossier as PDF/A-2a."""
    if key not in papers.PAPERS:
        raise Http404(_("Không có mẫu giấy này."))
    found, at = _found(request, code, part=f"paper:{key}"), moment()
    try:
        sheet = results.printed(queries.whole(found, actor=caller(request), at=at), key=key, at=at)
    except LookupError as missing:
        raise Http404(_("Hồ sơ này chưa có giấy đó.")) from missing
    response = HttpResponse(sheet, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}-{key}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


class ProofOut(BaseModel):
    """What was recomputed of one dossier's chain."""

    code: str
    whole: bool
    facts: int
    faults: list[str]


@router.get("/{code}/proof", response=ProofOut, summary="Kiểm tra chuỗi sự kiện")
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Recompute the hash chain of one dossier."""
    found = _found(request, code, part="proof")
    verdict = ledger.verify_stream(found.stream, last=found.revision)
    return answer(
        ProofOut(code=code, whole=verdict.is_whole, facts=verdict.facts, faults=verdict.faults)
    )


@router.post(
    "/{code}/acts/answer_supplement",
    response={200: reading.StateOut},
    openapi_extra=with_files(SupplementAnswerIn),
    summary="Nộp giấy tờ bổ sung",
    tags=["acts"],
)
@once
def answer_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Take the supplement in, with its files where they come along."""
    by, at = caller(request), moment()
    wanted = uploads.body(request, SupplementAnswerIn)
    sent = uploads.take(request, at=at)
    papers = sent.papers(wanted.papers)
    try:
        with transaction.atomic():
            dossier = dossiers.answer_supplement(
                code=code,
                papers=papers,
                note=wanted.note,
                by=by,
                at=at,
                expected=expected_revision(request),
            )
            sent.keep(case_id=dossier.pk, by=by, at=at)
    except BaseException:
        sent.drop()
        raise
    told = reading.state_of(dossier)
    return answer(told, revision=told.revision)


def _found(request: HttpRequest, code: str, *, part: str) -> "Dossier":
    """Return a dossier that the caller may read, and record that it was read."""
    actor = caller(request)
    found = queries.dossier_for(actor, code)
    if found is None:
        raise _absent(code)
    dossiers.note_read(dossier=found, part=part[:120], by=actor, at=moment())
    return found


def _absent(code: str) -> dossiers.NotFound:
    return dossiers.NotFound(_("Không tìm thấy hồ sơ %s trong phạm vi của bạn.") % code)
