"""One case at the desk: what was sent, what triage proposes, the act that waits, its trail."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.assistant.answering.ask import ask
from motcua.directory.actor import Actor
from motcua.feedback import services as feedback
from motcua.feedback.queries import lists, reading
from motcua.feedback.rules import fields, people
from motcua.feedback.rules.states import Act
from motcua.feedback.services.contacts import Sender, may_know_sender
from motcua.feedback.wording import signal_words
from motcua.kernel.refused import Refused
from motcua.kernel.text import fold
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.feedback import case_or_404
from motcua.web.desk.feedback_acts import BY_NOUN, DEEDS, Deed, primary
from motcua.web.desk.feedback_forms import AnswerForm, CaseForm, ReasonForm
from motcua.web.ui import cases, words
from motcua.web.ui.parts import Event

if TYPE_CHECKING:
    from motcua.feedback.models import Case

_ANSWERED = ("answered", "approved", "published", "withheld", "rated", "reopened", "closed")


@staff()
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show a case with the act that waits for this officer."""
    return _shown(request, case_or_404(actor_of(request), code))


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, noun: str) -> HttpResponse:
    """One act on a case: its form on GET, the act itself on POST."""
    deed = BY_NOUN.get(noun)
    if deed is None:
        raise Http404
    actor, at = actor_of(request), timezone.now()
    found = case_or_404(actor, code)
    if request.method != "POST":
        return _shown(request, found, deed=deed)
    form = deed.shape(request.POST, case=found, actor=actor, at=at)
    if form.is_valid() and _done(request, deed, form, code):
        messages.success(request, _("%(act)s: %(code)s") % {"act": deed.button, "code": code})
        is_there = reading.case_for(actor, code) is not None
        return redirect("desk:feedback-case", code) if is_there else redirect("desk:feedback")
    return _shown(request, case_or_404(actor, code), deed=deed, form=form, status=422)


def _done(request: HttpRequest, deed: Deed, form: CaseForm, code: str) -> bool:
    typed = request.POST.get("expected", "")
    expected = int(typed) if typed.isdecimal() and len(typed) < 9 else None
    who = {"code": code, "by": actor_of(request), "at": timezone.now(), "expected": expected}
    try:
        with transaction.atomic():
            deed.run(who, form, request.FILES)
    except Refused as refusal:
        said = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
        form.add_error(refusal.field if refusal.field in form.fields else None, said)
        return False
    return True


