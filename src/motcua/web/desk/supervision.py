"""What I answer for today: the page of whoever leads, its lists, the week, what is watched."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory.actor import Actor
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.rules.guards import EXTENSION_NOTICE
from motcua.feedback.queries import lists as feedback
from motcua.kernel.worktime import remaining
from motcua.supervision import wording
from motcua.supervision.definitions import ALL, SEVERITIES
from motcua.supervision.queries import duties, evidence, today, watching
from motcua.supervision.rules import ladder, reach
from motcua.supervision.rules.signals import numbers
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.supervision_warnings import lines_of
from motcua.web.ui import words
from motcua.web.ui.parts import page_links

PER_PAGE, SHOWN = 40, 8


@staff()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this person answers for today; each number opens its list."""
    actor, at = actor_of(request), timezone.now()
    counts = today.counts(actor, at=at)
    leads = actor.has_role(*reach.HEADS, *reach.CONTROL)
    waiting = list(watching.warnings_of(actor)[: SHOWN + 1])
    asked = len(waiting) if len(waiting) <= SHOWN else watching.warnings_of(actor).count()
    signals = watching.signals_waiting(actor, at=at)
    context = {
        "place": "supervision",
        "now": at,
        "leads": leads,
        "figures": _figures(actor, counts, at, asked=asked, signals=signals.count()),
        "waiting": lines_of(waiting[:SHOWN], actor=actor, at=at),
        "waiting_count": asked,
        "counts": counts,
        "ladder": _ladder(actor, at) if leads else [],
        "signals": [_signal(row, at) for row in signals[:SHOWN]],
        "away": today.away_unreplaced(actor, at=at) if leads else [],
        "is_calm": not waiting and not any(counts.values()),
        **_near(actor, counts, at),
    }
    return render(request, "desk/supervision/today.html", context)


def _near(actor: Actor, counts: dict[str, int], at: datetime) -> dict[str, Any]:
    """The first dossiers of the lists that are not empty, with who holds each."""
    near = {
        which: list(today.dossiers(actor, which=which, at=at)[:SHOWN]) if counts[which] else []
        for which in _near_of(counts)
    }
    held = {
        one["dossier"].pk: one
        for one in _held([row for rows in near.values() for row in rows], at)
    }
    return {
        "due_today" if which == "today" else which: [held[row.pk] for row in rows]
        for which, rows in near.items()
    }


def _near_of(counts: dict[str, int]) -> tuple[str, ...]:
    """What is late or due now comes first; the next days are shown where that leaves room."""
    pressing = ("overdue", "apology", "today")
    return pressing if sum(counts[which] for which in pressing) >= SHOWN else (*pressing, "soon")


def _figures(
    actor: Actor, counts: dict[str, int], at: datetime, *, asked: int, signals: int
) -> list[dict[str, Any]]:
    """The numbers of the day, each with the address of its list."""
    lists = reverse("desk:supervision")
    cases = feedback.inbox_counts(actor, at=at)
    mine = duties.listed(actor, tab="mine", at=at).count()
    return [
        _figure(_("Đến hạn hôm nay"), counts["today"], f"{lists}dossiers/today/"),
        _figure(_("Đến hạn 5 ngày tới"), counts["soon"], f"{lists}dossiers/soon/"),
        _figure(_("Đang quá hạn"), counts["overdue"], f"{lists}dossiers/overdue/", "late"),
        _figure(_("Cần xin lỗi, hẹn lại"), counts["apology"], f"{lists}dossiers/apology/", "gold"),
        _figure(
            _("Cảnh báo chờ tôi trả lời"), asked, f"{reverse('desk:warnings')}?loc=mine", "gold"
        ),
        _figure(_("Dấu hiệu cần xem"), signals, reverse("desk:signals")),
        _figure(_("Chờ tôi duyệt, ký"), today.to_sign(actor), reverse("desk:inbox")),
        _figure(_("Phản ánh chờ xử lý"), cases.todo, reverse("desk:feedback")),
        _figure(_("Nhiệm vụ phải làm"), mine, f"{reverse('desk:duties')}?loc=mine"),
    ]


def _figure(word: str, count: int, href: str, tone: str = "") -> dict[str, Any]:
    return {"word": word, "count": count, "href": href, "tone": tone if count else ""}


