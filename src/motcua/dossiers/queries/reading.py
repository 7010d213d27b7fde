"""One dossier as its page shows it: papers, trail, clock with its proof, acts allowed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.directory.queries.calendars import calendar_at, calendar_for, versions_of
from motcua.directory.queries.parties import identity_number
from motcua.dossiers.models import Dossier, HandOverItem, Paper, Result, Supplement
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.permission import may
from motcua.dossiers.rules.states import ACT_RULES, SAY, Act
from motcua.dossiers.wording import say_fact
from motcua.kernel.bounds import is_keepable
from motcua.kernel.worktime import ClockProof, Remaining, prove_clock, remaining
from motcua.ledger import queries as trail
from motcua.payments import queries as payments
from motcua.payments.models import Charge
from motcua.workflow import queries as workflow
from motcua.workflow.models import Consultation


@dataclass(frozen=True)
class Allowed:
    """An act that this person may do now: its name in words and the article it rests on."""

    act: Act
    label: str
    law: str

    @property
    def key(self) -> str:
        """Stable name of the act, as URLs and the API write it."""
        return self.act.value


@dataclass(frozen=True)
class Line:
    """One line of the trail."""

    at: datetime
    text: str
    who: str
    post: str
    kind: str
    short_hash: str


@dataclass(frozen=True)
class Whole:
    """Everything the page of a dossier shows."""

    dossier: Dossier
    papers: list[Paper]
    trail: list[Line]
    charges: list[Charge]
    consultations: list[Consultation]
    results: list[Result]
    supplement: Supplement | None
    slips: list[HandOverItem]
    acts: list[Allowed]
    remaining: Remaining | None
    proof: ClockProof | None
    counted_to: datetime


def dossier_for(actor: Actor, code: str) -> Dossier | None:
    """Return a dossier that this person may read, with its agencies and people (one query)."""
    if not is_keepable(code):
        return None
    return (
        visible_to(actor)
        .select_related("receiving", "competent", "support", "owner", "applicant", "assignee")
        .filter(code=code)
        .first()
    )


def whole(dossier: Dossier, *, actor: Actor, at: datetime) -> Whole:
    """Return all that a dossier's page needs (at most eight queries)."""
    return Whole(
        dossier=dossier,
        papers=list(Paper.objects.filter(dossier=dossier)),
        trail=timeline(dossier),
        charges=payments.charges_of(dossier.pk) if dossier.accepted_at else [],
        consultations=workflow.consultations_of(dossier.pk) if dossier.accepted_at else [],
        results=_results(dossier) if dossier.ended_at else [],
        supplement=_supplement(dossier),
        slips=_slips(dossier),
        acts=acts_allowed(dossier, actor=actor),
        remaining=time_left(dossier, at=at),
        proof=proof_of(dossier),
        counted_to=counted_to(dossier, at=at),
    )


def _results(dossier: Dossier) -> list[Result]:
    return list(dossier.results.select_related("file"))  # each knows its dossier: no further query


def _supplement(dossier: Dossier) -> Supplement | None:
    if not dossier.supplement_count:
        return None
    return Supplement.objects.filter(dossier=dossier).first()


def _slips(dossier: Dossier) -> list[HandOverItem]:
    if dossier.accepted_at is None or dossier.channel == Dossier.Channel.ONLINE:
        return []
    return list(HandOverItem.objects.filter(dossier=dossier).select_related("slip__receiver"))


def acts_allowed(dossier: Dossier, *, actor: Actor) -> list[Allowed]:
    """Return what this person may do with the dossier now, in the order of the procedure."""
    return [
        Allowed(act, SAY[act], rule.law)
        for act, rule in ACT_RULES.items()
        if dossier.state in rule.states
        and may(dossier, act, by=actor)
        and _fits(dossier, act, actor)
    ]


def first_allowed(dossier: Dossier, *, actor: Actor, among: Iterable[Act]) -> Act | None:
    """Return the first of these acts that this person may do now (lists ask it for every line)."""
    return next(
        (
            act
            for act in among
            if dossier.state in ACT_RULES[act].states
            and may(dossier, act, by=actor)
            and _fits(dossier, act, actor)
        ),
        None,
    )


def _fits(dossier: Dossier, act: Act, actor: Actor) -> bool:
    """Leave out acts that the guards would refuse whatever is typed."""
    fits = _FITS.get(act)
    return fits is None or fits(dossier, actor)


def _settles_at_once(dossier: Dossier, actor: Actor) -> bool:
    return (
        catalog.content_of(dossier.version_id).immediate
        and actor.post_for("head", "chairman", agency_id=dossier.competent_id) is not None
    )


