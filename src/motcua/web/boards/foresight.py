"""Foresight on screen: what will be late, how well promises held, who will come, what would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.queries.cards import AgencyCard
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import remaining
from motcua.reporting.foresight import wording
from motcua.reporting.foresight.banding import SIZES
from motcua.reporting.queries import foresight as learned
from motcua.reporting.queries import foresight_list as queries
from motcua.reporting.services import foresight_kept
from motcua.web.accounts.guards import staff
from motcua.web.boards import foresight_drawn as drawn
from motcua.web.boards.asked import asked
from motcua.web.boards.foresight_form import WhatIfForm
from motcua.web.ui import words
from motcua.web.ui.parts import Tab, page_links

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

LEADERS = ("chairman", "controller", "auditor", "head", "centre_lead")
OWN = ("head", "chairman", "centre_lead")
PER_PAGE = 30
SHELL = "boards/_shell_staff.html"


@dataclass(frozen=True)
class Line:
    """One dossier that may be late: what is said of it, and why."""

    dossier: "Dossier"
    left: str
    mark: str
    said: str
    reasons: Sequence[str]


@staff(*LEADERS)
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """List what comes due within a week and is likely to be late, with the reasons."""
    wanted = asked(request, at=timezone.now())
    actor, at = wanted.actor, timezone.now()
    agency = _agency(request, actor)
    found = queries.likely_late(actor, at=at, agency=agency)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    near = queries.by_agency(actor, at=at, agency=agency)
    context = _frame(request, "foresight") | {
        "agency": agency,
        "lines": [_line(row, at) for row in page],
        "page": page,
        "links": page_links(
            number=page.number, last=page.paginator.num_pages, query=request.GET.dict()
        ),
        "near": near[:20],
        "due": sum(one.due for one in near),
        "likely": sum(one.likely for one in near),
        "possible": sum(one.possible for one in near),
        "until": at + timedelta(days=7),
        "holds": learned.holding(),
    }
    return render(request, "boards/foresight/late.html", context)


def _line(dossier: "Dossier", at: datetime) -> Line:
    left = ""
    if dossier.due_at is not None:
        calendar = calendar_for(dossier.calendar_key)
        left = remaining(calendar, at, dossier.due_at).words(words.language())
    risk = dossier.risk or 0
    return Line(
        dossier,
        left,
        wording.mark(risk),
        wording.said_of(risk),
        wording.lines(dossier.risk_reasons),
    )


@staff(*LEADERS)
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Show what was promised beside what then happened, on weeks that were held back."""
    holds = learned.holding()
    judged = holds.judged
    context = _frame(request, "foresight-promises") | {
        "holds": holds,
        "judged": judged,
        "reference": holds.reference,
        "bins": drawn.bins(judged),
        "points": drawn.points(judged),
        "weeks": drawn.foretold(holds.risk.facts.get("weekly", {})),
        "learnings": learned.learnings(),
    }
    return render(request, "boards/foresight/promises.html", context)


@staff(*LEADERS)
@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    """Show how many will come in the next four weeks: the province, a centre, a procedure."""
    kept = queries.latest_forecast()
    context = _frame(request, "foresight-arrivals") | {"kept": kept}
    if kept is not None:
        kind, _bar, key = request.GET.get("chon", "").partition("|")
        series = kept.document["series"]
        shown = next(
            (one for one in series if (one["kind"], one["key"]) == (kind, key)), series[0]
        )
        context |= {
            "shown": shown,
            "title": drawn.name_of(shown),
            "picture": drawn.picture(kept.document, shown),
            "weeks": drawn.weeks(kept.document, shown),
            "choices": drawn.choices(series),
            "chosen": f"{shown['kind']}|{shown['key']}",
            "checks": drawn.checks(kept.document["checks"]),
            "sizes": drawn.sizes(kept.document.get("sizes", {})),
            "is_small": max(shown["mean"], default=0) < SIZES[0],
        }
    return render(request, "boards/foresight/arrivals.html", context)


@staff(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def staffing(request: HttpRequest) -> HttpResponse:
    """Ask what other staffing of an agency would change; the answer is kept."""
    wanted = asked(request, at=timezone.now())
    agencies = _agencies(wanted.actor)
    form = WhatIfForm(
        request.POST if request.method == "POST" else None, agencies=agencies, at=wanted.at
    )
    if request.method == "POST" and form.is_valid():
        card = cards.card_by_code(form.cleaned_data["agency"])
        first, last = form.days()
        try:
            kept = foresight_kept.what_if(
                change=form.change(), agency=card, first=first, last=last,
                by=wanted.actor, at=timezone.now(), seeds=8,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("boards:foresight-answer", kept.pk)
    context = _frame(request, "foresight-staffing") | {
        "form": form,
        "kept": [
            (one, drawn.told(one), cards.card(one.agency_id) if one.agency_id else None)
            for one in queries.what_ifs(wanted.actor)
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "boards/foresight/staffing.html", context, status=status)


@staff(*LEADERS)
@require_safe
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a what-if found: as it is, as it would be, and between which numbers."""
    wanted = asked(request, at=timezone.now())
    kept = queries.what_if_for(wanted.actor, key)
    if kept is None:
        raise Http404(_("Không có phương án này."))
    context = _frame(request, "foresight-staffing") | {
        "kept": kept,
        "agency": cards.card(kept.agency_id) if kept.agency_id else None,
        "changes": drawn.changes(kept.inputs),
        "lines": drawn.outcome(kept.result),
        "observed": drawn.share(kept.result["observed"]),
        "simulated": drawn.share(kept.result["simulated"]),
        "least": drawn.least(kept.result),
        "check": drawn.held_out(kept.result.get("check")),
    }
    return render(request, "boards/foresight/answer.html", context)


def _frame(request: HttpRequest, name: str) -> dict[str, Any]:
    said = (
        ("foresight", _("Dễ trễ trong 7 ngày tới")),
        ("foresight-arrivals", _("Hồ sơ sắp đến")),
        ("foresight-staffing", _("Thử phương án nhân lực")),
        ("foresight-promises", _("Dự báo có đúng không")),
    )
    parts = [Tab(word, reverse(f"boards:{key}"), is_current=key == name) for key, word in said]
    wanted = asked(request, at=timezone.now())
    return {"asked": wanted, "place": "boards", "shell": SHELL, "tabs": parts}


def _agency(request: HttpRequest, actor: Actor) -> AgencyCard | None:
    """Return the agency that is asked for; a head who asks for none gets the own one."""
    card = cards.card_by_code(request.GET.get("co-quan", ""))
    if card is not None or actor.is_province_wide:
        return card
    post = actor.post_for("head", "chairman")
    return cards.card(post.agency_id) if post else None


def _agencies(actor: Actor) -> list[AgencyCard]:
    """Return the agencies whose staffing this person may try: the own ones, or all."""
    settling = [card for card in cards.all_cards() if card.kind not in ("centre", "support_point")]
    if actor.is_province_wide:
        return sorted(settling, key=lambda card: card.name)
    mine = actor.agency_ids(*OWN)
    return [card for card in settling if card.id in mine]
