"""Signals at the desk: what is to be looked at, the word of who is concerned, the conclusion."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import queries as dossiers
from motcua.kernel.refused import Refused
from motcua.ledger import queries as trail
from motcua.supervision import services as supervision
from motcua.supervision import wording
from motcua.supervision.definitions import BY_KEY, SEVERITIES
from motcua.supervision.queries import watching
from motcua.supervision.queries.duties import of_link
from motcua.supervision.rules import reach
from motcua.supervision.rules.signals import numbers
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import text
from motcua.web.ui.parts import Event, Tab, page_links

PER_PAGE, MOST_EVIDENCE = 40, 100
OUTCOMES = (
    ("cause", _later("Đã rõ nguyên nhân, đã chấn chỉnh")),
    ("no_matter", _later("Không có vấn đề")),
    ("duty", _later("Giao thành nhiệm vụ")),
)
_ICONS = {
    "supervision.signal_raised": "eye",
    "supervision.signal_grew": "plus",
    "supervision.signal_explained": "chat",
    "supervision.signal_closed": "check",
}


class ExplainForm(forms.Form):
    """The word of who is concerned."""

    explanation = text(_later("Lời giải trình"), rows=4)


class CloseForm(forms.Form):
    """The conclusion of a person."""

    outcome = forms.ChoiceField(
        label=_later("Kết luận"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _later("Chọn kết luận.")},
    )
    conclusion = text(_later("Đã xem gì, kết luận vì sao"), rows=3)


@staff()
@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """List the signals within one's reach, the newest first."""
    actor = actor_of(request)
    found = watching.signals_of(actor)
    counts = {key: found.filter(state=key).count() for key in ("open", "explained", "closed")}
    waiting = watching.signals_waiting(actor, at=timezone.now())
    tab = request.GET.get("loc", "")
    tab = tab if tab in {*counts, "mine"} else "mine"
    rows = waiting if tab == "mine" else found.filter(state=tab)
    page = Paginator(rows.prefetch_related("evidence"), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    named = (("mine", _("Chờ tôi")), ("open", _("Chờ giải trình")),
             ("explained", _("Đã giải trình")), ("closed", _("Đã khép lại")))  # fmt: skip
    context = {
        "place": "supervision",
        "tabs": [
            Tab(word, f"?loc={key}", {**counts, "mine": waiting.count()}[key], key == tab)
            for key, word in named
        ],
        "rows": [_row(row) for row in page],
        "links": page_links(
            number=page.number, last=page.paginator.num_pages, query=request.GET.dict()
        ),
    }
    return render(request, "desk/supervision/signals.html", context)


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401  web does not import models
    kept = list(row.evidence.all())
    return {
        "row": row,
        "name": wording.name_of(row),
        "whom": wording.whom(row),
        "severity": SEVERITIES[row.severity],
        "first": wording.say(kept[-1]) if kept else "",
        "count": len(kept),
    }


@staff()
@require_safe
def signal(request: HttpRequest, key: int) -> HttpResponse:
    """Show a signal with its evidence, the explanation, the conclusion."""
    return _shown(request, key)


@staff()
@require_POST
def explanation(request: HttpRequest, key: int) -> HttpResponse:
    """Keep the word of who is concerned."""
    form = ExplainForm(request.POST)
    if form.is_valid():
        try:
            supervision.explain(
                signal_id=key, text=form.cleaned_data["explanation"], by=actor_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Đã ghi lời giải trình."))
            return redirect("desk:signal", key)
    return _shown(request, key, explain=form, status=422)


@staff()
@require_POST
def conclusion(request: HttpRequest, key: int) -> HttpResponse:
    """Close a signal with a person's conclusion; one that becomes a duty goes on to its form."""
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            supervision.close(
                signal_id=key, outcome=form.cleaned_data["outcome"],
                text=form.cleaned_data["conclusion"], by=actor_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Đã khép lại dấu hiệu."))
            if form.cleaned_data["outcome"] == "duty":
                return redirect(f"{reverse('desk:duty-new')}?signal={key}")
            return redirect("desk:signal", key)
    return _shown(request, key, close=form, status=422)


def _shown(
    request: HttpRequest,
    key: int,
    *,
    explain: forms.Form | None = None,
    close: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    row = watching.signal_for(actor, key)
    if row is None:
        raise Http404
    found, table = BY_KEY[row.kind], numbers(on=timezone.localdate(row.raised_at))
    kept = list(row.evidence.all())[-MOST_EVIDENCE:]
    may_explain = row.state == "open" and reach.may_explain(row, by=actor)
    may_close = row.state != "closed" and reach.may_close(row, by=actor)
    is_ripe = row.state != "open" or row.explain_by is None or row.explain_by <= timezone.now()
    context = {
        "place": "supervision",
        "signal": row,
        "definition": found,
        "rule": wording.rule(found, table.of(row.kind)),
        "severity": SEVERITIES[row.severity],
        "name": wording.name_of(row),
        "whom": wording.whom(row),
        "lines": _lines(kept, actor),
        "more": row.evidence.count() - len(kept),
        "events": _events(row),
        "explain": (explain or ExplainForm()) if may_explain else None,
        "close": (close or CloseForm()) if may_close and (is_ripe or close) else None,
        "is_early": may_close and not is_ripe,
        "refused": _unsent(explain, may_explain) or _unsent(close, may_close),
        "is_concerned": reach.is_concerned(row, by=actor),
        "duties": of_link(actor, kind="signal", key=str(row.pk)),
        "gives": actor.has_role(*reach.HEADS, *reach.CONTROL),
        "now": timezone.now(),
    }
    return render(request, "desk/supervision/signal.html", context, status=status)


def _unsent(form: forms.Form | None, is_shown: bool) -> dict[str, Any] | None:  # noqa: FBT001
    """What was written in a form that is gone since, with why it was refused."""
    if form is None or is_shown:
        return None
    typed = form.data.get("explanation") or form.data.get("conclusion") or ""
    return {"why": form.non_field_errors(), "typed": typed}


def _lines(kept: list[Any], actor: Any) -> list[dict[str, Any]]:  # noqa: ANN401  web does not import models
    """Evidence in words; a dossier is a link where this person may read it."""
    codes = {code for one in kept for code in one.codes}
    readable = set(
        dossiers.visible_to(actor).filter(code__in=codes).values_list("code", flat=True)
    )
    return [
        {
            "at": one.at,
            "words": wording.say(one),
            "codes": [(code, code in readable) for code in one.codes],
        }
        for one in reversed(kept)
    ]


def _events(row: Any) -> list[Event]:  # noqa: ANN401  web does not import models
    told = trail.facts_of(row.stream)
    return [
        Event(
            title=wording.say_fact(fact),
            icon=_ICONS.get(fact.kind, "check"),
            at=fact.at,
            by=f"{fact.actor_name}, {fact.post}" if fact.post else fact.actor_name,
            tone="now" if place == 0 else "",
            seal=fact.short_hash,
        )
        for place, fact in enumerate(reversed(told))
    ]
