"""Duties at the desk: what I have to bring about, what I gave, one duty with its acts."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused
from motcua.ledger import queries as trail
from motcua.supervision import duty_wording as wording
from motcua.supervision.queries import duties as queries
from motcua.supervision.rules.duties import Act
from motcua.supervision.services import duties
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk import duties_about as abouts
from motcua.web.desk import duties_form as shapes
from motcua.web.desk.inputs import end_of
from motcua.web.ui.parts import Event, Tab, page_links

if TYPE_CHECKING:
    from motcua.supervision.models import Duty

PER_PAGE = 30
# What a refusal calls a field, and what some form calls it.
_SAME_FIELD = {"due_at": ("due",), "reason": ("words",)}
_TABS = (
    ("mine", _later("Tôi phải làm")),
    ("given", _later("Tôi đã giao")),
    ("late", _later("Quá hạn")),
    ("open", _later("Đang làm")),
    ("done", _later("Đã xong")),
)
_ICONS = {
    "duty.given": "send", "duty.progressed": "chat", "duty.reported": "tray",
    "duty.accepted": "check", "duty.sent_back": "back", "duty.extended": "cal",
    "duty.handed_over": "users", "duty.cancelled": "x", "duty.overdue": "alert",
}  # fmt: skip


@staff()
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the duties of one tab, the soonest due first."""
    actor, at = actor_of(request), timezone.now()
    counts = queries.counts(actor, at=at)
    tab = request.GET.get("loc", "")
    if tab not in queries.TABS:
        tab = next((key for key in ("mine", "given") if counts[key]), "open")
    shown = Paginator(queries.listed(actor, tab=tab, at=at), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "place": "duties",
        "page": shown,
        "links": page_links(
            number=shown.number, last=shown.paginator.num_pages, query=request.GET.dict()
        ),
        "tabs": [
            Tab(str(word), f"?loc={key}", counts[key], is_current=key == tab)
            for key, word in _TABS
        ],
        "now": at,
        "gives": actor.has_role(*queries.OVERSEERS),
        "directives": queries.directives(actor)[:5],
    }
    return render(request, "desk/duties/list.html", context)