def _held(rows: Any, at: datetime) -> list[dict[str, Any]]:  # noqa: ANN401  a slice of a queryset
    """Dossiers with what is left, who holds them and since when, and the last moment to apologise."""
    return [
        {
            "dossier": one.dossier,
            "holder": one.holder,
            "since": one.since,
            "left": _left(one.dossier.calendar_key, one.dossier.due_at, at),
            "is_late": one.dossier.due_at is not None and one.dossier.due_at < at,
            "apology_by": one.dossier.due_at - EXTENSION_NOTICE if one.dossier.due_at else None,
        }
        for one in today.with_holders(rows)
    ]


def _left(calendar_key: str, due_at: datetime | None, at: datetime) -> str:
    if due_at is None:
        return ""
    return remaining(calendar_for(calendar_key), at, due_at).words(words.language())


def _signal(row: Any, at: datetime) -> dict[str, Any]:  # noqa: ANN401  web does not import models
    is_late = row.state == "open" and row.explain_by is not None and row.explain_by < at
    whom = wording.whom(row)
    return {"row": row, "name": wording.name_of(row), "whom": whom, "is_late": is_late}


def _ladder(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    names = wording.rungs()
    return [
        {"rung": names[one.rung], "who": wording.role(one.role), "line": one}
        for one in watching.ladder_of(actor, at=at)
    ]


def _title(which: str) -> str:
    return {
        "today": _("Đến hạn hôm nay"),
        "soon": _("Đến hạn 5 ngày làm việc tới"),
        "overdue": _("Đang quá hạn"),
        "apology": _("Cần xin lỗi và hẹn lại trước khi quá muộn"),
    }[which]


@staff()
@require_safe
def listing(request: HttpRequest, which: str) -> HttpResponse:
    """List the dossiers behind one number of the day, with who holds each and since when."""
    if which not in today.LISTS:
        raise Http404
    actor, at = actor_of(request), timezone.now()
    page = Paginator(today.dossiers(actor, which=which, at=at), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "place": "supervision",
        "title": _title(which),
        "which": which,
        "rows": _held(page.object_list, at),
        "count": page.paginator.count,
        "links": page_links(
            number=page.number, last=page.paginator.num_pages, query=request.GET.dict()
        ),
    }
    return render(request, "desk/supervision/dossiers.html", context)


@staff()
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Show the weekly list: agencies to all staff, officers to who leads, controls or inspects."""
    actor, at = actor_of(request), timezone.now()
    sees_officers = actor.has_role(*reach.HEADS, *reach.CONTROL)
    context = {
        "place": "supervision",
        "now": at,
        "agencies": today.week_by_agency(at=at),
        "officers": today.week_by_officer(actor, at=at) if sees_officers else None,
    }
    return render(request, "desk/supervision/week.html", context)


@staff()
@require_safe
def watched(request: HttpRequest) -> HttpResponse:
    """Tell all staff what is watched: the ladder and the signals, from when on, and who looks."""
    on = timezone.localdate()
    table, silent = numbers(on=on), evidence.without_data()
    context = {
        "place": "supervision",
        "law": table.law,
        "explain_days": table.explain_days,
        "ladder": ladder.ladder(on=on),
        "rungs": _rungs(on),
        "signals": [
            {
                "key": one.key,
                "name": one.name,
                "detects": one.detects,
                "rule": wording.rule(one, table.of(one.key)),
                "sample": wording.sample(one, table.of(one.key)),
                "severity": SEVERITIES[one.severity],
                "law": one.law,
                "who": one.who,
                "facts": ", ".join(one.facts),
                "has_data": one.key not in silent,
            }
            for one in ALL
        ],
    }
    return render(request, "desk/supervision/watched.html", context)


def _rungs(on: Any) -> list[dict[str, Any]]:  # noqa: ANN401  a date
    said = {
        "officer": _("cán bộ đang giữ bước"),
        "head": _("người đứng đầu cơ quan"),
        "centre_lead": _("giám đốc Trung tâm"),
        "chairman": _("Chủ tịch Ủy ban nhân dân"),
    }
    names = {
        "amber75": _("Đã dùng 75 % thời hạn"),
        "red90": _("Đã dùng 90 % thời hạn"),
        "day_before": _("Còn một ngày làm việc: xin lỗi và hẹn lại"),
        "overdue": _("Quá hạn"),
        "risk": _("Nguy cơ trễ hạn (dự báo)"),
    }
    return [
        {
            "name": names[rung.key],
            "asked": ", ".join(said[one] for one in rung.owners),
            "hours": rung.answer_working_hours,
            "next": ", ".join(said[one] for one in rung.escalates_to),
        }
        for rung in ladder.ladder(on=on).rungs.values()
    ]
