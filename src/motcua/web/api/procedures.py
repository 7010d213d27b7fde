"""The catalogue: search, one procedure, what a case needs, what it costs, when it would be due."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.params import functions as params
from pydantic import AwareDatetime, BaseModel, Field

from motcua.catalog import queries as catalog
from motcua.catalog.content import Content, FeeRule, LimitRule
from motcua.directory.queries import calendars
from motcua.dossiers.services import UnknownCase
from motcua.kernel import worktime
from motcua.kernel.refused import Refused
from motcua.web.api.answers import Column, answer, page
from motcua.web.api.doors import moment
from motcua.web.api.shapes.filing import In

if TYPE_CHECKING:
    from motcua.catalog.models import Procedure, ProcedureVersion

router = Router(tags=["procedures"], auth=None)

BY_CODE = (Column("pk"),)


class NoPublishedLimit(Refused):
    """The procedure publishes no limit as a number."""


class HitOut(BaseModel):
    """A procedure that answers a question."""

    code: str
    name: str
    score: float
    field: str
    is_offered: bool
    variants: int


class ProcedureOut(BaseModel):
    """A procedure in a list."""

    code: str
    name: str
    field: str
    scope: str
    state: str
    is_offered: bool
    online_filing: bool
    levels: list[str]


class ProcedurePage(BaseModel):
    """One page of procedures."""

    items: list[ProcedureOut]
    next: str | None


class VersionOut(BaseModel):
    """One version with its dates of validity."""

    number: int
    valid_from: date
    valid_to: date | None
    source: str
    decision_number: str


class FeeOut(BaseModel):
    """One charge; `amount_vnd` null means "as the text says"."""

    key: str
    name: str
    kind: str
    amount_vnd: int | None
    per: str
    text: str
    total_vnd: int | None = None


class NeedOut(BaseModel):
    """One paper to bring; `held_by` names the database that already has it."""

    component: str
    name: str
    originals: int
    copies: int
    required: bool
    held_by: str
    note: str


class RequirementsOut(BaseModel):
    """What one case needs by one channel."""

    code: str
    name: str
    case: str
    channel: str
    papers: list[NeedOut]
    fees: list[FeeOut]
    limit: str
    immediate: bool


class DueOut(BaseModel):
    """The due time with its proof."""

    code: str
    case: str
    channel: str
    at: datetime
    due_at: datetime
    words: list[str]
    proof: dict[str, Any]


@router.get("/search", response=list[HitOut], summary="Tìm thủ tục")
def search(
    request: HttpRequest,
    text: str = params.Query(..., min_length=1, max_length=300),
    limit: int = params.Query(10, ge=1, le=50),
    level: str = params.Query("", pattern="^(province|commune)?$"),
) -> HttpResponse:
    """Return the procedures that answer a question, best first."""
    hits = catalog.search(text, limit=limit, level=level or None)
    return answer(
        [
            {
                "code": h.code,
                "name": h.name,
                "score": round(h.score, 4),
                "field": h.field,
                "is_offered": h.is_offered,
                "variants": h.variants,
            }
            for h in hits
        ]
    )


@router.get("", response=ProcedurePage, summary="Danh mục thủ tục")
def listing(
    request: HttpRequest,
    field: str = params.Query("", max_length=200),
    cursor: str = params.Query("", max_length=300),
    limit: int = params.Query(50, ge=1, le=100),
) -> HttpResponse:
    """List the procedures that our centres receive."""
    rows = catalog.offered().order_by("pk")
    if field:
        rows = rows.filter(field=field)
    return page(rows, _row, request=request, cursor=cursor, limit=limit, order=BY_CODE)


@router.get("/{code}", response=dict[str, object], summary="Một thủ tục")
def one(request: HttpRequest, code: str, on: date | None = None) -> HttpResponse:
    """Return a procedure as it is in force on a day, everything that its version says."""
    version, content = in_force(code, on)
    row = version.procedure
    document = _row(row).model_dump() | {
        "version": version.number,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "content": content.to_json(),
    }
    return answer(document)


@router.get("/{code}/versions", response=list[VersionOut], summary="Các phiên bản")
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Return every version of a procedure, latest first."""
    found = catalog.procedure_of(code)
    if found is None:
        raise Http404(_("Không có thủ tục %s.") % code)
    return answer(
        [
            VersionOut(
                number=v.number,
                valid_from=v.valid_from,
                valid_to=v.valid_to,
                source=v.source,
                decision_number=v.decision_number,
            ).model_dump(mode="json")
            for v in catalog.versions_of(found)
        ]
    )


