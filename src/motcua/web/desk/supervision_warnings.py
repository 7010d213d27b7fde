"""Warnings at the desk: the list, and answering in words, one or many at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_POST

from motcua.directory.actor import Actor
from motcua.directory.queries.calendars import calendar_for
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import remaining
from motcua.supervision import services as supervision
from motcua.supervision import wording
from motcua.supervision.queries import watching
from motcua.supervision.rules import reach
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import text
from motcua.web.ui import words
from motcua.web.ui.parts import Tab, page_links

PER_PAGE = 40


class AnswerForm(forms.Form):
    """What was done about a warning."""

    answer = text(_later("Đã làm gì?"), rows=2)


def lines_of(rows: Iterable[Any], *, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Return warnings as lines: what is left, who owes the answer, and whether it is this person."""
    return [
        {
            "row": row,
            "left": remaining(calendar_for(row.dossier.calendar_key), at, row.due_at).words(
                words.language()
            ),
            "is_late": row.due_at < at,
            "role": wording.role(row.role),
            "is_silent": row.is_waiting and row.answer_by < at,
            "is_mine": row.is_waiting and reach.may_answer(row, by=actor),
            "can_extend": row.rung in ("red90", "day_before", "risk")
            and row.dossier.extension_count == 0
            and actor.has_role("head", "chairman", agency_id=row.competent_id),
        }
        for row in rows
    ]


_TABS = (
    ("mine", _later("Chờ tôi")),
    ("waiting", _later("Chờ trả lời")),
    ("silent", _later("Quá hạn trả lời")),
    ("answered", _later("Đã trả lời")),
    ("gone", _later("Tự rút")),
)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def warnings(request: HttpRequest) -> HttpResponse:
    """List the warnings within one's reach; say the same about several of one's own."""
    actor, at = actor_of(request), timezone.now()
    if request.method == "POST":
        return _answer_many(request, actor, at)
    return _listed(request, actor, at)


def _listed(
    request: HttpRequest, actor: Actor, at: datetime, *, typed: str = "", why: str = ""
) -> HttpResponse:
    """One tab; `typed` is an answer that was refused, which stays in its place, `why` at its side."""
    counts = watching.warning_counts(actor, at=at)
    tab = request.GET.get("loc", "waiting")
    tab = tab if tab in watching.TABS else "waiting"
    page = Paginator(watching.warnings(actor, watching.Wish(tab=tab), at=at), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    lines = lines_of(page.object_list, actor=actor, at=at)
    context = {
        "place": "supervision",
        "tab": tab,
        "tabs": [
            Tab(str(word), f"?loc={key}", counts[key], is_current=key == tab,
                tone="late" if key == "silent" and counts[key] else "")
            for key, word in _TABS
        ],
        "lines": lines,
        "mine": any(one["is_mine"] for one in lines),
        "typed": typed,
        "why": why,
        "chosen": request.POST.getlist("warning"),
        "links": page_links(
            number=page.number, last=page.paginator.num_pages, query=request.GET.dict()
        ),
    }  # fmt: skip
    return render(request, "desk/supervision/warnings.html", context, status=422 if why else 200)


def _answer_many(request: HttpRequest, actor: Actor, at: datetime) -> HttpResponse:
    typed = request.POST.get("answer", "")
    keys = [
        int(key) for key in request.POST.getlist("warning") if key.isdecimal() and len(key) < 12
    ]
    if not keys:
        return _listed(request, actor, at, typed=typed, why=_("Hãy chọn cảnh báo."))
    try:
        done = supervision.answer_many(warning_ids=keys, text=typed, by=actor, at=at)
    except Refused as refusal:
        return _listed(request, actor, at, typed=typed, why=str(refusal))
    if not done:
        why = _(
            "Chưa ghi: các cảnh báo đã chọn vừa được trả lời, đã tự rút hoặc do vị trí khác trả lời."
        )
        return _listed(request, actor, at, typed=typed, why=why)
    messages.success(request, _("Đã trả lời %d cảnh báo.") % done)
    return redirect(request.get_full_path())


@staff()
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Answer one warning where it stands, and go back there; what is refused stays written."""
    actor, at, typed = actor_of(request), timezone.now(), request.POST.get("answer", "")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("desk:supervision")
    try:
        row = supervision.answer(warning_id=key, text=typed, by=actor, at=at)
    except Refused as refusal:
        why = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
        found = watching.warnings_seen_by(actor) | watching.warnings_of(actor)
        lines = lines_of(found.filter(pk=key)[:1], actor=actor, at=at)
        context = {
            "place": "supervision",
            "lines": lines,
            "typed": typed,
            "why": why,
            "back": back,
        }
        return render(request, "desk/supervision/answer.html", context, status=422)
    messages.success(request, _("Đã ghi câu trả lời cho hồ sơ %s.") % row.code)
    return redirect(back)