@staff()
@require_POST
def sender(request: HttpRequest, code: str) -> HttpResponse:
    """Open who sent a case, for the reason given; that leaves a trace."""
    actor, at = actor_of(request), timezone.now()
    found = case_or_404(actor, code)
    form = ReasonForm(request.POST, case=found, actor=actor, at=at)
    if form.is_valid():
        try:
            told = feedback.open_sender(
                code=code, reason=form.cleaned_data["reason"], by=actor, at=at
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return _shown(request, found, opened=told)
    else:
        messages.error(request, _("Ghi lý do cần biết người gửi."))
    return redirect("desk:feedback-case", code)


def _shown(
    request: HttpRequest,
    found: "Case",
    *,
    deed: Deed | None = None,
    form: forms.Form | None = None,
    opened: Sender | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    allowed = [
        one for one in reading.acts_allowed(found, by=actor) if _has_a_point(one.act, found)
    ]
    shown = deed or primary(found, allowed, by=actor)
    is_mine = shown is not None and any(one.act is shown.act for one in allowed)
    if shown is not None and form is None and is_mine:
        form = shown.shape(case=found, actor=actor, at=at)
        if isinstance(form, AnswerForm) and "goi-y" in request.GET:
            _suggest(form, found, at)
    left = reading.time_left(found, at=at) if found.is_open else None
    context = {
        "place": "feedback",
        "case": found,
        "deed": shown if form is not None else None,
        "form": form,
        "law": next((one.law for one in allowed if shown and one.act is shown.act), ""),
        "others": [
            DEEDS[one.act]
            for one in allowed
            if one.act in DEEDS and (shown is None or one.act is not shown.act)
        ],
        "opened": opened,
        "may_open": may_know_sender(case=found, by=actor) and opened is None,
        "left": left.words(words.language()) if left else "",
        "is_late": bool(left and left.tone == "late"),
        "proof": reading.proof_of(found) if found.is_open else None,
        "now": at,
        "has_draft": bool(found.answer) and found.state in _ANSWERED,
        "beside": _beside(found, actor),
        **_material(found, actor, at),
    }
    return render(request, "desk/feedback/case.html", context, status=status)


def _has_a_point(act_: Act, found: "Case") -> bool:
    """What is not shown cannot be taken off; what is, is not shown once more."""
    if act_ is Act.HIDE:
        return found.is_public
    if act_ is Act.NAME_OFFICER:
        return found.kind == "conduct" or found.about_account_id is not None
    return act_ is not Act.SHOW or not found.is_public


def _material(found: "Case", actor: Actor, at: datetime) -> dict[str, Any]:
    """What is known of a case: pictures, notes, trail, the proposal, what it may repeat."""
    made = found.proposal or {}
    photos = reading.photos_of(found)
    codes = [str(code) for code, _score in made.get("duplicates") or []][:3]
    near = [one for code in codes if (one := reading.case_for(actor, code))]
    names = fields.names(words.language())
    return {
        "photos": photos,
        "notes": reading.notes_of(found),
        "times": reading.times_of(found, at=at),
        "events": _events(found, actor),
        "proposal": made,
        "proposed_field": names.get(str(made.get("field")), ""),
        "reasons": _reasons(found, made),
        "signs": [
            signal_words([sign])
            for sign in made.get("signals") or []
            if sign == "danger" or people.sees_signs(actor)
        ],
        "duplicates": [one for one in near if one.pk != found.pk],
    }


def _reasons(found: "Case", made: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return why triage proposes what it does: of what, the words, how sure in per cent."""
    said = {"field": _("Lĩnh vực"), "urgency": _("Mức độ"), "agency": _("Cơ quan")}
    reasons, sure = made.get("reasons") or {}, made.get("confidence") or {}
    return [
        (
            label,
            ", ".join(dict.fromkeys(_as_written(str(one), found.text) for one in reasons[key])),
            round(100 * float(sure.get(key) or 0)),
        )
        for key, label in said.items()
        if reasons.get(key)
    ]


def _as_written(words_: str, text: str) -> str:
    """Return folded words as they stand in the text, with their marks."""
    folded = fold(text)
    at = folded.find(words_) if len(folded) == len(text) else -1
    return text[at : at + len(words_)] if at >= 0 else words_


def _events(found: "Case", actor: Actor) -> list[Event]:
    return [
        Event(
            title=line.text,
            icon=cases.event_icon(line.kind),
            at=line.at,
            by=f"{line.who}, {line.post}" if line.post else line.who,
            tone="now" if place == 0 else "",
            seal=line.short_hash,
        )
        for place, line in enumerate(reading.timeline(found, by=actor))
    ]


def _beside(found: "Case", actor: Actor) -> dict[str, str]:
    """Return the codes before and after this one in the officer's own work."""
    codes = list(lists.inbox(actor).values_list("code", flat=True)[:200])
    if found.code not in codes:
        return {}
    at = codes.index(found.code)
    return {
        "previous": codes[at - 1] if at else "",
        "following": codes[at + 1] if at + 1 < len(codes) else "",
    }


def _suggest(form: AnswerForm, found: "Case", at: datetime) -> None:
    """Put what the assistant would answer into the empty draft, with its sources."""
    made = ask(found.text, on=timezone.localdate(at), at=at, by=None, place=found.place_id or "")
    form.fields["text"].initial = made.text
    form.fields["sources"].initial = "\n".join(one.title for one in made.sources)
