"""The desk of feedback: what waits, one case with the act that waits for this person, its pictures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case as When
from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models import When as If
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries import territory as directory
from motcua.directory.queries.calendars import calendar_for
from motcua.documents import queries as documents
from motcua.documents import services as storage
from motcua.feedback.queries import lists, reading
from motcua.feedback.rules import fields, people
from motcua.feedback.rules.states import OPEN_STATES
from motcua.kernel.bounds import is_keepable
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import remaining
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.ui import words
from motcua.web.ui.parts import Tab, page_links

if TYPE_CHECKING:
    from motcua.feedback.models import Case

PER_PAGE = 20
_DANGER, _SIGNS, _LATE, _AGAIN, _REST = range(5)


@dataclass(frozen=True)
class Row:
    """One line: how long is left ("late", "soon" or ""), why it stands so high."""

    case: "Case"
    left: str
    tone: str
    group: str
    is_raised: bool = False


@staff()
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """Show what waits for this officer, the gravest first; or everything that fits."""
    actor, at = actor_of(request), timezone.now()
    tab = request.GET.get("loc", "todo")
    counts = lists.inbox_counts(actor, at=at)
    found = _found(request, actor, tab, at)
    paged = Paginator(found, PER_PAGE)
    page = paged.get_page(request.GET.get("trang"))
    context = {
        "place": "feedback",
        "tab": tab,
        "tabs": _tabs(actor, tab, counts),
        "counts": counts,
        "rows": [row_of(case, by=actor, at=at) for case in page.object_list],
        "total": paged.count,
        "links": page_links(number=page.number, last=paged.num_pages, query=request.GET.dict()),
        "asked": {name: request.GET.get(name, "") for name in ("q", "so", "tu", "den", "xa")},
        "chosen_field": request.GET.get("linh-vuc", ""),
        "fields": fields.names(words.language()),
        "communes": directory.communes() if tab == "all" else [],
        "figures": figures(),
        "takes_down": takes_down(actor),
        "is_inspector": actor.has_role("auditor"),
        "now": at,
    }
    return render(request, "desk/feedback/list.html", context)


def takes_down(actor: Actor) -> bool:
    """Tell whether this officer may type a report for somebody."""
    return actor.has_role("receptionist", "centre_lead", "support", "controller")


def figures() -> list[tuple[str, str]]:
    """Return by what the whole list may be narrowed."""
    return [
        ("received", _("đã nhận")),
        ("open", _("đang xử lý")),
        ("settled", _("đã giải quyết")),
        ("overdue", _("đang quá hạn")),
        ("late", _("trễ hạn")),
        ("reopened", _("xem xét lại")),
    ]


def _tabs(actor: Actor, tab: str, counts: lists.Counts) -> list[Tab]:
    made = [
        Tab(_("Cần làm"), "?loc=todo", counts.todo, tab == "todo"),
        Tab(_("Quá hạn"), "?loc=overdue", counts.overdue, tab == "overdue", "late"),
        Tab(_("Nguy hiểm"), "?loc=danger", counts.danger, tab == "danger", "late"),
    ]
    if people.moderator_post(actor):
        made.append(Tab(_("Mới gửi"), "?loc=new", counts.new, tab == "new"))
        made.append(Tab(_("Chờ công khai"), "?loc=publish", counts.to_publish, tab == "publish"))
    return [*made, Tab(_("Tất cả"), "?loc=all", is_current=tab == "all")]


def _found(request: HttpRequest, actor: Actor, tab: str, at: datetime) -> "QuerySet[Case]":
    if tab == "all":
        return _all(request, actor, at)
    rows = lists.inbox(actor)
    narrow = {
        "overdue": Q(due_at__lt=at),
        "danger": Q(urgency="danger"),
        "new": Q(stage="intake"),
        "publish": Q(state="approved"),
    }.get(tab, Q())
    return ranked(rows.filter(narrow), at, by=actor)


def ranked(rows: "QuerySet[Case]", at: datetime, *, by: Actor) -> "QuerySet[Case]":
    """Return cases with danger first, then signs (for who reads them), overdue, reopened, the rest."""
    signs = [If(escalated_at__isnull=False, then=Value(_SIGNS))] if people.sees_signs(by) else []
    rank = When(
        If(urgency="danger", then=Value(_DANGER)),
        *signs,
        If(due_at__lt=at, then=Value(_LATE)),
        If(state="reopened", then=Value(_AGAIN)),
        default=Value(_REST),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "due_at", "pk")


def _all(request: HttpRequest, actor: Actor, at: datetime) -> "QuerySet[Case]":
    said = {name: request.GET.get(name, "").strip()[:80] for name in request.GET}
    said = {name: value for name, value in said.items() if is_keepable(value)}
    agency = cards.card_by_code(said.get("co-quan", ""))
    figure, last = said.get("so", ""), _day(said.get("den", ""))
    wish = lists.Wish(
        text=said.get("q", ""),
        field=said.get("linh-vuc", ""),
        place_code=said.get("xa", ""),
        agency_id=agency.id if agency else None,
        since=_day(said.get("tu", "")),
        until=last + timedelta(days=1) if last else None,
        late=True if figure == "late" else None,
    )
    rows = lists.cases(actor, wish, at=at)
    settled = Q(approved_at__isnull=False) | Q(state__in=["refused", "referred"])
    narrow = {
        "settled": settled & ~Q(state="merged"),
        "open": ~settled & ~Q(state="merged"),
        "overdue": Q(due_at__lt=at, state__in=sorted(OPEN_STATES)),
        "reopened": Q(state="reopened"),
    }.get(figure)
    return rows.filter(narrow) if narrow else rows


def _day(typed: str) -> datetime | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())


def row_of(case: "Case", *, by: Actor, at: datetime) -> Row:
    """Return the line of a case; that it was raised to inspectors is for them and moderators."""
    left, tone = "", ""
    if case.due_at and case.is_open and case.state != "supplement_requested":
        time = remaining(calendar_for(case.calendar_key), at, case.due_at)
        left = time.words(words.language()).removeprefix("Còn ")
        tone = {"late": "late", "today": "soon", "soon": "soon"}.get(time.tone, "")
    elif case.state == "supplement_requested":
        left = _("chờ người gửi")
    is_raised = case.escalated_at is not None and people.sees_signs(by)
    return Row(case, left, tone, _group(case, tone, is_raised=is_raised), is_raised)


def _group(case: "Case", tone: str, *, is_raised: bool) -> str:
    if case.urgency == "danger" and case.is_open:
        return _("Nguy hiểm tính mạng")
    if is_raised and case.is_open:
        return _("Có dấu hiệu báo thanh tra")
    if tone == "late":
        return _("Quá hạn")
    return _("Xem xét lại") if case.state == "reopened" else _("Theo hạn")


@staff("auditor")
@require_safe
def inspection(request: HttpRequest) -> HttpResponse:
    """Show inspectors what was raised to them and what is said of officers; no sender by name."""
    actor, at = actor_of(request), timezone.now()
    tab = request.GET.get("loc", "open")
    found = lists.cases(actor, lists.Wish(), at=at)
    found = found.filter(Q(escalated_at__isnull=False) | Q(kind="conduct"))
    is_open = Q(state__in=sorted(OPEN_STATES))
    to_agree = Q(kind="conduct", state="answered", inspected_at__isnull=True)
    narrow = {"agree": to_agree, "ended": ~is_open}.get(tab, is_open)
    paged = Paginator(ranked(found.filter(narrow), at, by=actor), PER_PAGE)
    page = paged.get_page(request.GET.get("trang"))
    context = {
        "place": "feedback",
        "tabs": [
            Tab(_("Đang mở"), "?loc=open", found.filter(is_open).count(), tab == "open"),
            Tab(_("Chờ ý kiến thanh tra"), "?loc=agree", found.filter(to_agree).count(),
                tab == "agree"),
            Tab(_("Đã xong"), "?loc=ended", is_current=tab == "ended"),
        ],
        "rows": [row_of(case, by=actor, at=at) for case in page.object_list],
        "total": paged.count,
        "links": page_links(number=page.number, last=paged.num_pages, query=request.GET.dict()),
        "now": at,
    }  # fmt: skip
    return render(request, "desk/feedback/inspection.html", context)


@staff()
@require_safe
def photo(request: HttpRequest, code: str, key: int) -> HttpResponseBase:
    """Hand out a picture of a case that this officer may read."""
    actor = actor_of(request)
    case = case_or_404(actor, code)
    found = next((one for one in reading.photos_of(case) if one.pk == key), None)
    if found is None:
        raise Http404
    try:
        content = storage.open_file(found.file, by_key=actor.key)
    except Refused as refusal:
        messages.error(request, str(refusal))
        raise Http404 from refusal
    headers: dict[str, Any] = documents.viewing_headers(file=found.file)
    return FileResponse(content, filename=found.file.name, headers=headers)


def case_or_404(actor: Actor, code: str) -> "Case":
    """Return the case if this officer may read it; otherwise there is no such page."""
    found = reading.case_for(actor, code)
    if found is None:
        raise Http404
    return found
