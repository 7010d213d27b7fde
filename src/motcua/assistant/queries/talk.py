"""Reads of what was asked and answered; only whoever holds the conversation's token sees it."""

from datetime import datetime

from motcua.assistant.answering.answer import Answer, Thread
from motcua.assistant.models.talk import Conversation, Turn
from motcua.assistant.talking import packing
from motcua.directory.actor import Actor
from motcua.kernel.bounds import is_keepable

MOST_TURNS = 12


def conversation(*, token: str, by: Actor | None) -> Conversation | None:
    """Return the conversation of that token; one of an account only to that account."""
    if not token or not is_keepable(token):
        return None
    found = Conversation.objects.filter(token=token).first()
    if found is None or found.account_id is None:
        return found
    return found if by is not None and by.account_id == found.account_id else None


def turns(*, token: str, by: Actor | None) -> list[Turn]:
    """Return the turns of a conversation, oldest first, with their votes."""
    found = conversation(token=token, by=by)
    return list(found.turns.select_related("vote").order_by("number")) if found else []


def answer_of(turn: Turn) -> Answer:
    """Return the answer that a turn holds."""
    return packing.unpacked(turn.answer)


def thread(of: Conversation) -> Thread:
    """Return what a follow-up needs of the conversation's last turns."""
    rows = of.turns.order_by("-number").values_list("question", "answer")[:MOST_TURNS]
    return packing.thread_of(list(rows)[::-1])


def counts(*, since: datetime) -> dict[str, int]:
    """Return how many turns ended in each outcome since a moment."""
    found: dict[str, int] = {}
    for outcome in Turn.objects.filter(asked_at__gte=since).values_list("outcome", flat=True):
        found[outcome] = found.get(outcome, 0) + 1
    return found
