"""The inbox: one's own work by urgency, and acts on many dossiers at once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_POST, require_safe

from motcua.directory.actor import Actor
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import desk
from motcua.dossiers.rules.states import OPEN_STATES
from motcua.kernel.refused import Refused
from motcua.signing import queries as signing
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk import rows
from motcua.web.ui.parts import Tab, page_links
from motcua.web.ui.states import LOOKS

if TYPE_CHECKING:
    from datetime import datetime

PER_PAGE = 20
MOST_SENT_PAGES = 50
MOST_SIGNED = 100


@staff()
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one tab of this person's work, the most urgent on top."""
    actor, at = actor_of(request), timezone.now()
    tab = request.GET.get("loc", "todo")
    counts = queries.inbox_counts(actor, at=at)
    asked = desk.opinions_count(actor)
    context = {
        "place": "inbox",
        "tab": tab,
        "tabs": _tabs(tab, counts, asked),
        "counts": counts,
        "receives": actor.has_role("receptionist", "centre_lead", "support"),
        "states": [
            (key, LOOKS[key].word, n) for key, n in counts.states.items() if key in OPEN_STATES
        ],
    }
    if tab == "opinions":
        context["asked"] = desk.opinions_asked(actor)
    else:
        context |= _listed(request, actor, tab, counts, at)
    return render(request, "desk/inbox.html", context)


def _listed(
    request: HttpRequest, actor: Actor, tab: str, counts: queries.InboxCounts, at: "datetime"
) -> dict[str, object]:
    number = _page_number(request)
    found = queries.inbox(actor, tab=tab, at=at).prefetch_related("papers")
    page = list(found[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    has_more = len(page) > PER_PAGE
    lines = rows.rows_of(page[:PER_PAGE], actor=actor, at=at)
    total = {
        "todo": counts.todo,
        "overdue": counts.overdue,
        "today": counts.today,
        "waiting": counts.waiting,
    }.get(tab)
    last = max(1, -(-total // PER_PAGE)) if total is not None else number + has_more
    return {
        "groups": rows.groups_of(lines, at=at, counts=counts),
        "rows": lines,
        "first": (number - 1) * PER_PAGE + 1,
        "last": (number - 1) * PER_PAGE + len(lines),
        "total": total,
        "pages": page_links(number=number, last=max(last, number), query=request.GET.dict()),
        "batches": _batches(lines),
    }


def _page_number(request: HttpRequest) -> int:
    typed = request.GET.get("trang", "1")
    return min(max(1, int(typed)), 10_000) if typed.isdecimal() and len(typed) < 9 else 1


def _tabs(current: str, counts: queries.InboxCounts, asked: int) -> list[Tab]:
    listed = (
        ("todo", _("Cần làm"), counts.todo, ""),
        ("overdue", _("Quá hạn"), counts.overdue, "late" if counts.overdue else ""),
        ("today", _("Hôm nay"), counts.today, ""),
        ("waiting", _("Chờ người dân"), counts.waiting, ""),
        ("opinions", _("Hỏi ý kiến ta"), asked, ""),
        ("sent", _("Đã chuyển"), None, ""),
    )
    return [
        Tab(word, f"?loc={key}", count, key == current, tone) for key, word, count, tone in listed
    ]


BATCHES: dict[str, tuple[object, Callable[..., list[dossiers.Item]]]] = {
    "appraise": (_later("Trình duyệt"), dossiers.appraise_many),
    "approve": (_later("Phê duyệt"), dossiers.approve_many),
    "issue": (_later("Lấy số, phát hành"), dossiers.issue_many),
}


def _batches(lines: Sequence[rows.Row]) -> list[tuple[str, str]]:
    """Return the acts on many that some line of the page takes."""
    there = {row.batch for row in lines}
    return [(key, str(word)) for key, (word, _act) in BATCHES.items() if key in there]


@staff()
@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Do one act on the chosen dossiers, each by itself, and tell what came of each."""
    key = request.POST.get("act", "")
    codes = request.POST.getlist("code")
    if key not in BATCHES or not codes:
        messages.warning(request, _("Hãy chọn ít nhất một hồ sơ rồi chọn việc cần làm."))
        return redirect("desk:inbox")
    actor, pin = actor_of(request), request.POST.get("pin", "")
    if _is_signed(key, actor) and "pin" not in request.POST:
        return _asked_pin(request, key, codes)
    if not pin and _is_signed(key, actor) and not request.POST.get("ink"):
        return _asked_pin(request, key, codes, fault=_("Nhập mã PIN, hoặc chọn ký giấy."))
    with_pin = {"pin": pin} if pin and not request.POST.get("ink") else {}
    try:
        items = BATCHES[key][1](codes=codes, by=actor, at=timezone.now(), **with_pin)
    except Refused as refusal:
        return _asked_pin(request, key, codes, fault=str(refusal))
    request.session["batch"] = {
        "act": key,
        "items": [[item.code, item.refusal] for item in items],
    }
    return redirect("desk:batch-outcome")


def _is_signed(key: str, actor: Actor) -> bool:
    """Tell whether this act on many signs digitally, with a key that this person may use."""
    if key == "approve":
        return signing.key_of(actor) is not None
    return key == "issue" and any(one.agency_id for one in signing.keys_at_hand(actor))


def _asked_pin(
    request: HttpRequest, key: str, codes: Sequence[str], *, fault: str = ""
) -> HttpResponse:
    """Show what will be signed, and ask for the PIN once for all."""
    found = queries.visible_to(actor_of(request)).filter(code__in=codes).select_related("owner")
    context = {
        "place": "inbox",
        "act": key,
        "word": BATCHES[key][0],
        "rows": list(found.order_by("due_at", "pk")[:MOST_SIGNED]),
        "fault": fault,
    }
    return render(request, "desk/batch_sign.html", context, status=422 if fault else 200)


@staff()
@require_safe
def batch_outcome(request: HttpRequest) -> HttpResponse:
    """Show what came of each dossier in the last act on many."""
    kept = request.session.get("batch") or {"act": "", "items": []}
    items = kept["items"]
    context = {
        "place": "inbox",
        "word": BATCHES[kept["act"]][0] if kept["act"] else "",
        "items": items,
        "done": sum(1 for _code, refusal in items if not refusal),
        "refused": sum(1 for _code, refusal in items if refusal),
    }
    return render(request, "desk/batch.html", context)