def _extends(dossier: Dossier, _actor: Actor) -> bool:
    has_due = dossier.due_at is not None and not clock.is_paused(dossier.clock)
    return has_due and dossier.extension_count == 0


def _closes(dossier: Dossier, _actor: Actor) -> bool:
    return dossier.close_on is not None and timezone.now() > dossier.close_on


def _is_started(dossier: Dossier, _actor: Actor) -> bool:
    return dossier.started_at is not None


_FITS: dict[Act, Callable[[Dossier, Actor], bool]] = {
    Act.REQUEST_SUPPLEMENT: lambda d, _by: d.supplement_count == 0,
    Act.EXTEND: _extends,
    Act.RECEIVE: lambda d, _by: d.started_at is None,
    Act.APPRAISE: _is_started,
    Act.PROPOSE_REFUSAL: _is_started,
    Act.APPROVE: _is_started,
    Act.CONSULT: lambda d, _by: not d.is_decided and not d.is_confidential,
    Act.CONFIRM_PAYMENT: lambda d, _by: d.money == Dossier.Money.DUE,
    Act.RETURN_RESULT: lambda d, _by: d.delivery == Dossier.Delivery.READY,
    Act.RETURN_ORIGINALS: lambda d, _by: d.originals_held > 0,
    Act.WITHDRAW: lambda d, _by: not d.is_decided,
    Act.STAMP_RESULT: lambda d, _by: d.delivery == Dossier.Delivery.NONE,
    Act.DRAFT_RESULT: lambda d, _by: _is_started(d, _by) and not d.is_decided,
    Act.AMEND: lambda d, _by: not d.is_decided and d.channel == Dossier.Channel.ONLINE,
    Act.SETTLE_AT_ONCE: lambda d, by: not d.is_decided and _settles_at_once(d, by),
    Act.CLOSE_UNSUPPLEMENTED: _closes,
}


def timeline(dossier: Dossier) -> list[Line]:
    """Return the trail of a dossier, latest first (one query)."""
    return [
        Line(
            at=fact.at,
            text=say_fact(fact),
            who=fact.actor_name,
            post=fact.post,
            kind=fact.kind,
            short_hash=fact.short_hash,
        )
        for fact in reversed(trail.facts_of(dossier.stream))
    ]


def readers_of(dossier: Dossier) -> list[Line]:
    """Return who opened the dossier, latest first; its owner sees this.

    Source: Luật 91/2025/QH15.
    """
    return [
        Line(fact.at, say_fact(fact), fact.actor_name, fact.post, fact.kind, fact.short_hash)
        for fact in reversed(trail.facts_of(f"read:{dossier.stream}"))
    ]


def time_left(dossier: Dossier, *, at: datetime) -> Remaining | None:
    """Return how much working time is left or overrun, None when there is no due time."""
    if dossier.due_at is None:
        return None
    return remaining(
        calendar_for(dossier.calendar_key), counted_to(dossier, at=at), dossier.due_at
    )


def counted_to(dossier: Dossier, *, at: datetime) -> datetime:
    """Return until when the clock has run: to its end, to where it stands still, else to now."""
    return dossier.ended_at or clock.paused_at(dossier.clock) or at


def proof_of(dossier: Dossier) -> ClockProof | None:
    """Return the proof of the due time, None when the dossier has no clock.

    A correction of the calendar moves no dossier that has ended: its date is proved by the calendar
    of its day, which is the latest one that gives this date.
    """
    if not dossier.clock:
        return None
    events = clock.events(dossier.clock)
    proof = prove_clock(calendar_for(dossier.calendar_key), events)
    if dossier.due_at is None or proof.due_at == dossier.due_at:
        return proof
    for version in versions_of(dossier.calendar_key):
        earlier = prove_clock(calendar_at(dossier.calendar_key, version.number), events)
        if earlier.due_at == dossier.due_at:
            return earlier
    return proof


def missing_papers(dossier: Dossier) -> list[guards.Wanted]:
    """Return the required papers that are still to be brought, as the supplement form needs them."""
    published = {
        c.key: c for c in catalog.content_of(dossier.version_id).components_for(dossier.case_key)
    }
    papers = [
        guards.Wanted(
            key=p.component_key,
            name=p.name,
            required=p.required,
            held_by=published[p.component_key].held_by if p.component_key in published else "",
            state=p.state,
        )
        for p in Paper.objects.filter(dossier=dossier)
    ]
    return guards.missing(papers)


def paper_number(result: Result) -> str:
    """Return the number of an electronic result: owner's identity number and kind of result (R23).

    It is computed when it is shown, so that the identity number is kept encrypted only.
    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    owner = identity_number(result.dossier.owner)
    return guards.paper_number(owner_id=owner, result_kind=result.kind_code)
