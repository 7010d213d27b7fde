"""What the machine read, confirmed by a person: the piece of the page beside each value."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.documents.queries import reading as papers
from motcua.documents.services import reading as documents
from motcua.documents.understanding import kinds
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import readings as of_dossiers
from motcua.dossiers.services import readings as acts
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of

if TYPE_CHECKING:
    from motcua.documents.models import Reading, ReadValue
    from motcua.dossiers.models import Dossier

_MOST = 100
_WIDE = 480  # pixels: what is longer is shown over its value, not beside it


@staff()
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Show which papers wait to be read or confirmed, of the dossiers that this person reads."""
    waiting = list(of_dossiers.readings_to_confirm(actor_of(request))[:_MOST])
    codes = _codes(request, [one.file.case_id for one in waiting])
    rows = [
        {
            "reading": one,
            "kind": papers.kind_name(one),
            "code": codes.get(one.file.case_id or 0, ""),
        }
        for one in waiting
    ]
    return render(request, "desk/readings/list.html", {"place": "readings", "rows": rows})


def _codes(request: HttpRequest, cases: list[int | None]) -> dict[int, str]:
    found = queries.visible_to(actor_of(request)).filter(pk__in=[c for c in cases if c])
    return dict(found.values_list("pk", "code"))


@staff()
@require_safe
def reading(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what was read on a paper; opening it is a fact, as opening its dossier is."""
    found, dossier = _found(request, uuid)
    dossiers.note_read(dossier=dossier, part="reading", by=actor_of(request), at=timezone.now())
    return _shown(request, found, dossier)


@staff()
@require_safe
def crop(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """Hand out the piece of the page in which a value stands."""
    cases = queries.visible_to(actor_of(request)).order_by().values("pk")
    picture = papers.crop_within(uuid=uuid, key=key, case_ids=cases)
    if picture is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)


@staff()
@require_POST
def value(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """Accept a value, as it was read or as it was corrected in its place."""
    found, dossier = _found(request, uuid)
    said = request.POST.get("value", "")[:500]
    try:
        documents.confirm(uuid=uuid, key=key, value=said, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        return _shown(request, found, dossier, fault=(key, said, refusal), status=422)
    return redirect(f"{address(found)}?after={key}")


@staff()
@require_POST
def again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a paper read again, as the kind that the person names when one is named."""
    found, _dossier = _found(request, uuid)
    try:
        documents.again(uuid=uuid, at=timezone.now(), kind=request.POST.get("kind", ""))
        messages.success(request, _("Đã xếp hàng đọc lại; trang này tự cập nhật khi tải lại."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(address(found))


@staff()
@require_POST
def confirmation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close the confirming of a paper."""
    found, dossier = _found(request, uuid)
    try:
        acts.confirm_reading(uuid=uuid, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(found))
    messages.success(request, _("Đã xác nhận nội dung giấy."))
    following = of_dossiers.readings_to_confirm(actor_of(request))
    after = following.filter(file__case_id=dossier.pk, state="done").first()
    return redirect(address(after) if after else reverse("desk:dossier", args=[dossier.code]))


def address(found: "Reading") -> str:
    """Return where a reading is confirmed."""
    return reverse("desk:reading", args=[found.uuid])


def _found(request: HttpRequest, uuid: UUID) -> "tuple[Reading, Dossier]":
    visible = queries.visible_to(actor_of(request)).order_by()
    found = papers.reading_within(uuid=uuid, case_ids=visible.values("pk"))
    if found is None:
        raise Http404
    dossier = visible.select_related("owner").filter(pk=found.file.case_id or 0).first()
    if dossier is None:
        raise Http404
    return found, dossier


def _shown(
    request: HttpRequest,
    found: "Reading",
    dossier: "Dossier",
    *,
    fault: tuple[str, str, Refused] | None = None,
    status: int = 200,
) -> HttpResponse:
    values, cropped = list(found.values.all()), papers.cropped_keys(found)
    current = fault[0] if fault else _current(values, request.GET.get("after", ""))
    context: dict[str, Any] = {
        "place": "readings",
        "reading": found,
        "dossier": dossier,
        "kind": papers.kind_name(found),
        "kinds": [(key, kind.name) for key, kind in kinds().items()],
        "rows": [_row(one, current, fault, has_crop=one.key in cropped) for one in values],
        "open_count": sum(1 for one in values if not one.is_settled),
        "metadata": papers.metadata(found) if found.is_done else None,
        "questions": of_dossiers.questions_of(dossier) if found.is_done else [],
    }
    return render(request, "desk/readings/page.html", context, status=status)


def _row(
    one: "ReadValue", current: str, fault: tuple[str, str, Refused] | None, *, has_crop: bool
) -> dict[str, Any]:
    is_wrong = fault is not None and fault[0] == one.key
    return {
        "value": one,
        "text": fault[1] if fault and is_wrong else one.value,
        "fault": str(fault[2]) if fault and is_wrong else "",
        "is_current": one.key == current,
        "percent": round(one.confidence * 100),
        "has_crop": has_crop,
        "is_wide": bool(one.box) and one.box[2] > _WIDE,
    }


def _current(values: "list[ReadValue]", after: str) -> str:
    """Return the first open value behind the one just settled, else the first open one."""
    keys = [one.key for one in values]
    start = keys.index(after) + 1 if after in keys else 0
    for one in values[start:] + values[:start]:
        if not one.is_settled:
            return one.key
    return ""