class CaseIn(In):
    """Which situation, by which channel, on which day."""

    case: str = Field("", max_length=80)
    channel: str = Field("counter", pattern="^(counter|online|post)$")
    on: date | None = None


@router.get("/{code}/requirements", response=RequirementsOut, summary="Cần chuẩn bị gì")
def requirements(request: HttpRequest, code: str, wish: Query[CaseIn]) -> HttpResponse:
    """Return the papers, fees and limit of one case."""
    _version, content = in_force(code, wish.on)
    _check_case(content, wish.case)
    rule = content.limit_rule_for(wish.channel, wish.case)
    return answer(
        RequirementsOut(
            code=code,
            name=content.name,
            case=wish.case,
            channel=wish.channel,
            papers=[
                NeedOut(
                    component=c.key,
                    name=c.name,
                    originals=c.originals,
                    copies=c.copies,
                    required=c.required,
                    held_by=c.held_by,
                    note=c.note,
                )
                for c in content.components_for(wish.case)
            ],
            fees=[_fee(fee, 1) for fee in content.fees_for(wish.channel, wish.case)],
            limit=_limit_words(rule),
            immediate=content.immediate,
        )
    )


class FeesIn(CaseIn):
    """How many pages, copies or persons are charged for."""

    units: int = Field(1, ge=1, le=1000)


@router.get("/{code}/fees", response=list[FeeOut], summary="Phí, lệ phí")
def fees(request: HttpRequest, code: str, wish: Query[FeesIn]) -> HttpResponse:
    """Return the charges of one case, reckoned for so many units."""
    _version, content = in_force(code, wish.on)
    _check_case(content, wish.case)
    listed = content.fees_for(wish.channel, wish.case)
    return answer([_fee(fee, wish.units).model_dump() for fee in listed])


_FIRST_MOMENT, _LAST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class DueIn(CaseIn):
    """When it would be received, and by which calendar."""

    at: Annotated[AwareDatetime, Field(ge=_FIRST_MOMENT, le=_LAST_MOMENT)] | None = None
    calendar: str = Field("", max_length=40)


@router.get("/{code}/due", response=DueOut, summary="Tính ngày hẹn trả")
def due(request: HttpRequest, code: str, wish: Query[DueIn]) -> HttpResponse:
    """Say when a dossier received at that moment is due, and prove it."""
    at = wish.at or moment()
    _version, content = in_force(code, timezone.localdate(at))
    _check_case(content, wish.case)
    limit = content.limit_for(wish.channel, wish.case)
    if limit is None:
        raise NoPublishedLimit(_("Thủ tục này không công bố thời hạn bằng số."))
    try:
        calendar = calendars.calendar_for(wish.calendar)
    except LookupError:
        raise Http404(_("Không có lịch làm việc này.")) from None
    proof = worktime.prove(calendar, at, limit)
    return answer(
        DueOut(
            code=code,
            case=wish.case,
            channel=wish.channel,
            at=at,
            due_at=proof.due_at,
            words=list(proof.words()),
            proof=proof.as_dict(),
        )
    )


def in_force(code: str, on: date | None) -> "tuple[ProcedureVersion, Content]":
    """Return the version in force on a day (today, when none is given), with its content.

    Raises Http404: there is none.
    """
    version = catalog.version_in_force(code, on=on or timezone.localdate())
    if version is None:
        raise Http404(_("Không có thủ tục %s đang có hiệu lực.") % code)
    return version, catalog.content_of(version.pk)


def _check_case(content: Content, case: str) -> None:
    if case and case not in {c.key for c in content.cases}:
        raise UnknownCase(_("Thủ tục này không có trường hợp “%s”.") % case)


def _fee(fee: FeeRule, units: int) -> FeeOut:
    return FeeOut(
        key=fee.key,
        name=fee.name,
        kind=fee.kind,
        amount_vnd=fee.amount_vnd,
        per=fee.per,
        text=fee.text,
        total_vnd=fee.amount_for(units),
    )


def _limit_words(rule: LimitRule | None) -> str:
    if rule is None:
        return ""
    return str(rule.text or (rule.limit.words() if rule.limit else ""))


def _row(row: "Procedure") -> ProcedureOut:
    levels = [name for name in ("province", "commune") if getattr(row, f"level_{name}")]
    return ProcedureOut(
        code=row.code,
        name=row.name,
        field=row.field,
        scope=row.scope,
        state=row.state,
        is_offered=row.is_offered,
        online_filing=row.online_filing,
        levels=levels,
    )
