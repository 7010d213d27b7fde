"""Reading messages: a citizen's own, and those of an officer's posts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.directory.actor import Actor
from motcua.notifications.models import Message
from motcua.notifications.texts import words_of


@dataclass(frozen=True)
class Line:
    """A message as its reader sees it."""

    subject: str
    body: str
    about: str
    at: datetime
    is_new: bool


def to(actor: Actor) -> "QuerySet[Message]":
    """Return the messages in a person's account, for an officer's posts or for this officer alone."""
    found = Message.objects.filter(channel=Message.Channel.IN_APP)
    if actor.is_citizen and actor.party_id:
        return found.filter(party_id=actor.party_id)
    condition = Q(account_id=actor.account_id) if actor.account_id else Q(pk__in=())
    for post in actor.posts:
        condition |= Q(agency_id=post.agency_id, role=post.role)
    return found.filter(condition)


def messages_for(actor: Actor, *, limit: int = 50) -> list[Line]:
    """Return a person's messages, the latest first, in the language of the page."""
    return [_line(message) for message in to(actor).order_by("-at", "-pk")[:limit]]


def unread_count(actor: Actor) -> int:
    """Return how many messages a person has not read, for the bell (one query, 100 at most)."""
    return to(actor).filter(read_at__isnull=True)[:100].count()


def waiting_count() -> int:
    """Return how many messages wait to be handed over."""
    return Message.objects.filter(state=Message.State.QUEUED).count()


def _line(message: Message) -> Line:
    told = words_of(message.template, message.context)
    return Line(told.subject, told.body, message.about, message.at, message.read_at is None)