@staff(*queries.OVERSEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Give a duty; `dossier`, `signal`, `figure`, `difference` or `directive` say what it is about."""
    actor, at = actor_of(request), timezone.now()
    told = abouts.about_of(request.GET, actor=actor)
    form = shapes.DutyForm(
        request.POST or None,
        actor=actor,
        at=at,
        initial=told.initial(request.GET),
        auto_id="nv_%s",
    )
    wants_people = request.POST.get("do") == "agency"
    if request.method == "POST" and not wants_people and form.is_valid():
        try:
            made = duties.give(
                agency=form.cleaned_data["agency"],
                clear=form.clear(),
                directive=told.directive,
                point=told.point,
                about=told.links,
                by=actor,
                at=at,
            )
        except Refused as refusal:
            _add(form, refusal)
        else:
            messages.success(request, _("Đã giao nhiệm vụ %s.") % made.code)
            return redirect("desk:duty", made.code)
    if wants_people:
        form = shapes.DutyForm(
            None, actor=actor, at=at, initial=request.POST.dict(), auto_id="nv_%s"
        )
    context = {"place": "duties", "form": form, "told": told}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/duties/new.html", context, status=status)


def _add(form: forms.Form, refusal: Refused) -> None:
    known = {refusal.field, *_SAME_FIELD.get(refusal.field, ())} & set(form.fields)
    form.add_error(next(iter(known), None), str(refusal))


_FORMS: dict[Act, type[forms.Form]] = {
    Act.PROGRESS: shapes.WordsForm,
    Act.PRODUCT: shapes.ProductForm,
    Act.ACCEPTANCE: shapes.AcceptForm,
    Act.RETURN: shapes.ReasonForm,
    Act.EXTENSION: shapes.ExtendForm,
    Act.HANDOVER: shapes.HandOverForm,
    Act.CANCELLATION: shapes.ReasonForm,
}


@staff()
@require_safe
def duty(request: HttpRequest, code: str) -> HttpResponse:
    """Show a duty: the six things, what it is about, its acts, its history."""
    return _page(request, _found(request, code), {})


@staff()
@require_POST
def act(request: HttpRequest, code: str, noun: str) -> HttpResponse:
    """Do one act on a duty; a refusal shows the page with what was typed."""
    found = _found(request, code)
    if noun not in list(Act):
        raise Http404
    kind, at = Act(noun), timezone.now()
    form = _form(kind, found, at=at, data=request.POST)
    if form.is_valid():
        try:
            _do(kind, found.code, form.cleaned_data, request, at)
        except Refused as refusal:
            _add(form, refusal)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("desk:duty", code)
    return _page(request, found, {kind: form}, status=422)


def _do(kind: Act, code: str, typed: dict[str, Any], request: HttpRequest, at: datetime) -> "Duty":
    who: dict[str, Any] = {"code": code, "by": actor_of(request), "at": at}
    if kind is Act.PROGRESS:
        return duties.report_progress(**who, words=typed["words"])
    said = request.POST.get("expected", "")
    who["expected"] = int(said) if said.isdecimal() and len(said) < 9 else None
    verbs: dict[Act, Callable[[], Duty]] = {
        Act.PRODUCT: lambda: duties.report_product(**who, **typed),
        Act.ACCEPTANCE: lambda: duties.accept(**who, **typed),
        Act.RETURN: lambda: duties.send_back(**who, reason=typed["words"]),
        Act.EXTENSION: lambda: duties.extend(
            **who, due_at=end_of(typed["due"]), reason=typed["reason"]
        ),
        Act.HANDOVER: lambda: duties.hand_over(
            **who, person_id=typed["person"] or 0, reason=typed["reason"]
        ),
        Act.CANCELLATION: lambda: duties.cancel(**who, reason=typed["words"]),
    }
    return verbs[kind]()


def _form(kind: Act, found: "Duty", *, at: datetime, data: Any = None) -> forms.Form:  # noqa: ANN401
    form = _FORMS[kind](data, auto_id=f"{kind.value}_%s")
    if isinstance(form, shapes.HandOverForm):
        form.offer(found, at=at)
    return form


def _found(request: HttpRequest, code: str) -> "Duty":
    found = queries.duty(actor_of(request), code)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, found: "Duty", bound: dict[Act, forms.Form], status: int = 200
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    allowed = queries.allowed(found, actor=actor, at=at)
    context = {
        "place": "duties",
        "duty": found,
        "now": at,
        "deeds": [
            (kind, shapes.heading(kind), bound.get(kind) or _form(kind, found, at=at))
            for kind in allowed
        ],
        "tried": next(iter(bound), None),
        "refused": _refused(next((f for kind, f in bound.items() if kind not in allowed), None)),
        "events": _events(found),
        "links": abouts.links_of(found, actor),
        "is_late": found.state == "given" and found.due_at < at,
    }
    return render(request, "desk/duties/duty.html", context, status=status)


def _refused(form: forms.Form | None) -> dict[str, Any] | None:
    """Why a form that is gone since was refused, and what was written in it."""
    if form is None:
        return None
    typed = [(field.label, field.value()) for field in form if field.value()]
    return {"why": form.non_field_errors(), "typed": typed}


def _events(found: "Duty") -> list[Event]:
    return [
        Event(
            title=wording.say(fact.kind, fact.body),
            icon=_ICONS.get(fact.kind, "check"),
            at=fact.at,
            by=f"{fact.actor_name}, {fact.post}" if fact.post else fact.actor_name,
            tone="turn" if fact.kind == "duty.overdue" else "now" if place == 0 else "",
        )
        for place, fact in enumerate(reversed(trail.facts_of(found.stream)))
    ]


@staff()
@require_safe
def directives(request: HttpRequest) -> HttpResponse:
    """List the documents, the newest first, with how far their duties have come."""
    actor, at = actor_of(request), timezone.now()
    shown = Paginator(queries.directives(actor), PER_PAGE).get_page(request.GET.get("trang"))
    rows = [
        (one, queries.tally(list(queries.visible_to(actor).filter(directive=one)), at=at))
        for one in shown
    ]
    context = {
        "place": "duties",
        "rows": rows,
        "gives": actor.has_role(*queries.OVERSEERS),
        "links": page_links(number=shown.number, last=shown.paginator.num_pages, query={}),
    }
    return render(request, "desk/duties/directives.html", context)


@staff(*queries.OVERSEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def directive_new(request: HttpRequest) -> HttpResponse:
    """Enter a document."""
    actor, at = actor_of(request), timezone.now()
    form = shapes.DirectiveForm(request.POST or None, actor=actor, auto_id="vb_%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = duties.issue_directive(document=form.document(), by=actor, at=at)
        except Refused as refusal:
            _add(form, refusal)
        else:
            messages.success(request, _("Đã nhập văn bản. Giao từng việc cho cơ quan thực hiện."))
            return redirect("desk:directive", made.pk)
    context = {"place": "duties", "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/duties/directive_new.html", context, status=status)


@staff()
@require_safe
def directive(request: HttpRequest, key: int) -> HttpResponse:
    """Show a document: each thing it asks for with the duties it became."""
    actor: Actor = actor_of(request)
    found = queries.directives(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    context = {
        "place": "duties",
        "directive": found,
        "points": queries.points(actor, found),
        "gives": actor.has_role(*queries.OVERSEERS),
        "now": timezone.now(),
    }
    return render(request, "desk/duties/directive.html", context)
