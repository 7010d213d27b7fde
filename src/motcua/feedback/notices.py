"""Which fact of a case tells whom: its sender and followers, a desk, inspectors, who leads."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.feedback import wording
from motcua.feedback.models import Case, Follower
from motcua.feedback.queries import agencies
from motcua.feedback.rules import people
from motcua.ledger.models import FactRow
from motcua.ledger.queries import told as told_of
from motcua.notifications import services as notifications
from motcua.notifications.texts import TEMPLATES

# What is told a day late rings no bell any more; it stands in the account.
LATE = timedelta(days=1)
TO_SENDER = frozenset(
    "feedback." + kind
    for kind in ("refused", "supplement_requested", "accepted", "referred", "merged", "assigned",
                 "extended", "approved", "published", "closed", "noted")
)  # fmt: skip
TO_DESKS = frozenset(
    "feedback." + kind
    for kind in ("sent", "supplemented", "signal_raised", "assigned", "passed_on", "returned_back",
                 "answered", "sent_back", "approved", "reopened", "reminded")
)  # fmt: skip
_GIVEN = ("assigned", "passed_on")
_COMMITTEE = ("head", "chairman")


class Said(Protocol):
    """A notice's context whose gaps read as nothing."""

    def __getitem__(self, key: str) -> str:
        """Return a value as text."""


def _to_sender(said: Said) -> tuple[str, list[str]]:
    return _("Phản ánh %s") % said["case"], [said["title"], said["sentence"]]


def _to_desk(said: Said) -> tuple[str, list[str]]:
    return _("Phản ánh %(case)s: %(what)s") % {"case": said["case"], "what": said["sentence"]}, [
        said["title"],
    ]


def offer() -> None:
    """Let messages about feedback be worded (once, as the app starts)."""
    words: dict[str, Callable[[Said], tuple[str, list[str]]]] = {
        "feedback-sender": _to_sender,
        "feedback-desk": _to_desk,
    }
    TEMPLATES.update(words)


def tell(fact: FactRow) -> int:
    """Tell whoever a fact concerns, once each; return how many messages were made.

    Source: 224/2026/NĐ-CP Điều 15; 20/2008/NĐ-CP Điều 12 khoản 2.
    """
    case = Case.objects.filter(pk=int(fact.stream.rpartition(":")[2])).first()
    if case is None:
        return 0
    made = _tell_people(case, fact) if fact.kind in TO_SENDER else 0
    if fact.kind in TO_DESKS:
        # A desk may be the one that is complained of: about conduct the bell names the code only.
        title = "" if case.kind == Case.Kind.CONDUCT else case.title
        notice = _notice(case, fact, "feedback-desk", title=title)
        for agency_id, role in dict.fromkeys(_desks(case, fact)):
            told = _as_committee_reads(notice, fact) if role in _COMMITTEE else notice
            made += notifications.tell_post(notice=told, agency_id=agency_id, role=role)
    return made


def _as_committee_reads(notice: notifications.Notice, fact: FactRow) -> notifications.Notice:
    """Who may be complained of reads no sign but danger to life."""
    shown = wording.discreet(told_of(fact))
    sentence = wording.say_fact(shown) if shown else ""
    return replace(notice, context={**notice.context, "sentence": sentence})


def _tell_people(case: Case, fact: FactRow) -> int:
    body = json.loads(fact.body)
    if fact.kind == "feedback.noted" and not body.get("is_told"):
        return 0
    made, sender = 0, case.sender or {}
    is_fresh = fact.recorded_at - fact.at <= LATE
    if case.sender_party_id is None and (centre := agencies.centre_of_province()):
        made = notifications.tell_address(
            notice=_notice(case, fact, "feedback-sender", title=case.title),
            agency_id=centre.id,
            email=str(sender.get("email", "")) if is_fresh else "",
            phone=str(sender.get("phone", "")) if is_fresh else "",
        )
    elif case.sender_party_id:
        made = notifications.tell_person(
            notice=_notice(case, fact, "feedback-sender", title=case.title),
            party_id=case.sender_party_id,
            email=str(sender.get("email", "")) if is_fresh else "",
        )
    # Followers did not write it: they are told in the words that everybody may read.
    notice = _notice(case, fact, "feedback-sender", title=case.public_title)
    parties = set(_followers(case, fact.kind)) - {case.sender_party_id}
    return made + sum(
        notifications.tell_person(notice=notice, party_id=party_id) for party_id in parties
    )


def _followers(case: Case, kind: str) -> Iterator[int]:
    """Yield who follows: of a public end everybody; of an answer those who sent the same."""
    rows = Follower.objects.filter(case=case, party__isnull=False)
    if kind == "feedback.approved":
        rows = rows.filter(own_case__isnull=False)
    elif kind != "feedback.published":
        return
    yield from rows.values_list("party_id", flat=True)


def _desks(case: Case, fact: FactRow) -> Iterator[tuple[int, str]]:
    """Yield (agency, role) of those who have to know or to act."""
    body = json.loads(fact.body)
    what = fact.kind.removeprefix("feedback.")
    centre, own = agencies.centre_of_province(), case.agency_id
    if what in ("sent", "supplemented", "returned_back", "approved") and centre:
        yield centre.id, "receptionist"
    if what == "returned_back" and centre:
        yield centre.id, "centre_lead"
    if what in ("assigned", "passed_on", "reopened", "answered") and own:
        yield from ((own, role) for role in sorted(people.HEADS))
    if own and (what == "sent_back" or (what in _GIVEN and case.kind != Case.Kind.CONDUCT)):
        yield from ((own, role) for role in sorted(people.OFFICERS))
    if what == "signal_raised":
        yield from _who_must_know(case, body.get("signals", []))
    if what == "reminded":
        yield from _rung(case, str(body.get("rung")))


def _who_must_know(case: Case, signals: list[str]) -> Iterator[tuple[int, str]]:
    centre = agencies.centre_of_province()
    if "danger" in signals:
        if centre:
            yield centre.id, "centre_lead"
        if case.place_id and (committee := cards.committee_at(case.place_id)):
            yield committee.id, "chairman"
            yield committee.id, "head"
    if set(signals) - {"danger"}:
        for agency_id in agencies.agencies_with("auditor"):
            yield agency_id, "auditor"


def _rung(case: Case, rung: str) -> Iterator[tuple[int, str]]:
    centre, province = agencies.centre_of_province(), agencies.province()
    is_desk = case.agency_id is not None and case.stage == "settle"
    own = case.agency_id if is_desk else (centre.id if centre else None)
    if own is None:
        return
    is_centre = cards.card(own).kind == "centre"
    worker, head = ("receptionist", "centre_lead") if is_centre else ("appraiser", "head")
    yield own, worker if rung == "handler" else head
    if rung in ("day_before", "overdue"):
        yield own, "centre_lead" if is_centre else "chairman"
    if rung == "overdue" and centre:
        yield centre.id, "centre_lead"
        if province:
            yield province.id, "chairman"


def _notice(case: Case, fact: FactRow, template: str, *, title: str) -> notifications.Notice:
    context = {
        "case": case.code,
        "title": title,
        "sentence": wording.say_fact(told_of(fact)),
        "agency": fact.post if template == "feedback-desk" else cards.name_of(case.agency_id),
        "who": fact.actor_name if template == "feedback-desk" else "",
        "at": fact.at.isoformat(),
    }
    return notifications.Notice(
        key=f"{fact.stream}#{fact.seq}",
        template=template,
        context=context,
        about=case.code,
        at=fact.at,
        seen_at=fact.at if fact.recorded_at - fact.at > LATE else None,
    )
