"""One case as its readers see it: officers whole, the sender without names, with its proof of time."""

from dataclasses import dataclass
from datetime import datetime

from motcua.directory.actor import Actor
from motcua.directory.models import Account
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.queries.people import officers_at
from motcua.feedback.models import Case, Deadline, Note, Photo
from motcua.feedback.queries.visibility import visible_to
from motcua.feedback.rules import people, timing
from motcua.feedback.rules.kinds import is_tail
from motcua.feedback.rules.states import ACT_RULES, SAY, Act
from motcua.feedback.wording import FOR_SENDER, say_fact
from motcua.feedback.wording import discreet as discreet_fact
from motcua.kernel.bounds import is_keepable
from motcua.kernel.personal import mask
from motcua.kernel.worktime import ClockProof, Remaining, prove_clock, remaining
from motcua.ledger import queries as trail


@dataclass(frozen=True)
class Line:
    """One fact of a case as its readers see it."""

    at: datetime
    text: str
    who: str
    post: str
    kind: str
    short_hash: str


@dataclass(frozen=True)
class Allowed:
    """An act that somebody may do here, in words, with its law."""

    act: Act
    say: str
    law: str


@dataclass(frozen=True)
class Time:
    """A time of a case that ended or runs: which, until when, and whether it was kept."""

    stage: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    is_late: bool


def case_for(actor: Actor, code: str) -> Case | None:
    """Return the case if this person may read it: officers by their posts, the sender by account."""
    if not is_keepable(code):
        return None
    rows = visible_to(actor).select_related(
        "place", "agency", "handler", "about_agency", "about_account", "about_dossier", "main"
    )
    case = rows.filter(code=code).first()
    return discreet(case, by=actor) if case else None


def discreet(case: Case, *, by: Actor) -> Case:
    """Return the case as this person may read it: words about conduct masked for the officer's own.

    Only what is shown changes; the row is not written.
    Source: 91/2025/QH15; rule of the house: who reports an officer is not told to the officer's own.
    """
    case.text, case.title = text_for(case, by=by), text_for(case, by=by, title=True)
    return case


def followed(*, code: str, phone: str) -> Case | None:
    """Return the case for whoever knows its code and its phone (or last digits), or its PIN.

    A wrong code and a wrong phone give the same None, so that codes cannot be probed. The caller
    limits how often somebody may try.
    Source: 20/2008/NĐ-CP Điều 12 khoản 2.
    """
    from motcua.directory.identity import index_of  # only here

    typed = phone.strip()
    if not typed or not is_keepable(code) or not is_keepable(typed):
        return None
    case = Case.objects.select_related("place", "agency", "main").filter(code=code).first()
    if case is None:
        return None
    by_pin = case.pin_index and bytes(case.pin_index) == index_of("feedback-pin", typed)
    by_phone = is_tail(phone=str((case.sender or {}).get("phone", "")), typed=typed)
    return case if by_pin or by_phone else None


def acts_allowed(case: Case, *, by: Actor) -> list[Allowed]:
    """Return what this officer may do to the case in the state it is in."""
    return [
        Allowed(act, SAY[act], rule.law)
        for act, rule in ACT_RULES.items()
        if case.state in rule.states and people.may(case, act, by=by)
    ]


def sender_acts(case: Case, *, at: datetime) -> list[Act]:
    """Return what the sender may do to the case: add to it, rate it, dispute it."""
    in_time = case.close_on is None or at <= case.close_on
    mine = [
        act
        for act, rule in ACT_RULES.items()
        if "sender" in rule.who and case.state in rule.states and in_time
    ]
    return [act for act in mine if act is not Act.RATE or case.rating is None]


def timeline(case: Case, *, by: Actor) -> list[Line]:
    """Return the trail of a case for this officer, latest first (one query)."""
    facts = trail.facts_of(case.stream)
    if not people.sees_signs(by):
        facts = [shown for fact in facts if (shown := discreet_fact(fact))]
    return [
        Line(f.at, say_fact(f), f.actor_name, f.post, f.kind, f.short_hash)
        for f in reversed(facts)
    ]


def timeline_for_sender(case: Case) -> list[Line]:
    """Return who did what, for the sender: agencies and posts, no officer by name; oldest first."""
    return [
        Line(f.at, say_fact(f), "", _agency_of(f.post), f.kind, f.short_hash)
        for f in trail.facts_of(case.stream)
        if f.kind in FOR_SENDER and not (f.kind == "feedback.noted" and not f.body.get("is_told"))
    ]


def _agency_of(post: str) -> str:
    return post.partition(", ")[2] or post


def officers_for(case: Case, *, at: datetime) -> list[Account]:
    """Return the officers of the agency that has the case who are present and not concerned."""
    found = [
        one
        for role in sorted(people.OFFICERS)
        for one in officers_at(agency_id=case.agency_id or 0, role=role, at=at)
    ]
    return list({one.pk: one for one in found}.values())


def text_for(case: Case, *, by: Actor, title: bool = False) -> str:
    """Return what the sender wrote: whole to whom may know the sender and to the sender, else masked.

    Source: 91/2025/QH15; rule of the house: who reports an officer is not told to the officer's own.
    """
    if by.is_citizen or case.kind != Case.Kind.CONDUCT or people.may_know_sender(case, by=by):
        return case.title if title else case.text
    name = str((case.sender or {}).get("name", ""))
    return mask(case.title if title else case.text, names=[name] if name else []).text


def photos_of(case: Case, *, public_only: bool = False) -> list[Photo]:
    """Return the pictures of a case in order, with their files."""
    rows = Photo.objects.filter(case=case).select_related("file")
    return list(rows.filter(is_public=True) if public_only else rows)


def notes_of(case: Case) -> list[Note]:
    """Return what officers wrote down on the way, oldest first."""
    return list(Note.objects.filter(case=case))


def times_of(case: Case, *, at: datetime) -> list[Time]:
    """Return the times of a case in order, the one that runs last."""
    rows = [
        Time(d.stage, d.started_at, d.due_at, d.ended_at, d.is_late)
        for d in Deadline.objects.filter(case=case)
    ]
    if case.due_at is not None and case.clock:
        begun = timing.events(case.clock)[0].at
        rows.append(Time(case.stage, begun, case.due_at, None, at > case.due_at))
    return rows


def time_left(case: Case, *, at: datetime) -> Remaining | None:
    """Return how much working time is left or overrun, None when none runs."""
    if case.due_at is None:
        return None
    paused = timing.folded(case.clock, calendar=calendar_for(case.calendar_key)).paused_since
    return remaining(calendar_for(case.calendar_key), paused or at, case.due_at)


def proof_of(case: Case) -> ClockProof | None:
    """Return the proof of the due time that runs, None when none does."""
    if not case.clock:
        return None
    return prove_clock(calendar_for(case.calendar_key), timing.events(case.clock))
