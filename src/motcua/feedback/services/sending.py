"""Sending a case: checked, coded, proposed on by triage, timed; the dangerous is told at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.identity import index_of
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import DEFAULT_CALENDAR
from motcua.documents.services.disk import Readable
from motcua.dossiers.models import Dossier
from motcua.feedback import events, refusals
from motcua.feedback.models import Case
from motcua.feedback.rules import code as codes
from motcua.feedback.rules import fields, kinds
from motcua.feedback.rules.states import INTAKE, KINDS
from motcua.feedback.services import contacts, core, photos, proposing, signals
from motcua.kernel.facts import Fact
from motcua.kernel.text import nfc, squeeze


class Told(TypedDict, total=False):
    """What a sender tells beside the text; all of it may be missing."""

    title: str
    kind: str | None
    field: str | None
    place_code: str
    lat: float | None
    lon: float | None
    address: str
    about_dossier: str
    about_agency: str
    about_account_id: int | None
    about_words: str
    name: str
    phone: str
    email: str
    sender_address: str
    anonymous: bool
    channel: str
    files: Sequence["Picture"]
    is_demo: bool


@dataclass(frozen=True)
class Picture:
    """A picture or paper that comes with a case: its bytes and its name."""

    stream: Readable
    name: str


@dataclass(frozen=True)
class Receipt:
    """What the sender takes along: the code, and the PIN by which a sender without phone follows it."""

    case: Case
    pin: str


def send(*, text: str, by: Actor, at: datetime, **told: Unpack[Told]) -> Case:
    """Take a report, question or complaint in, and start the time of its intake.

    `about_dossier`: a dossier's code; `about_agency`: an agency's code; an officer is named by
    account or in words. An officer who types for somebody gives the channel "phone" or "counter".
    Raises Unclear, ContactMissing, UnreadableContact, Misstated, TooManyPhotos; what documents raise.
    Source: 20/2008/NĐ-CP Điều 6, Điều 7, Điều 9; 118/2025/NĐ-CP Điều 8.
    """
    return send_with_pin(text=text, by=by, at=at, **told).case


@core.act
def send_with_pin(*, text: str, by: Actor, at: datetime, **told: Unpack[Told]) -> Receipt:
    """Take a case in as `send` does; a sender who leaves no phone gets a PIN to follow it by.

    Source: 20/2008/NĐ-CP Điều 12 khoản 2 (the sender may ask how far it has come).
    """
    case = _case(text, told, by=by, at=at)
    contacts.take(
        case=case,
        name=told.get("name", ""),
        phone=told.get("phone", ""),
        email=told.get("email", ""),
        address=told.get("sender_address", ""),
        by=by,
    )
    contacts.need(case=case)
    pin = _pin(case)
    case.proposal = proposing.proposed(case=case, at=at)
    _follow_proposal(case, told)
    core.start(case, stage=INTAKE, limit=core.limit_of(case, "intake", at=at).limit, at=at)
    case.code = codes.code_of(day=(day := timezone.localdate(at)), number=_next_number(day))
    found = signals.found_in(proposal=case.proposal)
    if set(found) - {"danger"}:  # danger goes to who can help, not to the inspectors
        case.escalated_at = at
    facts: list[Fact] = [
        _sent(case, len(told.get("files", ()))),
        *signals.facts_of(case=case, found=found),
    ]
    case.revision = len(facts)
    case.save(force_insert=True)
    photos.keep(case=case, files=told.get("files", ()), by=by, at=at)
    for fact in facts:
        core.note(case, fact, by=by, at=at)
    return Receipt(case, pin)


def _case(text: str, told: Told, *, by: Actor, at: datetime) -> Case:
    said = nfc(text).strip()
    if not kinds.is_clear(text=said) or len(said) > kinds.MOST_CHARS:
        raise refusals.Unclear(_("Hãy mô tả rõ sự việc (từ 15 đến 5000 ký tự)."))
    kind, field = told.get("kind") or "", told.get("field") or ""
    channel = told.get("channel", "web")
    _check_choices(kind, field, channel)
    lat, lon = told.get("lat"), told.get("lon")
    if not kinds.is_place(lat=lat, lon=lon):
        raise refusals.Misstated(_("Vị trí trên bản đồ không hợp lệ."), field="lat")
    intake = _intake(by) if by.is_staff else None
    return Case(
        kind=kind,
        field=field,
        title=(squeeze(told.get("title", "")) or kinds.title_of(text=said))[:120],
        text=said,
        channel=channel,
        place_id=_place(told.get("place_code", "")),
        lat=lat,
        lon=lon,
        address=squeeze(told.get("address", ""))[:250],
        about_dossier_id=_dossier(told.get("about_dossier", "")),
        about_agency_id=_agency(told.get("about_agency", "")),
        about_account_id=told.get("about_account_id"),
        about_words=_about_words(told)[:200],
        is_anonymous=told.get("anonymous", True),
        is_demo=told.get("is_demo", False),
        intake_id=intake,
        received_at=at,
        calendar_key=cards.card(intake).calendar_key if intake else DEFAULT_CALENDAR,
    )


def _about_words(told: Told) -> str:
    return squeeze(f"{told.get('about_words', '')} {told.get('about_dossier', '')}")


def _check_choices(kind: str, field: str, channel: str) -> None:
    if kind and kind not in KINDS:
        raise refusals.Misstated(_("Hãy chọn loại phản ánh."), field="kind")
    if field and not fields.is_field(field):
        raise refusals.Misstated(_("Hãy chọn lĩnh vực."), field="field")
    if channel not in Case.Channel.values:
        raise refusals.Misstated(_("Không có kênh tiếp nhận này."), field="channel")


def _intake(by: Actor) -> int | None:
    return by.posts[0].agency_id if by.posts else None


def _place(code: str) -> str | None:
    if not code:
        return None
    if not cards.place_name(code):
        raise refusals.Misstated(_("Hãy chọn xã, phường."), field="place_code")
    return code


def _agency(code: str) -> int | None:
    if not code:
        return None
    found = cards.card_by_code(code)
    if found is None:
        raise refusals.Misstated(_("Không có cơ quan này."), field="about_agency")
    return found.id


def _dossier(code: str) -> int | None:
    """A code that there is not stays in the words: the form does not tell which codes there are."""
    plain = code.strip().upper()
    found = Dossier.objects.filter(code=plain).values_list("pk", flat=True) if plain else None
    return found.first() if found is not None else None


def _pin(case: Case) -> str:
    if case.sender.get("phone") or case.sender_party_id:
        return ""
    pin = f"{secrets.randbelow(10**6):06d}"
    case.pin_index = index_of("feedback-pin", pin)
    return pin


def _follow_proposal(case: Case, told: Told) -> None:
    """Until somebody has looked, urgency is what triage says: it decides how soon that is."""
    urgency = str(case.proposal.get("urgency", ""))
    if urgency in Case.Urgency.values:
        case.urgency = urgency
    if case.proposal.get("danger"):
        case.urgency = Case.Urgency.DANGER
    if not told.get("kind"):
        case.kind = str(case.proposal.get("kind") or "")
    if not told.get("field"):
        case.field = str(case.proposal.get("field") or "")


def _next_number(day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feedback_casecounter (day, last) VALUES (%s, 1) "
            "ON CONFLICT (day) DO UPDATE SET last = feedback_casecounter.last + 1 RETURNING last",
            [day],
        )
        return int(cursor.fetchone()[0])


def _sent(case: Case, photo_count: int) -> events.CaseSent:
    return events.CaseSent(
        code=case.code,
        about=case.kind,
        field=case.field,
        urgency=case.urgency,
        channel=case.channel,
        place=case.place_id or "",
        agency=cards.name_of(case.about_agency_id),
        dossier=case.about_dossier.code if case.about_dossier else "",
        photos=photo_count,
        due_at=core.must_due(case),
    )
